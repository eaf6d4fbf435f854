//! A node as the list's statement reads it, one or many.

use std::sync::LazyLock;

use plugin_api::table::{List, TableQuery, TableSpec};
use plugin_api::time::rfc3339;
use plugin_api::{Cx, Problem};
use serde::Deserialize;

use super::agente::{Agente, Conteggi, StatoAgente, TipoAgente};
use crate::pages::organisations::spec;
use crate::store::organisations::{listed, suspended};

/// What is read of each node, in the names of [`Row`].
static SELECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "o.organisation_id as id, o.name as nome, {} as tipo, o.parent_id as sopra, \
         case when {} then 1 else 0 end as barred, o.suspended_at, o.created_at, o.changed_at, \
         o.version, {} as utenti, {} as organizzazioni, {} as clienti",
        listed::KIND,
        suspended("o.path"),
        listed::PEOPLE,
        listed::below("<> 'customer'"),
        listed::below("= 'customer'"),
    )
});

/// A node and its version.
#[derive(Debug, Deserialize)]
pub(super) struct Row {
    id: String,
    nome: String,
    tipo: TipoAgente,
    sopra: Option<String>,
    barred: i64,
    suspended_at: Option<i64>,
    created_at: i64,
    changed_at: i64,
    /// How often it was changed.
    pub(super) version: i64,
    utenti: i64,
    organizzazioni: i64,
    clienti: i64,
}

impl From<Row> for Agente {
    fn from(row: Row) -> Self {
        let stato = if row.barred > 0 { StatoAgente::Sospesa } else { StatoAgente::Attiva };
        let Row { utenti, organizzazioni, clienti, .. } = row;
        Self {
            id: row.id,
            nome: row.nome,
            tipo: row.tipo,
            sopra: row.sopra,
            stato,
            sospesa: row.suspended_at.is_some(),
            conteggi: Conteggi { utenti, organizzazioni, clienti },
            creata: rfc3339(row.created_at),
            aggiornata: rfc3339(row.changed_at),
        }
    }
}

/// One page of nodes.
pub(super) async fn page(
    cx: &Cx,
    spec: TableSpec,
    query: &TableQuery,
) -> Result<List<Row>, Problem> {
    spec.api_list(cx, query, &SELECT).await
}

/// The node `id`; 404 outside the caller's branch, and for a customer.
pub(super) async fn one(cx: &Cx, id: &str) -> Result<Row, Problem> {
    let spec = spec().only("o.organisation_id = ?", [id.into()]);
    let found = page(cx, spec, &TableQuery::default()).await?;
    found.dati.into_iter().next().ok_or_else(Problem::not_found)
}
