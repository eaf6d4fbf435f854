//! What updates a licence includes, for whoever hands them out.

use plugin_api::contracts::licences::{Entitlement, EntitlementOf, NotEntitled};
use plugin_api::{Cx, Fault};

use crate::api::trail::key_hash;
use crate::domain::licence::{Licence, ModuleGrant};
use crate::domain::state::StoredState;
use crate::legacy::presented;
use crate::store;

/// What the licence includes at this moment, or why nothing. It answers within the reach of who asks,
/// which for a credential is everything.
pub(crate) async fn entitlement(
    cx: Cx,
    asked: EntitlementOf,
) -> Result<Result<Entitlement, NotEntitled>, Fault> {
    let (db, scope) = (cx.db(), cx.scope());
    let found = match asked {
        EntitlementOf::Licence(id) => store::licences::get(&db, scope, &id).await?,
        EntitlementOf::Key(typed) => match presented(&cx, &typed).await? {
            Ok(shown) => {
                let hash = key_hash(&cx, shown.key).await?;
                store::licences::by_hash(&db, scope, &hash).await?
            }
            Err(_) => None,
        },
    };
    Ok(found.map_or(Err(NotEntitled::Unknown), |licence| includes(licence, cx.now())))
}

/// A licence that only watches refuses nothing, here as elsewhere.
pub(super) fn includes(licence: Licence, now: i64) -> Result<Entitlement, NotEntitled> {
    if let Some(refusal) = refusal(&licence, now).filter(|_| !licence.shadow) {
        return Err(refusal);
    }
    let ends = [licence.expires_at, licence.maintenance_until].into_iter().flatten();
    let until = if licence.shadow { i64::MAX } else { ends.min().unwrap_or(i64::MAX) };
    let newest = (licence.version_major, licence.version_minor);
    let has = |grant: &ModuleGrant| grant.active && grant.until.is_none_or(|last| now <= last);
    let modules = licence.modules.into_iter().filter(has).map(|grant| grant.code);
    Ok(Entitlement {
        until,
        modules: Some(modules.collect()),
        newest: (!licence.shadow).then_some(newest),
        product_code: licence.product_code,
        licence_id: licence.licence_id,
        organisation_id: licence.organisation_id,
        account_id: licence.account_id,
    })
}

/// What was decided about it, and whether it has begun; that its time is over is no reason.
fn refusal(licence: &Licence, now: i64) -> Option<NotEntitled> {
    match licence.state_stored {
        StoredState::Revoked => Some(NotEntitled::Revoked),
        StoredState::Suspended => Some(NotEntitled::Suspended),
        StoredState::Awaiting => Some(NotEntitled::Awaiting),
        StoredState::Active => (now < licence.starts_at).then_some(NotEntitled::Awaiting),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::licence::tests::licence;

    const NOW: i64 = 5_000;

    fn until(expires_at: Option<i64>, maintenance_until: Option<i64>) -> i64 {
        let licence = Licence { expires_at, maintenance_until, ..licence() };
        includes(licence, NOW).expect("entitled").until
    }

    #[test]
    fn whichever_ends_first_closes_the_window() {
        assert_eq!(until(None, None), i64::MAX);
        assert_eq!(until(Some(9_000), Some(7_000)), 7_000);
        assert_eq!(until(Some(2_000), Some(7_000)), 2_000);
        assert_eq!(until(None, Some(1_800)), 1_800);
    }

    #[test]
    fn what_was_decided_is_refused_whatever_time_says() {
        let refused = |state_stored, starts_at| {
            let expires_at = Some(2_000);
            includes(Licence { state_stored, starts_at, expires_at, ..licence() }, NOW).err()
        };
        assert_eq!(refused(StoredState::Revoked, 0), Some(NotEntitled::Revoked));
        assert_eq!(refused(StoredState::Suspended, 0), Some(NotEntitled::Suspended));
        assert_eq!(refused(StoredState::Awaiting, 0), Some(NotEntitled::Awaiting));
        assert_eq!(refused(StoredState::Active, NOW + 1), Some(NotEntitled::Awaiting));
        assert_eq!(refused(StoredState::Active, NOW), None);
    }

    #[test]
    fn one_that_only_watches_refuses_nothing() {
        let licence = Licence {
            shadow: true,
            state_stored: StoredState::Revoked,
            expires_at: Some(2_000),
            ..licence()
        };
        let told = includes(licence, NOW).expect("entitled");
        assert_eq!((told.until, told.newest), (i64::MAX, None));
    }
}
