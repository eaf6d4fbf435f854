//! The state machine of a licence against a model that knows nothing of it: the model keeps what was
//! decided as plain facts and derives where the licence stands from them at each step.

use std::cell::Cell;
use std::collections::BTreeSet;

use plugin_api::time::DAY;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::choices::SuspendedFor::{self, Account, Payment, Person};
use super::decision::{Case, Question};
use super::device::Activation;
use super::licence::{Licence, LicenceType};
use super::program::Program;
use super::refusal::Refusal;
use super::renewal::{Length, Start};
use super::state::StoredState;
use super::token::Shown;
use super::transition::{Change, Grounds, Standing};

const CASES: u32 = 700;
const LONGEST: usize = 300;
/// Devices that ask.
const DEVICES: usize = 5;

#[derive(Debug, Clone, Copy)]
enum Act {
    Confirm,
    Suspend(SuspendedFor),
    Resume(SuspendedFor),
    Revoke,
    Renew(i64),
    Convert,
    Days(i64),
    Activate(usize),
    Validate(usize),
    Deactivate(usize),
}

/// What was decided, as plain facts.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts: that is what makes it a model"
)]
#[derive(Debug)]
struct Model {
    confirmed: bool,
    by_person: bool,
    customer_suspended: bool,
    overdue: bool,
    revoked: bool,
    trial: bool,
    last_day: Option<i64>,
    seats: BTreeSet<usize>,
    room: usize,
}

impl Model {
    /// Where it stands at `now`, as clients are told; none if it may be used.
    fn refusal(&self, now: i64) -> Option<&'static str> {
        let over = self.last_day.is_some_and(|last| last < now);
        [
            (self.revoked, "licenza_revocata"),
            (self.suspended().is_some(), "licenza_sospesa"),
            (over, "licenza_scaduta"),
            (!self.confirmed, "licenza_in_attesa"),
        ]
        .into_iter()
        .find_map(|(holds, code)| holds.then_some(code))
    }

    /// Why it is suspended: a licence that waits is not, whatever goes on around it.
    fn suspended(&self) -> Option<SuspendedFor> {
        if self.revoked || !self.confirmed {
            None
        } else if self.by_person {
            Some(Person)
        } else if self.customer_suspended {
            Some(Account)
        } else {
            self.overdue.then_some(Payment)
        }
    }

    fn standing(&self) -> Standing {
        match (self.revoked, self.confirmed, self.suspended()) {
            (true, ..) => Standing::Revoked,
            (_, false, _) => Standing::Awaiting,
            (_, _, Some(reason)) => Standing::Suspended(reason),
            (_, _, None) => Standing::Active,
        }
    }

    fn note(&mut self, act: Act) {
        match act {
            Act::Confirm if !self.revoked => self.confirmed = true,
            Act::Suspend(Person) if !self.revoked && self.confirmed => self.by_person = true,
            Act::Resume(Person) => self.by_person = false,
            Act::Suspend(Account) => self.customer_suspended = true,
            Act::Resume(Account) => self.customer_suspended = false,
            Act::Suspend(Payment) => self.overdue = true,
            Act::Resume(Payment) => self.overdue = false,
            Act::Revoke => self.revoked = true,
            _ => {}
        }
    }
}

/// The machine, and the world around it.
struct Machine {
    licence: Licence,
    seats: Vec<Option<Activation>>,
    grounds: Grounds,
    now: i64,
}

impl Machine {
    fn change(&mut self, change: Change) {
        // What goes on around the licence is known at the moment of each change.
        match change {
            Change::Suspend(Account) => self.grounds.account = true,
            Change::Resume(Account) => self.grounds.account = false,
            Change::Suspend(Payment) => self.grounds.payment = true,
            Change::Resume(Payment) => self.grounds.payment = false,
            _ => {}
        }
        if let Some(to) = Standing::of(&self.licence).after(change, self.grounds) {
            self.licence.state_stored = to.state();
            self.licence.suspended_for = to.suspended_for();
        }
    }

    fn ask(&self, question: Question, device: usize) -> Option<Refusal> {
        let program = Program::default();
        let case = Case {
            now: self.now,
            licence: &self.licence,
            program: &program,
            question,
            seat: self.seats[device].as_ref(),
            has_device: true,
            token: Shown::NotAsked,
            people: None,
            transfers: None,
        };
        case.refusal()
    }

    fn sit(&mut self, device: usize) {
        let is_new = !self.seats[device].as_ref().is_some_and(Activation::is_active);
        self.licence.devices_used += i64::from(is_new);
        self.seats[device] = Some(Activation {
            activation_id: format!("A{device}"),
            fingerprint: format!("pc-{device}"),
            device_name: String::new(),
            platform: String::new(),
            activated_at: self.now,
            last_seen_at: self.now,
            deactivated_at: None,
            user_id: None,
            user_name: String::new(),
        });
    }

    fn rise(&mut self, device: usize) -> bool {
        let now = self.now;
        let Some(seat) = self.seats[device].as_mut().filter(|seat| seat.is_active()) else {
            return false;
        };
        seat.deactivated_at = Some(now);
        self.licence.devices_used -= 1;
        true
    }
}

fn reason() -> impl Strategy<Value = SuspendedFor> {
    prop_oneof![Just(Person), Just(Account), Just(Payment)]
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => Just(Act::Confirm),
        4 => reason().prop_map(Act::Suspend),
        6 => reason().prop_map(Act::Resume),
        // Rare: nothing comes after it.
        1 => (0..40_u8).prop_map(|n| if n == 0 { Act::Revoke } else { Act::Days(0) }),
        2 => (1..13_i64).prop_map(Act::Renew),
        1 => Just(Act::Convert),
        4 => (0..60_i64).prop_map(Act::Days),
        8 => (0..DEVICES).prop_map(Act::Activate),
        6 => (0..DEVICES).prop_map(Act::Validate),
        5 => (0..DEVICES).prop_map(Act::Deactivate),
    ]
}

fn start(kind: LicenceType, confirmed: bool, room: usize) -> (Machine, Model) {
    let end = (kind != LicenceType::Permanent).then_some(100 * DAY);
    let limit = i64::try_from(room).expect("few");
    let state_stored = if confirmed { StoredState::Active } else { StoredState::Awaiting };
    let licence = Licence {
        r#type: kind,
        state_stored,
        starts_at: 0,
        expires_at: end,
        devices_max: limit,
        devices_limit: limit,
        devices_used: 0,
        ..super::licence::tests::licence()
    };
    let seats = (0..DEVICES).map(|_| None).collect();
    let machine = Machine { licence, seats, grounds: Grounds::default(), now: 1 };
    let model = Model {
        confirmed,
        by_person: false,
        customer_suspended: false,
        overdue: false,
        revoked: false,
        trial: kind == LicenceType::Trial,
        last_day: end,
        seats: BTreeSet::new(),
        room,
    };
    (machine, model)
}

/// Does one thing to both; panics where they differ.
fn step(machine: &mut Machine, model: &mut Model, act: Act) {
    model.note(act);
    match act {
        Act::Confirm => machine.change(Change::Confirm),
        Act::Suspend(reason) => machine.change(Change::Suspend(reason)),
        Act::Resume(reason) => machine.change(Change::Resume(reason)),
        Act::Revoke => machine.change(Change::Revoke),
        Act::Days(days) => machine.now += days * DAY,
        Act::Renew(months) => renew(machine, model, months),
        Act::Convert => {
            machine.licence.r#type = LicenceType::Subscription;
            model.trial = false;
            if machine.licence.expires_at.is_none() {
                machine.licence.r#type = LicenceType::Permanent;
            }
        }
        Act::Activate(device) => {
            let refusal = machine.ask(Question::Activation, device).map(Refusal::code);
            let full = model.seats.len() >= model.room && !model.seats.contains(&device);
            let expected = model.refusal(machine.now);
            assert_eq!(refusal, expected.or(full.then_some("limite_dispositivi")), "{model:?}");
            if refusal.is_none() {
                machine.sit(device);
                model.seats.insert(device);
            }
        }
        Act::Validate(device) => {
            let refusal = machine.ask(Question::Validation, device).map(Refusal::code);
            let stands = (!model.seats.contains(&device)).then_some("dispositivo_non_attivato");
            assert_eq!(refusal, model.refusal(machine.now).or(stands), "{model:?}");
        }
        // A seat may be given back whatever the licence is.
        Act::Deactivate(device) => {
            assert_eq!(machine.rise(device), model.seats.remove(&device));
        }
    }
    assert_eq!(Standing::of(&machine.licence), model.standing(), "{act:?} {model:?}");
    let used = i64::try_from(model.seats.len()).expect("few");
    assert_eq!(machine.licence.devices_used, used, "{act:?} {model:?}");
}

/// A renewal goes through for whoever paid, unless nothing is left to renew; it never shortens.
fn renew(machine: &mut Machine, model: &mut Model, months: i64) {
    let renewed = machine.licence.renewed(machine.now, Length::Months(months), Start::Later);
    let possible = !model.revoked && model.confirmed && !model.trial && model.last_day.is_some();
    assert_eq!(renewed.is_ok(), possible, "{renewed:?} {model:?}");
    let Ok((old, new)) = renewed else { return };
    assert_eq!(Some(old), model.last_day);
    // A month has 28 to 31 days, and a renewal begins at the end of a day.
    let from = old.max(machine.now);
    let span = new - from;
    assert!((months * 28 * DAY..=(months * 31 + 1) * DAY).contains(&span), "{span} {months}");
    machine.licence.expires_at = Some(new);
    model.last_day = Some(new);
}

#[test]
fn the_machine_does_what_the_model_says_for_more_than_a_hundred_thousand_steps() {
    let steps = Cell::new(0_usize);
    let kinds = prop_oneof![
        Just(LicenceType::Permanent),
        Just(LicenceType::Trial),
        Just(LicenceType::Subscription),
    ];
    let lives = (kinds, any::<bool>(), 0..4_usize, prop::collection::vec(act(), 150..LONGEST));
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&lives, |(kind, confirmed, room, acts)| {
        let (mut machine, mut model) = start(kind, confirmed, room);
        for act in acts {
            step(&mut machine, &mut model, act);
            steps.set(steps.get() + 1);
        }
        Ok(())
    });
    outcome.expect("machine and model agree");
    assert!(steps.get() >= 100_000, "{}", steps.get());
}
