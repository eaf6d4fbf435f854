//! `GET /api/admin/clienti/{id}/cronologia`: everything that happened to a customer.

use plugin_api::problem::ProblemBody;
use plugin_api::table::List;
use plugin_api::time::rfc3339;
use plugin_api::{Cx, FieldProblem, Json, Path, Problem, Query};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::problems::NoCustomer;
use crate::store;
use crate::store::timeline::{Line, page};
use crate::timeline::Cursor;

/// What is to be seen of it.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// Only lines of this kind, such as `licence.issued`.
    #[serde(default)]
    tipo: String,
    /// How many lines to answer, 1 to 100.
    #[param(minimum = 1, maximum = 100, default = 50)]
    #[serde(default = "usual")]
    limit: u32,
    /// Where to go on: `prossimo` of the answer before.
    #[serde(default)]
    cursor: String,
}

fn usual() -> u32 {
    50
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Voce {
    /// Its id.
    #[schema(example = "0199d7c0-0000-7000-8000-000000000001")]
    id: String,
    /// When, RFC 3339 UTC.
    #[schema(format = DateTime)]
    quando: String,
    /// What kind of thing it is.
    #[schema(example = "licence.issued")]
    tipo: String,
    /// What people read, in the language of the caller.
    testo: String,
    /// The page that shows more, a path of the cockpit, when the caller may open it.
    collegamento: Option<String>,
    /// Who did it, as people call him.
    autore: Option<String>,
}

/// The timeline of a customer
///
/// Newest first; the lines of customers that were merged into it are among them.
#[utoipa::path(
    get,
    path = "/api/admin/clienti/{id}/cronologia",
    tag = "clienti",
    params(("id" = String, Path, description = "Its id"), Asked),
    responses(
        (status = 200, description = "One page", body = List<Voce>, example = json!({"dati": [{
            "id": "0199d7c0-0000-7000-8000-000000000001", "quando": "2026-11-22T13:05:00Z",
            "tipo": "licence.issued", "testo": "Emessa una licenza di Studio Pro",
            "collegamento": "/crm/licences/0199d7c0-0000-7000-8000-000000000002",
            "autore": "Anna Verdi"}], "prossimo": null})),
        (status = 400, description = "`malformed_query`, `malformed_cursor`",
            body = ProblemBody, content_type = "application/problem+json"),
        NoCustomer,
    )
)]
pub(super) async fn customer_timeline(
    cx: Cx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Json<List<Voce>>, Problem> {
    let (db, scope, lang) = (cx.db(), cx.scope(), cx.lang());
    if !(1..=100).contains(&asked.limit) {
        let wrong = FieldProblem::new("limit", "field-range");
        return Err(Problem::malformed("malformed_query").errors(vec![wrong]));
    }
    let cursor = match asked.cursor.as_str() {
        "" => None,
        text => Some(Cursor::read(text).ok_or_else(|| Problem::malformed("malformed_cursor"))?),
    };
    let customer = store::find(&db, scope, &id).await?.ok_or_else(Problem::not_found)?;
    let place = cursor.as_ref().map(|cursor| &cursor.0);
    let wanted = (asked.tipo.as_str(), place);
    let mut lines = page(&db, scope, &customer.customer_id, wanted, asked.limit + 1).await?;
    let prossimo = Cursor::after(&mut lines, asked.limit).map(|cursor| cursor.write());
    let some = |text: String| (!text.is_empty()).then_some(text);
    let voce = |line: Line| Voce {
        quando: rfc3339(line.at),
        testo: lang.pick(&line.told).to_owned(),
        collegamento: line.way(&cx).map(str::to_owned),
        tipo: line.kind,
        autore: some(line.actor),
        id: line.entry_id,
    };
    Ok(Json(List { dati: lines.into_iter().map(voce).collect(), prossimo }))
}
