//! Companies as installations name them, and the customers they are.

pub(super) mod create;
mod list;
pub(super) mod show;

use plugin_api::table::{Selection, TableSpec};
use plugin_api::ui::{Action, Card, FormErrors, Head, Markup};
use plugin_api::{Cx, Fault, Problem, SeeOther};

use axum::response::{IntoResponse as _, Response};
use plugin_api::Form;

use super::sheet::{Sent, Sheet, value};
use super::suggestions;
use super::work::{self, Work};
use crate::installations::{Cell, Rows};
use crate::paths;
use crate::store::companies as store;

pub(super) use list::spec;

/// Where the likeliest customers are accepted.
pub(super) const ACCEPT: &str = "/crm/companies/accept";

/// Companies of which somebody may be suggested.
pub(super) fn suggested() -> TableSpec {
    spec().only(
        "exists (select 1 from registration_inventory_suggestion g where g.company_id = k.company_id)",
        [],
    )
}

/// The likeliest customer of a company, if there is one.
pub(super) async fn best(cx: &Cx, company_id: &str) -> Result<Option<String>, Fault> {
    let Some(company) = store::by_id(&cx.db(), cx.scope(), company_id).await? else {
        return Ok(None);
    };
    let first = suggestions::of(cx, &company).await?.into_iter().next();
    Ok(first.map(|one| one.account.account_id))
}

/// Shows each company that was ticked with the customer it most likely is, then does it.
pub(super) async fn accept(cx: Cx, Form(sent): Form<Sent>) -> Result<Response, Problem> {
    let selection = Selection::read(&sent)?;
    let (lang, everything) = (cx.lang(), spec());
    let with = suggested();
    let total = selection.count(&cx, &everything).await?;
    let count = selection.count(&cx, &with).await?;
    let back = selection.back(&cx, &everything);
    if selection.is_empty() || count == 0 {
        return Ok(SeeOther::to(back).saying(lang.t("companies-nobody-suggested")).into_response());
    }
    if value(&sent, "step") == "decide" {
        return work::start(&cx, Work::Best { selection }, count).await;
    }
    let mut rows = Vec::new();
    for id in selection.ids(&cx, &with, None, 100).await? {
        let Some(company) = store::by_id(&cx.db(), cx.scope(), &id).await? else { continue };
        let Some(best) = suggestions::of(&cx, &company).await?.into_iter().next() else { continue };
        let href = cx.url(&paths::of(paths::COMPANY, &id));
        rows.push(vec![
            Cell::Link(show::name(&lang, &company), href),
            Cell::Text(best.account.name.clone()),
            Cell::Text(best.why(&lang)),
        ]);
    }
    let title = lang.t("companies-accept");
    let head = Head::new(&title).back(lang.t("companies"), &back);
    let mut sheet = Sheet::new(&lang, head, &FormErrors::new());
    sheet.action = cx.url(ACCEPT);
    let kept = sent.iter().filter(|(name, _)| ["selected", "all", "matching"].contains(&&**name));
    sheet.hidden = kept.cloned().collect();
    let (n, left) = (lang.number(count), lang.number(total - count));
    let told = lang.with("companies-accept-told", &[("n", &n), ("left", &left)]);
    let headers = ["company-name", "mapping-customer", "mapping-reason"].map(|key| lang.t(key));
    let rows = Rows { title: title.clone(), headers: headers.into(), rows };
    sheet.cards = Markup::of(&Card::new("pairs", &title).text(told).body(&rows));
    sheet.buttons.push(Action::submit(lang.t("companies-accept-now")).with("step", "decide"));
    sheet.buttons.push(Action::link(lang.t("cancel"), back).quiet());
    Ok(sheet.render(title)?.into_response())
}
