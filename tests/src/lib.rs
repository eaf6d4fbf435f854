//! Runs the real product in a directory of its own, and talks to it as its users do.

pub mod attacker;
pub mod branches;
pub mod client;
pub mod demo;
pub mod environment;
pub mod existing;
pub mod html;
pub mod inventory_objects;
pub mod jws;
pub mod libraries;
pub mod licence_objects;
pub mod licences;
pub mod naughty;
pub mod normal;
pub mod objects;
pub mod place;
pub mod server;
pub mod setup;
pub mod smtp;
pub mod totp;
pub mod tuf;
pub mod update_clients;
pub mod update_objects;
pub mod vendor;
pub mod vendor_keys;

use std::time::{Duration, Instant};

pub use client::{Answer, Client};
pub use demo::Demo;
pub use existing::Existing;
pub use place::{Outcome, Place};
pub use server::Cockpit;
pub use setup::{Database, Linking, Setup};

/// Asks until the answer is yes; fails after half a minute.
pub fn eventually<F>(what: &str, mut ask: impl FnMut() -> F) -> impl Future<Output = ()>
where
    F: Future<Output = bool>,
{
    let what = what.to_owned();
    async move {
        let started = Instant::now();
        while !ask().await {
            assert!(started.elapsed() < Duration::from_secs(30), "not within 30 s: {what}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
