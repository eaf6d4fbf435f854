//! Figures and the report of what customers use, for software.

pub mod figures;
pub mod usage;
