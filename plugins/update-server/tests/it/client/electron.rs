//! electron-updater: which channel it means, and steps it must not pass over although it does not say
//! what it runs.

use plugin_testing::Answer;
use serde_json::json;

use super::{Customer, KEY, on_each};
use crate::vendor::PRODUCT;

/// The staging id of an installation.
const ID: &str = "0b5a1f6e-6f5c-5d7e-9d6e-1c8f4a2b3c4d";

fn feed(customer: &Customer<'_>, path: &str, installation: &str) -> Answer {
    let program = customer.program().header("x-user-staging-id", installation);
    program.get(path).expect(200)
}

fn version(answer: &Answer) -> String {
    let line = answer.text().lines().next().unwrap_or_default().to_owned();
    line.trim_start_matches("version: ").trim_matches('"').to_owned()
}

fn step(customer: &Customer<'_>, number: &str) {
    let vendor = customer.vendor;
    let body =
        json!({ "prodotto": PRODUCT, "versione": number, "canali": ["stable"], "tappa": true });
    let made = vendor.client.post_json("/api/admin/rilasci", body).expect(201).json();
    let id = made["id"].as_str().expect("an id").to_owned();
    vendor.send(&id, &format!("Acme-{number}-setup.exe"), b"program").expect(200);
    vendor.client.post_json(&format!("/api/admin/rilasci/{id}/pubblica"), json!({})).expect(200);
}

#[test]
fn the_name_of_the_feed_says_the_channel_if_the_product_has_it() {
    on_each(|customer| {
        customer.vendor.released("1.0.0", &["stable"]);
        customer.vendor.released("1.1.0", &["beta"]);
        let address = customer.address();
        let at = |path: &str| version(&feed(customer, &format!("{address}/electron/{path}"), ID));
        assert_eq!(at("stable/latest.yml"), "1.0.0");
        assert_eq!(at("stable/stable.yml"), "1.0.0");
        assert_eq!(at("stable/beta.yml"), "1.1.0", "a program that was switched to beta");
        assert_eq!(at("beta/latest.yml"), "1.1.0");
        assert_eq!(at("beta/stable.yml"), "1.0.0");
        assert_eq!(at("stable/production.yml"), "1.0.0", "what it calls its own default");
    });
}

#[test]
fn a_step_binds_who_is_known_to_run_something_older() {
    on_each(|customer| {
        customer.vendor.released("1.0.0", &["stable"]);
        step(customer, "1.5.0");
        customer.vendor.released("2.0.0", &["stable"]);
        let yml = format!("{}/electron/stable/latest.yml", customer.address());
        let asks = |path: &str, id: &str| version(&feed(customer, path, id));
        assert_eq!(asks(&yml, ID), "2.0.0", "nobody knows what it runs");
        // It says so in the address of its feed, which it repeats with every request.
        assert_eq!(asks(&format!("{yml}?versione=1.0.0"), ID), "1.5.0");
        assert_eq!(asks(&format!("{yml}?versione=1.5.0"), ID), "2.0.0");
        assert_eq!(asks(&format!("{yml}?versione=nonsense"), "other"), "2.0.0");
        // That is remembered of who says who it is, until it says something else.
        assert_eq!(asks(&yml, ID), "2.0.0");
        assert_eq!(asks(&format!("{yml}?versione=1.0.0"), ID), "1.5.0");
        assert_eq!(asks(&yml, ID), "1.5.0");
        assert_eq!(asks(&yml, "other"), "2.0.0");
        assert_eq!(asks(&yml, ""), "2.0.0", "who does not say who it is is everybody");
        // Or it says that the step went well.
        let body = json!({ "prodotto": PRODUCT, "versione": "1.5.0", "riuscito": true,
            "installazione": ID });
        let program = customer.program().header("x-licence-key", KEY);
        let taken = program.post_json("/api/aggiornamenti/esito", body).expect(200).json();
        assert_eq!(taken["contato"], true);
        assert_eq!(asks(&yml, ID), "2.0.0");
    });
}
