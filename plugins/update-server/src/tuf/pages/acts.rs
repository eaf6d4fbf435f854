//! The buttons of the keys of a product: exchange, sign anew, give a change up.

use plugin_api::form::{Fields, Typed};
use plugin_api::{Cx, Path, Problem, SeeOther};

use super::role;
use crate::paths;
use crate::products::page::found;
use crate::tuf::{keys, offline, resign};

/// Puts a new key, kept here, in the place of those of a role.
pub(super) async fn rotate(
    cx: Cx,
    Path((code, name)): Path<(String, String)>,
) -> Result<SeeOther, Problem> {
    let (code, role) = (found(&cx, &code).await?.product_code, role(&name)?);
    keys::rotate(&cx, &code, role).await?;
    done(&cx, &code, "update-keys-changed").await
}

/// Signs what is signed here anew, and the root if it was ticked.
pub(super) async fn sign_anew(
    cx: Cx,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<SeeOther, Problem> {
    let code = found(&cx, &code).await?.product_code;
    resign::now(&cx, &code, Typed::from(fields).ticked("radice")).await?;
    done(&cx, &code, "update-signed-anew").await
}

/// Gives a change of keys up.
pub(super) async fn give_up(cx: Cx, Path(code): Path<String>) -> Result<SeeOther, Problem> {
    let code = found(&cx, &code).await?.product_code;
    keys::give_up(&cx, &code).await?;
    Ok(back(&cx, &code, "update-change-given-up"))
}

/// Back to the page, which is told whether something waits now.
pub(super) async fn done(cx: &Cx, code: &str, key: &str) -> Result<SeeOther, Problem> {
    let waits = !offline::waiting(cx, code).await?.is_empty();
    Ok(back(cx, code, if waits { "update-keys-waiting" } else { key }))
}

fn back(cx: &Cx, code: &str, key: &str) -> SeeOther {
    SeeOther::to(cx.url(&paths::of(paths::PRODUCT_KEYS, code))).saying(cx.lang().t(key))
}
