//! `/crm/registrations-quarantine/{id}`: a report that is held, as it came.

use plugin_api::ui::{Action, Card, Confirm, Facts, Head, Markup};
use plugin_api::{Cx, Page, Path, Problem};

use super::list::REASONS;
use crate::paths;
use crate::reports::came;
use crate::store::quarantine;
use crate::store::reports::Payload;

/// The page.
pub(super) async fn page(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let found = quarantine::held(&cx.db(), cx.scope(), &[id]).await?;
    let held = found.into_iter().next().ok_or_else(Problem::not_found)?;
    let lang = cx.lang();
    let act = |name: &str| cx.url(&paths::of(super::ACT, name));
    let release = Action::post(lang.t("quarantine-release"), act("release"))
        .with("selected", &held.report_id)
        .with("step", "do")
        .primary();
    let verb = lang.t("quarantine-delete");
    let delete =
        Confirm::new(&lang, "delete", verb, act("delete"), lang.t("quarantine-delete-told"))
            .hidden("selected", &held.report_id)
            .hidden("step", "do");
    let head = Head::new(&held.name)
        .back(lang.t("quarantine"), cx.url(paths::QUARANTINE))
        .action(&release)
        .action(&delete);
    let reason = REASONS.iter().find(|(known, ..)| *known == held.reason);
    let facts = Facts::new()
        .text(
            lang.t("quarantine-reason"),
            reason.map_or_else(|| held.reason.clone(), |(_, key, _)| lang.t(key)),
        )
        .mono(lang.t("quarantine-address"), &held.address)
        .text(lang.t("quarantine-at"), lang.instant(held.received_at));
    let what = Card::new("what", lang.t("quarantine-why")).body(&facts);
    let payload = Payload { content_type: held.content_type, payload: held.payload };
    Ok(Page::html(held.name, Markup::of(&head).and(&what).and(&came(&lang, payload))))
}
