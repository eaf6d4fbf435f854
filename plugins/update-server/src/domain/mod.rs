//! The rules of updates, without a database and without a network.

pub mod blockmap;
pub mod checks;
#[cfg(test)]
pub(crate) mod fixture;
pub mod platform;
pub mod release;
pub mod rollout;
pub mod select;
pub mod tuf;
pub mod version;
