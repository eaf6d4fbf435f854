//! A licence goes to another customer: key, devices and history with it.

use plugin_api::contracts::accounts::{self, Account, AccountState};
use plugin_api::contracts::timeline;
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Problem};
use serde_json::json;

use crate::domain::draft::Rejection;
use crate::domain::licence::Licence;
use crate::domain::state::StoredState;
use crate::issue::NotIssued;
use crate::renewals::changed;
use crate::store::licences::transfer::{freeing, transfer};
use crate::{store, story};

/// What becomes of its devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Devices {
    /// They keep their seats.
    Keep,
    /// Their seats are free.
    Free,
}

impl Devices {
    /// The choice of this name on the wire.
    pub(crate) fn from_wire(name: &str) -> Option<Self> {
        match name {
            "" | "mantieni" => Some(Self::Keep),
            "libera" => Some(Self::Free),
            _ => None,
        }
    }
}

/// Gives a licence to another customer of the caller's branch; run it on a transaction.
async fn apply(
    cx: &Cx,
    licence: &Licence,
    account_id: &str,
    devices: Devices,
) -> Result<(), NotIssued> {
    if licence.state_stored == StoredState::Revoked {
        return Err(Rejection::coded("licenza_revocata", "").into());
    }
    let asked = accounts::Find { account_id: account_id.trim().to_owned() };
    let into: Option<Account> = cx.service(&accounts::FIND, &asked).await?;
    let into = into.ok_or_else(|| Rejection::coded("cliente_sconosciuto", "/cliente"))?;
    if into.state == AccountState::Suspended {
        return Err(Rejection::coded("cliente_sospeso", "/cliente").into());
    }
    if into.account_id == licence.account_id {
        return Err(Rejection::coded("stesso_cliente", "/cliente").into());
    }
    let audit = Audit::of("licence.transferred", &licence.licence_id)
        .named(format!("{} {}", licence.product_name, licence.key_hint))
        .in_organisation(&into.organisation_id)
        // Without names: the other customer may be of a branch that the reader does not see.
        .before(json!({ "account": licence.account_id }))
        .after(json!({
            "account": into.account_id,
            "devices_freed": devices == Devices::Free,
        }));
    let away = story::entry(cx, licence.into(), "licence.transferred_away", "");
    let there = story::Told { account_id: &into.account_id, ..licence.into() };
    let here = story::entry(cx, there, "licence.transferred_here", "");
    let mut batch = transfer(cx.scope(), licence, &into).audit(audit);
    if devices == Devices::Free {
        batch = freeing(licence, cx.now()).into_iter().fold(batch, Batch::and);
    }
    let batch = batch.emit(timeline::HAPPENED, away).emit(timeline::HAPPENED, here);
    cx.db().batch(batch).await?;
    Ok(())
}

/// Gives a licence to another customer in a transaction of its own: why not, if that makes no sense.
pub(crate) async fn in_transaction(
    cx: &Cx,
    licence_id: &str,
    account_id: &str,
    devices: Devices,
) -> Result<Result<(), Rejection>, Problem> {
    cx.transaction(|tx| async move {
        let licence = store::licences::get(&tx.db(), tx.scope(), licence_id).await?;
        let licence = licence.ok_or_else(Problem::not_found)?;
        match apply(&tx, &licence, account_id, devices).await {
            Ok(()) => Ok(Ok(())),
            Err(NotIssued::Rejected(rejection)) => Ok(Err(rejection)),
            Err(NotIssued::Failed(fault)) => Err(changed(fault)),
        }
    })
    .await
}
