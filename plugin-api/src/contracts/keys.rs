//! What plugins may ask of whoever keeps the signing keys.

use super::Contract;

/// The names (`kid`) of the signing keys that were taken back: nothing they signed counts any more.
/// For lists of revocations that verifiers without a network are given.
pub const WITHDRAWN: Contract<(), Vec<String>> = Contract::new("keys.withdrawn.v1");
