//! `POST /crm/licences/{id}/free`: gives the seat of a device back on its owner's behalf.

use plugin_api::contracts::timeline;
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault, Form, Path, Problem, SeeOther};
use serde::Deserialize;
use serde_json::json;

use crate::domain::licence::Licence;
use crate::store::activations::{Seat, is_contested};
use crate::{paths, store, story};

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(crate) struct FreeForm {
    /// Id of the seat.
    pub(crate) attivazione: String,
}

/// Frees the seat; one that is free already stays free.
pub(crate) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<FreeForm>,
) -> Result<SeeOther, Problem> {
    let licence = store::licences::get(&cx.db(), cx.scope(), &id).await?;
    let licence = licence.ok_or_else(Problem::not_found)?;
    let notice = free(&cx, &licence, &form.attivazione, Batch::new()).await?;
    let there = cx.url(&paths::of(paths::SHOW, &id));
    Ok(SeeOther::to(there).saying(cx.lang().t(notice)))
}

/// Frees a seat together with what `with` brings; answers the key of the sentence to say.
pub(crate) async fn free(
    cx: &Cx,
    licence: &Licence,
    activation_id: &str,
    with: Batch,
) -> Result<&'static str, Fault> {
    let (db, scope) = (cx.db(), cx.scope());
    let seats = store::activations::of_licence(&db, scope, &licence.licence_id).await?;
    let Some(device) = seats.iter().find(|seat| seat.activation_id == activation_id) else {
        return Ok("device-free-already");
    };
    let audit = Audit::of("device.freed", activation_id)
        .named(format!("{} {}", licence.product_name, licence.key_hint))
        .in_organisation(&licence.organisation_id)
        .after(json!({ "licence": licence.licence_id, "device": device.title() }));
    let told = story::entry(cx, licence.into(), "device.freed", device.title());
    let with = with.audit(audit).emit(timeline::HAPPENED, told);
    let seat = Seat { licence_id: &licence.licence_id, activation_id };
    match store::activations::free(&db, scope, seat, cx.now(), with).await {
        Ok(()) => Ok("device-free-done"),
        Err(fault) if is_contested(&fault) => Ok("device-free-already"),
        Err(fault) => Err(fault),
    }
}
