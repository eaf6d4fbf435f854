//! Who may go where, and what he may see there.

mod canary;
mod kinds;
mod linked;
mod matrix;
mod relations;
mod routes;
mod snapshot;
