//! What is verified before a release is published.
//!
//! [`digests`] reads a file once for its hashes, [`examination`] holds it against its signatures,
//! [`release`] looks at the files of a release together, and one module for each kind of feed holds what the vendor's tools wrote
//! against those files. Each difference is a [`finding::Finding`] with a sentence for people.

pub mod appcast;
pub mod digests;
pub mod ed25519;
pub mod electron;
pub mod examination;
pub mod finding;
mod listed;
pub mod minisign;
pub mod names;
pub mod release;
pub mod squirrel;
pub mod trusted_comment;
pub mod velopack;
mod yaml;

#[cfg(test)]
mod signature_tests;
