//! `/api/admin/gettoni-aggiornamenti`: the addresses of licences for programs.

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use plugin_api::table::{List, TableQuery};
use plugin_api::time::rfc3339;
use plugin_api::{Cx, Idempotency, Json, Path, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::problems::AdminProblems;
use crate::store::tokens::Token;
use crate::tokens::secret::Secret;
use crate::tokens::{addresses, make, spec};

/// Which licence an address is made for.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct NewAddress {
    /// Id of the licence, or its activation key.
    #[schema(example = "7D91A-F8FC9-16609-0A1B2-C3D4E")]
    licenza: String,
    /// For people.
    #[serde(default)]
    nota: String,
}

/// How an address is exchanged.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Exchange {
    /// Days the old one leads somewhere still, 0 to 365.
    #[schema(example = 7)]
    giorni: i64,
}

/// The address of a licence.
#[derive(Serialize, ToSchema)]
pub struct AddressDetail {
    /// Its id.
    id: String,
    /// The address itself, a credential; none once it leads nowhere.
    #[schema(example = "https://updates.example/u/5f…")]
    indirizzo: Option<String>,
    /// Id of the licence.
    licenza: String,
    /// Code of the product.
    prodotto: String,
    /// Id of the customer.
    cliente: String,
    /// For people.
    nota: String,
    /// `attivo`, `in_scadenza` or `revocato`.
    #[schema(example = "attivo")]
    stato: &'static str,
    /// When it was made.
    creato_il: String,
    /// Who made it.
    creato_da: String,
    /// When it ends or ended.
    revocato_il: Option<String>,
    /// When it was last asked.
    ultimo_uso: Option<String>,
}

/// An address in a list, without what lets one in.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddressLine {
    /// Its id.
    id: String,
    /// Id of the licence.
    licenza: String,
    /// Code of the product.
    prodotto: String,
    /// Id of the customer.
    cliente: String,
    /// For people.
    nota: String,
    /// `attivo`, `in_scadenza` or `revocato`.
    stato: &'static str,
    /// When it was last asked.
    ultimo_uso: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Row {
    token_id: String,
    licence_id: String,
    product_code: String,
    account_id: String,
    note: String,
    revoked_at: Option<i64>,
    last_used_at: Option<i64>,
}

/// Lists the addresses at which licences find updates.
#[utoipa::path(
    get,
    path = "/api/admin/gettoni-aggiornamenti",
    operation_id = "elenca_gettoni_aggiornamenti",
    tag = "aggiornamenti",
    params(
        TableQuery,
        ("prodotto" = Option<String>, Query, description = "A part of the product's code."),
        ("licenza" = Option<String>, Query, description = "A part of the licence's id."),
        ("stato" = Option<String>, Query,
            description = "`attivo`, `in_scadenza` or `revocato`."),
    ),
    responses((status = 200, description = "A page of addresses.", body = List<AddressLine>),
        AdminProblems)
)]
pub async fn list(cx: Cx, query: TableQuery) -> Result<Json<List<AddressLine>>, Problem> {
    let select = "t.token_id, t.licence_id, t.product_code, t.account_id, t.note, t.revoked_at, \
        t.last_used_at";
    let rows: List<Row> = spec().api_list(&cx, &query, select).await?;
    let now = cx.now();
    Ok(Json(rows.map(|row| AddressLine {
        id: row.token_id,
        licenza: row.licence_id,
        prodotto: row.product_code,
        cliente: row.account_id,
        nota: row.note,
        stato: state(row.revoked_at, now),
        ultimo_uso: row.last_used_at.map(rfc3339),
    })))
}

/// Makes the address of a licence
///
/// A licence has one at a time.
#[utoipa::path(
    post,
    path = "/api/admin/gettoni-aggiornamenti",
    operation_id = "crea_gettone_aggiornamenti",
    tag = "aggiornamenti",
    params(Idempotency),
    request_body = NewAddress,
    responses(
        (status = 201, description = "The address.", body = AddressDetail,
            headers(("Location" = String, description = "Its page in the API"))),
        AdminProblems,
    )
)]
pub async fn create(
    cx: Cx,
    idempotency: Idempotency,
    Json(body): Json<NewAddress>,
) -> Result<Response, Problem> {
    let asked = &body;
    let (status, id) = cx
        .once(&idempotency, asked, |tx| async move {
            let licence = make::licence(&tx, &asked.licenza).await?;
            let made = make::create(&tx, &licence, &asked.nota).await?;
            Ok((StatusCode::CREATED, made.token_id))
        })
        .await?;
    made(&cx, status, &id).await
}

/// Reads an address.
#[utoipa::path(
    get,
    path = "/api/admin/gettoni-aggiornamenti/{id}",
    operation_id = "leggi_gettone_aggiornamenti",
    tag = "aggiornamenti",
    params(("id" = String, Path, description = "Id of the address.")),
    responses((status = 200, description = "The address.", body = AddressDetail), AdminProblems)
)]
pub async fn get(cx: Cx, Path(id): Path<String>) -> Result<Json<AddressDetail>, Problem> {
    let token = make::found(&cx, &id).await?;
    detail(&cx, token).await.map(Json)
}

/// Exchanges an address
///
/// The licence gets another one; the old one leads somewhere for as many days as is asked.
#[utoipa::path(
    post,
    path = "/api/admin/gettoni-aggiornamenti/{id}/ruota",
    operation_id = "ruota_gettone_aggiornamenti",
    tag = "aggiornamenti",
    params(("id" = String, Path, description = "Id of the address."), Idempotency),
    request_body = Exchange,
    responses((status = 201, description = "The new address.", body = AddressDetail),
        AdminProblems)
)]
pub async fn rotate(
    cx: Cx,
    Path(id): Path<String>,
    idempotency: Idempotency,
    Json(body): Json<Exchange>,
) -> Result<Response, Problem> {
    let (old, days) = (&id, body.giorni);
    let (status, new) = cx
        .once(&idempotency, &(old, &body), |tx| async move {
            let token = make::found(&tx, old).await?;
            Ok((StatusCode::CREATED, make::rotate(&tx, &token, days).await?.token_id))
        })
        .await?;
    made(&cx, status, &new).await
}

/// Revokes an address
///
/// Programs that ask there get nothing any more. It cannot be undone.
#[utoipa::path(
    post,
    path = "/api/admin/gettoni-aggiornamenti/{id}/revoca",
    operation_id = "revoca_gettone_aggiornamenti",
    tag = "aggiornamenti",
    params(("id" = String, Path, description = "Id of the address.")),
    responses((status = 200, description = "The address.", body = AddressDetail), AdminProblems)
)]
pub async fn revoke(cx: Cx, Path(id): Path<String>) -> Result<Json<AddressDetail>, Problem> {
    let token = make::found(&cx, &id).await?;
    make::revoke(&cx, &token).await?;
    let token = make::found(&cx, &id).await?;
    detail(&cx, token).await.map(Json)
}

async fn made(cx: &Cx, status: StatusCode, id: &str) -> Result<Response, Problem> {
    let place = cx.url(&format!("/api/admin/gettoni-aggiornamenti/{id}"));
    let body = detail(cx, make::found(cx, id).await?).await?;
    Ok((status, [(LOCATION, place)], Json(body)).into_response())
}

async fn detail(cx: &Cx, token: Token) -> Result<AddressDetail, Problem> {
    let now = cx.now();
    let mut indirizzo = None;
    if token.holds(now) {
        indirizzo = Some(addresses::address(cx, Secret::of(cx, &token).await?.text()));
    }
    Ok(AddressDetail {
        indirizzo,
        stato: state(token.revoked_at, now),
        id: token.token_id,
        licenza: token.licence_id,
        prodotto: token.product_code,
        cliente: token.account_id,
        nota: token.note,
        creato_il: rfc3339(token.created_at),
        creato_da: token.created_by,
        revocato_il: token.revoked_at.map(rfc3339),
        ultimo_uso: token.last_used_at.map(rfc3339),
    })
}

fn state(revoked_at: Option<i64>, now: i64) -> &'static str {
    match revoked_at {
        None => "attivo",
        Some(end) if now < end => "in_scadenza",
        Some(_) => "revocato",
    }
}
