//! `GET /api/admin/registrazioni`: raw reports, page by page, the newest first.

use plugin_api::table::{List, TableQuery};
use plugin_api::{Cx, Json, Problem};

use super::Registrazione;
use crate::api::problems::AdminProblems;
use crate::reports::list;
use crate::store::reports::{COLUMNS, Report};

/// Lists raw reports.
#[utoipa::path(
    get,
    path = "/api/admin/registrazioni",
    operation_id = "elenca_registrazioni",
    tag = "amministrazione",
    params(
        TableQuery,
        ("installazione" = Option<String>, Query, description = "Id of an installation."),
        ("nome_software" = Option<String>, Query, description = "Part of what the software calls itself."),
        ("versione" = Option<String>, Query, description = "Part of the version."),
        ("ragione_sociale" = Option<String>, Query, description = "Part of the company name."),
        ("partita_iva" = Option<String>, Query, description = "Part of the VAT number."),
        ("stato" = Option<String>, Query, description = "States, with commas."),
        ("ricevuta.from" = Option<String>, Query, description = "First day, `YYYY-MM-DD`."),
        ("ricevuta.to" = Option<String>, Query, description = "Last day, `YYYY-MM-DD`."),
        ("totale_ordini.from" = Option<i64>, Query, description = "Fewest orders."),
        ("totale_ordini.to" = Option<i64>, Query, description = "Most orders."),
        ("totale_venduto.from" = Option<String>, Query, description = "Least amount."),
        ("totale_venduto.to" = Option<String>, Query, description = "Largest amount."),
        ("segnalazioni" = Option<String>, Query, description = "A flag, or part of one."),
        ("segnalata" = Option<bool>, Query, description = "Whether it has any."),
        ("nuova" = Option<bool>, Query, description = "Whether the installation was new with it."),
        ("indirizzo" = Option<String>, Query, description = "Part of the address it came from."),
    ),
    responses(
        (status = 200, description = "A page of reports.", body = List<Registrazione>),
        AdminProblems,
    )
)]
pub async fn handle(cx: Cx, mut query: TableQuery) -> Result<Json<List<Registrazione>>, Problem> {
    let spec = list::of(query.take(list::OF).as_deref());
    let rows: List<Report> = spec.api_list(&cx, &query, COLUMNS).await?;
    Ok(Json(rows.map(Registrazione::from)))
}
