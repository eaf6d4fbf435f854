//! A floating seat: taken while a program runs, kept by heartbeats or borrowed for a while, and free
//! again for the next one when its lease ends.

use plugin_api::time::DAY;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::claims::claims;
use super::device::Activation;
use super::licence::Licence;

/// A seat that is out. Instants are unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Seat {
    /// Its id, and the `jti` of its computer key.
    pub seat_id: String,
    /// The device's fingerprint as stored.
    pub fingerprint: String,
    /// What its owner calls the device.
    pub device_name: String,
    /// The device's operating system.
    pub platform: String,
    /// Who works there, if the program said so.
    pub user_name: String,
    /// When it was taken.
    pub taken_at: i64,
    /// When its device was last heard of.
    pub renewed_at: i64,
    /// The last millisecond it is held without a word of its device.
    pub lease_until: i64,
    /// Whether it was borrowed: it needs no heartbeat until then.
    #[serde(deserialize_with = "bit")]
    pub borrowed: bool,
    /// The reservation it was taken on, if any.
    pub reservation_id: Option<String>,
}

fn bit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(i64::deserialize(deserializer)? != 0)
}

/// How long a seat is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    /// Its last millisecond.
    pub until: i64,
    /// Whether it is borrowed.
    pub borrowed: bool,
}

/// Why a seat cannot be borrowed as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotLent {
    /// The licence lends none.
    Never,
    /// That instant is over.
    Past,
    /// That is longer than the licence lends.
    TooLong,
}

impl Lease {
    /// The lease of a seat of `licence` taken or kept at `now`, borrowed until `asked` if that is
    /// said. A seat that is borrowed already stays so. No lease goes beyond the licence.
    pub fn of(
        licence: &Licence,
        now: i64,
        asked: Option<i64>,
        held: Option<&Seat>,
    ) -> Result<Self, NotLent> {
        let conditions = &licence.conditions;
        let lease = now.saturating_add(conditions.lease_seconds.max(1).saturating_mul(1000));
        let lent = held.filter(|seat| seat.borrowed).map(|seat| seat.lease_until);
        let until = match asked {
            None => lent.map_or(lease, |lent| lent.max(lease)),
            Some(_) if conditions.borrow_days <= 0 => return Err(NotLent::Never),
            Some(asked) if asked <= now => return Err(NotLent::Past),
            Some(asked) if asked > now.saturating_add(conditions.borrow_days * DAY) => {
                return Err(NotLent::TooLong);
            }
            Some(asked) => asked,
        };
        // A licence that only watches goes on after its end.
        let end = licence.expires_at.filter(|_| !licence.shadow);
        let borrowed = asked.is_some() || lent.is_some();
        Ok(Self { until: end.map_or(until, |end| end.min(until)), borrowed })
    }
}

impl Seat {
    /// Whether it is held at `now`; otherwise the next one may have it.
    pub fn is_out(&self, now: i64) -> bool {
        self.lease_until >= now
    }

    /// What to call the device.
    pub fn title(&self) -> &str {
        if self.device_name.is_empty() { &self.fingerprint } else { &self.device_name }
    }

    /// The seat as an activation, for what looks at both.
    pub fn activation(&self) -> Activation {
        Activation {
            activation_id: self.seat_id.clone(),
            fingerprint: self.fingerprint.clone(),
            device_name: self.device_name.clone(),
            platform: self.platform.clone(),
            activated_at: self.taken_at,
            last_seen_at: self.renewed_at,
            deactivated_at: None,
            user_id: None,
            user_name: self.user_name.clone(),
        }
    }

    /// The claims of its computer key: those of a device, trusted until the lease ends.
    pub fn claims(&self, licence: &Licence, now: i64) -> Map<String, Value> {
        let mut claims = claims(licence, &self.activation(), now);
        claims.insert("exp".to_owned(), Value::from(self.lease_until.div_euclid(1000)));
        if !self.user_name.is_empty() {
            claims.insert("ute".to_owned(), Value::from(self.user_name.as_str()));
        }
        claims
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::licence::tests::licence;

    fn floating(borrow_days: i64, expires_at: Option<i64>) -> Licence {
        let mut licence = Licence { expires_at, ..licence() };
        licence.conditions.lease_seconds = 60;
        licence.conditions.borrow_days = borrow_days;
        licence
    }

    fn seat(lease_until: i64, borrowed: bool) -> Seat {
        Seat {
            seat_id: "S".into(),
            fingerprint: "pc-1".into(),
            device_name: String::new(),
            platform: String::new(),
            user_name: "Anna".into(),
            taken_at: 0,
            renewed_at: 0,
            lease_until,
            borrowed,
            reservation_id: None,
        }
    }

    #[test]
    fn a_lease_lasts_what_the_licence_says_and_ends_with_it() {
        let lease = |licence: &Licence| Lease::of(licence, 1_000, None, None).unwrap().until;
        assert_eq!(lease(&floating(0, None)), 61_000);
        assert_eq!(lease(&floating(0, Some(5_000))), 5_000);
        let shadow = Licence { shadow: true, ..floating(0, Some(5_000)) };
        assert_eq!(lease(&shadow), 61_000);
    }

    #[test]
    fn it_lends_as_long_as_it_may_and_no_longer() {
        let now = 1_000;
        let ask = |days: i64, until: i64| Lease::of(&floating(days, None), now, Some(until), None);
        assert_eq!(ask(0, now + 1), Err(NotLent::Never));
        assert_eq!(ask(2, now), Err(NotLent::Past));
        assert_eq!(ask(2, now + 2 * DAY + 1), Err(NotLent::TooLong));
        let lent = ask(2, now + 2 * DAY).unwrap();
        assert_eq!(lent, Lease { until: now + 2 * DAY, borrowed: true });
        let ending = floating(2, Some(now + DAY));
        let lent = Lease::of(&ending, now, Some(now + 2 * DAY), None).unwrap();
        assert_eq!(lent.until, now + DAY);
    }

    #[test]
    fn a_heartbeat_does_not_end_a_borrowing() {
        let licence = floating(2, None);
        let held = seat(9_000_000, true);
        let kept = Lease::of(&licence, 1_000, None, Some(&held)).unwrap();
        assert_eq!(kept, Lease { until: 9_000_000, borrowed: true });
        let plain = Lease::of(&licence, 1_000, None, Some(&seat(9_000_000, false))).unwrap();
        assert_eq!(plain, Lease { until: 61_000, borrowed: false });
    }

    #[test]
    fn its_key_is_trusted_until_the_lease_ends() {
        let claims = seat(61_999, false).claims(&floating(0, None), 1_000);
        assert_eq!(claims["exp"], 61);
        assert_eq!(claims["jti"], "S");
        assert_eq!(claims["ute"], "Anna");
        assert!(claims.contains_key("dev"));
    }
}
