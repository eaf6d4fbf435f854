//! `/api/admin/registrazioni`: raw reports for programs of the administration.

pub mod get;
pub mod list;

use plugin_api::time::rfc3339;
use plugin_api::{Access, Routes, routes};
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{Cliente, Importo, flags};
use crate::READ;
use crate::store::reports::Report;

/// The routes.
pub(crate) fn routes() -> Routes {
    let read = Access::permission(READ);
    Routes::new().api(routes!(list::handle), &read).api(routes!(get::handle), &read)
}

/// A report as it was read.
#[derive(Debug, Serialize, ToSchema)]
pub struct Registrazione {
    /// Its id.
    #[schema(example = "01999999-0000-7000-8000-000000000000")]
    id: String,
    /// When it was received, RFC 3339.
    #[schema(example = "2026-11-23T08:00:00Z")]
    ricevuta: String,
    /// What the software calls itself.
    #[schema(example = "Gestionale Pro")]
    nome_software: String,
    /// Its version; may be empty.
    #[schema(example = "4.10.2")]
    versione: String,
    /// Whose it is, as it says.
    cliente: Cliente,
    /// How many orders it has.
    #[schema(example = 1250)]
    totale_ordini: Option<i64>,
    /// What they come to.
    totale_venduto: Option<Importo>,
    /// The state of its installation: `non_ancora_assegnato`, `assegnata`, `solo_statistica`,
    /// `ignorata`; `in_quarantena` while it counts for none.
    #[schema(example = "non_ancora_assegnato")]
    stato: &'static str,
    /// Id of its installation.
    #[schema(required, example = "fb5a4a2f-5a59-83f1-81a7-6f5be115cdc7")]
    installazione: Option<String>,
    /// Whether the installation was new with it.
    nuova: bool,
    /// What could not be read or looks odd.
    #[schema(example = json!(["numero_ambiguo"]))]
    segnalazioni: Vec<String>,
    /// Where it came from.
    #[schema(example = "203.0.113.7")]
    indirizzo: String,
}

impl From<Report> for Registrazione {
    fn from(report: Report) -> Self {
        Self {
            stato: report.state(),
            cliente: Cliente {
                partita_iva_valida: report.vat_is_valid(),
                ragione_sociale: report.company,
                partita_iva: report.vat_number,
            },
            id: report.report_id,
            ricevuta: rfc3339(report.received_at),
            nome_software: report.name,
            versione: report.version,
            totale_ordini: report.orders,
            totale_venduto: Importo::of(report.sold, &report.currency),
            installazione: report.installation_id,
            nuova: report.was_new,
            segnalazioni: flags(&report.flags),
            indirizzo: report.address,
        }
    }
}
