//! What a changed policy does to a licence, effect by effect.

use super::*;

const NOW: i64 = 1_000 * DAY;

/// A licence in force that has what a policy says that nobody changed.
fn standing() -> Standing {
    let Policy { offline_days, grace_days, at_expiry, conditions, shadow, renewal, .. } =
        Policy::default();
    Standing {
        licence_id: "L".into(),
        key_hint: "ABCDE".into(),
        customer: None,
        product_name: "Studio".into(),
        r#type: LicenceType::Subscription,
        state_stored: StoredState::Active,
        suspended_for: None,
        binding: Binding::Device,
        devices_max: 5,
        devices_used: 5,
        users_max: None,
        seats_max: None,
        seats_out: 0,
        starts_at: NOW - 100 * DAY,
        expires_at: Some(NOW + 100 * DAY),
        due_at: None,
        paid_at: None,
        has: Reached {
            offline_days,
            grace_days,
            at_expiry,
            conditions,
            shadow,
            renewal,
            renewal_months: 12,
        },
        policy_version: None,
        version: 1,
        refused: 0,
    }
}

fn effects(licence: &Standing, change: impl Fn(&mut Policy)) -> Vec<Effect> {
    let mut new = Policy::default();
    change(&mut new);
    what_if(licence, &Policy::default(), &new, NOW)
}

#[test]
fn the_same_policy_changes_nothing() {
    assert_eq!(effects(&standing(), |_| {}), []);
}

#[test]
fn what_was_set_by_hand_stays() {
    let mut licence = standing();
    licence.has.offline_days = 5;
    assert_eq!(effects(&licence, |policy| policy.offline_days = 90), []);
    assert_eq!(effects(&standing(), |policy| policy.offline_days = 90), [Effect::OfflinePiuLungo]);
    assert_eq!(effects(&standing(), |policy| policy.offline_days = 3), [Effect::OfflinePiuBreve]);
}

#[test]
fn limits_are_told_of_licences_that_go_beyond_them() {
    let limit = |policy: &mut Policy| {
        policy.devices_most = Some(4);
        policy.longest_days = Some(150);
        policy.types = vec![LicenceType::Trial];
    };
    let beyond = [Effect::OltreIlMassimo, Effect::OltreLaDurata, Effect::TipoNonAmmesso];
    assert_eq!(effects(&standing(), limit), beyond);
    assert_eq!(effects(&standing(), |policy| policy.longest_days = Some(200)), []);
}

#[test]
fn payments_that_are_overdue_suspend() {
    let mut licence = standing();
    licence.due_at = Some(NOW - 10 * DAY);
    let after =
        |days: i64| move |policy: &mut Policy| policy.conditions.suspend_after_days = Some(days);
    assert_eq!(effects(&licence, after(5)), [Effect::Sospesa, Effect::AltreCondizioni]);
    assert_eq!(effects(&licence, after(10)), [Effect::AltreCondizioni]);
    licence.paid_at = Some(NOW);
    assert_eq!(effects(&licence, after(5)), [Effect::AltreCondizioni]);
    licence.paid_at = None;
    licence.state_stored = StoredState::Suspended;
    licence.suspended_for = Some(SuspendedFor::Payment);
    assert_eq!(effects(&licence, after(30)), [Effect::Riattivata, Effect::AltreCondizioni]);
}

#[test]
fn grace_decides_whether_the_product_goes_on() {
    let mut licence = standing();
    licence.expires_at = Some(NOW - 5 * DAY);
    let stops = [Effect::SiFerma, Effect::AltreCondizioni];
    assert_eq!(effects(&licence, |policy| policy.grace_days = 2), stops);
    licence.expires_at = Some(NOW - 20 * DAY);
    let goes_on = [Effect::Riprende, Effect::AltreCondizioni];
    assert_eq!(effects(&licence, |policy| policy.grace_days = 30), goes_on);
}

#[test]
fn a_licence_that_only_watched_begins_to_refuse() {
    let old = Policy { shadow: true, ..Policy::default() };
    let mut licence = standing();
    licence.has.shadow = true;
    let effects = what_if(&licence, &old, &Policy::default(), NOW);
    assert_eq!(effects, [Effect::IniziaARifiutare]);
}

#[test]
fn overage_taken_away_leaves_too_many() {
    let mut old = Policy::default();
    old.conditions.overage_percent = 50;
    let mut licence = standing();
    licence.has.conditions = old.conditions.clone();
    licence.devices_used = 7;
    let effects = what_if(&licence, &old, &Policy::default(), NOW);
    assert_eq!(effects, [Effect::OltreIPosti, Effect::AltreCondizioni]);
}

#[test]
fn the_names_on_the_wire_are_those_of_the_api() {
    for effect in Effect::ALL {
        assert_eq!(serde_json::to_value(effect).unwrap(), effect.wire());
    }
}
