//! A link sent by mail, looked at again when somebody follows it.

use plugin_api::{Cx, Problem, Scope};

use super::secrets;
use crate::store::links::{self as store, Kind, LinkRow};

/// The link with this token, if it can still be used; otherwise what to do instead.
pub(crate) async fn open(cx: &Cx, kind: Kind, token: &str) -> Result<LinkRow, Problem> {
    // The token itself names its row.
    let found =
        store::by_token(&cx.db(), &Scope::everything(), kind, &secrets::hash(token)).await?;
    let gone = |code| Problem::new(http::StatusCode::GONE, code);
    match found {
        None => Err(Problem::new(http::StatusCode::NOT_FOUND, "link_unknown")),
        Some(link) if link.used_at.is_some() => Err(gone("link_used")),
        Some(link) if link.withdrawn_at.is_some() => Err(gone("link_withdrawn")),
        Some(link) if link.expires_at <= cx.now() => Err(gone("link_expired")),
        Some(link) => Ok(link),
    }
}
