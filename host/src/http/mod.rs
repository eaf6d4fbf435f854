//! From a connection to an answer.

mod answer;
mod documents;
mod finish;
mod headers;
pub(crate) mod patience;
mod request;
mod serve;

pub use answer::{mounted, router};
pub use documents::routes;
pub use serve::serve;
