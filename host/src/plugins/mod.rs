//! Plugins: found, checked, loaded, unlocked, switched on and off, called.

mod border;
mod breaker;
mod discover;
mod invoke;
mod library;
mod module;
mod registry;
mod resolve;
mod routing;
mod unlock;

pub(crate) use discover::discover;
pub(crate) use invoke::AnsweredBy;
pub use library::describe;
pub use module::{ModuleRow, Origin, SignatureState, Status};
pub use registry::Registry;
