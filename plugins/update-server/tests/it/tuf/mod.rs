//! Signed metadata, from the rows of releases to what clients take in.

mod clients;
mod keys;
mod repository;
mod rollouts;
mod time;
mod together;

use repository::{Repository, on_each};
