//! The inventory as programs, people and jobs use it, on both databases.

mod conformance;
mod installations;
mod reports;
mod seed;
