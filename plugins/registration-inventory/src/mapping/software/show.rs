//! `/crm/software/{id}`: which product a name is, and which of its versions are another.

use axum::response::{IntoResponse as _, Response};
use plugin_api::db::{Audit, Batch};
use plugin_api::ui::{Action, Card, Confirm, Facts, Field, FormErrors, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Form, Path, Problem};

use super::super::products;
use super::super::rules::LONGEST;
use super::super::sheet::{Asking, Sent, Sheet, value};
use super::several::{said, to};
use crate::installations::{Cell, Rows};
use crate::paths;
use crate::store::software::{self as store, Rule, Software};

/// Where a rule is added.
pub(in crate::mapping) const RULES: &str = "/crm/software/{id}/rules";
/// Where one is removed.
pub(in crate::mapping) const RULE_DELETE: &str = "/crm/software/{id}/rules/{rule}/delete";
/// Characters of a note.
const NOTE: usize = 2_000;

/// The page.
pub(in crate::mapping) async fn page(cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let software = store::by_id(&cx.db(), cx.scope(), &id).await?.ok_or_else(Problem::not_found)?;
    asked(&cx, &software, &Sent::new(), &FormErrors::new()).await
}

/// Says what product it is, and keeps the note.
pub(in crate::mapping) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let software = store::by_id(&cx.db(), cx.scope(), &id).await?.ok_or_else(Problem::not_found)?;
    let product = Some(value(&sent, "product")).filter(|code| !code.is_empty());
    let mut errors = FormErrors::new();
    let is_new = product != software.product_code.as_deref();
    if let Some(code) = product.filter(|_| is_new)
        && let Err(key) = products::known(&cx, code).await?
    {
        errors.add("product", cx.lang().t(key));
    }
    let note = value(&sent, "note");
    if note.chars().count() > NOTE {
        errors.add("note", cx.lang().t("software-note-long"));
    }
    if !errors.is_empty() {
        return asked(&cx, &software, &sent, &errors).await;
    }
    if note != software.note {
        let audit = Audit::of("inventory_software.noted", &id)
            .named(&software.name)
            .before(&software.note)
            .after(note);
        cx.db().batch(Batch::new().and(store::noted(&id, note)).audit(audit)).await?;
    }
    if is_new {
        said(&cx, std::slice::from_ref(&software), product).await?;
    }
    Ok(to(&cx, &id).saying(cx.lang().t("decided-done")).into_response())
}

/// The page with what was sent and what is wrong with it.
pub(in crate::mapping) async fn asked(
    cx: &Cx,
    software: &Software,
    sent: &Sent,
    errors: &FormErrors,
) -> Result<Response, Problem> {
    let lang = cx.lang();
    let known = products::all(cx).await?;
    let rules = store::rules(&cx.db(), &software.software_id).await?;
    let head = Head::new(&software.name).back(lang.t("software"), cx.url(paths::SOFTWARE));
    let mut sheet = Sheet::new(&lang, head, errors);
    let count = super::installations(cx, &software.software_id).await?;
    let facts = Facts::new()
        .text(lang.t("software-installations"), lang.number(count))
        .text(lang.t("company-first-seen"), lang.instant(software.first_seen_at));
    sheet.before = Markup::of(&Card::new("said", lang.t("company-said")).body(&facts));
    let mut chosen = software.product_code.clone().unwrap_or_default();
    let mut card = Card::new("product-of", lang.t("mapping-product")).text(lang.t("software-told"));
    if let Some(likely) = known.as_ref().and_then(|known| products::likely(known, &software.name))
        && chosen.is_empty()
    {
        let told = lang.with("software-likely", &[("name", &likely.name)]);
        card = card.body(&Notice::new(Tone::Info, told));
        chosen.clone_from(&likely.code);
    }
    if sent.iter().any(|(name, _)| name == "product") {
        value(sent, "product").clone_into(&mut chosen);
    }
    let product = products::field(cx, known.as_deref(), ("product", &chosen), errors);
    let note = if sent.iter().any(|(name, _)| name == "note") {
        value(sent, "note")
    } else {
        &software.note
    };
    let note =
        Field::textarea("note", lang.t("software-note")).maxlength(NOTE).value(note).errors(errors);
    sheet.action = cx.url(&paths::of(paths::SOFTWARE_NAME, &software.software_id));
    sheet.cards = Markup::of(&card.body(&product).body(&note));
    sheet.buttons.push(Action::submit(lang.t("save")));
    sheet.after = ruled(cx, software, &rules);
    let field = |name: &'static str| {
        let field = Field::text(name, lang.t(&format!("rule-{name}"))).mono().maxlength(LONGEST);
        field.value(value(sent, name)).errors(errors)
    };
    let product = products::field(
        cx,
        known.as_deref(),
        ("rule_product", value(sent, "rule_product")),
        errors,
    );
    let told = Card::new("rule", lang.t("rule-new")).text(lang.t("rule-told"));
    let adding = Asking {
        action: cx.url(&paths::of(RULES, &software.software_id)),
        hidden: Vec::new(),
        cards: Markup::of(&told.body(&field("from")).body(&field("to")).body(&product)),
        buttons: vec![Action::submit(lang.t("rule-add"))],
    };
    sheet.after = sheet.after.and(&adding);
    Ok(sheet.render(&software.name)?.into_response())
}

fn ruled(cx: &Cx, software: &Software, rules: &[Rule]) -> Markup {
    let lang = cx.lang();
    if rules.is_empty() {
        return Markup::default();
    }
    let rows = rules.iter().map(|rule| {
        let path = paths::of(RULE_DELETE, &software.software_id).replace("{rule}", &rule.rule_id);
        let id = format!("delete-{}", rule.rule_id);
        let (verb, told) = (lang.t("rule-delete"), lang.t("rule-delete-hint"));
        let delete = Confirm::new(&lang, id, verb, cx.url(&path), told);
        let or_dash = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
        vec![
            Cell::Mono(or_dash(&rule.from_version)),
            Cell::Mono(or_dash(&rule.to_version)),
            Cell::Mono(rule.product_code.clone()),
            Cell::Parts(Markup::of(&delete)),
        ]
    });
    let headers =
        ["rule-from", "rule-to", "mapping-product", "rule-actions"].map(|key| lang.t(key));
    let table = Rows { title: lang.t("rules"), headers: headers.into(), rows: rows.collect() };
    Markup::of(&Card::new("rules", lang.t("rules")).body(&table))
}
