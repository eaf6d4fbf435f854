//! The HTTP API for programs of the administration.

pub(crate) mod admin;
pub mod chiavi;
pub mod distribuzioni;
pub mod elenchi;
pub mod gettoni;
pub mod pacchetto;
mod problems;
pub mod prodotti;
pub mod rilasci;
pub mod uploads;
