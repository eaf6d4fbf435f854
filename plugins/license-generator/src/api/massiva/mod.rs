//! Bulk runs as programs start and follow them.

pub mod crea;
pub mod leggi;

use plugin_api::time::rfc3339;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::bulk::Run;
use crate::domain::draft::Price;

/// A bulk run.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkRun {
    /// Its id.
    id: String,
    /// `preparata`, `in_corso`, `interrotta`, `completata`, `annullamento` or `annullata`.
    #[schema(example = "in_corso")]
    stato: &'static str,
    /// What people call it.
    #[schema(example = "500 × Studio Pro")]
    titolo: String,
    /// How many licences are meant.
    #[schema(example = 500)]
    totale: i64,
    /// How many are done, those left out included.
    #[schema(example = 250)]
    fatte: i64,
    /// How many were left out.
    #[schema(example = 0)]
    saltate: i64,
    /// What one licence costs, if all cost the same.
    #[schema(required)]
    prezzo: Option<Price>,
    /// When it was started, RFC 3339.
    creata: String,
    /// When it ended, RFC 3339.
    #[schema(required)]
    finita: Option<String>,
}

impl From<Run> for BulkRun {
    fn from(run: Run) -> Self {
        let currency = run.currency;
        Self {
            id: run.bulk_id,
            stato: run.state.wire(),
            titolo: run.title,
            totale: run.total,
            fatte: run.done,
            saltate: run.skipped,
            prezzo: run.price.map(|importo| Price { importo, valuta: currency }),
            creata: rfc3339(run.created_at),
            finita: run.finished_at.map(rfc3339),
        }
    }
}
