//! `/api/admin/clienti/esterno/{rif}`: a customer by what the caller's own system calls it.
//!
//! A reference is unique for each organisation: two resellers whose systems count from 1 do not
//! meet, and none learns what others call theirs.

use axum::response::Response;
use plugin_api::cx::Tx;
use plugin_api::db::{Audit, Batch};
use plugin_api::etag::{IfMatch, failed};
use plugin_api::problem::ProblemBody;
use plugin_api::{Access, Cx, Fault, FaultKind, Json, Path, Problem, Routes, routes};

use super::cliente::Cliente;
use super::create::asked_state;
use super::dati::{DatiCliente, NuovoCliente};
use super::problems::Invalid;
use super::update::{asked, write};
use super::{answer, created, refused};
use crate::create::{enter, new_customer};
use crate::domain::{Customer, Draft, Refusal};
use crate::store::external;
use crate::{chooser, found::found};

/// How often it is tried when another request writes the same customer at the same moment.
const ATTEMPTS: usize = 5;

/// The routes of this file.
pub(super) fn routes(read: &Access, write: &Access) -> Routes {
    Routes::new().api(routes!(get_by_reference), read).api(routes!(put_by_reference), write)
}

/// One customer by its external reference
///
/// The reference is one the caller's own organisation gave.
#[utoipa::path(
    get,
    path = "/api/admin/clienti/esterno/{rif}",
    tag = "clienti",
    params(("rif" = String, Path, description = "What the caller's own system calls it")),
    responses(
        (status = 200, description = "The customer", body = Cliente,
            headers(("ETag" = String, description = "Its version"))),
        (status = 404, description = "The caller's organisation calls no customer so: `not_found`",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`external_reference_ambiguous`: several are called so",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn get_by_reference(cx: Cx, Path(rif): Path<String>) -> Result<Response, Problem> {
    let found = meant(&cx, rif.trim()).await?.ok_or_else(Problem::not_found)?;
    Ok(answer(Cliente::from(&found.customer), found.customer.version))
}

/// Enter or replace a customer by its external reference
///
/// The body is all that is to be known: members that are missing are emptied, only the state stays
/// as it is when it is not sent. The same request again changes nothing, so another system can send
/// all its customers every night. A customer that was entered with this reference in another way is
/// taken up when there is exactly one in the caller's branch. Two requests at once make one customer.
#[utoipa::path(
    put,
    path = "/api/admin/clienti/esterno/{rif}",
    tag = "clienti",
    params(
        ("rif" = String, Path, description = "What the caller's own system calls it; at most 120 characters"),
        ("If-Match" = Option<String>, Header, description = "Only replaces this version, given by an `ETag`"),
    ),
    request_body(
        content = NuovoCliente,
        example = json!({
            "ragione_sociale": "Rossi Meccanica S.r.l.", "partita_iva": "12345678903",
            "email": "info@rossi.example",
            "indirizzo": {"via": "Via Roma 1", "cap": "20121", "citta": "Milano",
                "provincia": "MI", "paese": "IT"}
        })
    ),
    responses(
        (status = 200, description = "Replaced, or already so", body = Cliente,
            headers(("ETag" = String, description = "Its version"))),
        (status = 201, description = "Entered", body = Cliente, headers(
            ("Location" = String, description = "Its address"),
            ("ETag" = String, description = "Its version"))),
        (status = 403, description = "`forbidden`: the state asked for needs another permission",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`external_reference_ambiguous`, `customer_closed`",
            body = ProblemBody, content_type = "application/problem+json"),
        (status = 412, description = "`precondition_failed`: somebody changed it meanwhile",
            body = ProblemBody, content_type = "application/problem+json"),
        Invalid,
    )
)]
pub(super) async fn put_by_reference(
    cx: Cx,
    Path(rif): Path<String>,
    if_match: Option<IfMatch>,
    Json(NuovoCliente(body)): Json<NuovoCliente>,
) -> Result<Response, Problem> {
    let rif = rif.trim();
    let other = body.riferimento_esterno.as_deref().is_some_and(|sent| sent.trim() != rif);
    if rif.is_empty() || other {
        let field = "external_reference";
        return Err(refused(vec![Refusal { field, key: "field-external-reference" }]));
    }
    let body = DatiCliente { riferimento_esterno: Some(rif.to_owned()), ..body };
    let mut attempt = 1;
    let put = loop {
        let put = cx.transaction(|tx| put(tx, rif, if_match.clone(), body.clone())).await;
        match put {
            Err(problem) if met_another(&problem) && attempt < ATTEMPTS => attempt += 1,
            other => break other?,
        }
    };
    let id = put.customer.customer_id.as_str();
    // Read again: who looks after it is known to the tree alone.
    let kept = found(&cx, id).await?;
    let cliente = Cliente::from(&kept);
    Ok(if put.is_new { created(cliente) } else { answer(cliente, kept.version) })
}

/// Whether another request wrote the same customer first.
fn met_another(problem: &Problem) -> bool {
    let kind = problem.fault().map(|fault| fault.kind);
    matches!(kind, Some(FaultKind::Unique | FaultKind::Mismatch))
}

/// A customer that a reference means.
struct Meant {
    customer: Customer,
    /// Whether the reference is kept as one of the caller's organisation.
    is_claimed: bool,
}

/// A customer that was put.
struct Put {
    customer: Customer,
    is_new: bool,
}

async fn meant(cx: &Cx, rif: &str) -> Result<Option<Meant>, Problem> {
    let (db, scope) = (cx.db(), cx.scope());
    let named = (cx.caller().organisation_id.as_str(), rif);
    if let Some(customer) = external::named(&db, scope, named).await? {
        return Ok(Some(Meant { customer, is_claimed: true }));
    }
    let mut found = external::unclaimed(&db, scope, named).await?;
    if found.len() > 1 {
        return Err(Problem::conflict("external_reference_ambiguous"));
    }
    Ok(found.pop().map(|customer| Meant { customer, is_claimed: false }))
}

async fn put(
    tx: Tx,
    rif: &str,
    if_match: Option<IfMatch>,
    body: DatiCliente,
) -> Result<Put, Problem> {
    let named = (tx.caller().organisation_id.as_str(), rif);
    let Some(Meant { customer: before, is_claimed }) = meant(&tx, rif).await? else {
        if if_match.is_some() {
            return Err(failed());
        }
        let state = asked_state(&tx, &body)?;
        let wanted = body.assegnato_a.as_deref().unwrap_or_default();
        let node = chooser::chosen(&tx, wanted).await?.map_err(|one| refused(vec![one]))?;
        let mut draft = Draft::default();
        body.apply(&mut draft);
        let customer = new_customer(&tx, draft.check().map_err(refused)?, state);
        let customer = Customer { assigned_to: node.organisation_id, ..customer };
        // First, so that of two at once one waits here and then finds what the other made.
        let claim = external::claim(named, &customer.customer_id, tx.now());
        tx.db().execute(claim).await?;
        enter(&tx, &customer).await?;
        return Ok(Put { customer, is_new: true });
    };
    if let Some(if_match) = &if_match {
        if_match.check(before.version)?;
    }
    if !before.is_open() {
        return Err(Problem::conflict("customer_closed"));
    }
    let change = asked(&tx, &before, Draft::default(), body).await?;
    if !is_claimed {
        let audit = Audit::of("customer.reference_taken_up", &before.customer_id)
            .named(before.name())
            .in_organisation(&before.organisation_id)
            .after(serde_json::json!({ "external_reference": rif }));
        let claim = external::claim(named, &before.customer_id, tx.now());
        tx.db().batch(Batch::new().and(claim).audit(audit)).await?;
    }
    if change.is_none(&before) {
        return Ok(Put { customer: before, is_new: false });
    }
    match write(&tx, &before, change).await? {
        Some(customer) => Ok(Put { customer, is_new: false }),
        None if if_match.is_some() => Err(failed()),
        None => Err(Fault::new(FaultKind::Mismatch, "the customer changed").into()),
    }
}
