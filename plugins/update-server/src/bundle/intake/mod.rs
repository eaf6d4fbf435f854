//! Bundles of another cockpit come in: sent, shown with whose they are, taken in by a job.

pub(super) mod list;
pub(super) mod open;
pub(crate) mod receive;
mod release;
pub(super) mod run;
pub(super) mod show;
