//! A run that issues licences: its form, its job, its keys, and taking back what nobody used.

pub(super) mod form;
pub(super) mod keys;
pub(super) mod lines;
pub(super) mod make;
pub(crate) mod prepare;
pub(super) mod settle;
pub(super) mod undo;
