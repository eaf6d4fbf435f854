//! `/crm/legacy-keys/{id}`: one key of the system used before, and its end.

use plugin_api::db::{Audit, Batch};
use plugin_api::ui::{Card, Confirm, Facts, Head, Markup};
use plugin_api::{Cx, Page, Path, Problem, SeeOther};
use serde_json::json;

use super::LegacyKey;
use super::list::STATES;
use crate::domain::licence::Licence;
use crate::store::legacy::{Kept, REVOCATION};
use crate::{ISSUE, labels, paths, store};

/// The page.
pub(super) async fn page(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let (kept, licence) = get(&cx, &id).await?;
    let lang = cx.lang();
    let title = lang.with("legacy-key", &[("key", &kept.hint)]);
    let mut head = Head::new(&title)
        .back(lang.t("legacy-keys"), cx.url(paths::LEGACY_KEYS))
        .badge(labels::badge(&lang, STATES, state(&kept)));
    if kept.revoked_at.is_none() {
        let path = cx.url(&paths::of(paths::LEGACY_KEY_REVOKE, &id));
        let (label, hint) = (lang.t("legacy-revoke"), lang.t("legacy-revoke-hint"));
        head = head.action(&Confirm::new(&lang, "revoke", label, path, hint));
    }
    let name = format!("{} · {}", licence.product_name, licence.key_hint);
    let shown = cx.url(&paths::of(paths::SHOW, &licence.licence_id));
    let mut facts = Facts::new()
        .link(lang.t("licence"), name, shown)
        .text(lang.t("column-cliente"), licence.customer_name())
        .text(lang.t("column-imported"), lang.instant(kept.imported_at))
        .text(lang.t("import-by"), kept.imported_by);
    // Who may see activation keys may see what opens the same licence.
    if cx.may(ISSUE) {
        let key = LegacyKey::opened(&cx, &kept.key_sealed).await?;
        facts = facts.mono(lang.t("column-legacy"), key);
    }
    if let Some(at) = kept.exchanged_at {
        facts = facts
            .text(lang.t("column-exchanged"), lang.instant(at))
            .text(lang.t("column-dispositivo"), kept.device.unwrap_or_default());
    }
    let card = Card::new("legacy", lang.t("legacy-card")).body(&facts);
    Ok(Page::html(title, Markup::of(&head).and(&card)))
}

fn state(kept: &Kept) -> &'static str {
    match (kept.revoked_at, kept.exchanged_at) {
        (Some(_), _) => "revocata",
        (None, Some(_)) => "sostituita",
        (None, None) => "da_sostituire",
    }
}

/// Revokes it: whoever has the new key goes on with that.
pub(super) async fn revoke(cx: Cx, Path(id): Path<String>) -> Result<SeeOther, Problem> {
    let (kept, licence) = get(&cx, &id).await?;
    let audit = Audit::of("legacy_key.revoked", &id)
        .named(format!("{} {}", licence.product_name, kept.hint))
        .in_organisation(&licence.organisation_id)
        .after(json!({ "licence": licence.licence_id, "exchanged": kept.exchanged_at.is_some() }));
    let revocation = store::legacy::revoking(cx.scope(), &id, cx.now());
    match cx.db().batch(Batch::new().and(revocation).audit(audit)).await {
        Err(fault) if !fault.is_mismatch(REVOCATION) => Err(fault.into()),
        _ => {
            let path = cx.url(&paths::of(paths::LEGACY_KEY, &id));
            Ok(SeeOther::to(path).saying(cx.lang().t("legacy-revoked-done")))
        }
    }
}

async fn get(cx: &Cx, id: &str) -> Result<(Kept, Licence), Problem> {
    let (db, scope) = (cx.db(), cx.scope());
    let kept = store::legacy::get(&db, scope, id).await?.ok_or_else(Problem::not_found)?;
    let licence = store::licences::get(&db, scope, &kept.licence_id).await?;
    Ok((kept, licence.ok_or_else(Problem::not_found)?))
}
