//! `/api/admin/installazioni`: installations for programs of the administration.

pub mod get;
pub mod list;

use plugin_api::time::rfc3339;
use plugin_api::{Access, Routes, routes};
use serde::Serialize;
use utoipa::ToSchema;

use super::body::{Cliente, Importo, flags};
use crate::READ;
use crate::store::installations::Installation;

/// The routes.
pub(crate) fn routes() -> Routes {
    let read = Access::permission(READ);
    Routes::new().api(routes!(list::handle), &read).api(routes!(get::handle), &read)
}

/// An installation: what it last said of itself, and what somebody decided about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Installazione {
    /// Its id.
    #[schema(example = "fb5a4a2f-5a59-83f1-81a7-6f5be115cdc7")]
    id: String,
    /// What the software calls itself.
    #[schema(example = "Gestionale Pro")]
    nome_software: String,
    /// Its version; may be empty.
    #[schema(example = "4.10.2")]
    versione: String,
    /// Whose it is, as it says.
    cliente: Cliente,
    /// `non_ancora_assegnato`, `assegnata`, `solo_statistica` or `ignorata`.
    #[schema(example = "assegnata")]
    stato: &'static str,
    /// Id of the customer it was assigned to.
    #[schema(required)]
    assegnata_a: Option<String>,
    /// What that customer is called.
    #[schema(required, example = "Rossi S.r.l.")]
    assegnata_a_nome: Option<String>,
    /// Code of the product it is.
    #[schema(required, example = "STUDIO-PRO")]
    prodotto: Option<String>,
    /// Id of its licence.
    #[schema(required)]
    licenza: Option<String>,
    /// How many orders it has.
    #[schema(example = 1250)]
    totale_ordini: Option<i64>,
    /// What they come to.
    totale_venduto: Option<Importo>,
    /// Its computer; may be empty.
    #[schema(example = "PC-UFFICIO")]
    computer: String,
    /// Its operating system; may be empty.
    #[schema(example = "Windows 11")]
    sistema: String,
    /// Where it last reported from.
    #[schema(example = "203.0.113.7")]
    indirizzo: String,
    /// What it calls itself; may be empty.
    #[schema(example = "0f8fad5b-d9cb-469f-a165-70867728950e")]
    #[serde(rename = "id_installazione")]
    id_proprio: String,
    /// When it first reported, RFC 3339.
    #[schema(example = "2026-09-01T08:00:00Z")]
    prima_segnalazione: String,
    /// When it last did, RFC 3339.
    #[schema(example = "2026-11-23T08:00:00Z")]
    ultima_segnalazione: String,
    /// How many reports it sent.
    #[schema(example = 66)]
    registrazioni: i64,
    /// What is odd about its last report.
    segnalazioni: Vec<String>,
    /// Since when two computers seem to be using it, RFC 3339.
    clone_sospetto: Option<String>,
}

impl From<Installation> for Installazione {
    fn from(of: Installation) -> Self {
        Self {
            id: of.installation_id,
            nome_software: of.software,
            versione: of.version,
            cliente: Cliente {
                ragione_sociale: of.company,
                partita_iva: of.vat_number,
                partita_iva_valida: of.vat_is_valid,
            },
            stato: of.state.wire(),
            assegnata_a: of.account_id,
            assegnata_a_nome: of.customer,
            prodotto: of.product_code,
            licenza: of.licence_id,
            totale_ordini: of.orders,
            totale_venduto: Importo::of(of.sold, &of.currency),
            computer: of.host_name,
            sistema: of.system,
            indirizzo: of.address,
            id_proprio: of.external_id,
            prima_segnalazione: rfc3339(of.first_seen_at),
            ultima_segnalazione: rfc3339(of.last_seen_at),
            registrazioni: of.reports,
            segnalazioni: flags(&of.flags),
            clone_sospetto: of.clone_suspected_at.map(rfc3339),
        }
    }
}
