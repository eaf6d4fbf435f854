//! `/api/admin/clienti/{id}/sedi`: sites of a customer.

use axum::http::StatusCode;
use axum::response::Response;
use plugin_api::table::List;
use plugin_api::{Access, Cx, Json, Path, Problem, Routes, routes};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::cliente::Indirizzo;
use super::dati::DatiIndirizzo;
use super::parti::{self, answers, some, tick};
use super::problems::{Closed, Invalid, NoCustomer, NoPart};
use crate::domain::{Answers, Part, PartKind};
/// The routes.
pub(super) fn routes(read: &Access, write: &Access) -> Routes {
    Routes::new()
        .api(routes!(list_sedi), read)
        .api(routes!(create_sede), write)
        .api(routes!(update_sede), write)
        .api(routes!(delete_sede), write)
}

/// Where a customer works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(super) struct Sede {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub nome: String,
    /// Address.
    pub indirizzo: Indirizzo,
    /// Telephone.
    pub telefono: Option<String>,
    /// Whether it is the main one.
    pub principale: bool,
    /// Whether it is the registered office.
    pub legale: bool,
    /// Whether goods are sent there.
    pub spedizione: bool,
}

impl From<&Part> for Sede {
    fn from(part: &Part) -> Self {
        Self {
            id: part.part_id.clone(),
            nome: part.get("name").to_owned(),
            indirizzo: Indirizzo {
                via: some(part, "address"),
                riga_2: some(part, "address_line_2"),
                cap: some(part, "postal_code"),
                citta: some(part, "city"),
                provincia: some(part, "province"),
                paese: part.get("country").to_owned(),
            },
            telefono: some(part, "phone"),
            principale: part.is("is_primary"),
            legale: part.is("is_legal"),
            spedizione: part.is("is_shipping"),
        }
    }
}

/// What is to be known of a site.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "nome": "Magazzino", "spedizione": true,
    "indirizzo": {"via": "Via Po 3", "cap": "10121", "citta": "Torino", "provincia": "TO",
        "paese": "IT"}
}))]
pub(super) struct DatiSede {
    /// What it is called. At most 200 characters.
    pub nome: String,
    /// Address; `IT` when it does not say the country.
    #[serde(default)]
    pub indirizzo: DatiIndirizzo,
    /// Telephone.
    pub telefono: Option<String>,
    /// Whether it is the main one: the others no longer are.
    #[serde(default)]
    pub principale: bool,
    /// Whether it is the registered office: the others no longer are.
    #[serde(default)]
    pub legale: bool,
    /// Whether goods are sent there.
    #[serde(default)]
    pub spedizione: bool,
}

impl DatiSede {
    fn answers(self) -> (PartKind, Answers) {
        let answers = answers([
            ("name", Some(self.nome)),
            ("address", self.indirizzo.via),
            ("address_line_2", self.indirizzo.riga_2),
            ("postal_code", self.indirizzo.cap),
            ("city", self.indirizzo.citta),
            ("province", self.indirizzo.provincia),
            ("country", Some(self.indirizzo.paese.unwrap_or_else(|| "IT".to_owned()))),
            ("phone", self.telefono),
            ("is_primary", tick(self.principale)),
            ("is_legal", tick(self.legale)),
            ("is_shipping", tick(self.spedizione)),
        ]);
        (PartKind::Site, answers)
    }
}

/// Where the answer kept in a column stands in a body (RFC 6901).
fn pointer(field: &str) -> &'static str {
    match field {
        "name" => "/nome",
        "address" => "/indirizzo/via",
        "address_line_2" => "/indirizzo/riga_2",
        "postal_code" => "/indirizzo/cap",
        "city" => "/indirizzo/citta",
        "province" => "/indirizzo/provincia",
        "country" => "/indirizzo/paese",
        "phone" => "/telefono",
        _ => "",
    }
}

/// List the sites of a customer
#[utoipa::path(
    get,
    path = "/api/admin/clienti/{id}/sedi",
    tag = "clienti",
    params(("id" = String, Path, description = "Id of the customer")),
    responses(
        (status = 200, description = "All of them", body = List<Sede>),
        NoCustomer,
    )
)]
async fn list_sedi(cx: Cx, Path(id): Path<String>) -> Result<Json<List<Sede>>, Problem> {
    parti::all(&cx, &id, PartKind::Site).await
}

/// Enter a site
#[utoipa::path(
    post,
    path = "/api/admin/clienti/{id}/sedi",
    tag = "clienti",
    params(("id" = String, Path, description = "Id of the customer")),
    request_body = DatiSede,
    responses(
        (status = 201, description = "Entered", body = Sede),
        NoCustomer,
        Closed,
        Invalid,
    )
)]
async fn create_sede(
    cx: Cx,
    Path(id): Path<String>,
    Json(body): Json<DatiSede>,
) -> Result<Response, Problem> {
    parti::enter::<Sede>(&cx, &id, body.answers(), pointer).await
}

/// Replace a site
///
/// Members that are missing are cleared.
#[utoipa::path(
    put,
    path = "/api/admin/clienti/{id}/sedi/{sede}",
    tag = "clienti",
    params(
        ("id" = String, Path, description = "Id of the customer"),
        ("sede" = String, Path, description = "Its id"),
    ),
    request_body = DatiSede,
    responses(
        (status = 200, description = "As it is now", body = Sede),
        NoPart,
        Closed,
        Invalid,
    )
)]
async fn update_sede(
    cx: Cx,
    Path(ids): Path<(String, String)>,
    Json(body): Json<DatiSede>,
) -> Result<Json<Sede>, Problem> {
    parti::replace(&cx, &ids, body.answers(), pointer).await
}

/// Delete a site
#[utoipa::path(
    delete,
    path = "/api/admin/clienti/{id}/sedi/{sede}",
    tag = "clienti",
    params(
        ("id" = String, Path, description = "Id of the customer"),
        ("sede" = String, Path, description = "Its id"),
    ),
    responses(
        (status = 204, description = "Deleted"),
        NoPart,
        Closed,
    )
)]
async fn delete_sede(cx: Cx, Path(ids): Path<(String, String)>) -> Result<StatusCode, Problem> {
    parti::remove(&cx, &ids, PartKind::Site).await
}
