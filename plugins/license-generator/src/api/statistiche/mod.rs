//! Figures and the report of what customers use, for software.

pub(crate) mod figures;
pub(crate) mod usage;
