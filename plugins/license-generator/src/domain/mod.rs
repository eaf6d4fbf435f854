//! Types and rules of licences; nothing here does I/O.

pub mod bulk;
pub mod catalogue;
pub mod choices;
pub mod claims;
pub mod decision;
pub mod device;
pub mod draft;
pub mod key;
pub mod licence;
pub mod meter;
pub mod offline;
pub mod payment;
pub mod policy;
pub mod policy_draft;
pub mod policy_questions;
pub mod product;
pub mod program;
pub mod quick;
pub mod refusal;
pub mod renewal;
pub mod right;
pub mod seat;
pub mod state;
pub mod token;
pub mod transition;
pub mod user;
pub mod verdict;
pub mod what_if;

#[cfg(test)]
mod model_tests;
