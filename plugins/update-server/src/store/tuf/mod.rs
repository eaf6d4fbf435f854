//! Signed metadata, the keys that sign it, the views of it, and what waits for signatures.

pub mod documents;
pub mod keys;
pub mod needs;
pub mod views;
pub mod waiting;
