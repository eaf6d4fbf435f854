//! The keys of the host: what plugins have signed, hashed and sealed, without ever seeing a key.

mod drill;
mod escrow;
mod kek;
mod life;
mod rekey;
mod ring;
mod root;
mod seal;
pub(crate) mod service;
#[cfg(test)]
mod tests;
pub(crate) mod watch;

pub use drill::Drill;
pub use ring::KeyRing;
pub use root::{CERTIFICATE_TYPE, Root};
