//! `GET /api/admin/installazioni`: installations, page by page.

use plugin_api::table::{List, TableQuery};
use plugin_api::{Cx, Json, Problem};

use super::Installazione;
use crate::api::problems::AdminProblems;
use crate::installations::list;
use crate::store::installations::{COLUMNS, Installation};

/// Lists installations.
#[utoipa::path(
    get,
    path = "/api/admin/installazioni",
    operation_id = "elenca_installazioni",
    tag = "amministrazione",
    params(
        TableQuery,
        ("assegnata_a" = Option<String>, Query, description = "Id of a customer."),
        ("nome_software" = Option<String>, Query, description = "Part of what the software calls itself."),
        ("versione" = Option<String>, Query, description = "Part of the version."),
        ("ragione_sociale" = Option<String>, Query, description = "Part of the company name."),
        ("partita_iva" = Option<String>, Query, description = "Part of the VAT number."),
        ("stato" = Option<String>, Query, description = "States, with commas."),
        ("cliente" = Option<String>, Query, description = "Part of the customer's name."),
        ("prodotto" = Option<String>, Query, description = "Part of the product's code."),
        ("ultima_segnalazione.from" = Option<String>, Query, description = "First day, `YYYY-MM-DD`."),
        ("ultima_segnalazione.to" = Option<String>, Query, description = "Last day, `YYYY-MM-DD`."),
        ("prima_segnalazione.from" = Option<String>, Query, description = "First day, `YYYY-MM-DD`."),
        ("prima_segnalazione.to" = Option<String>, Query, description = "Last day, `YYYY-MM-DD`."),
        ("totale_ordini.from" = Option<i64>, Query, description = "Fewest orders."),
        ("totale_ordini.to" = Option<i64>, Query, description = "Most orders."),
        ("totale_venduto.from" = Option<String>, Query, description = "Least amount."),
        ("totale_venduto.to" = Option<String>, Query, description = "Largest amount."),
        ("registrazioni.from" = Option<i64>, Query, description = "Fewest reports."),
        ("registrazioni.to" = Option<i64>, Query, description = "Most reports."),
        ("computer" = Option<String>, Query, description = "Part of the computer's name."),
        ("sistema" = Option<String>, Query, description = "Part of the operating system's name."),
        ("indirizzo" = Option<String>, Query, description = "Part of the address."),
        ("id_installazione" = Option<String>, Query, description = "Part of what it calls itself."),
        ("segnalazioni" = Option<String>, Query, description = "A flag, or part of one."),
        ("segnalata" = Option<bool>, Query, description = "Whether it has any."),
        ("con_licenza" = Option<bool>, Query, description = "Whether it has a licence."),
        ("clone" = Option<String>, Query, description = "`sospetto`: two computers seem to use it."),
        ("doppia" = Option<String>, Query, description = "`doppia`: installed twice on one computer."),
        ("silenziosa" = Option<String>, Query, description = "`silenziosa`: not heard of for 30 days."),
    ),
    responses(
        (status = 200, description = "A page of installations.", body = List<Installazione>),
        AdminProblems,
    )
)]
pub async fn handle(cx: Cx, mut query: TableQuery) -> Result<Json<List<Installazione>>, Problem> {
    let mut spec = list::spec();
    if let Some(account) = query.take("assegnata_a").filter(|id| !id.is_empty()) {
        spec = spec.only("i.account_id = ?", [account.into()]);
    }
    let rows: List<Installation> = spec.api_list(&cx, &query, COLUMNS).await?;
    Ok(Json(rows.map(Installazione::from)))
}
