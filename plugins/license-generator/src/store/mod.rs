//! All SQL of this plugin.

pub mod activations;
pub mod activations_told;
pub mod bulk;
pub mod catalogue;
pub mod components;
pub mod licences;
pub mod log;
pub mod meters;
pub mod nodes;
pub mod policies;
pub mod portal;
pub mod privacy;
pub mod products;
pub mod quick;
pub mod renewal_failures;
pub mod renewals;
pub mod requests;
pub mod revocations;
pub mod rights;
pub mod scale;
pub mod seats;
pub mod statistics;
pub mod suspicions;
pub mod tokens;
pub mod transfers;
pub mod users;
