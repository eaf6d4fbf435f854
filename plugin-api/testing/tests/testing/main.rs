//! The harness and `conformance`, tried on a tiny plugin.

#![expect(clippy::unwrap_used, reason = "tests")]

mod conformance;
mod conformance_texts;
mod folder;
mod harness;
mod lent;
mod tiny;
