//! A request as programs see it.

use plugin_api::time::rfc3339;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::draft::Draft;
use crate::store::requests::Request;

/// A licence somebody asked others to issue.
#[derive(Debug, Serialize, ToSchema)]
pub struct Richiesta {
    /// Its id.
    pub id: String,
    /// `in_attesa`, `approvata`, `rifiutata` or `annullata`.
    #[schema(example = "in_attesa")]
    pub stato: &'static str,
    /// Id of the customer.
    pub cliente: String,
    /// What the customer is called.
    pub cliente_nome: String,
    /// Code of the product.
    #[schema(example = "STUDIO-PRO")]
    pub prodotto: String,
    /// The licence as it was asked for.
    pub licenza: Draft,
    /// Why it is needed.
    #[schema(example = "Il cliente la prova in tre sedi")]
    pub motivo: String,
    /// Why whoever asked could not issue it himself; may be empty.
    pub ostacolo: String,
    /// Who asked.
    pub richiedente: String,
    /// When, RFC 3339.
    pub creata: String,
    /// Who decided; may be empty.
    pub decisa_da: String,
    /// When, RFC 3339.
    pub decisa: Option<String>,
    /// What he answered; may be empty.
    pub risposta: String,
    /// Id of the licence that was issued.
    pub licenza_id: Option<String>,
}

impl From<Request> for Richiesta {
    fn from(request: Request) -> Self {
        Self {
            id: request.request_id,
            stato: request.state.wire(),
            cliente: request.account_id,
            cliente_nome: request.customer.unwrap_or_default(),
            prodotto: request.product_code,
            licenza: request.draft,
            motivo: request.reason,
            ostacolo: request.obstacle,
            richiedente: request.asked_by,
            creata: rfc3339(request.created_at),
            decisa_da: request.decided_by,
            decisa: request.decided_at.map(rfc3339),
            risposta: request.answer,
            licenza_id: request.licence_id,
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NuovaRichiesta {
    /// The licence, as for `POST /api/admin/licenze`.
    pub licenza: Draft,
    /// Why it is needed; at most 2000 characters.
    #[schema(min_length = 1, max_length = 2000, example = "Il cliente la prova in tre sedi")]
    pub motivo: String,
}

/// What is answered to whoever asked.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Risposta {
    /// At most 2000 characters; required to refuse.
    #[schema(max_length = 2000, example = "Bastano due dispositivi")]
    pub motivo: String,
}
