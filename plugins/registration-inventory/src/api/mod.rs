//! The endpoints, one per file.

mod body;
pub mod installazioni;
mod problems;
pub mod registrazioni;
