//! The Modules page: keys that unlock, keys that do not, switches, and a plugin that misses another.

mod keys;
mod life;
pub(crate) mod page;
