//! The rules, case by case.

use super::*;
use crate::domain::licence::tests::licence;
use crate::domain::user::NamedUser;

fn case<'a>(licence: &'a Licence, program: &'a Program, question: Question) -> Case<'a> {
    Case {
        now: 2_000,
        licence,
        program,
        question,
        seat: None,
        has_device: true,
        token: Shown::NotAsked,
        people: None,
        transfers: None,
    }
}

fn seat(deactivated_at: Option<i64>) -> Activation {
    Activation {
        activation_id: "A".into(),
        fingerprint: "pc".into(),
        device_name: String::new(),
        platform: String::new(),
        activated_at: 0,
        last_seen_at: 0,
        deactivated_at,
        user_id: None,
        user_name: String::new(),
    }
}

#[test]
fn a_device_without_a_seat_may_take_one_but_not_go_on() {
    let (licence, program) = (licence(), Program::default());
    let asked = case(&licence, &program, Question::Validation);
    assert_eq!(asked.refusal(), Some(Refusal::NotActivated));
    assert_eq!(case(&licence, &program, Question::Activation).refusal(), None);
    let seat = seat(None);
    assert_eq!(Case { seat: Some(&seat), ..asked }.refusal(), None);
}

#[test]
fn without_a_device_only_the_licence_is_judged() {
    let (licence, program) = (licence(), Program::default());
    let asked = case(&licence, &program, Question::Validation);
    assert_eq!(Case { has_device: false, ..asked }.refusal(), None);
    assert_eq!(Step::Seat.check(&Case { has_device: false, ..asked }), Check::NotAsked);
}

#[test]
fn overage_counts_until_the_limit() {
    let program = Program::default();
    let full = Licence { devices_used: 3, devices_limit: 4, ..licence() };
    assert_eq!(case(&full, &program, Question::Activation).refusal(), None);
    let over = Licence { devices_used: 4, ..full };
    let refused = Some(Refusal::DeviceLimit { used: 4, max: 3 });
    assert_eq!(case(&over, &program, Question::Activation).refusal(), refused);
}

#[test]
fn a_stale_token_is_a_clone_and_a_lost_one_is_only_missing() {
    let (licence, program, seat) = (licence(), Program::default(), seat(None));
    let refusal = |question, token| {
        Case { seat: Some(&seat), token, ..case(&licence, &program, question) }.refusal()
    };
    for question in [Question::Validation, Question::Activation] {
        assert_eq!(refusal(question, Shown::Stale), Some(Refusal::Cloned));
        assert_eq!(refusal(question, Shown::Previous), None);
        assert_eq!(refusal(question, Shown::First), None);
    }
    assert_eq!(refusal(Question::Validation, Shown::Missing), Some(Refusal::TokenMissing));
    assert_eq!(refusal(Question::Activation, Shown::Missing), None);
}

#[test]
fn an_exchange_too_many_is_refused_but_an_old_device_may_come_back() {
    let mut licence = licence();
    licence.conditions.transfers_max = Some(1);
    let program = Program::default();
    let asked = case(&licence, &program, Question::Activation);
    let with = |freed, recorded, counted| Case {
        transfers: Some(Transfers { freed, recorded, counted }),
        ..asked
    };
    assert_eq!(with(0, 0, 0).refusal(), None);
    assert_eq!(with(1, 0, 0).refusal(), None);
    assert_eq!(with(2, 1, 0).refusal(), None);
    let refused = Some(Refusal::TransferLimit { max: 1, days: 365 });
    assert_eq!(with(2, 1, 1).refusal(), refused);
    assert_eq!(with(1, 1, 1).refusal(), None);
    let old = seat(Some(5));
    assert_eq!(Case { seat: Some(&old), ..with(2, 1, 1) }.refusal(), None);
}

#[test]
fn people_are_counted_and_barred_ones_kept_out() {
    let licence =
        Licence { binding: Binding::User, users_max: Some(2), devices_max: 2, ..licence() };
    let program = Program::default();
    let asked = case(&licence, &program, Question::Activation);
    assert_eq!(asked.refusal(), Some(Refusal::UserRequired));
    let user = |state, devices| NamedUser {
        user_id: "U".into(),
        name: "Anna".into(),
        state,
        reserved: 0,
        devices,
        created_at: 0,
        last_seen_at: None,
    };
    let refusal = |asking, active, reserved| {
        let people = People { asking, active, reserved };
        Case { people: Some(&people), ..asked }.refusal()
    };
    assert_eq!(refusal(None, 1, 0), None);
    assert_eq!(refusal(None, 2, 1), Some(Refusal::UserLimit { used: 2, max: 2 }));
    assert_eq!(refusal(None, 2, 2), Some(Refusal::UserNotAdmitted));
    assert_eq!(refusal(Some(user(Standing::Active, 1)), 2, 2), None);
    let full = Some(Refusal::DeviceLimit { used: 2, max: 2 });
    assert_eq!(refusal(Some(user(Standing::Active, 2)), 2, 0), full);
    let barred = refusal(Some(user(Standing::Barred, 0)), 0, 0);
    assert_eq!(barred, Some(Refusal::UserNotAdmitted));
    assert_eq!(refusal(Some(user(Standing::Removed, 0)), 1, 0), None);
}

#[test]
fn floating_licences_are_told_where_their_seats_are() {
    let licence = Licence { binding: Binding::Floating, ..licence() };
    let program = Program::default();
    let asked = case(&licence, &program, Question::Activation);
    assert_eq!(asked.refusal(), Some(Refusal::UseSeats));
}
