//! Reads the form of a licence as a draft, and a draft back into the form: one place for every form
//! that describes a licence.

use std::collections::BTreeMap;

use plugin_api::FieldProblem;
use plugin_api::form::Typed;
use plugin_api::money;
use serde_json::Value;

use crate::domain::draft::{Draft, ModuleDraft, Price};
use crate::domain::policy::InForce;
use crate::domain::product::Module;

/// The field of a form that holds `what` of the module `code`.
pub(crate) fn module_field(what: &str, code: &str) -> String {
    format!("modulo_{what}_{code}")
}

/// The field of a form that holds the parameter `name`.
pub(crate) fn parameter_field(name: &str) -> String {
    format!("parametro_{name}")
}

/// The field of a form that a JSON pointer of [`Draft`] is about.
pub(crate) fn field_of(pointer: &str) -> String {
    let mut parts = pointer.trim_start_matches('/').split('/');
    let (first, second, third) = (parts.next().unwrap_or(""), parts.next(), parts.next());
    let plain = |text: &str| text.replace("~1", "/").replace("~0", "~");
    match (first, second, third) {
        ("moduli", Some(code), Some(what)) => module_field(what, &plain(code)),
        ("parametri", Some(name), _) => parameter_field(&plain(name)),
        ("prezzo", Some("valuta"), _) => "valuta".to_owned(),
        _ => first.to_owned(),
    }
}

/// What was typed as a draft, or everything that is wrong with it: what cannot be read, and then
/// what makes no sense by itself. `modules` are those of the product.
pub(crate) fn draft(
    typed: &Typed,
    modules: &[Module],
    now: i64,
) -> Result<Draft, Vec<FieldProblem>> {
    let mut errors = Vec::new();
    let draft = Draft {
        cliente: typed.given("cliente"),
        prodotto: typed.given("prodotto"),
        tipo: typed.given("tipo"),
        versione: typed.given("versione"),
        pacchetto: typed.given("pacchetto"),
        politica: typed.given("politica"),
        interna: typed.ticked("interna"),
        associazione: typed.given("associazione"),
        dispositivi: typed.number("dispositivi", &mut errors),
        posti: typed.number("posti", &mut errors),
        utenti: typed.number("utenti", &mut errors),
        inizio: typed.given("inizio"),
        scadenza: typed.given("scadenza"),
        durata_giorni: typed.number("durata_giorni", &mut errors),
        manutenzione_fino_a: typed.given("manutenzione_fino_a"),
        moduli: module_drafts(typed, modules, &mut errors),
        prezzo: price(typed, &mut errors),
        sconto: discount(typed, &mut errors),
        pagamento_entro: typed.given("pagamento_entro"),
        organizzazione: typed.given("organizzazione"),
        agente: typed.given("agente"),
        sede: typed.given("sede"),
        parametri: parameters(typed, &mut errors),
        payload: object(typed, "payload", &mut errors),
        note: typed.given("note"),
        alla_scadenza: typed.given("alla_scadenza"),
        ombra: typed.given("ombra").map(|choice| choice == "true"),
        rinnovo: typed.given("rinnovo"),
    };
    if errors.is_empty() {
        return Ok(draft);
    }
    // Everything that is wrong is told at once.
    if let Err(rejection) = draft.check(now, &InForce::default()) {
        errors.extend(rejection.errors);
    }
    Err(errors)
}

fn module_drafts(
    typed: &Typed,
    modules: &[Module],
    errors: &mut Vec<FieldProblem>,
) -> BTreeMap<String, ModuleDraft> {
    let bundled = typed.given("pacchetto").is_some();
    let mut drafts = BTreeMap::new();
    for Module { code, .. } in modules {
        let field = |what: &str| module_field(what, code);
        let draft = ModuleDraft {
            attivo: typed.all("moduli").any(|ticked| ticked == code),
            fino_a: typed.given(&field("fino_a")),
            limite: typed.number(&field("limite"), errors),
            prova: typed.ticked(&field("prova")),
            periodo: typed.given(&field("periodo")),
            sforamento: typed.number(&field("sforamento"), errors),
        };
        // A bundle says by itself which modules it has; those ticked are added to it.
        if draft.attivo || !bundled {
            drafts.insert(code.clone(), draft);
        }
    }
    drafts
}

fn price(typed: &Typed, errors: &mut Vec<FieldProblem>) -> Option<Price> {
    let text = typed.given("prezzo")?;
    let valuta = typed.given("valuta").unwrap_or_else(|| "EUR".to_owned()).to_ascii_uppercase();
    let Some(importo) = money::parse(&text, &valuta) else {
        errors.push(FieldProblem::new("/prezzo", "field-amount"));
        return None;
    };
    Some(Price { importo, valuta })
}

/// Percent, with a comma or a point.
fn discount(typed: &Typed, errors: &mut Vec<FieldProblem>) -> Option<f64> {
    let text = typed.given("sconto")?;
    let percent = text.trim_end_matches('%').trim().replace(',', ".").parse().ok();
    let percent = percent.filter(|percent: &f64| percent.is_finite());
    if percent.is_none() {
        errors.push(FieldProblem::new("/sconto", "field-percent"));
    }
    percent
}

/// Each parameter has a field of its own; those of a product that declares none are one JSON object.
fn parameters(typed: &Typed, errors: &mut Vec<FieldProblem>) -> BTreeMap<String, Value> {
    let mut parameters: BTreeMap<String, Value> = match object(typed, "parametri", errors) {
        Some(Value::Object(members)) => members.into_iter().collect(),
        Some(_) => {
            errors.push(FieldProblem::new("/parametri", "field-payload"));
            BTreeMap::new()
        }
        None => BTreeMap::new(),
    };
    for (name, text) in typed.with_prefix("parametro_") {
        if !text.is_empty() {
            parameters.insert(name.to_owned(), Value::from(text));
        }
    }
    parameters
}

fn object(typed: &Typed, name: &str, errors: &mut Vec<FieldProblem>) -> Option<Value> {
    let text = typed.given(name)?;
    let object = serde_json::from_str(&text).ok();
    if object.is_none() {
        errors.push(FieldProblem::new(format!("/{name}"), "field-payload"));
    }
    object
}

/// The form that [`draft`] reads as `draft`, added to what was typed already.
pub(crate) fn typed(mut typed: Typed, draft: &Draft) -> Typed {
    let number = |number: Option<i64>| number.map(|number| number.to_string());
    let price = draft.prezzo.as_ref();
    let pretty = |value: &Value| serde_json::to_string_pretty(value).unwrap_or_default();
    let texts = [
        ("cliente", draft.cliente.clone()),
        ("prodotto", draft.prodotto.clone()),
        ("tipo", draft.tipo.clone()),
        ("versione", draft.versione.clone()),
        ("pacchetto", draft.pacchetto.clone()),
        ("politica", draft.politica.clone()),
        ("interna", draft.interna.then(|| "true".to_owned())),
        ("associazione", draft.associazione.clone()),
        ("dispositivi", number(draft.dispositivi)),
        ("posti", number(draft.posti)),
        ("utenti", number(draft.utenti)),
        ("inizio", draft.inizio.clone()),
        ("scadenza", draft.scadenza.clone()),
        ("durata_giorni", number(draft.durata_giorni)),
        ("manutenzione_fino_a", draft.manutenzione_fino_a.clone()),
        ("prezzo", price.map(|price| money::amount(price.importo, &price.valuta))),
        ("valuta", price.map(|price| price.valuta.clone())),
        ("sconto", draft.sconto.map(|percent| percent.to_string())),
        ("pagamento_entro", draft.pagamento_entro.clone()),
        ("organizzazione", draft.organizzazione.clone()),
        ("agente", draft.agente.clone()),
        ("sede", draft.sede.clone()),
        ("payload", draft.payload.as_ref().filter(|payload| !payload.is_null()).map(pretty)),
        ("note", draft.note.clone()),
        ("alla_scadenza", draft.alla_scadenza.clone()),
        ("ombra", draft.ombra.map(|shadow| shadow.to_string())),
        ("rinnovo", draft.rinnovo.clone()),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            typed = typed.with(name, text);
        }
    }
    for (name, value) in &draft.parametri {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        typed = typed.with(&parameter_field(name), text);
    }
    draft.moduli.iter().fold(typed, |typed, (code, module)| with_module(typed, code, module))
}

fn with_module(mut typed: Typed, code: &str, module: &ModuleDraft) -> Typed {
    if module.attivo {
        typed = typed.with("moduli", code);
    }
    let texts = [
        ("fino_a", module.fino_a.clone()),
        ("limite", module.limite.map(|limit| limit.to_string())),
        ("prova", module.prova.then(|| "true".to_owned())),
        ("periodo", module.periodo.clone()),
        ("sforamento", module.sforamento.map(|percent| percent.to_string())),
    ];
    texts.into_iter().fold(typed, |typed, (what, text)| match text {
        Some(text) => typed.with(&module_field(what, code), text),
        None => typed,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_draft_comes_back_from_its_form() {
        let module = crate::domain::product::tests::module;
        let draft: Draft = serde_json::from_value(json!({
            "cliente": "C", "prodotto": "P", "tipo": "abbonamento", "versione": "3.1",
            "interna": true, "associazione": "flottante", "posti": 5, "durata_giorni": 30,
            "moduli": {
                "a.b": {"attivo": true, "fino_a": "2027-01-01", "limite": 7, "prova": true,
                    "periodo": "mese", "sforamento": 10},
                "c": {"attivo": false},
            },
            "prezzo": {"importo": 1250, "valuta": "CHF"}, "sede": "Torino", "agente": "A",
            "parametri": {"ip": "10.0.0.1"}, "payload": {"a": 1}, "ombra": false,
            "rinnovo": "automatico",
        }))
        .unwrap();
        let form = typed(Typed::default(), &draft);
        let back = super::draft(&form, &[module("a.b"), module("c")], 0).unwrap();
        assert_eq!(serde_json::to_value(back).unwrap(), serde_json::to_value(draft).unwrap());
    }

    #[test]
    fn pointers_lead_to_fields() {
        for (pointer, field) in [
            ("/tipo", "tipo"),
            ("/prezzo/importo", "prezzo"),
            ("/prezzo/valuta", "valuta"),
            ("/moduli/a.b", "moduli"),
            ("/moduli/a~1b/fino_a", "modulo_fino_a_a/b"),
            ("/parametri/ip", "parametro_ip"),
            ("", ""),
        ] {
            assert_eq!(field_of(pointer), field, "{pointer}");
        }
    }
}
