//! Rules on who may issue what and how many: pure decisions, no database.

use plugin_api::db::json;
use plugin_api::time::{DAY, date};
use serde::{Deserialize, Deserializer, Serialize};

use super::licence::LicenceType;

/// How far somebody may go. What is not said does not limit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Codes of the products he may issue; all if empty.
    pub products: Vec<String>,
    /// The types he may issue; all if empty.
    pub types: Vec<LicenceType>,
    /// Most devices, people or floating seats of a licence.
    pub seats_most: Option<i64>,
    /// Most days a licence may last; with it, none may last for ever.
    pub days_most: Option<i64>,
    /// Whether he may not issue licences for internal use.
    pub no_internal: bool,
    /// Most licences one person may issue in a day (UTC).
    pub person_day: Option<i64>,
    /// Most licences one person may issue in a month (UTC).
    pub person_month: Option<i64>,
    /// Most licences the people of one organisation may issue in a day (UTC).
    pub organisation_day: Option<i64>,
    /// Most licences the people of one organisation may issue in a month (UTC).
    pub organisation_month: Option<i64>,
}

/// A rule: whom it binds, and to what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Right {
    /// Its id.
    pub right_id: String,
    /// What people call it.
    pub name: String,
    /// The role it binds; empty for every role.
    pub role: String,
    /// The node whose branch it binds; everybody if not said.
    pub branch_id: Option<String>,
    /// How far those may go.
    #[serde(with = "json")]
    pub limits: Limits,
    /// Whether it counts.
    #[serde(deserialize_with = "bit")]
    pub enabled: bool,
    /// Counts its changes.
    pub version: i64,
}

fn bit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(i64::deserialize(deserializer)? != 0)
}

/// What somebody is about to issue, as far as rules look at it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Code of the product.
    pub product_code: String,
    /// How long it lasts.
    pub r#type: LicenceType,
    /// Whether it is for internal use.
    pub internal: bool,
    /// Its devices, people or floating seats, whichever is most.
    pub seats: i64,
    /// The days it lasts; none for ever.
    pub days: Option<i64>,
}

/// What of an order is beyond a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    /// Its product.
    Product,
    /// Its type.
    Type,
    /// That it is for internal use.
    Internal,
    /// How many devices, people or seats it has.
    Seats(i64),
    /// How many days it lasts.
    Days(i64),
    /// How many were issued already.
    Quota(Quota),
}

/// A number of licences within a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// Who is counted.
    pub of: Counted,
    /// How long one counts.
    pub within: Within,
    /// At most so many.
    pub most: i64,
}

/// Who is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Each person by himself.
    Person,
    /// The people of one organisation together.
    Organisation,
}

/// How long one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// A day, UTC.
    Day,
    /// A month, UTC.
    Month,
}

impl Within {
    /// The period `now` lies in: `d2026-11-22` or `m2026-11`. Those of one kind ascend.
    pub fn period(self, now: i64) -> String {
        let day = date(now);
        match self {
            Self::Day => format!("d{day}"),
            Self::Month => format!("m{}", day.get(..7).unwrap_or(&day)),
        }
    }
}

impl Right {
    /// Whether it binds somebody of these roles, in a node below `ancestors` (his own among them).
    pub fn binds(&self, roles: &[String], ancestors: &[String]) -> bool {
        self.enabled
            && (self.role.is_empty() || roles.contains(&self.role))
            && self.branch_id.as_ref().is_none_or(|branch| ancestors.contains(branch))
    }

    /// What of `asked` is beyond it, quotas left out.
    pub fn excess(&self, asked: &Asked) -> Option<Excess> {
        let Limits { products, types, seats_most, days_most, no_internal, .. } = &self.limits;
        let is_of = |code: &String| code.eq_ignore_ascii_case(&asked.product_code);
        if !products.is_empty() && !products.iter().any(is_of) {
            return Some(Excess::Product);
        }
        if !types.is_empty() && !types.contains(&asked.r#type) {
            return Some(Excess::Type);
        }
        if *no_internal && asked.internal {
            return Some(Excess::Internal);
        }
        if let Some(most) = seats_most.filter(|most| asked.seats > *most) {
            return Some(Excess::Seats(most));
        }
        days_most.filter(|most| asked.days.is_none_or(|days| days > *most)).map(Excess::Days)
    }

    /// Its quotas.
    pub fn quotas(&self) -> Vec<Quota> {
        let limits = &self.limits;
        [
            (Counted::Person, Within::Day, limits.person_day),
            (Counted::Person, Within::Month, limits.person_month),
            (Counted::Organisation, Within::Day, limits.organisation_day),
            (Counted::Organisation, Within::Month, limits.organisation_month),
        ]
        .into_iter()
        .filter_map(|(of, within, most)| Some(Quota { of, within, most: most? }))
        .collect()
    }
}

/// Whole days between two instants, unix milliseconds: a licence to the end of its last day does not
/// count a day more.
pub fn days_between(starts_at: i64, expires_at: i64) -> i64 {
    expires_at.saturating_sub(starts_at) / DAY
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> Asked {
        Asked {
            product_code: "STUDIO".to_owned(),
            r#type: LicenceType::Trial,
            internal: false,
            seats: 3,
            days: Some(30),
        }
    }

    fn right(limits: Limits) -> Right {
        Right { limits, enabled: true, ..Right::default() }
    }

    #[test]
    fn what_is_not_said_does_not_limit() {
        assert_eq!(right(Limits::default()).excess(&asked()), None);
        assert!(right(Limits::default()).quotas().is_empty());
    }

    #[test]
    fn each_limit_holds_at_its_border() {
        let excess = |limits: Limits| right(limits).excess(&asked());
        let seats = |most| Limits { seats_most: Some(most), ..Limits::default() };
        assert_eq!((excess(seats(3)), excess(seats(2))), (None, Some(Excess::Seats(2))));
        let days = |most| Limits { days_most: Some(most), ..Limits::default() };
        assert_eq!((excess(days(30)), excess(days(29))), (None, Some(Excess::Days(29))));
        let for_ever = Asked { days: None, ..asked() };
        assert_eq!(right(days(99)).excess(&for_ever), Some(Excess::Days(99)));
        let internal = Asked { internal: true, ..asked() };
        let none = right(Limits { no_internal: true, ..Limits::default() });
        assert_eq!((none.excess(&asked()), none.excess(&internal)), (None, Some(Excess::Internal)));
        let products = |code: &str| Limits { products: vec![code.into()], ..Limits::default() };
        assert_eq!(excess(products("studio")), None);
        assert_eq!(excess(products("OTHER")), Some(Excess::Product));
        let types = |kind| Limits { types: vec![kind], ..Limits::default() };
        assert_eq!(excess(types(LicenceType::Trial)), None);
        assert_eq!(excess(types(LicenceType::Permanent)), Some(Excess::Type));
    }

    #[test]
    fn a_rule_binds_by_role_and_branch() {
        let roles = ["agent".to_owned()];
        let nodes = ["own".to_owned(), "above".to_owned()];
        let rule = |role: &str, branch: Option<&str>| Right {
            role: role.to_owned(),
            branch_id: branch.map(str::to_owned),
            enabled: true,
            ..Right::default()
        };
        assert!(rule("", None).binds(&roles, &nodes));
        assert!(rule("agent", Some("above")).binds(&roles, &nodes));
        assert!(!rule("agent", Some("elsewhere")).binds(&roles, &nodes));
        assert!(!rule("reseller", None).binds(&roles, &nodes));
        assert!(!Right { enabled: false, ..rule("", None) }.binds(&roles, &nodes));
    }

    #[test]
    fn periods_are_days_and_months() {
        let now = 1_768_471_200_000;
        assert_eq!(Within::Day.period(now), "d2026-01-15");
        assert_eq!(Within::Month.period(now), "m2026-01");
        assert_eq!(days_between(now, now + 30 * DAY), 30);
        assert_eq!(days_between(now, now + 31 * DAY - 1), 30);
    }
}
