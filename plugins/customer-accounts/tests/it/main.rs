//! The plugin as people and software use it, on both databases.

mod alike;
mod api;
mod api_update;
mod assign;
mod conformance;
mod create;
mod edit;
mod external;
mod import;
mod list;
mod merge;
mod parts;
mod portal;
mod privacy;
mod registration;
mod sample;
mod services;
mod show;
mod timeline;
mod transactions;

use plugin_testing::{Client, Harness};
use serde_json::{Value as Json, json};

/// Everything a reseller may do here.
const ALL: [&str; 3] =
    ["customer-accounts:read", "customer-accounts:write", "customer-accounts:validate"];
/// What an agent may do: not validate.
const AGENT: [&str; 2] = ["customer-accounts:read", "customer-accounts:write"];

/// Runs a test on each database.
fn on_each(test: impl Fn(&Harness)) {
    Harness::on_each(customer_accounts::plugin, test);
}

/// Somebody of the first reseller with all permissions of this plugin.
fn reseller(harness: &Harness) -> Client {
    harness.in_branch(&harness.organisations().reseller, &ALL)
}

/// Somebody of the other reseller with all permissions of this plugin.
fn sibling(harness: &Harness) -> Client {
    harness.in_branch(&harness.organisations().sibling, &ALL)
}

/// Enters a customer called `name` through the API; answers it.
fn entered(client: &Client, name: &str) -> Json {
    client.post_json("/api/admin/clienti", json!({ "ragione_sociale": name })).expect(201).json()
}

/// The id in an answer of the API.
fn id(customer: &Json) -> &str {
    customer["id"].as_str().expect("a customer has an id")
}

/// How many customers there are in the database.
fn count(harness: &Harness) -> i64 {
    harness.scalar("select count(*) from customer_accounts_customer", [])
}
