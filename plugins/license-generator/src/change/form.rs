//! `/crm/licences/{id}/change` and `/convert`: the form that issues a licence, for one that exists.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use plugin_api::form::{Typed, sentence};
use plugin_api::ui::{Action, Card, Facts, Field, FormErrors, Head, Markup, Notice, Tone};
use plugin_api::{Cx, FieldProblem, Form, Lang, Page, Path, Problem, SeeOther};
use serde_json::Value;

use super::apply::{Wanted, in_transaction, prepare};
use super::current::by_days;
use super::patch::{ChangePayment, LicencePatch};
use crate::create::{read, terms_of};
use crate::domain::draft::{Draft, Price};
use crate::domain::licence::{Licence, LicenceType};
use crate::domain::payment::METHODS;
use crate::issue::NotIssued;
use crate::renewals::{BesidePage, amount};
use crate::{paths, store};

type Pairs = Form<Vec<(String, String)>>;

/// The form of a change.
pub(super) async fn change(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    first(&cx, &id, Wanted::Change).await
}

/// The form of a conversion.
pub(super) async fn convert(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    first(&cx, &id, Wanted::Conversion).await
}

/// Changes the licence.
pub(super) async fn handle_change(
    cx: Cx,
    Path(id): Path<String>,
    form: Pairs,
) -> Result<Response, Problem> {
    handle(&cx, &id, form, Wanted::Change).await
}

/// Converts the trial.
pub(super) async fn handle_convert(
    cx: Cx,
    Path(id): Path<String>,
    form: Pairs,
) -> Result<Response, Problem> {
    handle(&cx, &id, form, Wanted::Conversion).await
}

/// What a change would come to.
pub(super) async fn preview_change(
    cx: Cx,
    Path(id): Path<String>,
    form: Pairs,
) -> Result<Html<String>, Problem> {
    preview(&cx, &id, form, Wanted::Change).await
}

/// What a conversion would come to.
pub(super) async fn preview_convert(
    cx: Cx,
    Path(id): Path<String>,
    form: Pairs,
) -> Result<Html<String>, Problem> {
    preview(&cx, &id, form, Wanted::Conversion).await
}

async fn found(cx: &Cx, id: &str) -> Result<Licence, Problem> {
    store::licences::get(&cx.db(), cx.scope(), id).await?.ok_or_else(Problem::not_found)
}

async fn first(cx: &Cx, id: &str, wanted: Wanted) -> Result<Page, Problem> {
    let licence = found(cx, id).await?;
    let mut draft = by_days(&licence);
    if wanted == Wanted::Conversion {
        draft.tipo = Some(LicenceType::Permanent.wire().to_owned());
        (draft.scadenza, draft.prezzo) = (None, None);
    }
    let typed = read::typed(Typed::default().with("modalita", "pagamento"), &draft);
    page(cx, &licence, &typed, (&[], wanted)).await
}

async fn handle(cx: &Cx, id: &str, form: Pairs, wanted: Wanted) -> Result<Response, Problem> {
    let licence = found(cx, id).await?;
    let typed = Typed::from(form);
    if typed.ticked("controlla") {
        return Ok(page(cx, &licence, &typed, (&[], wanted)).await?.into_response());
    }
    let outcome = match patch(cx, &licence, &typed, wanted).await? {
        Err(errors) => Err(errors),
        Ok(patch) => in_transaction(cx, &licence, &patch, wanted)
            .await?
            .map_err(|rejection| rejection.errors),
    };
    match outcome {
        Ok(()) => {
            let key =
                if wanted == Wanted::Change { "licence-changed" } else { "licence-converted" };
            let there = cx.url(&paths::of(paths::SHOW, id));
            Ok(SeeOther::to(there).saying(cx.lang().t(key)).into_response())
        }
        Err(errors) => {
            let page = page(cx, &licence, &typed, (&errors, wanted)).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

async fn preview(cx: &Cx, id: &str, form: Pairs, wanted: Wanted) -> Result<Html<String>, Problem> {
    let licence = found(cx, id).await?;
    let summary = summary(cx, &licence, &Typed::from(form), wanted).await?;
    Ok(Html(summary.to_string()))
}

/// What was typed as a patch, or what cannot be read.
async fn patch(
    cx: &Cx,
    licence: &Licence,
    typed: &Typed,
    wanted: Wanted,
) -> Result<Result<LicencePatch, Vec<FieldProblem>>, Problem> {
    let modules = store::products::modules_of_code(&cx.db(), &licence.product_code).await?;
    let known = by_days(licence);
    let draft = match read::draft(typed, &modules, cx.now()) {
        Ok(draft) => {
            Draft { cliente: known.cliente.clone(), prodotto: known.prodotto.clone(), ..draft }
        }
        Err(errors) => return Ok(Err(errors)),
    };
    let mut errors = Vec::new();
    let mut patch = LicencePatch::between(&known, &draft);
    if wanted == Wanted::Conversion {
        patch.tipo = draft.tipo;
        // An empty price is that of the list, not the trial's.
        patch.prezzo.get_or_insert(draft.prezzo);
    }
    let cost = amount(typed, "costo", &licence.currency, &mut errors).filter(|cost| *cost > 0);
    patch.pagamento = cost.map(|importo| ChangePayment {
        importo: Price { importo, valuta: licence.currency.clone() },
        modalita: typed.given("modalita").unwrap_or_else(|| "pagamento".to_owned()),
        metodo: typed.given("metodo"),
        pagamento_entro: typed.given("pagamento_entro"),
    });
    Ok(if errors.is_empty() { Ok(patch) } else { Err(errors) })
}

async fn page(
    cx: &Cx,
    licence: &Licence,
    typed: &Typed,
    (errors, wanted): (&[FieldProblem], Wanted),
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let told = |error: &FieldProblem| {
        let field = match error.pointer.as_str() {
            pointer if pointer.starts_with("/pagamento/") => "costo".to_owned(),
            pointer => read::field_of(pointer),
        };
        (field, sentence(&lang, &error.detail))
    };
    let errors: FormErrors = errors.iter().map(told).collect();
    let product = store::products::by_code(&cx.db(), &licence.product_code).await?;
    let product = product.ok_or_else(Problem::not_found)?;
    let (title, verb, path, preview) = match wanted {
        Wanted::Change => {
            ("licence-change-title", "licence-change", paths::CHANGE, paths::CHANGE_PREVIEW)
        }
        Wanted::Conversion => {
            ("licence-convert-title", "licence-convert", paths::CONVERT, paths::CONVERT_PREVIEW)
        }
    };
    let id = &licence.licence_id;
    let (title, back) = (lang.t(title), cx.url(&paths::of(paths::SHOW, id)));
    let name = format!("{} · {}", licence.product_name, licence.key_hint);
    let cost = cost(&lang, typed, &errors);
    let page = BesidePage {
        head: Head::new(&title).back(name, &back).lead(licence.customer_name()),
        errors: errors.summary(&lang),
        action: cx.url(&paths::of(path, id)),
        preview: cx.url(&paths::of(preview, id)),
        hidden: Vec::new(),
        cards: terms_of(cx, product, typed, &errors).await?.and(&cost),
        summary: summary(cx, licence, typed, wanted).await?,
        buttons: vec![Action::submit(lang.t(verb)), Action::link(lang.t("cancel"), back)],
        lang: lang.clone(),
    };
    let title =
        if errors.is_empty() { title } else { lang.with("title-error", &[("title", &title)]) };
    Page::new(title, &page)
}

/// What the change costs.
fn cost(lang: &Lang, typed: &Typed, errors: &FormErrors) -> Card {
    let ask = |name: &'static str, make: fn(&'static str, String) -> Field, key: &str| {
        make(name, lang.t(key)).value(typed.text(name)).errors(errors)
    };
    let method = METHODS.iter().fold(
        ask("metodo", Field::select, "renew-metodo").option("", lang.t("choose")),
        |field, (stored, wire)| {
            field.option(*wire, lang.t(&format!("pay-method-{}", stored.replace('_', "-"))))
        },
    );
    Card::new("cost", lang.t("change-payment"))
        .body(
            &ask("costo", Field::text, "change-amount")
                .inputmode("decimal")
                .hint(lang.t("change-amount-hint")),
        )
        .body(
            &ask("modalita", Field::radios, "renew-modalita")
                .option_with_hint("pagamento", lang.t("renew-paid"), "")
                .option_with_hint("posticipato", lang.t("renew-later"), lang.t("renew-later-hint")),
        )
        .body(&method)
}

/// What would be other, in words.
async fn summary(
    cx: &Cx,
    licence: &Licence,
    typed: &Typed,
    wanted: Wanted,
) -> Result<Markup, Problem> {
    let lang = cx.lang();
    let card = Card::new("summary", lang.t("change-summary"));
    let warn = |card: Card, errors: &[FieldProblem]| {
        errors.iter().fold(card, |card, error| {
            card.body(&Notice::new(Tone::Warn, sentence(&lang, &error.detail)))
        })
    };
    let patch = match patch(cx, licence, typed, wanted).await? {
        Ok(patch) => patch,
        Err(errors) => return Ok(Markup::of(&warn(card, &errors))),
    };
    let facts = differences(&lang, licence, &patch);
    let card = if patch.touched().is_empty() {
        card.text(lang.t("change-summary-none"))
    } else {
        card.body(&facts)
    };
    match prepare(cx, licence, patch, wanted).await {
        Ok(revision) => {
            let order = &revision.order;
            let price = order.quote.price.map(|price| lang.money(price, &order.quote.currency));
            let price = price.unwrap_or_else(|| "—".to_owned());
            let facts = Facts::new().text(lang.t("label-prezzo"), price);
            Ok(Markup::of(&card.body(&facts)))
        }
        Err(NotIssued::Rejected(rejection)) => Ok(Markup::of(&warn(card, &rejection.errors))),
        Err(NotIssued::Failed(fault)) => Err(fault.into()),
    }
}

fn differences(lang: &Lang, licence: &Licence, patch: &LicencePatch) -> Facts {
    let members = |value: serde_json::Result<Value>| match value {
        Ok(Value::Object(members)) => members.into_iter().collect::<BTreeMap<_, _>>(),
        _ => BTreeMap::new(),
    };
    let before = members(serde_json::to_value(by_days(licence)));
    let after = members(serde_json::to_value(patch));
    let mut facts = Facts::new();
    for (name, value) in after {
        if let ("moduli", Value::Object(modules)) = (name.as_str(), &value) {
            for (code, terms) in modules {
                let is_on = terms.get("attivo") == Some(&Value::Bool(true));
                let key = if is_on { "module-active" } else { "module-inactive" };
                facts = facts.text(code, lang.t(key));
            }
            continue;
        }
        let old = before.get(&name).map_or_else(|| "—".to_owned(), |old| shown(lang, old));
        facts = facts.text(label(lang, &name), format!("{old} → {}", shown(lang, &value)));
    }
    facts
}

fn label(lang: &Lang, name: &str) -> String {
    let name = name.replace('_', "-");
    let keys = [format!("new-{name}"), format!("label-{name}"), format!("renew-{name}")];
    keys.iter().find(|key| lang.has(key)).map_or(name, |key| lang.t(key))
}

fn shown(lang: &Lang, value: &Value) -> String {
    match value {
        Value::Null => "—".to_owned(),
        Value::Bool(is) => lang.t(if *is { "yes" } else { "no" }),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Object(members) => match (members.get("importo"), members.get("valuta")) {
            (Some(Value::Number(minor)), Some(Value::String(currency))) => {
                lang.money(minor.as_i64().unwrap_or_default(), currency)
            }
            _ => "…".to_owned(),
        },
        Value::Array(_) => "…".to_owned(),
    }
}
