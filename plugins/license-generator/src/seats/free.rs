//! `POST /crm/licences/{id}/seats/free`: takes a floating seat from a device.

use plugin_api::contracts::timeline;
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Form, Path, Problem, SeeOther};
use serde::Deserialize;
use serde_json::json;

use super::page::floating;
use crate::store::seats::is_contested;
use crate::{paths, store, story};

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(super) struct FreeForm {
    /// Id of the seat.
    posto: String,
}

/// Frees the seat; one that is free already stays free. Its device learns it from its next heartbeat.
pub(super) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<FreeForm>,
) -> Result<SeeOther, Problem> {
    let (db, scope) = (cx.db(), cx.scope());
    let licence = floating(&cx, &id).await?;
    let back = |notice: &str| {
        SeeOther::to(cx.url(&paths::of(paths::SEATS, &id))).saying(cx.lang().t(notice))
    };
    let Some(seat) = store::seats::by_id(&db, scope, &id, &form.posto).await? else {
        return Ok(back("seat-free-already"));
    };
    let audit = Audit::of("seat.freed", &seat.seat_id)
        .named(format!("{} {}", licence.product_name, licence.key_hint))
        .in_organisation(&licence.organisation_id)
        .before(json!({ "licence": id, "device": seat.title(), "user": seat.user_name }));
    let told = story::entry(&cx, (&licence).into(), "seat.freed", seat.title());
    let with = Batch::new().audit(audit).emit(timeline::HAPPENED, told);
    match store::seats::give_back(&db, scope, &id, &seat.seat_id, with).await {
        Ok(()) => Ok(back("seat-free-done")),
        Err(fault) if is_contested(&fault) => Ok(back("seat-free-already")),
        Err(fault) => Err(fault.into()),
    }
}
