//! `GET /api/admin/token`: the caller's own tokens.

use plugin_api::problem::ProblemBody;
use plugin_api::table::{Column, List, Order, Source, TableQuery, TableSpec};
use plugin_api::{Cx, Json, Problem};

use super::gettone::{COLUMNS, Gettone, Row};
use super::owner;

fn spec() -> TableSpec {
    let source = Source {
        from: "host_api_token t join host_user u on u.user_id = t.user_id",
        id: "t.token_id",
        scope: "t.organisation_id",
    };
    TableSpec::new("/api/admin/token", "tokens-title", source)
        .column(Column::text("nome", "t.name").label("token-name").sortable().filterable())
        .column(Column::instant("creato", "t.created_at").label("column-created").sortable())
        .default_sort("creato", Order::Descending)
}

/// List the caller's own API tokens
///
/// Those that were revoked are not among them. What they are is not shown: only how they begin.
#[utoipa::path(
    get,
    path = "/api/admin/token",
    tag = "token",
    params(TableQuery),
    responses(
        (status = 200, description = "One page", body = List<Gettone>),
        (status = 400, description = "`malformed_query`, `malformed_cursor`",
            body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list_tokens(cx: Cx, query: TableQuery) -> Result<Json<List<Gettone>>, Problem> {
    let user = owner(&cx).await?;
    let own = spec().only("t.user_id = ? and t.revoked_at is null", [user.user_id.into()]);
    let page: List<Row> = own.api_list(&cx, &query, COLUMNS).await?;
    Ok(Json(page.map(Gettone::from)))
}
