//! A node of the tree as JSON, as it is answered and as it is sent.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum TipoAgente {
    /// The root. It cannot be created.
    Fornitore,
    /// Sells to customers of its own.
    Rivenditore,
    /// A company that belongs to the one above it.
    SottoAzienda,
    /// Looks after customers.
    Agente,
}

impl TipoAgente {
    /// The kind as the rules call it.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Fornitore => "vendor",
            Self::Rivenditore => "reseller",
            Self::SottoAzienda => "sub_company",
            Self::Agente => "agent",
        }
    }
}

/// Whether the people of a node get in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum StatoAgente {
    /// They do.
    Attiva,
    /// The node or one above it is suspended: they do not.
    Sospesa,
}

/// A node of the organisation tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(super) struct Agente {
    /// Its id.
    #[schema(example = "0199d7c0-0000-7000-8000-000000000002")]
    pub(super) id: String,
    /// What people call it.
    #[schema(example = "Rivendite Nord S.r.l.")]
    pub(super) nome: String,
    /// What it is.
    pub(super) tipo: TipoAgente,
    /// The node above it; null for the topmost one.
    #[schema(required, example = "00000000-0000-7000-8000-000000000001")]
    pub(super) sopra: Option<String>,
    /// Whether its people get in.
    pub(super) stato: StatoAgente,
    /// Whether it is suspended itself, and not only by a node above it.
    pub(super) sospesa: bool,
    /// What belongs to it.
    pub(super) conteggi: Conteggi,
    /// When it was made, RFC 3339 UTC.
    #[schema(format = DateTime)]
    pub(super) creata: String,
    /// When it was last changed, RFC 3339 UTC.
    #[schema(format = DateTime)]
    pub(super) aggiornata: String,
}

/// What belongs to a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(super) struct Conteggi {
    /// Users of the node itself.
    #[schema(example = 3)]
    pub(super) utenti: i64,
    /// Nodes below it, at any depth, customers left out.
    #[schema(example = 2)]
    pub(super) organizzazioni: i64,
    /// Customers below it, at any depth.
    #[schema(example = 41)]
    pub(super) clienti: i64,
}

/// A node to be made.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "nome": "Rivendite Nord S.r.l.", "tipo": "rivenditore",
    "sopra": "00000000-0000-7000-8000-000000000001"
}))]
pub(super) struct NuovoAgente {
    /// What people call it. At most 255 characters.
    pub(super) nome: String,
    /// What it is; not `fornitore`.
    pub(super) tipo: TipoAgente,
    /// The node above it; the caller's own when it is missing.
    pub(super) sopra: Option<String>,
}

/// What is changed of a node; members that are missing stay as they are.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"nome": "Rivendite Nord e Est S.r.l.", "sospesa": false}))]
pub(super) struct DatiAgente {
    /// What people call it. At most 255 characters.
    pub(super) nome: Option<String>,
    /// The node above it: everything below comes along.
    pub(super) sopra: Option<String>,
    /// Whether everybody of the node and below it is barred.
    pub(super) sospesa: Option<bool>,
}
