//! All SQL of the host.

pub mod keys;
pub mod plugins;
