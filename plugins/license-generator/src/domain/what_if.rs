//! What another policy would do to a licence that exists: computed, never written.
//!
//! A value somebody set by hand stays: what a licence has follows the new policy only where it is
//! what the old one said.

use plugin_api::db::json;
use plugin_api::time::DAY;
use serde::{Deserialize, Deserializer, Serialize};

use super::choices::{Binding, Renewal, SuspendedFor};
use super::licence::{AtExpiry, LicenceType};
use super::policy::{Conditions, Policy};
use super::state::StoredState;

/// What of a licence a policy may reach. Instants are unix milliseconds.
#[derive(Debug, Clone, Deserialize)]
pub struct Standing {
    /// Its id.
    pub licence_id: String,
    /// The first group of its key.
    pub key_hint: String,
    /// The customer's name; none if the account is gone.
    pub customer: Option<String>,
    /// The product's name.
    pub product_name: String,
    /// How long it lasts.
    pub r#type: LicenceType,
    /// What was decided about it.
    pub state_stored: StoredState,
    /// Why it is suspended, if it is.
    pub suspended_for: Option<SuspendedFor>,
    /// What it is bound to.
    pub binding: Binding,
    /// How many devices it was sold with.
    pub devices_max: i64,
    /// How many have a seat.
    pub devices_used: i64,
    /// How many people it was sold with.
    pub users_max: Option<i64>,
    /// How many floating seats it was sold with.
    pub seats_max: Option<i64>,
    /// How many of them are out.
    pub seats_out: i64,
    /// Its first millisecond.
    pub starts_at: i64,
    /// Its last millisecond.
    pub expires_at: Option<i64>,
    /// When its price is due.
    pub due_at: Option<i64>,
    /// When that was paid.
    pub paid_at: Option<i64>,
    /// What a policy decides of it.
    #[serde(flatten)]
    pub has: Reached,
    /// The version of the policy it was issued under.
    pub policy_version: Option<i64>,
    /// Counts its changes.
    pub version: i64,
    /// How many requests it would have refused lately, if it only watches.
    pub refused: i64,
}

/// What a policy decides of a licence that exists.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Reached {
    /// Days a computer key is trusted without asking again.
    pub offline_days: i64,
    /// Days the product goes on after its end.
    pub grace_days: i64,
    /// What it does then.
    pub at_expiry: AtExpiry,
    /// What it keeps of its policy.
    #[serde(with = "json")]
    pub conditions: Conditions,
    /// Whether it refuses nothing.
    #[serde(deserialize_with = "bit")]
    pub shadow: bool,
    /// How it is renewed.
    pub renewal: Renewal,
    /// Months of a renewal.
    pub renewal_months: i64,
}

fn bit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(i64::deserialize(deserializer)? != 0)
}

/// Something that would be different.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// It would begin to refuse what it only reported.
    IniziaARifiutare,
    /// It would only report what it refuses.
    SmetteDiRifiutare,
    /// An overdue payment would suspend it.
    Sospesa,
    /// It would no longer be suspended for its payment.
    Riattivata,
    /// It is after its end: the product would stop now.
    SiFerma,
    /// It is after its end: the product would go on.
    Riprende,
    /// More devices or seats are taken than it would allow.
    OltreIPosti,
    /// It has more devices, people or seats than may be sold.
    OltreIlMassimo,
    /// It lasts longer than may be sold.
    OltreLaDurata,
    /// Its type is sold no more.
    TipoNonAmmesso,
    /// Its computer keys would be trusted longer.
    OfflinePiuLungo,
    /// Its computer keys would be trusted for less time.
    OfflinePiuBreve,
    /// The product would do something else after its end.
    AllaScadenza,
    /// It would renew itself.
    RinnovoAutomatico,
    /// It would no longer renew itself.
    RinnovoManuale,
    /// Clones of its devices would be found.
    GettoneRotante,
    /// Its devices may be exchanged more or less often.
    Trasferimenti,
    /// Something else of its conditions.
    AltreCondizioni,
}

impl Effect {
    /// Every effect, the gravest first.
    pub const ALL: [Self; 18] = [
        Self::IniziaARifiutare,
        Self::SmetteDiRifiutare,
        Self::Sospesa,
        Self::Riattivata,
        Self::SiFerma,
        Self::Riprende,
        Self::OltreIPosti,
        Self::OltreIlMassimo,
        Self::OltreLaDurata,
        Self::TipoNonAmmesso,
        Self::OfflinePiuLungo,
        Self::OfflinePiuBreve,
        Self::AllaScadenza,
        Self::RinnovoAutomatico,
        Self::RinnovoManuale,
        Self::GettoneRotante,
        Self::Trasferimenti,
        Self::AltreCondizioni,
    ];

    /// Its name on the wire.
    pub fn wire(self) -> &'static str {
        match self {
            Self::IniziaARifiutare => "inizia_a_rifiutare",
            Self::SmetteDiRifiutare => "smette_di_rifiutare",
            Self::Sospesa => "sospesa",
            Self::Riattivata => "riattivata",
            Self::SiFerma => "si_ferma",
            Self::Riprende => "riprende",
            Self::OltreIPosti => "oltre_i_posti",
            Self::OltreIlMassimo => "oltre_il_massimo",
            Self::OltreLaDurata => "oltre_la_durata",
            Self::TipoNonAmmesso => "tipo_non_ammesso",
            Self::OfflinePiuLungo => "offline_piu_lungo",
            Self::OfflinePiuBreve => "offline_piu_breve",
            Self::AllaScadenza => "alla_scadenza",
            Self::RinnovoAutomatico => "rinnovo_automatico",
            Self::RinnovoManuale => "rinnovo_manuale",
            Self::GettoneRotante => "gettone_rotante",
            Self::Trasferimenti => "trasferimenti",
            Self::AltreCondizioni => "altre_condizioni",
        }
    }
}

/// What `licence`, issued under `old`, would have under `new`.
pub fn reached(licence: &Standing, old: &Policy, new: &Policy) -> Reached {
    let has = &licence.has;
    Reached {
        offline_days: follow(&has.offline_days, &old.offline_days, &new.offline_days),
        grace_days: follow(&has.grace_days, &old.grace_days, &new.grace_days),
        at_expiry: follow(&has.at_expiry, &old.at_expiry, &new.at_expiry),
        conditions: follow(&has.conditions, &old.conditions, &new.conditions),
        shadow: follow(&has.shadow, &old.shadow, &new.shadow),
        renewal: follow(&has.renewal, &old.renewal, &new.renewal),
        renewal_months: follow(&has.renewal_months, &old.renewal_months, &new.renewal_months),
    }
}

/// The new value where the old one was followed, else what somebody set by hand.
fn follow<T: PartialEq + Clone>(has: &T, old: &T, new: &T) -> T {
    if has == old { new.clone() } else { has.clone() }
}

/// Everything that would be different for `licence`, issued under `old`, if `new` were applied at
/// `now`; the gravest first.
pub fn what_if(licence: &Standing, old: &Policy, new: &Policy, now: i64) -> Vec<Effect> {
    let (before, after) = (&licence.has, &reached(licence, old, new));
    let happens = |effect| match effect {
        Effect::IniziaARifiutare => before.shadow && !after.shadow,
        Effect::SmetteDiRifiutare => !before.shadow && after.shadow,
        Effect::Sospesa => {
            licence.state_stored == StoredState::Active
                && is_overdue(licence, after, now)
                && !is_overdue(licence, before, now)
        }
        Effect::Riattivata => {
            licence.suspended_for == Some(SuspendedFor::Payment) && !is_overdue(licence, after, now)
        }
        Effect::SiFerma => goes_on(licence, before, now) && !goes_on(licence, after, now),
        Effect::Riprende => !goes_on(licence, before, now) && goes_on(licence, after, now),
        Effect::OltreIPosti => is_crowded(licence, after) && !is_crowded(licence, before),
        Effect::OltreIlMassimo => {
            let most = |policy: &Policy| policy.devices_most.unwrap_or(i64::MAX);
            let sold = sold(licence);
            sold > most(new) && sold <= most(old)
        }
        Effect::OltreLaDurata => lasts_too_long(licence, new) && !lasts_too_long(licence, old),
        Effect::TipoNonAmmesso => !allows(new, licence.r#type) && allows(old, licence.r#type),
        Effect::OfflinePiuLungo => after.offline_days > before.offline_days,
        Effect::OfflinePiuBreve => after.offline_days < before.offline_days,
        Effect::AllaScadenza => after.at_expiry != before.at_expiry,
        Effect::RinnovoAutomatico => becomes(before, after, Renewal::Automatic),
        Effect::RinnovoManuale => becomes(before, after, Renewal::Manual),
        Effect::GettoneRotante => after.conditions.rolling_token != before.conditions.rolling_token,
        Effect::Trasferimenti => transfers(after) != transfers(before),
        Effect::AltreCondizioni => {
            others(after) != others(before)
                || (after.grace_days, after.renewal_months)
                    != (before.grace_days, before.renewal_months)
        }
    };
    Effect::ALL.into_iter().filter(|effect| happens(*effect)).collect()
}

fn is_overdue(licence: &Standing, has: &Reached, now: i64) -> bool {
    let (Some(due), Some(days)) = (licence.due_at, has.conditions.suspend_after_days) else {
        return false;
    };
    licence.paid_at.is_none() && now > due.saturating_add(days.saturating_mul(DAY))
}

/// Whether its product goes on although the licence is over.
fn goes_on(licence: &Standing, has: &Reached, now: i64) -> bool {
    let end = licence.expires_at.filter(|end| now > *end);
    let tolerated = |end: i64| now <= end.saturating_add(has.grace_days.saturating_mul(DAY));
    end.is_some_and(tolerated) && licence.state_stored == StoredState::Active
}

fn is_crowded(licence: &Standing, has: &Reached) -> bool {
    let room = |max: i64| has.conditions.with_overage(max);
    match licence.seats_max {
        Some(max) => licence.seats_out > room(max),
        None => licence.devices_used > room(licence.devices_max),
    }
}

/// Devices, people or seats, whichever it was sold by.
fn sold(licence: &Standing) -> i64 {
    match licence.binding {
        Binding::Device => licence.devices_max,
        Binding::User => licence.users_max.unwrap_or(licence.devices_max),
        Binding::Floating => licence.seats_max.unwrap_or(licence.devices_max),
    }
}

fn lasts_too_long(licence: &Standing, policy: &Policy) -> bool {
    let lasts = licence.expires_at.map(|end| end.saturating_sub(licence.starts_at));
    let longest = policy.longest_days.map(|days| days.saturating_add(1).saturating_mul(DAY));
    matches!((lasts, longest), (Some(lasts), Some(longest)) if lasts > longest)
}

fn allows(policy: &Policy, kind: LicenceType) -> bool {
    policy.types.is_empty() || policy.types.contains(&kind)
}

fn becomes(before: &Reached, after: &Reached, renewal: Renewal) -> bool {
    before.renewal != renewal && after.renewal == renewal
}

/// How often devices may be exchanged; the window counts only with a limit.
fn transfers(has: &Reached) -> Option<(i64, i64)> {
    has.conditions.transfers_max.map(|max| (max, has.conditions.transfer_days))
}

/// The conditions that have no effect of their own.
fn others(has: &Reached) -> (Option<i64>, i64, i64, i64, Option<i64>) {
    let Conditions {
        match_components,
        lease_seconds,
        borrow_days,
        overage_percent,
        suspend_after_days,
        ..
    } = has.conditions;
    (match_components, lease_seconds, borrow_days, overage_percent, suspend_after_days)
}

#[cfg(test)]
mod tests;
