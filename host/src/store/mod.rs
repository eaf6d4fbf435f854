//! All SQL of the host.

pub mod audit;
pub(crate) mod blobs;
pub(crate) mod idempotency;
pub(crate) mod installation;
pub(crate) mod jobs;
pub mod keys;
pub mod leases;
pub(crate) mod mail;
pub mod organisations;
pub(crate) mod outbox;
pub mod plugins;
pub mod roles;
pub mod sessions;
pub(crate) mod settings;
pub mod tokens;
pub mod users;
pub(crate) mod views;
