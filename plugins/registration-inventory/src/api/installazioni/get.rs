//! `GET /api/admin/installazioni/{id}`: one installation, with all it ever said.

use plugin_api::time::{DAY, date, rfc3339};
use plugin_api::{Cx, Json, Path, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::Installazione;
use crate::api::body::Importo;
use crate::api::problems::AdminProblems;
use crate::store::history::{self, Day};
use crate::store::installations;

/// Days of its history that are told.
const DAYS: u32 = 1_000;

/// A version, and the time it was said.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersioneDetta {
    /// The version; may be empty.
    versione: String,
    /// From when, RFC 3339.
    dal: String,
    /// Until when, RFC 3339.
    al: String,
}

/// The totals of a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct TotaliDelGiorno {
    /// The day, UTC.
    #[schema(example = "2026-11-22")]
    giorno: String,
    /// The version it was said with.
    versione: String,
    /// How many orders.
    totale_ordini: Option<i64>,
    /// What they come to.
    totale_venduto: Option<Importo>,
}

/// An installation, with all it ever said.
#[derive(Debug, Serialize, ToSchema)]
pub struct InstallazioneIntera {
    #[serde(flatten)]
    installazione: Installazione,
    /// Its versions, the newest first.
    versioni: Vec<VersioneDetta>,
    /// Its totals, the newest day first.
    totali: Vec<TotaliDelGiorno>,
}

/// Reads an installation.
#[utoipa::path(
    get,
    path = "/api/admin/installazioni/{id}",
    operation_id = "leggi_installazione",
    tag = "amministrazione",
    params(("id" = String, Path, description = "Id of the installation.")),
    responses(
        (status = 200, description = "The installation.", body = InstallazioneIntera),
        (status = 404, description = "No such installation in the caller's branch."),
        AdminProblems,
    )
)]
pub async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Json<InstallazioneIntera>, Problem> {
    let (db, scope) = (cx.db(), cx.scope());
    let found = installations::by_id(&db, scope, &id).await?.ok_or_else(Problem::not_found)?;
    let days = history::days(&db, scope, &id, DAYS).await?;
    let versioni = history::spans(&days).into_iter().map(|span| VersioneDetta {
        versione: span.version.to_owned(),
        dal: rfc3339(span.first_at),
        al: rfc3339(span.last_at),
    });
    Ok(Json(InstallazioneIntera {
        installazione: found.into(),
        versioni: versioni.collect(),
        totali: days.iter().map(totals).collect(),
    }))
}

fn totals(day: &Day) -> TotaliDelGiorno {
    TotaliDelGiorno {
        giorno: date(day.day.saturating_mul(DAY)),
        versione: day.version.clone(),
        totale_ordini: day.orders,
        totale_venduto: Importo::of(day.sold, &day.currency),
    }
}
