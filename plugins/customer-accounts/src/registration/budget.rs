//! How often one address may register: nobody is known yet, so the address is all there is.

use std::net::IpAddr;

use plugin_api::{Cx, Fault, Problem, Tx, hex};
use serde_json::Value as Json;

use crate::store::registrations as rows;

/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;

/// Takes one registration out of the caller's budget of this hour, or refuses with when the next
/// one begins. Joins the transaction of the registration, so that a failed one costs nothing.
pub(crate) async fn spend(tx: &Tx) -> Result<(), Problem> {
    let limit: i64 = tx.setting("registrations-per-hour").await?;
    let hash = hex(&tx.mac("registration-address", origin(tx).as_bytes()).await?);
    let now = tx.now();
    let hour = now.div_euclid(HOUR);
    let db = tx.db();
    db.execute(rows::budget(&hash, hour)).await?;
    if db.execute(rows::spending(&hash, hour, limit)).await? == 0 {
        let left = (HOUR - now.rem_euclid(HOUR) + 999).div_euclid(1_000);
        return Err(Problem::too_many_requests(u32::try_from(left).unwrap_or(3_600)));
    }
    Ok(())
}

/// Where a request comes from, one subscriber alike; empty when that is not known.
pub(crate) fn origin(cx: &Cx) -> String {
    cx.caller().address.map(subscriber).unwrap_or_default()
}

/// The part of an address that stands for one subscriber: all of it, or the first 64 bits of an
/// IPv6 address, the rest of which he chooses himself (RFC 4291 §2.5.4).
fn subscriber(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            let subnet = format!("{a:x}:{b:x}:{c:x}:{d:x}::/64");
            address.to_ipv4_mapped().map_or(subnet, |address| address.to_string())
        }
    }
}

/// A job: forgets the budgets that are over.
pub(crate) async fn forget(cx: Cx, _: Json) -> Result<(), Fault> {
    cx.db().execute(rows::forgetting(cx.now().div_euclid(HOUR))).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subscriber_is_one_origin_however_he_chooses_his_address() {
        let origin = |text: &str| subscriber(text.parse().expect("an address"));
        assert_eq!(origin("2001:db8:1:2::1"), origin("2001:db8:1:2:ffff::9"));
        assert_ne!(origin("2001:db8:1:2::1"), origin("2001:db8:1:3::1"));
        assert_eq!(origin("::ffff:203.0.113.9"), origin("203.0.113.9"));
    }
}
