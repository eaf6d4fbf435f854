//! What other plugins ask of the installations of a customer.

use plugin_api::contracts::inventory::{InstallationOfAccount, OfAccount};
use plugin_api::{Cx, Fault};

use crate::store::installations;
use crate::{READ, paths};

/// Installations told at most.
const MOST: u32 = 500;

/// The installations of an account in the caller's branch, the one last heard of first.
pub(super) async fn of_account(
    cx: Cx,
    asked: OfAccount,
) -> Result<Vec<InstallationOfAccount>, Fault> {
    let found = installations::of_account(&cx.db(), cx.scope(), &asked.account_id, MOST).await?;
    let may_read = cx.may(READ);
    let told = found.into_iter().map(|one| InstallationOfAccount {
        path: if may_read {
            paths::of(paths::INSTALLATION, &one.installation_id)
        } else {
            String::new()
        },
        installation_id: one.installation_id,
        software: one.software,
        version: one.version,
        computer: one.host_name,
        product_code: one.product_code,
        licence_id: one.licence_id,
        last_seen_at: one.last_seen_at,
    });
    Ok(told.collect())
}
