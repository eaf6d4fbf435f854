//! Figures: exact after anything that happened, of a branch, as files; and the tally that heals.

use std::collections::{BTreeMap, BTreeSet};

use plugin_api::contracts::accounts::Account;
use plugin_api::time::{DAY, date};
use plugin_testing::{Client, Harness};
use registration_inventory::plugin;
use serde_json::{Value as Json, json};

const SEES: &[&str] = &["registration-inventory:statistics", "registration-inventory:read"];
const API: &str = "/api/statistiche/registrazioni";
const STEPS: u64 = 60;

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        let at = self.roll(u64::try_from(all.len()).expect("few"));
        all[usize::try_from(at).expect("few")]
    }
}

fn report(harness: &Harness, n: u64, version: &str, (orders, sold): (u64, u64), currency: &str) {
    let body = json!({
        "nome_software": format!("Programma {}", n % 3), "versione": version,
        "cliente": { "ragione_sociale": format!("Ditta {n}") },
        "totale_ordini": orders, "totale_venduto": sold, "valuta": currency,
        "id_installazione": format!("id-{n}"),
    });
    let answer = harness.anonymous().post_json("/api/registrazione-software", body);
    assert!(answer.status == 200 || answer.status == 201, "{}", answer.text());
}

fn decide(harness: &Harness, act: &str, id: &str, account: &str) {
    let form = [("step", "decide"), ("selected", id), ("account", account)];
    harness.superadmin().post_form(&format!("/crm/installations/decide/{act}"), &form).expect(303);
    harness.run_jobs();
}

fn figures(client: &Client, query: &str) -> Json {
    client.get(&format!("{API}?{query}")).expect(200).json()
}

fn recount(harness: &Harness) {
    let caller = harness.job_caller("inventory-recount");
    harness.call("job:inventory-recount", &caller, json!(null)).expect("a recount");
}

fn installations(harness: &Harness) -> Vec<Json> {
    let sql = "select i.installation_id, s.name, i.version, i.state, i.currency, \
        coalesce(i.orders, 0) as orders, coalesce(i.sold, 0) as sold, i.last_seen_at \
        from registration_inventory_installation i \
        join registration_inventory_software s on s.software_id = i.software_id \
        where i.state <> 'ignored'";
    harness.rows(sql, [])
}

/// How many of `lines` there are by `name`.
fn by(lines: &[Json], name: &str) -> BTreeMap<String, i64> {
    let mut counted = BTreeMap::new();
    for line in lines {
        *counted.entry(line[name].as_str().unwrap_or_default().to_owned()).or_default() += 1;
    }
    counted
}

/// What a figure told, by its `name`.
fn told(lines: &Json, name: &str) -> BTreeMap<String, i64> {
    let lines = lines.as_array().expect("lines").iter();
    let line = |line: &Json| {
        (
            line[name].as_str().unwrap_or_default().to_owned(),
            line["installazioni"].as_i64().expect("a number"),
        )
    };
    lines.map(line).collect()
}

fn check(harness: &Harness) {
    let all = installations(harness);
    let now = harness.clock().now();
    let figures = figures(&harness.with_permissions(SEES), "silenti=10");
    assert_eq!(figures["installazioni"], all.len());
    assert_eq!(told(&figures["per_software"], "nome"), by(&all, "name"));
    let last = |line: &&Json| line["last_seen_at"].as_i64().expect("a number");
    let silent = all.iter().filter(|line| last(line) < now - 10 * DAY).count();
    assert_eq!(figures["silenti"], silent);
    let active = all.iter().filter(|line| last(line) >= now - 30 * DAY).count();
    assert_eq!(figures["attive_30_giorni"], active);
    let open = all.iter().filter(|line| line["state"] != "assigned").count();
    assert_eq!(figures["senza_cliente"], open);
    let mut sold: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for line in &all {
        let of = sold.entry(line["currency"].as_str().expect("a text")).or_default();
        of.0 += line["orders"].as_i64().expect("a number");
        of.1 += line["sold"].as_i64().expect("a number");
    }
    sold.retain(|_, of| *of != (0, 0));
    let totals = figures["totali"].as_array().expect("a list").iter();
    let totals: BTreeMap<&str, (i64, i64)> = totals
        .map(|line| {
            let n = |name: &str| line[name].as_i64().expect("a number");
            (line["valuta"].as_str().expect("a text"), (n("ordini"), n("venduto")))
        })
        .collect();
    assert_eq!(totals, sold);
    if let Some(shown) = figures["software_versioni"]["nome"].as_str() {
        let of: Vec<Json> = all.iter().filter(|line| line["name"] == shown).cloned().collect();
        assert_eq!(told(&figures["per_versione"], "id"), by(&of, "version"));
    }
}

#[test]
fn figures_are_what_a_plain_count_says_whatever_happened() {
    for seed in [1, 7, 42] {
        Harness::on_each(plugin, |harness| {
            let mut dice = Dice(seed);
            let org = harness.organisations();
            let accounts: Vec<Account> = vec![
                harness.account(&org.reseller, "Rossi"),
                harness.account(&org.sibling, "Verdi"),
            ];
            let (mut active, mut reports) = (BTreeSet::new(), 0);
            for step in 0..STEPS {
                let known = installations(harness);
                let id = known.get(usize::try_from(dice.roll(20)).unwrap());
                match (dice.roll(10), id) {
                    (0, Some(one)) => {
                        let account = accounts[usize::try_from(dice.roll(2)).unwrap()].clone();
                        let id = one["installation_id"].as_str().expect("a text");
                        decide(harness, "assign", id, &account.account_id);
                    }
                    (1, Some(one)) => {
                        let act = dice.of(&["ignore", "statistics", "pending"]);
                        decide(harness, act, one["installation_id"].as_str().expect("a text"), "");
                    }
                    (2 | 3, _) => harness.clock().advance(dice.roll(4).cast_signed() * DAY / 2),
                    _ => {
                        let n = dice.roll(20);
                        let version = dice.of(&["1.0", "1.1", "2.0", ""]);
                        let totals = (dice.roll(100), dice.roll(1_000));
                        report(harness, n, version, totals, dice.of(&["EUR", "USD"]));
                        active.insert((harness.clock().now().div_euclid(DAY), n));
                        reports += 1;
                    }
                }
                if step % 15 == 14 {
                    check(harness);
                }
            }
            let days = figures(&harness.with_permissions(SEES), "da=2026-01-01&a=2026-12-31");
            let days = days["andamento"].as_array().expect("a list");
            let sum = |name: &str| {
                days.iter().map(|day| day[name].as_i64().expect("a number")).sum::<i64>()
            };
            assert_eq!(sum("registrazioni"), reports);
            assert_eq!(sum("attive"), i64::try_from(active.len()).unwrap());
            let all = "select count(*) from registration_inventory_installation";
            assert_eq!(sum("nuove"), harness.scalar(all, []));
            recount(harness);
            check(harness);
            assert!(!harness.effects().actions().iter().any(|it| it.contains("recounted")));
        });
    }
}

#[test]
fn a_tally_that_went_wrong_is_healed_and_told() {
    Harness::on_each(plugin, |harness| {
        for n in 0..5 {
            report(harness, n, "1.0", (n, 10), "EUR");
        }
        harness
            .sql("update registration_inventory_tally set installations = installations + 3", []);
        recount(harness);
        check(harness);
        let effects = harness.effects();
        let actions = effects.actions();
        assert!(actions.contains(&"inventory_tally.recounted"), "{actions:?}");
        harness.clock().advance_days(1);
        recount(harness);
        let shards = "select count(*) from registration_inventory_activity where shard <> 0";
        assert_eq!(harness.scalar(shards, []), 0);
        let day = figures(&harness.with_permissions(SEES), "da=2026-01-15&a=2026-01-15");
        assert_eq!(day["andamento"][0]["attive"], 5);
    });
}

#[test]
fn everybody_sees_the_figures_of_his_branch() {
    Harness::on_each(plugin, |harness| {
        let org = harness.organisations();
        let account = harness.account(&org.reseller, "Rossi");
        report(harness, 0, "1.0", (1, 100), "EUR");
        report(harness, 1, "2.0", (2, 200), "EUR");
        let one = installations(harness).iter().find(|i| i["name"] == "Programma 0").cloned();
        let id =
            one.expect("an installation")["installation_id"].as_str().expect("a text").to_owned();
        decide(harness, "assign", &id, &account.account_id);
        harness
            .call("job:inventory-figures", &harness.job_caller("inventory-figures"), json!(null))
            .expect("the figures of the day");
        let mine = figures(&harness.in_branch(&org.reseller, SEES), "");
        assert_eq!((&mine["installazioni"], &mine["senza_cliente"]), (&json!(1), &json!(0)));
        assert_eq!(mine["per_cliente"][0]["nome"], "Rossi");
        assert_eq!(mine["totali"][0]["venduto"], 10_000);
        let stood = mine["situazione"].as_array().expect("days").last().cloned().expect("today");
        assert_eq!(stood["installazioni"], 1);
        assert_eq!(mine["adozione"][0]["quota"], 100);
        let others = figures(&harness.in_branch(&org.sibling, SEES), "");
        assert_eq!((&others["installazioni"], &others["silenti"]), (&json!(0), &json!(0)));
        let foreign = format!("{API}?organizzazione={}", org.reseller.id);
        assert_eq!(harness.in_branch(&org.sibling, SEES).get(&foreign).status, 404);
        let all = harness.with_permissions(SEES);
        let narrowed = figures(&all, &format!("organizzazione={}", org.reseller.id));
        assert_eq!(narrowed["installazioni"], 1);
        let software = mine["per_software"][0]["id"].as_str().expect("a text").to_owned();
        assert_eq!(figures(&all, &format!("software={software}"))["installazioni"], 1);
        let unseen = format!("{API}?software={software}");
        assert_eq!(harness.in_branch(&org.sibling, SEES).get(&unseen).status, 404);
        assert_eq!(harness.with_permissions(&[]).get(API).status, 403);
    });
}

#[test]
fn products_are_what_people_said_version_by_version() {
    Harness::on_each(plugin, |harness| {
        report(harness, 0, "1.0", (1, 1), "EUR");
        report(harness, 3, "2.0", (1, 1), "EUR");
        report(harness, 1, "1.0", (1, 1), "EUR");
        harness.sql(
            "update registration_inventory_software set product_code = 'OLD' \
             where name = 'Programma 0'",
            [],
        );
        let order = registration_inventory::domain::version::order("2.0");
        harness.sql(
            "insert into registration_inventory_version_rule (rule_id, software_id, from_version, \
             from_order, to_version, to_order, product_code, created_at) \
             select '0199d7c0-0000-7000-8000-000000000009', software_id, '2.0', ?, '', '', 'NEW', \
             0 from registration_inventory_software where name = 'Programma 0'",
            [order.as_str().into()],
        );
        let all = harness.with_permissions(SEES);
        let products = told(&figures(&all, "")["per_prodotto"], "id");
        let expected = [("", 1), ("NEW", 1), ("OLD", 1)];
        let expected: BTreeMap<String, i64> =
            expected.into_iter().map(|(code, n)| (code.to_owned(), n)).collect();
        assert_eq!(products, expected);
        let new = figures(&all, "prodotto=NEW");
        assert_eq!((&new["installazioni"], &new["attive_30_giorni"]), (&json!(1), &json!(1)));
        assert_eq!(new["per_versione"][0]["id"], "2.0");
        assert_eq!(figures(&all, "prodotto=NOBODY")["installazioni"], 0);
    });
}

#[test]
fn the_page_shows_them_and_each_is_a_file() {
    Harness::on_each(plugin, |harness| {
        let client = harness.with_permissions(SEES);
        let empty = client.get("/crm/inventory-statistics").expect(200).text().to_owned();
        assert!(empty.contains("Nothing here yet"));
        report(harness, 0, "1.0", (3, 70), "EUR");
        harness
            .call("job:inventory-figures", &harness.job_caller("inventory-figures"), json!(null))
            .expect("the figures of the day");
        let page = client.get("/crm/inventory-statistics").expect(200).text().to_owned();
        for part in ["Programma 0", "Sold, EUR", "figura=per_software&amp;format=xlsx"] {
            assert!(
                page.contains(part) || page.contains(&part.replace("&amp;", "&#38;")),
                "{part}"
            );
        }
        let wrong = client
            .get("/crm/inventory-statistics?da=gestern&silenti=0")
            .expect(400)
            .text()
            .to_owned();
        assert!(wrong.contains("gestern"));
        for bad in ["da=x", "silenti=-1", "silenti=viele", "da=2026-02-01&a=2026-01-01"] {
            assert_eq!(client.get(&format!("{API}?{bad}")).status, 400, "{bad}");
        }
        let of = |figure: &str, format: &str| {
            client.get(&format!("/crm/inventory-statistics/export?figura={figure}&format={format}"))
        };
        assert!(of("per_software", "csv").expect(200).text().contains("Programma 0"));
        let days = of("andamento", "json").expect(200).json().to_string();
        assert!(days.contains(&date(harness.clock().now())), "{days}");
        for figure in ["situazione", "adozione", "totali_software", "silenti_software"] {
            of(figure, "xlsx").expect(200);
        }
        assert_eq!(of("nothing", "csv").status, 400);
    });
}

#[test]
fn the_sample_is_entered_once() {
    Harness::on_each(plugin, |harness| {
        for name in ["Alfa", "Beta", "Gamma"] {
            harness.account(&harness.organisations().agent, name);
        }
        let caller = harness.job_caller("demo");
        let ask = |scale: Json| {
            harness.call("sample", &caller, json!({ "scale": scale })).expect("the sample")
        };
        let told = ask(json!(null));
        assert!(told["inventory"]["installation"].is_string(), "{told}");
        let count = |table: &str| {
            harness.scalar(&format!("select count(*) from registration_inventory_{table}"), [])
        };
        let tables = ["installation", "report", "figure", "decision", "note", "quarantine", "face"];
        let before = tables.map(count);
        assert!(before.iter().all(|n| *n > 0), "{before:?}");
        assert_eq!(before[0], 120);
        let clones = "select count(*) from registration_inventory_installation \
            where clone_suspected_at is not null";
        assert!(harness.scalar(clones, []) > 0);
        check(harness);
        ask(json!(null));
        assert_eq!(tables.map(count), before);
        ask(json!(400));
        assert_eq!(count("installation"), 140);
        assert_eq!(count("report"), before[1] + 400);
        check(harness);
        ask(json!(400));
        assert_eq!(count("report"), before[1] + 400);
    });
}
