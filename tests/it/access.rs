//! Who may go where, and what he may see there.

mod bodies;
mod canary;
pub(crate) mod kinds;
mod linked;
mod matrix;
mod relations;
pub(crate) mod routes;
mod snapshot;
