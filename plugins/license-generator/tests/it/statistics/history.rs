//! Random histories, folded at random moments: the figures are those of a plain recount.

use std::collections::BTreeMap;

use plugin_api::db::Value;
use plugin_api::time::{DAY, date};
use plugin_testing::START;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value as Json;

use super::{figures, fold};
use crate::{Shop, on_each};

/// Days of a history.
const DAYS: i64 = 40;

/// Something that happens.
#[derive(Debug, Clone)]
enum Act {
    Issue { kind: usize, hidden: usize, price: i64, agent: bool, node: usize },
    Convert { which: usize },
    Ask { which: usize, outcome: usize },
    Pay { which: usize, kind: usize, amount: i64 },
    Fold,
}

const TYPES: [&str; 3] = ["permanent", "subscription", "trial"];
const OUTCOMES: [&str; 4] = ["attivata", "licenza_scaduta", "valida", "limite_dispositivi"];
const KINDS: [&str; 4] = ["renewal", "change", "conversion", "sale"];

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (0..3usize, 0..4usize, 0..3i64, any::<bool>(), 0..2usize).prop_map(
            |(kind, hidden, price, agent, node)| Act::Issue { kind, hidden, price, agent, node }
        ),
        1 => any::<usize>().prop_map(|which| Act::Convert { which }),
        4 => (any::<usize>(), 0..4usize).prop_map(|(which, outcome)| Act::Ask { which, outcome }),
        2 => (any::<usize>(), 0..4usize, 0..3i64)
            .prop_map(|(which, kind, amount)| Act::Pay { which, kind, amount }),
        1 => Just(Act::Fold),
    ]
}

/// What happened, one entry each, as somebody would write it on paper.
#[derive(Debug, Clone)]
struct Fact {
    day: i64,
    node: usize,
    what: String,
    amount: i64,
}

struct Issued {
    id: String,
    node: usize,
    kind: usize,
    hidden: bool,
    agent: bool,
}

struct World<'a> {
    shop: &'a Shop<'a>,
    nodes: [String; 2],
    agent: String,
    product: String,
    issued: Vec<Issued>,
    facts: Vec<Fact>,
    n: usize,
}

impl World<'_> {
    fn now(&self) -> i64 {
        self.shop.harness.clock().now()
    }

    fn note(&mut self, node: usize, what: impl Into<String>, amount: i64) {
        let day = self.now() - self.now() % DAY;
        self.facts.push(Fact { day, node, what: what.into(), amount });
    }

    fn fresh(&mut self) -> String {
        self.n += 1;
        format!("00000000-0000-7000-9000-{:012}", self.n)
    }

    fn pick(&self, which: usize) -> Option<usize> {
        (!self.issued.is_empty()).then(|| which % self.issued.len())
    }

    fn money(&mut self, at: usize, what: &str, amount: i64) {
        let (node, agent) = (self.issued[at].node, self.issued[at].agent);
        if amount > 0 && !self.issued[at].hidden {
            self.note(node, what, amount);
            if agent {
                self.note(node, "agent", amount);
            }
        }
    }

    fn play(&mut self, act: &Act) {
        match act {
            Act::Issue { kind, hidden, price, agent, node } => {
                let id = self.fresh();
                let (internal, shadow) = (*hidden == 1, *hidden == 2);
                let now = self.now();
                self.shop.harness.sql(
                    "insert into license_generator_licence (licence_id, organisation_id, \
                     account_id, product_id, type, state_stored, internal, shadow, devices_max, \
                     devices_limit, devices_used, version_major, starts_at, currency, price, \
                     payload, note, key_hash, key_sealed, key_hint, offline_days, grace_days, \
                     at_expiry, version, created_at, created_by, agent_id) values (?, ?, 'x', ?, \
                     ?, 'active', ?, ?, 1, 1, 0, 1, ?, 'EUR', ?, '{}', '', ?, x'00', 'ABCDE', 1, 1, \
                     'block', 1, ?, '', ?)",
                    [
                        id.as_str().into(),
                        self.nodes[*node].as_str().into(),
                        self.product.as_str().into(),
                        TYPES[*kind].into(),
                        internal.into(),
                        shadow.into(),
                        now.into(),
                        price.to_owned().into(),
                        id.as_str().into(),
                        now.into(),
                        if *agent { self.agent.as_str().into() } else { Value::Null },
                    ],
                );
                let hidden = internal || shadow;
                self.note(*node, if hidden { "interne" } else { "emesse" }, 0);
                if *kind == 2 && !hidden {
                    self.note(*node, "iniziate", 0);
                }
                let (node, kind, agent) = (*node, *kind, *agent);
                self.issued.push(Issued { id, node, kind, hidden, agent });
                if kind != 2 {
                    self.money(self.issued.len() - 1, "sold", *price);
                }
            }
            Act::Convert { which } => {
                let Some(at) = self.pick(*which).filter(|at| self.issued[*at].kind == 2) else {
                    return;
                };
                let (now, id) = (self.now(), self.issued[at].id.clone());
                self.shop.harness.sql(
                    "update license_generator_licence set type = 'permanent', converted_at = ? \
                     where licence_id = ?",
                    [now.into(), id.into()],
                );
                self.issued[at].kind = 0;
                if !self.issued[at].hidden {
                    self.note(self.issued[at].node, "convertite", 0);
                }
            }
            Act::Ask { which, outcome } => {
                let found = self.pick(*which);
                let licence = found.map(|at| self.issued[at].id.clone());
                let node = found.map_or(2, |at| self.issued[at].node);
                let organisation = self.nodes.get(node).filter(|_| licence.is_some()).cloned();
                let (now, id) = (self.now(), self.fresh());
                self.shop.harness.sql(
                    "insert into license_generator_activation_log (log_id, licence_id, \
                     organisation_id, at, action, key_kind, fingerprint, device_name, \
                     device_folded, address, outcome) \
                     values (?, ?, ?, ?, 'attiva', 'activation', 'f', '', '', '', ?)",
                    [
                        id.into(),
                        licence.into(),
                        organisation.unwrap_or_default().into(),
                        now.into(),
                        OUTCOMES[*outcome].into(),
                    ],
                );
                self.note(node, OUTCOMES[*outcome], 0);
            }
            Act::Pay { which, kind, amount } => {
                let Some(at) = self.pick(*which) else { return };
                let (now, id) = (self.now(), self.fresh());
                self.shop.harness.sql(
                    "insert into license_generator_renewal (renewal_id, licence_id, \
                     organisation_id, account_id, kind, mode, automatic, amount, currency, \
                     discount, at, by_name) values (?, ?, ?, 'x', ?, 'paid', 0, ?, 'EUR', 0, ?, '')",
                    [
                        id.into(),
                        self.issued[at].id.as_str().into(),
                        self.nodes[self.issued[at].node].as_str().into(),
                        KINDS[*kind].into(),
                        (*amount).into(),
                        now.into(),
                    ],
                );
                match kind {
                    0 => self.money(at, "renewed", *amount),
                    1 | 2 => self.money(at, "sold", *amount),
                    // The sale of the licence itself is told by the licence.
                    _ => {}
                }
            }
            Act::Fold => fold(self.shop),
        }
    }

    /// Compares what is answered for some days and nodes with the facts.
    fn compare(&self, answered: &Json, days: (i64, i64), node: impl Fn(usize) -> bool) {
        let facts: Vec<&Fact> = self
            .facts
            .iter()
            .filter(|f| f.day >= days.0 && f.day <= days.1 && node(f.node))
            .collect();
        let count =
            |what: &str| -> i64 { facts.iter().map(|fact| i64::from(fact.what == what)).sum() };
        let sum = |what: &str| -> i64 {
            facts.iter().filter(|fact| fact.what == what).map(|fact| fact.amount).sum()
        };
        assert_eq!(answered["emesse"], count("emesse"));
        assert_eq!(answered["interne"], count("interne"));
        assert_eq!(answered["prove"]["iniziate"], count("iniziate"));
        assert_eq!(answered["prove"]["convertite"], count("convertite"));
        let lines = |figure: &str| answered[figure].as_array().expect("lines").clone();
        for line in lines("attivazioni") {
            let on_it = |f: &&&Fact| line["giorno"] == date(f.day) && f.what == "attivata";
            assert_eq!(line["attivazioni"], facts.iter().filter(on_it).count(), "{line}");
        }
        let refused: BTreeMap<String, i64> = lines("rifiuti")
            .iter()
            .map(|l| {
                (l["codice"].as_str().expect("text").into(), l["richieste"].as_i64().expect("n"))
            })
            .collect();
        for code in ["licenza_scaduta", "limite_dispositivi"] {
            assert_eq!(refused.get(code).copied().unwrap_or(0), count(code), "{code}");
        }
        assert!(!refused.contains_key("valida"));
        let total = |member: &str| super::total(answered, "vendite", member);
        assert_eq!(total("vendite"), count("sold"));
        assert_eq!(total("importo_vendite"), sum("sold"));
        assert_eq!(total("rinnovi"), count("renewed"));
        assert_eq!(total("importo_rinnovi"), sum("renewed"));
        assert_eq!(super::total(answered, "agenti", "importo"), sum("agent"));
    }
}

fn check(shop: &Shop<'_>, nodes: &[String; 2], history: &[(i64, Act)]) {
    for table in ["licence", "activation_log", "renewal", "daily", "module_use", "folded"] {
        shop.harness.sql(&format!("delete from license_generator_{table}"), []);
    }
    let rows = shop.harness.rows("select product_id from license_generator_product", []);
    let product = rows[0]["product_id"].as_str().expect("an id").to_owned();
    let agent = shop.harness.organisations().agent.id.clone();
    let (facts, issued) = (Vec::new(), Vec::new());
    let mut world = World { shop, nodes: nodes.clone(), agent, product, issued, facts, n: 0 };
    let mut history = history.to_vec();
    history.sort_by_key(|(at, _)| *at);
    for (at, act) in &history {
        shop.harness.clock().set(START + at);
        world.play(act);
    }
    shop.harness.clock().set(START + DAYS * DAY);
    let all = shop.harness.superadmin();
    let first = START - START % DAY;
    for (from, to) in [(0, DAYS), (3, 20), (11, 11), (30, DAYS)] {
        let days = (first + from * DAY, first + to * DAY);
        let period = format!("da={}&a={}", date(days.0), date(days.1));
        world.compare(&figures(&all, &period), days, |_| true);
        for (n, node) in nodes.iter().enumerate() {
            let below = format!("{period}&organizzazione={node}");
            world.compare(&figures(&all, &below), days, |of| of == n);
        }
        world.compare(&figures(&super::reader(shop), &period), days, |of| of == 0);
    }
}

#[test]
fn figures_are_those_of_a_plain_recount() {
    on_each(|shop| {
        let other = shop.harness.account(&shop.harness.organisations().sibling, "Verdi");
        let nodes = [shop.account.organisation_id.clone(), other.organisation_id];
        let config = Config { cases: 12, failure_persistence: None, ..Config::default() };
        let history = vec((0..DAYS * DAY, act()), 0..60);
        TestRunner::new_with_rng(
            config,
            proptest::test_runner::TestRng::deterministic_rng(
                proptest::test_runner::RngAlgorithm::ChaCha,
            ),
        )
        .run(&history, |history| {
            check(shop, &nodes, &history);
            Ok(())
        })
        .expect("the figures agree");
    });
}
