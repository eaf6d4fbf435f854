//! What an administrator does about devices: believes one again that was suspected to have a clone,
//! and lets the exchanges of a licence count no more.

use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Form, Path, Problem, SeeOther};
use serde::Deserialize;
use serde_json::json;

use crate::domain::licence::Licence;
use crate::store::tokens::TOKEN;
use crate::{paths, store};

/// Which device.
#[derive(Debug, Deserialize)]
pub(super) struct ClearForm {
    attivazione: String,
}

/// `POST /crm/licences/{id}/clone`: believes the device again.
pub(super) async fn clear(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<ClearForm>,
) -> Result<SeeOther, Problem> {
    let licence = licence(&cx, &id).await?;
    let suspects = store::tokens::suspects(&cx.db(), cx.scope(), &id).await?;
    let is_it = suspects.iter().find(|suspect| suspect.activation_id == form.attivazione);
    let Some(suspect) = is_it else { return Ok(back(&cx, &id, "clone-cleared")) };
    let seen = json!({ "address": suspect.address, "suspect_address": suspect.suspect_address,
        "sightings": suspect.sightings });
    let audit = audit("clone.cleared", &form.attivazione, &licence)
        .before(seen)
        .after(json!({ "licence": id, "device": suspect.device }));
    let batch =
        Batch::new().and(store::tokens::clearing(cx.scope(), &form.attivazione)).audit(audit);
    match cx.db().batch(batch).await {
        Err(fault) if !fault.is_mismatch(TOKEN) => Err(fault.into()),
        _ => Ok(back(&cx, &id, "clone-cleared")),
    }
}

/// `POST /crm/licences/{id}/transfers`: the exchanges so far do not count any more.
pub(super) async fn forgive(cx: Cx, Path(id): Path<String>) -> Result<SeeOther, Problem> {
    let licence = licence(&cx, &id).await?;
    let transfers = store::transfers::of_licence(&cx.db(), &licence, cx.now()).await?;
    let audit = audit("transfers.reset", &id, &licence)
        .before(json!({ "transfers": transfers.counted }))
        .after(json!({ "transfers": 0 }));
    let batch =
        Batch::new().and(store::transfers::forgiving(cx.scope(), &id, cx.now())).audit(audit);
    cx.db().batch(batch).await?;
    Ok(back(&cx, &id, "transfers-reset-done"))
}

async fn licence(cx: &Cx, id: &str) -> Result<Licence, Problem> {
    let licence = store::licences::get(&cx.db(), cx.scope(), id).await?;
    licence.ok_or_else(Problem::not_found)
}

fn audit(action: &str, id: &str, licence: &Licence) -> Audit {
    Audit::of(action, id)
        .named(format!("{} {}", licence.product_name, licence.key_hint))
        .in_organisation(&licence.organisation_id)
}

fn back(cx: &Cx, id: &str, notice: &str) -> SeeOther {
    SeeOther::to(cx.url(&paths::of(paths::SHOW, id))).saying(cx.lang().t(notice))
}
