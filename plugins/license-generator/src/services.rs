//! What other plugins ask of licences.

pub(crate) mod entitlement;
pub(crate) mod offline;
pub(crate) mod order;

use plugin_api::contracts::licences::{LicenceOfAccount, OfAccount};
use plugin_api::{Cx, Fault};

use crate::domain::licence::Licence;
use crate::{READ, paths, store};

/// Licences told at most.
const MOST: u32 = 500;
/// Ids looked up with one statement.
const TOGETHER: usize = 200;

/// The licences of an account in the caller's branch, newest first.
pub(crate) async fn of_account(cx: Cx, asked: OfAccount) -> Result<Vec<LicenceOfAccount>, Fault> {
    let found = store::licences::of_account(&cx.db(), cx.scope(), &asked.account_id, MOST).await?;
    Ok(told(&cx, found))
}

/// The licences of these ids that lie in the caller's branch, newest first.
pub(crate) async fn find(cx: Cx, ids: Vec<String>) -> Result<Vec<LicenceOfAccount>, Fault> {
    let mut found = Vec::new();
    for ids in ids.chunks(TOGETHER) {
        found.extend(store::licences::by_ids(&cx.db(), cx.scope(), ids).await?);
    }
    Ok(told(&cx, found))
}

fn told(cx: &Cx, found: Vec<Licence>) -> Vec<LicenceOfAccount> {
    let (now, may_read) = (cx.now(), cx.may(READ));
    let told = found.into_iter().map(|licence| LicenceOfAccount {
        path: if may_read { paths::of(paths::SHOW, &licence.licence_id) } else { String::new() },
        stato: licence.state(now).wire().to_owned(),
        tipo: licence.r#type.wire().to_owned(),
        licence_id: licence.licence_id,
        product: licence.product_name,
        product_code: licence.product_code,
        expires_at: licence.expires_at,
        key_hint: licence.key_hint,
    });
    told.collect()
}
