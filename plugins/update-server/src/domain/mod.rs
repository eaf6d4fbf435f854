//! The rules of updates, without a database and without a network.

pub mod blockmap;
pub mod checks;
