//! Removes a contact, a site or a note, after asking.

use plugin_api::{Cx, Problem, SeeOther};

use super::{Parameters, Whose, home, named};
use crate::domain::PartKind;
use crate::store;

/// Removes it.
pub(super) async fn handle(
    cx: Cx,
    whose: Whose,
    kind: PartKind,
    path: Parameters,
) -> Result<SeeOther, Problem> {
    let home = home(&cx, whose, &path).await?;
    let part = named(&cx, &home, kind, &path).await?.ok_or_else(Problem::not_found)?;
    store::write_part(&cx, store::removal(&cx, &home.customer, &part)).await?;
    let key = format!("{}-deleted", kind.noun());
    let notice = cx.lang().with(&key, &[("name", part.name().as_str())]);
    Ok(SeeOther::to(cx.url(&home.page(kind))).saying(notice))
}
