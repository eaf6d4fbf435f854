//! The second step of a new licence: its terms.

use std::collections::BTreeMap;

use plugin_api::ui::{Action, Card, Facts, Field, FormErrors, Head, Markup, Steps};
use plugin_api::{Cx, Fault, FieldProblem, Lang, Page, Problem};

use super::Chosen;
use crate::domain::draft::{Draft, LARGEST_PAYLOAD, MOST_SEATS, ModuleDraft, Price};
use crate::domain::licence::{AtExpiry, LicenceType};
use crate::domain::money::parse_minor;
use crate::form::{FormPage, Typed, form_errors};
use crate::{labels, paths};

/// Where the reader is.
pub(super) fn steps(lang: &Lang, current: usize) -> Steps {
    Steps::new(lang, current, [lang.t("step-choose"), lang.t("step-terms")])
}

/// What the form holds before anybody typed.
pub(super) fn first_values(typed: Typed, chosen: &Chosen) -> Typed {
    let typed = typed
        .with("tipo", LicenceType::Permanent.wire())
        .with("dispositivi", "1")
        .with("alla_scadenza", AtExpiry::Block.wire())
        .with("valuta", "EUR");
    let active = chosen.modules.iter().filter(|module| module.active_default);
    active.fold(typed, |typed, module| typed.with("moduli", &module.code))
}

/// What was typed as a draft, or what cannot be read together with what makes no sense.
pub(super) async fn draft(
    cx: &Cx,
    typed: &Typed,
    chosen: &Chosen,
) -> Result<Result<Draft, Vec<FieldProblem>>, Fault> {
    let mut errors = Vec::new();
    let draft = Draft {
        cliente: Some(chosen.account.account_id.clone()),
        prodotto: Some(chosen.product.code.clone()),
        tipo: typed.given("tipo"),
        interna: typed.ticked("interna"),
        dispositivi: typed.number("dispositivi", &mut errors),
        utenti: typed.number("utenti", &mut errors),
        scadenza: typed.given("scadenza"),
        durata_giorni: typed.number("durata_giorni", &mut errors),
        manutenzione_fino_a: typed.given("manutenzione_fino_a"),
        moduli: modules(typed, chosen),
        prezzo: price(typed, &mut errors),
        pagamento_entro: typed.given("pagamento_entro"),
        payload: payload(typed, &mut errors),
        note: typed.given("note"),
        alla_scadenza: typed.given("alla_scadenza"),
        ..Draft::default()
    };
    if errors.is_empty() {
        return Ok(Ok(draft));
    }
    // Everything that is wrong is told at once.
    if let Err(rejection) = draft.check(cx.now(), &Default::default()) {
        errors.extend(rejection.errors);
    }
    Ok(Err(errors))
}

fn modules(typed: &Typed, chosen: &Chosen) -> BTreeMap<String, ModuleDraft> {
    let draft = |code: &String| {
        let attivo = typed.all("moduli").any(|ticked| ticked == code);
        (code.clone(), ModuleDraft { attivo, ..ModuleDraft::default() })
    };
    chosen.modules.iter().map(|module| draft(&module.code)).collect()
}

fn price(typed: &Typed, errors: &mut Vec<FieldProblem>) -> Option<Price> {
    let text = typed.given("prezzo")?;
    let Some(importo) = parse_minor(&text) else {
        errors.push(FieldProblem::new("/prezzo", "field-amount"));
        return None;
    };
    let valuta = typed.given("valuta").unwrap_or_else(|| "EUR".to_owned());
    Some(Price { importo, valuta: valuta.to_ascii_uppercase() })
}

fn payload(typed: &Typed, errors: &mut Vec<FieldProblem>) -> Option<serde_json::Value> {
    let text = typed.given("payload")?;
    let payload = serde_json::from_str(&text).ok();
    if payload.is_none() {
        errors.push(FieldProblem::new("/payload", "field-payload"));
    }
    payload
}

/// The form with what was typed and what is wrong with it.
pub(super) fn page(
    cx: &Cx,
    chosen: &Chosen,
    typed: &Typed,
    errors: &[FieldProblem],
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let errors = form_errors(&lang, errors);
    let ask = Questions { lang: &lang, typed, errors: &errors };
    let title = lang.t("licence-new");
    let page = FormPage {
        head: Head::new(&title)
            .back(lang.t("licences"), cx.url(paths::LICENCES))
            .lead(lang.t("required-hint")),
        before: Markup::of(&steps(&lang, 1)).and(&who(cx, chosen)),
        errors: errors.summary(&lang),
        action: cx.url(paths::NEW),
        hidden: vec![
            ("cliente", chosen.account.account_id.clone()),
            ("prodotto", chosen.product.code.clone()),
        ],
        cards: cards(&ask, chosen),
        buttons: [
            Action::submit(lang.t("licence-create")),
            Action::link(lang.t("cancel"), cx.url(paths::LICENCES)),
        ],
        title,
    };
    page.render(&lang)
}

fn who(cx: &Cx, chosen: &Chosen) -> Card {
    let lang = cx.lang();
    let again = format!(
        "{}?trova=1&cliente={}&prodotto={}",
        cx.url(paths::NEW),
        chosen.account.account_id,
        chosen.product.code
    );
    Card::new("who", lang.t("card-who"))
        .action(&Action::link(lang.t("change"), again).quiet())
        .body(
            &Facts::new()
                .text(lang.t("label-cliente"), &chosen.account.name)
                .text(lang.t("label-prodotto"), &chosen.product.name),
        )
}

struct Questions<'a> {
    lang: &'a Lang,
    typed: &'a Typed,
    errors: &'a FormErrors,
}

impl Questions<'_> {
    fn ask(&self, name: &'static str, make: fn(&'static str, String) -> Field) -> Field {
        make(name, self.lang.t(&format!("label-{}", name.replace('_', "-"))))
            .value(self.typed.text(name))
            .errors(self.errors)
    }

    /// The same with a sentence below the label.
    fn hinted(&self, name: &'static str, make: fn(&'static str, String) -> Field) -> Field {
        let hint = self.lang.t(&format!("label-{}-hint", name.replace('_', "-")));
        self.ask(name, make).hint(hint)
    }

    fn kind(&self) -> Field {
        LicenceType::ALL.into_iter().fold(
            self.ask("tipo", Field::radios).required(),
            |field, kind| {
                let hint = self.lang.t(&format!("type-{}-hint", kind.wire()));
                field.option_with_hint(kind.wire(), labels::licence_type(self.lang, kind), hint)
            },
        )
    }

    fn at_expiry(&self) -> Field {
        AtExpiry::ALL.into_iter().fold(self.ask("alla_scadenza", Field::select), |field, choice| {
            field.option(choice.wire(), labels::at_expiry(self.lang, choice))
        })
    }

    fn modules(&self, chosen: &Chosen) -> Field {
        let field = self.ask("moduli", Field::checkboxes).values(self.typed.all("moduli"));
        chosen.modules.iter().fold(field, |field, module| {
            let price = self.lang.money(module.base_price, &module.currency);
            let hint = if module.base_price == 0 { String::new() } else { price };
            field.option_with_hint(&module.code, &module.name, hint)
        })
    }
}

fn cards(ask: &Questions<'_>, chosen: &Chosen) -> Markup {
    let lang = ask.lang;
    let duration = Card::new("duration", lang.t("card-duration"))
        .body(&ask.kind())
        .body(&ask.hinted("scadenza", Field::date))
        .body(&ask.ask("durata_giorni", Field::number).min(1))
        .body(&ask.at_expiry())
        .body(&ask.hinted("manutenzione_fino_a", Field::date));
    let seats = Card::new("seats", lang.t("card-seats"))
        .body(&ask.ask("dispositivi", Field::number).min(1).max(MOST_SEATS).required())
        .body(&ask.hinted("utenti", Field::number).min(1).max(MOST_SEATS))
        .body(
            &Field::checkbox("interna", lang.t("label-interna"))
                .checked(ask.typed.ticked("interna"))
                .hint(lang.t("label-interna-hint")),
        );
    let mut cards = Markup::of(&duration).and(&seats);
    if !chosen.modules.is_empty() {
        let modules = Card::new("modules", lang.t("card-modules")).body(&ask.modules(chosen));
        cards = cards.and(&modules);
    }
    let other = Card::new("other", lang.t("card-other"))
        .body(&ask.ask("prezzo", Field::text).inputmode("decimal"))
        .body(&ask.ask("valuta", Field::text).maxlength(3).mono())
        .body(&ask.hinted("pagamento_entro", Field::date))
        .body(&ask.hinted("payload", Field::textarea).mono().rows(6).maxlength(LARGEST_PAYLOAD))
        .body(&ask.hinted("note", Field::textarea).maxlength(4000));
    cards.and(&other)
}
