//! The border between the host and a loaded library.
//!
//! [`v1`] is the border itself and will be frozen; everything that grows is serde data in bytes.
//! [`head`] and [`body`] say how HTTP crosses it; [`guest`] is the library's side. The host's side
//! is in the host.

pub mod body;
pub mod guest;
pub mod head;
pub mod log;
pub mod v1;
