//! The inventory as programs, people and jobs use it, on both databases.

mod conformance;
mod installations;
mod licensing;
mod mapping;
mod quarantine;
mod receive;
mod regularise;
mod reports;
mod seed;
mod shapes;
mod statistics;
mod versions;
