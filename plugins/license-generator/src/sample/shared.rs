//! Two licences of the sample that are shared or counted: floating seats, and a metered module.

use plugin_api::contracts::accounts::Account;
use plugin_api::{Cx, Fault};

use super::licences::{PLAIN, order};
use super::products::Offered;
use crate::domain::choices::{Binding, Period};
use crate::{issue, store};

/// Marker of the licence with two floating seats.
pub(super) const FLOATING: &str = "demo-floating";
/// Marker of the licence whose module [`MODULE`] is counted.
pub(super) const METERED: &str = "demo-metered";
/// Code of the module that is counted.
pub(super) const MODULE: &str = "api";

/// Enters the two if they are missing.
pub(super) async fn enter(cx: &Cx, account: &Account, offered: &Offered) -> Result<(), Fault> {
    for marker in [FLOATING, METERED] {
        if store::licences::by_marker(&cx.db(), marker).await?.is_some() {
            continue;
        }
        let mut order = order(cx, marker, PLAIN, account, offered)?;
        if marker == FLOATING {
            order.terms.binding = Binding::Floating;
            order.terms.seats_max = Some(2);
            order.terms.conditions.borrow_days = 3;
        }
        for grant in order.grants.iter_mut().filter(|grant| grant.code == MODULE) {
            if marker == METERED {
                grant.active = true;
                grant.max = Some(1_000);
                grant.period = Some(Period::Month);
                grant.overage = 10;
            }
        }
        issue::write(cx, order).await?;
    }
    Ok(())
}
