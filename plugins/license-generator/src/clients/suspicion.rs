//! `/crm/suspicious/{id}`: what looks suspicious about a licence, and what can be done about it.

use plugin_api::db::{Audit, Batch};
use plugin_api::ui::{Action, Card, Confirm, Facts, Head, Markup};
use plugin_api::{Cx, Page, Path, Problem, SeeOther};
use serde_json::json;

use super::suspicious::badge;
use crate::domain::licence::Licence;
use crate::domain::state::StoredState;
use crate::store::suspicions::{SUSPICION, Suspicion};
use crate::{ISSUE, labels, paths, store, story};

/// The page.
pub(super) async fn show(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let (suspicion, licence) = get(&cx, &id).await?;
    let lang = cx.lang();
    let reason = suspicion.reason.as_str();
    let title = lang.t(&format!("reason-{reason}"));
    let is_open = suspicion.dismissed_at.is_none_or(|until| until < suspicion.last_at);
    let mut head = Head::new(&title)
        .back(lang.t("suspicious"), cx.url(paths::SUSPICIOUS))
        .badge(badge(&lang, reason))
        .lead(lang.t(&format!("reason-{reason}-hint")));
    if is_open && cx.may(ISSUE) {
        let path = cx.url(&paths::of(paths::SUSPICION_DISMISS, &id));
        let (label, hint) = (lang.t("suspicion-dismiss"), lang.t("suspicion-dismiss-hint"));
        head = head.action(&Confirm::new(&lang, "dismiss", label, path, hint).harmless());
    }
    if cx.may(ISSUE) && licence.state_stored == StoredState::Active {
        let path = cx.url(&paths::of(paths::STATE, &licence.licence_id));
        let (label, hint) = (lang.t("licence-suspend"), lang.t("licence-suspend-hint"));
        let suspend = Confirm::new(&lang, "suspend", label, path, hint);
        head = head.action(&suspend.hidden("azione", "suspend"));
    }
    let page = Markup::of(&head).and(&facts(&cx, &suspicion, &licence));
    Ok(Page::html(title, page))
}

fn facts(cx: &Cx, suspicion: &Suspicion, licence: &Licence) -> Card {
    let lang = cx.lang();
    let name = format!("{} · {}", licence.product_name, licence.key_hint);
    let shown = cx.url(&paths::of(paths::SHOW, &licence.licence_id));
    let log = format!("{}?chiave={}", cx.url(paths::LOG), licence.key_hint);
    let facts = Facts::new()
        .link(lang.t("licence"), name, shown)
        .text(lang.t("column-cliente"), licence.customer_name())
        .with(lang.t("column-stato"), &labels::state(&lang, licence.state(cx.now())))
        .text(lang.t("column-count"), lang.number(suspicion.count))
        .text(lang.t("column-first"), lang.instant(suspicion.first_at))
        .text(lang.t("column-last"), lang.instant(suspicion.last_at));
    Card::new("suspicion", lang.t("suspicion-card"))
        .action(&Action::link(lang.t("suspicion-log"), log).quiet())
        .body(&facts)
}

/// Dismisses it; it comes back when it happens again. Who only looks, as an auditor does, may not.
pub(super) async fn dismiss(cx: Cx, Path(id): Path<String>) -> Result<SeeOther, Problem> {
    if !cx.may(ISSUE) {
        return Err(Problem::forbidden());
    }
    let (suspicion, licence) = get(&cx, &id).await?;
    let audit = Audit::of("suspicion.dismissed", &id)
        .named(format!("{} {}", licence.product_name, licence.key_hint))
        .in_organisation(&licence.organisation_id)
        .after(json!({ "licence": licence.licence_id, "reason": suspicion.reason.as_str(),
            "count": suspicion.count }));
    let by = story::who(cx.caller());
    let dismissal = store::suspicions::dismissing(cx.scope(), &suspicion, &by);
    match cx.db().batch(Batch::new().and(dismissal).audit(audit)).await {
        Err(fault) if !fault.is_mismatch(SUSPICION) => Err(fault.into()),
        _ => {
            let notice = cx.lang().t("suspicion-dismissed-done");
            Ok(SeeOther::to(cx.url(paths::SUSPICIOUS)).saying(notice))
        }
    }
}

async fn get(cx: &Cx, id: &str) -> Result<(Suspicion, Licence), Problem> {
    let (db, scope) = (cx.db(), cx.scope());
    let suspicion = store::suspicions::get(&db, scope, id).await?;
    let suspicion = suspicion.ok_or_else(Problem::not_found)?;
    let licence = store::licences::get(&db, scope, &suspicion.licence_id).await?;
    Ok((suspicion, licence.ok_or_else(Problem::not_found)?))
}
