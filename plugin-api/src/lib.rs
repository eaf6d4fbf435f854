#![doc = include_str!("../README.md")]

pub mod abi;
pub mod access;
pub mod caller;
mod common_responses;
pub mod contracts;
pub mod cx;
pub mod db;
pub mod etag;
pub mod export;
pub mod extract;
pub mod fault;
pub mod fiscal;
pub mod form;
mod hex;
pub mod host;
pub mod import;
mod kept;
pub mod lang;
pub mod lent;
pub mod manifest;
pub mod money;
pub mod page;
pub mod plugin;
pub mod problem;
pub mod routes;
pub mod scope;
pub mod table;
pub mod time;
pub mod ui;

pub use access::Access;
pub use caller::{Actor, Caller, Permissions};
pub use cx::computed_id;
pub use cx::{About, Cx, Tx};
pub use extract::{Form, Json, Path, Query};
pub use fault::{Fault, FaultKind};
pub use hex::hex;
pub use lang::{Catalogue, Lang};
pub use lent::Idempotency;
pub use page::{Page, SeeOther};
pub use plugin::Plugin;
pub use problem::{FieldProblem, Problem};
pub use routes::Routes;
pub use scope::Scope;
// Macros of this crate expand to these.
#[doc(hidden)]
pub use inventory;
pub use utoipa_axum::routes;
