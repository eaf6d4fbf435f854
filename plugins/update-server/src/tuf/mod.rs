//! The signed metadata of each product: made when something is published, handed out, kept fresh, and
//! the keys behind it.

mod advance;
pub mod carried;
pub mod keys;
pub mod metadata;
pub mod offline;
pub mod overview;
pub(crate) mod pages;
pub mod resign;
mod state;
pub mod targets;
pub mod warnings;

pub use advance::round;

use plugin_api::{Plugin, Problem};

use crate::domain::tuf::catalogue::Unsignable;
use crate::domain::tuf::change::Unfit;
use crate::domain::tuf::upload::Rejected;

/// What somebody may have of a product, for whom metadata and files are asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entitled {
    /// Code of the product.
    pub product_code: String,
    /// Releases published later are not for him, unix milliseconds; the largest number for no end.
    pub until: i64,
    /// Codes of the modules he has; none where every release is for him.
    pub modules: Option<Vec<String>>,
    /// What his place in rollouts is computed from; none where he cannot be told from others.
    pub installation: Option<String>,
}

/// Adds the pages of keys.
pub(crate) fn add_pages_to(plugin: Plugin) -> Plugin {
    pages::add_to(plugin)
}

/// Adds the job that keeps metadata fresh.
pub fn add_to(plugin: Plugin) -> Plugin {
    plugin.job(resign::JOB, Some("13 * * * *"), resign::run)
}

impl From<Unsignable> for Problem {
    fn from(reason: Unsignable) -> Self {
        match reason {
            Unsignable::Rollouts(first) => {
                Self::unprocessable("tuf_rollouts").argument("rollouts", first.join(", "))
            }
            Unsignable::Name(name) => Self::unprocessable("tuf_name").argument("name", name),
        }
    }
}

impl From<Unfit> for Problem {
    fn from(reason: Unfit) -> Self {
        Self::unprocessable(match reason {
            Unfit::Threshold => "tuf_threshold",
            Unfit::KnownKey => "tuf_key_known",
            Unfit::UnknownKey => "tuf_key_unknown",
            Unfit::Online => "tuf_online",
        })
    }
}

impl From<Rejected> for Problem {
    fn from(reason: Rejected) -> Self {
        match reason {
            Rejected::Unreadable => Self::malformed("tuf_signatures"),
            Rejected::OtherDocument => Self::unprocessable("tuf_other_document"),
            Rejected::OtherKey(id) => Self::unprocessable("tuf_other_key").argument("key", id),
            Rejected::Wrong(id) => Self::unprocessable("tuf_wrong_signature").argument("key", id),
        }
    }
}
