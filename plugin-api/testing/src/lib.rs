//! Runs a plugin without the host: on a plain executor, with a clock that stands still, counted ids
//! and a throw-away database of either kind.
//!
//! ```no_run
//! # fn plugin() -> plugin_api::Plugin { unreachable!() }
//! use plugin_testing::Harness;
//!
//! Harness::on_each(plugin, |harness| {
//!     let acme = harness.account(&harness.organisations().reseller, "Acme");
//!     let seller = harness.in_branch(&harness.organisations().reseller, &["licences:create"]);
//!     let body = serde_json::json!({ "cliente": acme.account_id });
//!     let answer = seller.post_json("/api/admin/licenze", body).expect(201);
//!     assert_eq!(answer.json()["stato"], "attiva");
//!     assert_eq!(harness.effects().actions(), ["licence.created"]);
//! });
//! ```
//!
//! What the host lends is either real or told here. Real: both databases, transactions, the
//! organisation tree, idempotency keys, and the cryptography, under keys made of names. Faked: ids
//! are counted, other random bytes are the same in every run; whoever sleeps finds that the clock
//! has moved on; rows written behind are there once the request is answered; blobs, settings, live
//! topics, jobs and events stay in memory, where tests find them ([`Harness::effects`]) and run them
//! ([`Harness::run_jobs`], [`Harness::deliver_events`]).
//!
//! A statement that touches a table of another plugin or of the host ends the test. A stand-in for
//! `customer-accounts` offers its contracts and its published view to every other plugin
//! ([`Harness::account`]).
//!
//! [`conformance`] checks in one line what every plugin has to keep to.

mod accounts;
mod answer;
mod blobs;
mod call;
mod callers;
mod client;
mod clock;
mod conformance;
mod effects;
mod executor;
mod harness;
mod keys;
mod lent;
mod once;
mod organisations;
mod own_sql;
mod schema;
mod tables;
mod uploads;
mod work;
mod world;

pub use answer::Answer;
pub use client::Client;
pub use clock::{Clock, START};
pub use conformance::{conformance, conformance_where, faults};
pub use effects::{Effects, JobRun, QueuedJob};
pub use executor::block_on;
pub use harness::Harness;
pub use keys::ISSUER;
pub use organisations::{Node, Organisations, ROOT};
