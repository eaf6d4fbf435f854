//! The endpoints, one per file.

pub mod body;
pub mod installazioni;
mod problems;
pub mod registrazione_software;
pub mod registrazioni;
pub(crate) mod statistiche_registrazioni;
