//! Two licences of the sample as they come from another system: one with its old key, and one whose
//! maintenance ended.

use plugin_api::contracts::accounts::Account;
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault, hex};

use super::licences::{PLAIN, order};
use super::products::Offered;
use crate::domain::choices::Origin;
use crate::legacy::LegacyKey;
use crate::{issue, store, story};

/// Marker of the licence with an old key.
const LEGACY: &str = "demo-legacy";
/// Marker of the licence whose maintenance ended.
pub(super) const MAINTENANCE: &str = "demo-maintenance";
/// Days since maintenance ended.
const ENDED: i64 = 60;

/// Enters the two if they are missing.
pub(super) async fn enter(cx: &Cx, account: &Account, offered: &Offered) -> Result<(), Fault> {
    for marker in [LEGACY, MAINTENANCE] {
        if store::licences::by_marker(&cx.db(), marker).await?.is_some() {
            continue;
        }
        let mut order = order(cx, marker, PLAIN, account, offered)?;
        if marker == MAINTENANCE {
            order.terms.maintenance_until = Some(cx.now() - ENDED * DAY);
        } else {
            order.origin = Origin::Import;
        }
        issue::write(cx, order).await?;
    }
    let licence_id = licence(cx).await?;
    if store::legacy::sealed_of(&cx.db(), &licence_id).await?.is_none() {
        let random = hex(&cx.random::<8>()).to_uppercase();
        let key = LegacyKey::parse(&format!("QLM-{random}"));
        let key =
            key.ok_or_else(|| Fault::internal("the sample's old key is none"))?.kept(cx).await?;
        let by = story::who(cx.caller());
        let insertion = store::legacy::insertion(&key, &licence_id, cx.now(), &by);
        cx.db().execute(insertion).await?;
    }
    Ok(())
}

/// The old key.
pub(super) async fn legacy_key(cx: &Cx) -> Result<String, Fault> {
    let licence_id = licence(cx).await?;
    let sealed = store::legacy::sealed_of(&cx.db(), &licence_id).await?;
    let sealed = sealed.ok_or_else(|| Fault::internal("the sample's old key is missing"))?;
    LegacyKey::opened(cx, &sealed).await
}

async fn licence(cx: &Cx) -> Result<String, Fault> {
    let found = store::licences::by_marker(&cx.db(), LEGACY).await?;
    found.ok_or_else(|| Fault::internal("a sample licence is missing"))
}
