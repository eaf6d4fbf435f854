//! The API: what clients of a licence call, and what administrators and their programs do.

pub mod admin;
pub mod attiva;
pub mod bodies;
pub mod consumi;
mod device;
pub mod disattiva;
pub mod massiva;
pub mod offline;
pub mod politiche;
pub mod posti;
mod problems;
pub mod prodotti;
pub mod revoche;
pub mod richieste;
pub mod rinnova;
pub mod spiega;
pub(crate) mod statistiche;
pub(crate) mod trail;
pub mod valida;

pub(crate) use device::{Program, asked};
pub(crate) use trail::{Trail, key_hash};
