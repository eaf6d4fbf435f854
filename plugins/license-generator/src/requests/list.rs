//! `/crm/licence-requests` and `/crm/my-requests`: what was asked for, by the branch or by oneself.

use axum::response::Response;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec};
use plugin_api::ui::Markup;
use plugin_api::{Cx, Page, Problem};

use super::person;
use crate::store::requests::FROM;
use crate::{labels, paths};

/// The state by its name on the wire.
const STATE: &str = "case r.state when 'waiting' then 'in_attesa' when 'approved' then 'approvata' \
    when 'refused' then 'rifiutata' else 'annullata' end";

/// The list at `path`, with the Italian names that software uses in filters and exports.
pub(crate) fn spec(path: &'static str) -> TableSpec {
    let source = Source { from: FROM, id: "r.request_id", scope: "r.organisation_id" };
    let title = if path == paths::MY_REQUESTS { "my-requests" } else { "requests" };
    TableSpec::new(path, title, source)
        .column(Column::text("cliente", "c.name").folded("c.name_folded").filterable())
        .column(Column::text("prodotto", "r.product_code").filterable())
        .column(Column::choice("stato", STATE, labels::REQUEST_STATES).filterable())
        .column(Column::text("richiedente", "r.asked_by").folded("r.asked_by_folded").filterable())
        .column(Column::text("organizzazione", "o.name").folded("o.name_folded").filterable())
        .column(Column::text("motivo", "r.reason").optional())
        .column(Column::instant("creata", "r.created_at").sortable().filterable())
        .column(Column::instant("decisa", "r.decided_at").sortable().optional())
        .search(&["c.name_folded", "r.asked_by_folded", "r.product_code"])
        .row_link(paths::REQUEST_SHOW)
        .default_sort("creata", Order::Descending)
        .preset("requests-waiting", "stato=in_attesa&sort=creata")
        .empty("requests-empty", "requests-empty-hint")
}

fn own(cx: &Cx) -> TableSpec {
    spec(paths::MY_REQUESTS).only("r.user_id = ?", [person(cx.caller()).into()])
}

/// The requests of the branch.
pub(super) async fn all(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    page(&cx, spec(paths::REQUESTS), "requests", &query).await
}

/// The same as a file.
pub(super) async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    spec(paths::REQUESTS).export(&cx, &query).await
}

/// The caller's own requests.
pub(super) async fn mine(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    page(&cx, own(&cx), "my-requests", &query).await
}

/// The same as a file.
pub(super) async fn export_mine(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    own(&cx).export(&cx, &query).await
}

async fn page(cx: &Cx, spec: TableSpec, title: &str, query: &TableQuery) -> Result<Page, Problem> {
    let table = spec.load(cx, query).await?;
    Ok(Page::html(cx.lang().t(title), Markup::of(&spec.head(cx)).and(&table)))
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    use crate::paths;

    #[test]
    fn the_tables_make_sense() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            for path in [paths::REQUESTS, paths::MY_REQUESTS] {
                assert_eq!(super::spec(path).mistakes(&lang), Vec::<String>::new());
            }
        }
    }
}
