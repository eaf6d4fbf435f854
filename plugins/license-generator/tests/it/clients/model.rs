//! A licence through its whole life over the API, against a model that knows nothing of it.

use std::cell::Cell;
use std::collections::BTreeSet;

use plugin_api::contracts::accounts::AccountState;
use plugin_testing::Harness;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value as Json, json};

use crate::{Shop, text};

const DEVICES: usize = 4;
const ROOM: usize = 2;

#[derive(Debug, Clone, Copy)]
enum Act {
    Change(&'static str),
    Customer(AccountState),
    Days(i64),
    Activate(usize),
    Validate(usize),
    Deactivate(usize),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => Just(Act::Change("suspend")),
        3 => Just(Act::Change("resume")),
        1 => (0..25_u8).prop_map(|n| Act::Change(if n == 0 { "revoke" } else { "resume" })),
        2 => Just(Act::Customer(AccountState::Suspended)),
        3 => Just(Act::Customer(AccountState::Validated)),
        2 => (0..20_i64).prop_map(Act::Days),
        8 => (0..DEVICES).prop_map(Act::Activate),
        6 => (0..DEVICES).prop_map(Act::Validate),
        5 => (0..DEVICES).prop_map(Act::Deactivate),
    ]
}

/// What was decided, as plain facts.
#[derive(Debug, Default)]
struct Model {
    by_person: bool,
    with_customer: bool,
    revoked: bool,
    seats: BTreeSet<usize>,
    ends_at: i64,
}

impl Model {
    fn refusal(&self, now: i64) -> Option<&'static str> {
        if self.revoked {
            Some("licenza_revocata")
        } else if self.by_person || self.with_customer {
            Some("licenza_sospesa")
        } else {
            (now > self.ends_at).then_some("licenza_scaduta")
        }
    }
}

struct Life<'a> {
    shop: &'a Shop<'a>,
    licence: Json,
    key: String,
    model: Model,
}

impl Life<'_> {
    fn step(&mut self, act: Act) {
        let now = self.shop.harness.clock().now();
        let refusal = self.model.refusal(now);
        match act {
            Act::Change(change) => self.change(change),
            Act::Customer(state) => self.customer(state),
            Act::Days(days) => self.shop.harness.clock().advance_days(days),
            Act::Activate(n) => {
                let answer = self.shop.activate(&self.key, &format!("pc-{n}"));
                let full = self.model.seats.len() >= ROOM && !self.model.seats.contains(&n);
                let expected = refusal.or(full.then_some("limite_dispositivi"));
                assert_eq!(answer.problem(), expected.unwrap_or_default(), "{:?}", self.model);
                if expected.is_none() {
                    self.model.seats.insert(n);
                }
            }
            Act::Validate(n) => {
                let answer = self.shop.validate(&self.key, &format!("pc-{n}"));
                let stands = (!self.model.seats.contains(&n)).then_some("dispositivo_non_attivato");
                let expected = refusal.or(stands).unwrap_or("valida");
                assert_eq!(answer["codice"], expected, "{:?}", self.model);
            }
            Act::Deactivate(n) => {
                let answer = self.shop.deactivate(&self.key, &format!("pc-{n}"));
                let had = self.model.seats.remove(&n);
                assert_eq!(answer.status, if had { 200 } else { 422 }, "{:?}", self.model);
            }
        }
    }

    fn change(&mut self, change: &str) {
        let path = format!("/crm/licences/{}/state", text(&self.licence, "id"));
        let answer = self.shop.seller().post_form(&path, &[("azione", change)]);
        let model = &mut self.model;
        let possible = !model.revoked
            && match change {
                "suspend" => !model.by_person,
                "resume" => model.by_person,
                _ => true,
            };
        assert_eq!(answer.status, if possible { 303 } else { 409 }, "{change} {model:?}");
        if possible {
            match change {
                "suspend" => model.by_person = true,
                "resume" => model.by_person = false,
                _ => model.revoked = true,
            }
        }
    }

    fn customer(&mut self, state: AccountState) {
        let harness = self.shop.harness;
        harness.set_account_state(&self.shop.account.account_id, state);
        let mut account = self.shop.account.clone();
        account.state = state;
        let name = "accounts.state_changed.v1";
        let event = json!({ "event_id": "e", "name": name, "source": "customer-accounts",
            "at": 0, "payload": account });
        let caller = harness.job_caller("event");
        harness.call(&format!("event:{name}"), &caller, event).expect("taken");
        self.model.with_customer = state == AccountState::Suspended;
    }
}

#[test]
fn the_api_does_what_the_model_says_for_two_thousand_steps() {
    let steps = Cell::new(0_usize);
    let harness = Harness::sqlite(license_generator::plugin());
    let shop = Shop::open(&harness);
    let acts = prop::collection::vec(act(), 50..60);
    let config = Config { cases: 44, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&acts, |acts| {
        harness.set_account_state(&shop.account.account_id, AccountState::Validated);
        let more = json!({"tipo": "abbonamento", "durata_giorni": 90, "dispositivi": ROOM});
        let licence = shop.issue(&more);
        let ends_at = harness.scalar(
            "select expires_at from license_generator_licence where licence_id = ?",
            [text(&licence, "id").into()],
        );
        let key = text(&licence, "chiave_licenza");
        let model = Model { ends_at, ..Model::default() };
        let mut life = Life { shop: &shop, licence, key, model };
        for act in acts {
            life.step(act);
            steps.set(steps.get() + 1);
        }
        Ok(())
    });
    outcome.expect("API and model agree");
    assert!(steps.get() >= 2_000, "{}", steps.get());
}
