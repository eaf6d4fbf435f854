//! Signed metadata of The Update Framework (TUF 1.0.34), written and verified without I/O.

pub mod address;
pub mod canonical;
pub mod catalogue;
pub mod change;
pub mod document;
pub mod key;
pub mod lifetime;
pub mod name;
pub mod plan;
#[cfg(test)]
mod plan_tests;
pub mod public;
pub mod role;
pub mod series;
pub mod trust;
pub mod upload;
pub mod view;
