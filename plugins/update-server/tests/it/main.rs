//! The plugin as people, programs and clients use it, on both databases.

mod bundles;
mod checks;
mod client;
mod events;
mod feeds;
mod files;
mod keys;
mod products;
mod publish;
mod releases;
mod rollouts;
mod scanning;
mod signing;
mod tuf;
mod uploads;
mod vendor;
