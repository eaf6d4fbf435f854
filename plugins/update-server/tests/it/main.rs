//! The plugin as people, programs and clients use it, on both databases.

mod client;
mod files;
mod keys;
mod products;
mod publish;
mod releases;
mod rollouts;
mod tuf;
mod uploads;
mod vendor;
