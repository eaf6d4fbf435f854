//! `POST /crm/licences/{id}/seats/reserve` and `…/unreserve`: a seat is kept for somebody, or not any
//! more.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::db::Audit;
use plugin_api::table::fold;
use plugin_api::ui::FormErrors;
use plugin_api::{Cx, Form, Path, Problem, SeeOther};
use serde::Deserialize;
use serde_json::json;

use super::page::{floating, page};
use crate::domain::licence::Licence;
use crate::store::seats::{Kind, Reservation, SEATS, is_contested};
use crate::{paths, store, story};

/// Longest name of a person or device, in characters.
const LONGEST_NAME: usize = 200;

/// What the form sends.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ReserveForm {
    /// For whom.
    pub(super) tipo: Kind,
    /// What he or it is called.
    #[serde(default)]
    pub(super) nome: String,
}

/// Keeps a seat for somebody; the form again with what is wrong.
pub(super) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<ReserveForm>,
) -> Result<Response, Problem> {
    let licence = floating(&cx, &id).await?;
    let name = form.nome.trim();
    let refused = async |key: &str| {
        let mut errors = FormErrors::new();
        errors.add("nome", cx.lang().t(key));
        let page = page(&cx, &licence, Some((&form, &errors))).await?;
        Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
    };
    if name.is_empty() {
        return refused("field-required").await;
    }
    if name.chars().count() > LONGEST_NAME {
        return refused("field-too-long").await;
    }
    let reservation = Reservation {
        reservation_id: cx.fresh_id(),
        kind: form.tipo,
        name: name.to_owned(),
        name_folded: fold(name),
        created_at: cx.now(),
        created_by: story::who(cx.caller()),
        seat_id: None,
    };
    let batch = store::seats::insertion(cx.scope(), &licence, &reservation)
        .audit(audit("seat.reserved", &licence, &reservation).after(told(&reservation)));
    match cx.db().batch(batch).await {
        Ok(_) => Ok(back(&cx, &id, "seat-reserved").into_response()),
        Err(fault) if fault.is_mismatch(SEATS) => refused("seat-none-to-reserve").await,
        Err(fault) if is_contested(&fault) => refused("seat-reserved-already").await,
        Err(fault) => Err(fault.into()),
    }
}

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(super) struct UndoForm {
    /// Id of the reservation.
    riserva: String,
}

/// Keeps the seat no longer; who holds it goes on with it.
pub(super) async fn undo(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<UndoForm>,
) -> Result<SeeOther, Problem> {
    let licence = floating(&cx, &id).await?;
    let all = store::seats::reservations(&cx.db(), cx.scope(), &id, cx.now()).await?;
    let Some(reservation) = all.iter().find(|one| one.reservation_id == form.riserva) else {
        return Ok(back(&cx, &id, "seat-unreserved"));
    };
    let batch = store::seats::removal(cx.scope(), &id, &form.riserva)
        .audit(audit("seat.unreserved", &licence, reservation).before(told(reservation)));
    match cx.db().batch(batch).await {
        Ok(_) => {}
        Err(fault) if is_contested(&fault) => {}
        Err(fault) => return Err(fault.into()),
    }
    Ok(back(&cx, &id, "seat-unreserved"))
}

fn back(cx: &Cx, licence_id: &str, notice: &str) -> SeeOther {
    SeeOther::to(cx.url(&paths::of(paths::SEATS, licence_id))).saying(cx.lang().t(notice))
}

fn audit(action: &str, licence: &Licence, reservation: &Reservation) -> Audit {
    Audit::of(action, &reservation.reservation_id)
        .named(format!("{} {}", licence.product_name, licence.key_hint))
        .in_organisation(&licence.organisation_id)
}

fn told(reservation: &Reservation) -> serde_json::Value {
    json!({ "kind": reservation.kind.as_str(), "name": reservation.name })
}
