//! What the vendor of the cockpit signs: keys that unlock plugins, and plugin libraries.

mod keys;
pub mod pair;
pub mod signature;
#[cfg(test)]
mod tests;
pub mod unlock;

pub use keys::{Purpose, VendorKeys};
