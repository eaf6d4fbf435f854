//! Types and rules of licences; nothing here does I/O.

pub mod choices;
pub mod claims;
pub mod device;
pub mod draft;
pub mod key;
pub mod licence;
pub mod money;
pub mod policy;
pub mod product;
pub mod refusal;
pub mod state;
pub mod verdict;
