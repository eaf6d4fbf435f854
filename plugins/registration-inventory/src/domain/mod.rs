//! What is decided without a database.

pub mod identity;
pub mod reading;
pub mod report;
pub mod state;
pub mod version;

pub use report::{Flag, Report};
pub use state::State;
