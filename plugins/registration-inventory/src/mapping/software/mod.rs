//! Software by the names it reports itself with, and the products it is.

mod list;
mod several;
mod show;

use plugin_api::db::Statement;
use plugin_api::{Cx, Fault};

pub(super) use list::spec;
pub(super) use several::{SEVERAL, handle as several};
pub(super) use show::{RULE_DELETE, RULES, asked, handle, page};

/// How many installations a name has.
pub(super) async fn installations(cx: &Cx, software_id: &str) -> Result<i64, Fault> {
    let count: Statement = crate::store::software::counted(software_id);
    cx.db().scalar(count).await
}
