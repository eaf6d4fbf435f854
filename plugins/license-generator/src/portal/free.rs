//! `POST /crm/my-licences/{id}/free`: a customer frees one of his devices, as often as policy allows.

use plugin_api::db::Batch;
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault, Form, Path, Problem, SeeOther};

use super::show::own;
use crate::free_device::{FreeForm, free};
use crate::{paths, store};

/// The days the limit counts over.
const WINDOW: i64 = 30 * DAY;

/// How many devices of a licence its customer may still free now.
pub(super) async fn left(cx: &Cx, licence_id: &str) -> Result<i64, Fault> {
    let allowed: i64 = cx.setting("portal-free-devices").await?;
    let since = cx.now() - WINDOW;
    let freed = store::portal::freed_since(&cx.db(), cx.scope(), licence_id, since).await?;
    Ok((allowed - freed).max(0))
}

/// Frees the device; 409 when the limit is used up.
pub(super) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<FreeForm>,
) -> Result<SeeOther, Problem> {
    let licence = own(&cx, &id).await?;
    let allowed: i64 = cx.setting("portal-free-devices").await?;
    let limit = store::portal::Limit { most: allowed, since: cx.now() - WINDOW };
    let note = store::portal::noting(&cx, &licence, limit);
    let notice = match free(&cx, &licence, &form.attivazione, Batch::new().and(note)).await {
        Err(fault) if fault.is_mismatch(store::portal::LIMIT) => {
            return Err(Problem::conflict("limite_liberazioni"));
        }
        other => other?,
    };
    let there = cx.url(&paths::of(paths::MY_LICENCE, &id));
    Ok(SeeOther::to(there).saying(cx.lang().t(notice)))
}
