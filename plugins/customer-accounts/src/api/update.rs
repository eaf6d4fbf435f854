//! `PATCH /api/admin/clienti/{id}`: change master data or the state.

use axum::response::Response;
use plugin_api::cx::Tx;
use plugin_api::etag::{IfMatch, failed};
use plugin_api::problem::ProblemBody;
use plugin_api::{Cx, Json, Path, Problem};

use super::cliente::Cliente;
use super::dati::DatiCliente;
use super::problems::{Closed, Invalid, NoCustomer};
use super::{answer, refused};
use crate::domain::{Act, Customer, Draft, Refusal, may_follow};
use crate::found::found;
use crate::store::{Change, Node};
use crate::{VALIDATE, chooser, store};

/// Change a customer
///
/// Members that are missing stay as they are; `null` clears. Suspending or refusing needs a
/// `motivo`; `assegnato_a` moves it, with all that is its, below another node of the caller's
/// branch.
#[utoipa::path(
    patch,
    path = "/api/admin/clienti/{id}",
    tag = "clienti",
    params(
        ("id" = String, Path, description = "Its id"),
        ("If-Match" = String, Header, description = "The `ETag` the change was made from"),
    ),
    request_body = DatiCliente,
    responses(
        (status = 200, description = "The customer as it is now", body = Cliente,
            headers(("ETag" = String, description = "Its new version"))),
        (status = 403, description = "`forbidden`: changing the state needs another permission",
            body = ProblemBody, content_type = "application/problem+json"),
        NoCustomer,
        Closed,
        (status = 412, description = "`precondition_failed`: somebody changed it meanwhile",
            body = ProblemBody, content_type = "application/problem+json"),
        Invalid,
        (status = 428, description = "`precondition_required`: `If-Match` is missing",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn update_customer(
    cx: Cx,
    Path(id): Path<String>,
    if_match: IfMatch,
    Json(body): Json<DatiCliente>,
) -> Result<Response, Problem> {
    let before = found(&cx, &id).await?;
    if_match.check(before.version)?;
    if !before.is_open() {
        return Err(Problem::conflict("customer_closed"));
    }
    let known = Draft::from(before.details.clone());
    let change = asked(&cx, &before, known, body).await?;
    if change.is_none(&before) {
        return Ok(answer(Cliente::from(&before), before.version));
    }
    let now = cx
        .transaction(|tx| {
            let (before, change) = (before.clone(), change.clone());
            async move { write(&tx, &before, change).await?.ok_or_else(failed) }
        })
        .await?;
    Ok(answer(Cliente::from(&now), now.version))
}

/// What is to be changed of a customer.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// As it is to be.
    after: Customer,
    /// Why its state changes.
    reason: String,
    /// Whom it is handed to, when to somebody else.
    node: Option<Node>,
}

impl Wanted {
    /// Whether `before` is all that already.
    pub(super) fn is_none(&self, before: &Customer) -> bool {
        self.after == *before && self.node.is_none()
    }
}

/// Writes a change on a transaction; answers the customer as it is then, none when somebody else
/// changed it first.
pub(super) async fn write(
    tx: &Tx,
    before: &Customer,
    change: Wanted,
) -> Result<Option<Customer>, Problem> {
    let Wanted { after, reason, node } = change;
    let after = Customer { updated_at: tx.now(), ..after };
    if store::replace(tx, tx.scope(), before, &after, &reason).await? == Change::Stale {
        return Ok(None);
    }
    if let Some(node) = node {
        tx.db().batch(store::assignment(tx, tx.scope(), &after, &node).await?).await?;
    }
    found(tx, &after.customer_id).await.map(Some)
}

/// What `body` asks of `before`, written over `draft`.
pub(super) async fn asked(
    cx: &Cx,
    before: &Customer,
    mut draft: Draft,
    body: DatiCliente,
) -> Result<Wanted, Problem> {
    let state = body.stato.map_or(before.state, Into::into);
    let mut reason = String::new();
    if state != before.state {
        if !cx.may(VALIDATE) {
            return Err(Problem::forbidden());
        }
        if !may_follow(before.state, state) {
            return Err(refused(vec![Refusal { field: "state", key: "field-state-move" }]));
        }
        let typed = body.motivo.as_deref().unwrap_or_default();
        reason = crate::state::reason(Act::of(before.state, state), typed)
            .map_err(|key| refused(vec![Refusal { field: "reason", key }]))?;
    }
    let node = match &body.assegnato_a {
        Some(id) if *id != before.assigned_to => {
            let node = chooser::chosen(cx, id).await?;
            Some(node.map_err(|refusal| refused(vec![refusal]))?)
        }
        _ => None,
    };
    body.apply(&mut draft);
    let details = draft.check().map_err(refused)?;
    Ok(Wanted { after: Customer { details, state, ..before.clone() }, reason, node })
}
