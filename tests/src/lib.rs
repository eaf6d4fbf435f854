//! Runs the real product in a directory of its own, and talks to it as its users do.

pub mod client;
pub mod demo;
pub mod environment;
pub mod html;
pub mod jws;
pub mod libraries;
pub mod licences;
pub mod normal;
pub mod place;
pub mod server;
pub mod setup;

pub use client::{Answer, Client};
pub use demo::Demo;
pub use place::{Outcome, Place};
pub use server::Cockpit;
pub use setup::{Database, Linking, Setup};
