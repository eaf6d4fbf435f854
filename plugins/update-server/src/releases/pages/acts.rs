//! The buttons of a release: promote, yank, delete. A page that is out of date decides nothing.

use plugin_api::form::{Fields, Typed};
use plugin_api::{Cx, Path, Problem, SeeOther};

use super::plan;
use crate::paths;
use crate::releases::body::Draft;
use crate::releases::{delete as deleting, promote as promoting, save, tabs, yank as yanking};

/// The release, if it is still as the page showed it.
pub(super) async fn unchanged(cx: &Cx, id: &str, typed: &Typed) -> Result<Draft, Problem> {
    let draft = save::found(cx, id).await?;
    if typed.whole("versione") != draft.release.row_version {
        return Err(Problem::conflict("rilascio_cambiato"));
    }
    Ok(draft)
}

/// Places it in another channel.
pub(super) async fn promote(
    cx: Cx,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<SeeOther, Problem> {
    let typed = Typed::from(fields);
    let draft = unchanged(&cx, &id, &typed).await?;
    let plan = plan::read(&typed).map_err(Problem::validation)?;
    let channel = typed.text("canale");
    promoting::promote(&cx, &draft, channel, &plan).await?;
    let name = tabs::title(&draft.release);
    let notice = cx.lang().with("release-promoted", &[("name", &name), ("channel", channel)]);
    Ok(SeeOther::to(cx.url(&paths::of(paths::RELEASE, &id))).saying(notice))
}

/// Takes it back.
pub(super) async fn yank(
    cx: Cx,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<SeeOther, Problem> {
    let typed = Typed::from(fields);
    let draft = unchanged(&cx, &id, &typed).await?;
    if typed.text("confirm") != draft.release.version {
        return Err(Problem::unprocessable("conferma_mancante"));
    }
    yanking::yank(&cx, &draft, typed.text("motivo")).await?;
    let name = tabs::title(&draft.release);
    let notice = cx.lang().with("release-yanked", &[("name", &name)]);
    Ok(SeeOther::to(cx.url(&paths::of(paths::RELEASE, &id))).saying(notice))
}

/// Deletes a draft.
pub(super) async fn delete(
    cx: Cx,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<SeeOther, Problem> {
    let draft = unchanged(&cx, &id, &Typed::from(fields)).await?;
    deleting::delete(&cx, &draft).await?;
    let name = tabs::title(&draft.release);
    let notice = cx.lang().with("release-deleted", &[("name", &name)]);
    Ok(SeeOther::to(cx.url(paths::RELEASES)).saying(notice))
}
