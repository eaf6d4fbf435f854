//! One installation gets a licence, loses it, or its software is told or no longer told of it.

use axum::response::Response;
use plugin_api::contracts::licences::{Order, Product};
use plugin_api::{Cx, Form, Path, Problem};
use serde_json::{Value as Json, json};

use super::keeper;
use super::one::{back, found};
use crate::mapping::decisions::{Change, Decision, Kind, decide};
use crate::mapping::sheet::{Sent, value};
use crate::store::installations::Installation;

async fn decided(cx: &Cx, change: Change, summary: Json) -> Result<(), Problem> {
    let decision = Decision { changes: vec![change], ..Decision::new(cx, Kind::Licence, summary) };
    decide(cx, decision).await.map(drop)
}

/// Issues what was ordered and links it, both or neither; or answers why it cannot be issued.
pub(super) async fn issued(
    cx: &Cx,
    of: &Installation,
    product: &Product,
    order: &Order,
    announced: bool,
) -> Result<Result<(), String>, Problem> {
    cx.transaction(|tx| async move {
        let ordered = keeper::issue(&tx, order).await?;
        if !ordered.problem.is_empty() {
            return Ok(Err(ordered.problem));
        }
        let change = Change {
            licence_id: Some(Some(ordered.licence_id)),
            licence_offered: Some(announced),
            ..Change::of(&of.installation_id)
        };
        let summary = json!({ "software": of.software, "customer": of.customer,
            "product": product.name });
        decided(&tx, change, summary).await?;
        Ok(Ok(()))
    })
    .await
}

/// `POST …/link`: it has a licence that its customer has.
pub(super) async fn link(
    cx: Cx,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let of = found(&cx, &id).await?;
    let Some(account_id) = &of.account_id else {
        return Ok(back(&cx, &of, "licensing-assign-first"));
    };
    let licences = keeper::of_account(&cx, account_id, None).await?;
    let wanted = value(&sent, "licenza");
    let licence = licences.into_iter().find(|licence| licence.licence_id == wanted);
    let licence = licence.ok_or_else(Problem::not_found)?;
    let change = Change {
        licence_id: Some(Some(licence.licence_id)),
        licence_offered: Some(!value(&sent, "annuncia").is_empty()),
        ..Change::of(&of.installation_id)
    };
    let named = format!("{} {}", licence.product, licence.key_hint);
    let summary = json!({ "software": of.software, "customer": of.customer, "licence": named });
    decided(&cx, change, summary).await?;
    Ok(back(&cx, &of, "licensing-linked"))
}

/// `POST …/unlink`: it has none; the licence itself stays.
pub(super) async fn unlink(cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let of = found(&cx, &id).await?;
    let change = Change {
        licence_id: Some(None),
        licence_offered: Some(false),
        ..Change::of(&of.installation_id)
    };
    let summary = json!({ "software": of.software, "customer": of.customer });
    decided(&cx, change, summary).await?;
    Ok(back(&cx, &of, "licensing-unlinked"))
}

/// `POST …/hint`: whether its next report is told.
pub(super) async fn hint(
    cx: Cx,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let of = found(&cx, &id).await?;
    if of.licence_id.is_none() {
        return Ok(back(&cx, &of, "licensing-changed"));
    }
    let announced = !value(&sent, "annuncia").is_empty();
    let change = Change { licence_offered: Some(announced), ..Change::of(&of.installation_id) };
    let summary = json!({ "software": of.software, "customer": of.customer });
    decided(&cx, change, summary).await?;
    let key = if announced { "licensing-announced" } else { "licensing-not-announced" };
    Ok(back(&cx, &of, key))
}
