//! All SQL of this plugin, a file for each table or use.

pub mod alike;
mod assignment;
pub mod codes;
mod customers;
mod duplicates;
pub mod external;
mod merge;
mod nodes;
mod parts;
mod privacy;
pub mod registrations;
pub mod rules;
mod search;
mod states;
pub mod timeline;
pub mod transactions;

pub use assignment::assignment;
pub use customers::{COLUMNS, Change, SOURCE, find, insert, replace};
pub use duplicates::{SHOWN as DUPLICATES_SHOWN, Twin, duplicates};
pub use merge::merge;
pub use nodes::{Node, node, nodes};
pub use parts::{part, parts, removal, saving, still_open, write_part};
pub(crate) use privacy::names;
pub use privacy::{erasure, kept};
pub use search::{any, merged, namesakes, of_node, search, survivor};
