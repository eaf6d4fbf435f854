//! The API: what clients of a licence call, and what administrators and their programs do.

pub mod admin_create;
pub mod admin_get;
pub mod admin_list;
pub mod attiva;
pub mod bodies;
mod device;
pub mod disattiva;
mod problems;
mod trail;
pub mod valida;

pub(crate) use trail::key_hash;
