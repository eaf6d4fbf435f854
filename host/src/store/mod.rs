//! All SQL of the host.

pub mod access;
pub mod audit;
pub(crate) mod blobs;
pub(crate) mod challenges;
pub(crate) mod contents;
pub(crate) mod idempotency;
pub(crate) mod installation;
pub(crate) mod jobs;
pub mod keys;
pub mod leases;
pub(crate) mod links;
pub(crate) mod mail;
pub mod organisations;
pub(crate) mod outbox;
pub mod plugins;
pub mod privacy;
pub mod role_permissions;
pub mod roles;
pub mod sessions;
pub(crate) mod settings;
pub(crate) mod sso;
pub mod tokens;
pub(crate) mod totp;
pub(crate) mod uploads;
pub mod users;
pub(crate) mod views;
