//! All SQL of this plugin.

pub mod activations;
pub mod activations_told;
pub mod licences;
pub mod log;
pub mod portal;
pub mod privacy;
pub mod products;
