//! `/crm/software/several`: several names are one product.

use axum::response::{IntoResponse as _, Response};
use plugin_api::db::Batch;
use plugin_api::table::Selection;
use plugin_api::ui::{Action, Card, Facts, FormErrors, Head, Markup};
use plugin_api::{Cx, Form, Problem, SeeOther};
use serde_json::json;

use super::super::decisions::undo::Mapped;
use super::super::decisions::{Decision, Kind, decide};
use super::super::products;
use super::super::sheet::{Sent, Sheet, value};
use crate::paths;
use crate::store::decisions::CHANGED;
use crate::store::software::{self as store, Software};

/// Where it is asked.
pub(in crate::mapping) const SEVERAL: &str = "/crm/software/several";
/// Names at once.
const MOST: usize = 500;

/// Asks which product, then says it of all of them.
pub(in crate::mapping) async fn handle(
    cx: Cx,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let selection = Selection::read(&sent)?;
    let (lang, spec) = (cx.lang(), super::spec());
    let back = selection.back(&cx, &spec);
    let ids = selection.ids(&cx, &spec, None, MOST).await?;
    if selection.is_empty() || ids.is_empty() {
        return Ok(SeeOther::to(back).saying(lang.t("decide-nothing")).into_response());
    }
    let mut names = Vec::with_capacity(ids.len());
    for id in &ids {
        names.extend(store::by_id(&cx.db(), cx.scope(), id).await?);
    }
    let product = value(&sent, "product");
    let mut errors = FormErrors::new();
    if value(&sent, "step") == "decide" {
        match products::known(&cx, product).await? {
            Ok(()) => {
                said(&cx, &names, Some(product)).await?;
                return Ok(SeeOther::to(back).saying(lang.t("decided-done")).into_response());
            }
            Err(key) => errors.add("product", lang.t(key)),
        }
    }
    let title = lang.t("software-several");
    let head = Head::new(&title).back(lang.t("software"), &back);
    let mut sheet = Sheet::new(&lang, head, &errors);
    sheet.action = cx.url(SEVERAL);
    let kept = sent.iter().filter(|(name, _)| ["selected", "all", "matching"].contains(&&**name));
    sheet.hidden = kept.cloned().collect();
    let known = products::all(&cx).await?;
    let field = products::field(&cx, known.as_deref(), ("product", product), &errors);
    let facts = names.iter().take(50).fold(Facts::new(), |facts, one| {
        facts.mono(&one.name, one.product_code.as_deref().unwrap_or_default())
    });
    let count = lang.n("software-several-count", names.len());
    let card = Card::new("product", &title).text(count).body(&field).body(&facts);
    sheet.cards = Markup::of(&card);
    sheet.buttons.push(Action::submit(&title).with("step", "decide"));
    sheet.buttons.push(Action::link(lang.t("cancel"), back).quiet());
    Ok(sheet.render(title)?.into_response())
}

/// Says what product these names are, in one decision.
pub(super) async fn said(
    cx: &Cx,
    names: &[Software],
    product: Option<&str>,
) -> Result<String, Problem> {
    let by = super::super::decisions::who(cx);
    let mapped: Vec<Mapped> = names
        .iter()
        .map(|one| Mapped {
            what: "software".to_owned(),
            id: one.software_id.clone(),
            before: one.product_code.clone(),
            after: product.map(str::to_owned),
        })
        .collect();
    let with = names.iter().fold(Batch::new(), |batch, one| {
        let now = one.product_code.as_deref();
        let said = store::product_if(&one.software_id, now, product, (cx.now(), &by));
        batch.and(said.label(CHANGED).expect_rows(1))
    });
    let called = names.iter().take(5).map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ");
    let summary = json!({ "software": called, "product": product, "mapped": mapped });
    decide(cx, Decision { with, ..Decision::new(cx, Kind::Product, summary) }).await
}

/// The way back to a name.
pub(super) fn to(cx: &Cx, id: &str) -> SeeOther {
    SeeOther::to(cx.url(&paths::of(paths::SOFTWARE_NAME, id)))
}
