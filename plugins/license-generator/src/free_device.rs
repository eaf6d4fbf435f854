//! `POST /crm/licences/{id}/free`: gives the seat of a device back on its owner's behalf.

use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Form, Path, Problem, SeeOther};
use serde::Deserialize;
use serde_json::json;

use crate::store::activations::{Seat, is_contested};
use crate::{paths, store};

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(crate) struct FreeForm {
    /// Id of the seat.
    attivazione: String,
}

/// Frees the seat; one that is free already stays free.
pub(crate) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<FreeForm>,
) -> Result<SeeOther, Problem> {
    let (db, scope) = (cx.db(), cx.scope());
    let licence = store::licences::get(&db, scope, &id).await?.ok_or_else(Problem::not_found)?;
    let audit = Audit::of("device.freed", &form.attivazione)
        .named(format!("{} {}", licence.product_name, licence.key_hint))
        .in_organisation(&licence.organisation_id)
        .after(json!({ "licence": id }));
    let seat = Seat { licence_id: &id, activation_id: &form.attivazione };
    let freed =
        store::activations::free(&db, scope, seat, cx.now(), Batch::new().audit(audit)).await;
    let key = match freed {
        Ok(()) => "device-free-done",
        Err(fault) if is_contested(&fault) => "device-free-already",
        Err(fault) => return Err(fault.into()),
    };
    let there = cx.url(&paths::of(paths::SHOW, &id));
    Ok(SeeOther::to(there).saying(cx.lang().t(key)))
}
