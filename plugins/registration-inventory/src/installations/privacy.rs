//! What is kept of the installations of a customer, handed out and erased (GDPR art. 15 and 17).

use plugin_api::contracts::inventory::OfAccount;
use plugin_api::db::Batch;
use plugin_api::{Cx, Fault};
use serde_json::Value as Json;

use crate::store::privacy as store;

/// Everything kept of the installations of an account in the caller's branch.
pub(super) async fn data(cx: Cx, asked: OfAccount) -> Result<Json, Fault> {
    Ok(Json::Object(store::kept(&cx.db(), cx.scope(), &asked.account_id).await?))
}

/// Blanks what is personal of it. Its audit row is that of the customer's erasure, on whose
/// transaction this runs.
pub(super) async fn erase(cx: Cx, asked: OfAccount) -> Result<(), Fault> {
    let erasures = store::erasures(cx.scope(), &asked.account_id).into_iter();
    cx.db().batch(erasures.fold(Batch::new(), Batch::and)).await.map(drop)
}
