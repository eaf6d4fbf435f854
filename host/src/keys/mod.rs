//! The keys of the host: what plugins have signed, hashed and sealed, without ever seeing a key.

mod kek;
mod ring;
mod seal;
#[cfg(test)]
mod tests;

pub use ring::KeyRing;
