//! The plugin as people, programs and clients use it, on both databases.

mod activation;
mod admin;
mod bulk;
mod bulk_acts;
mod catalogue;
mod catalogue_prices;
mod changes;
mod clients;
mod conformance;
mod create;
mod deactivation;
mod entitlement;
mod floating;
mod floating_contention;
mod floating_page;
mod import;
mod legacy;
mod meters;
mod offline;
mod orders;
mod policies;
mod portal;
mod products;
mod quick;
mod renewals;
mod requests;
mod revocations;
mod rights;
mod sample;
mod search;
mod seats;
mod show;
mod statistics;
mod timeline;
mod validation;
mod what_if;

use plugin_api::contracts::accounts::Account;
use plugin_testing::{Answer, Client, Harness};
use serde_json::{Value as Json, json};

/// Everything a reseller may do here.
const RESELLER: [&str; 3] =
    ["license-generator:read", "license-generator:issue", "license-generator:log"];

/// Runs a test on each database, with a product and a customer of the first reseller.
fn on_each(test: impl Fn(&Shop<'_>)) {
    Harness::on_each(license_generator::plugin, |harness| test(&Shop::open(harness)));
}

/// A product to license and a customer to license it to.
struct Shop<'a> {
    harness: &'a Harness,
    account: Account,
}

impl<'a> Shop<'a> {
    fn open(harness: &'a Harness) -> Self {
        let answer = harness.superadmin().post_form("/crm/products/new", &PRODUCT).expect(303);
        assert!(answer.location().starts_with("/crm/products/"), "{answer}");
        let account = harness.account(&harness.organisations().reseller, "Bianchi & Figli");
        Self { harness, account }
    }

    /// Somebody of the first reseller.
    fn seller(&self) -> Client {
        self.harness.in_branch(&self.harness.organisations().reseller, &RESELLER)
    }

    /// Somebody of the other reseller.
    fn sibling(&self) -> Client {
        self.harness.in_branch(&self.harness.organisations().sibling, &RESELLER)
    }

    /// Asks for a licence with `more` than customer, product and type.
    fn try_issue(&self, more: &Json) -> Answer {
        self.seller().post_json("/api/admin/licenze", self.order(more))
    }

    /// The order itself.
    fn order(&self, more: &Json) -> Json {
        let mut order = json!({
            "cliente": self.account.account_id,
            "prodotto": "STUDIO",
            "tipo": "permanente",
            "dispositivi": 3,
        });
        for (name, value) in more.as_object().expect("an object") {
            order[name] = value.clone();
        }
        order
    }

    /// A licence with `more` than customer, product and type.
    fn issue(&self, more: &Json) -> Json {
        self.try_issue(more).expect(201).json()
    }

    /// The activation key of a licence with `more`.
    fn key(&self, more: &Json) -> String {
        text(&self.issue(more), "chiave_licenza")
    }

    fn activate(&self, key: &str, fingerprint: &str) -> Answer {
        let device = json!({ "impronta": fingerprint, "nome": format!("PC {fingerprint}") });
        self.call("attiva", json!({ "chiave_licenza": key, "dispositivo": device }))
    }

    fn validate(&self, key: &str, fingerprint: &str) -> Json {
        let body = json!({ "chiave_licenza": key, "dispositivo": { "impronta": fingerprint } });
        self.call("valida", body).expect(200).json()
    }

    fn deactivate(&self, key: &str, fingerprint: &str) -> Answer {
        let body = json!({ "chiave_licenza": key, "dispositivo": { "impronta": fingerprint } });
        self.call("disattiva", body)
    }

    /// A call of a client, who is nobody known.
    fn call(&self, verb: &str, body: Json) -> Answer {
        self.harness.anonymous().post_json(&format!("/api/licenze/{verb}"), body)
    }

    /// Suspends, resumes, revokes.
    fn change(&self, licence: &Json, change: &str) {
        let path = format!("/crm/licences/{}/state", text(licence, "id"));
        self.seller().post_form(&path, &[("azione", change)]).expect(303);
    }

    /// Seats taken, and rows of devices that hold one.
    fn seats(&self) -> (i64, i64) {
        let count = |sql: &str| self.harness.scalar(sql, []);
        let active =
            "select count(*) from license_generator_activation where deactivated_at is null";
        (
            count("select cast(sum(devices_used) as signed) from license_generator_licence"),
            count(active),
        )
    }

    /// The outcomes in the log, oldest first.
    fn outcomes(&self) -> Vec<String> {
        let sql =
            "select action, outcome from license_generator_activation_log order by at, log_id";
        let rows = self.harness.rows(sql, []);
        let told = |row: &Json| format!("{} {}", text(row, "action"), text(row, "outcome"));
        rows.iter().map(told).collect()
    }
}

const PRODUCT: [(&str, &str); 12] = [
    ("nome", "Studio"),
    ("codice", "STUDIO"),
    ("major", "3"),
    ("minor", "1"),
    ("moduli", "4"),
    ("modulo_codice_0", "base"),
    ("modulo_nome_0", "Base"),
    ("modulo_attivo_0", "true"),
    ("modulo_codice_1", "pdf"),
    ("modulo_nome_1", "Stampe"),
    ("modulo_prezzo_1", "12,50"),
    ("modulo_valuta_1", "EUR"),
];

/// The text member `name`.
fn text(object: &Json, name: &str) -> String {
    object[name].as_str().unwrap_or_else(|| panic!("{name} is a text in {object}")).to_owned()
}
