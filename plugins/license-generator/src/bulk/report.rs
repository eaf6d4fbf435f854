//! What became of each licence of a run that changes licences, as a table and as a file.

use axum::response::Response;
use plugin_api::table::{Column, Source, TableQuery, TableSpec};
use plugin_api::ui::Tone;
use plugin_api::{Cx, Path, Problem};

use crate::{paths, store};

/// The table below a run.
pub(super) fn spec(bulk_id: &str) -> TableSpec {
    let source = Source {
        from: "license_generator_bulk_item i \
            join license_generator_licence l on l.licence_id = i.licence_id \
            join license_generator_product p on p.product_id = l.product_id \
            left join customer_accounts_v1 c on c.account_id = l.account_id",
        id: "i.licence_id",
        scope: "l.organisation_id",
    };
    TableSpec::new(paths::of(paths::BULK_RUN, bulk_id), "bulk-report", source)
        .column(Column::mono("chiave", "l.key_hint"))
        .column(Column::text("cliente", "c.name").folded("c.name_folded").filterable())
        .column(Column::text("prodotto", "p.name"))
        .column(
            Column::choice(
                "esito",
                "i.outcome",
                &[
                    ("done", "bulk-outcome-done", Tone::Ok),
                    ("skipped", "bulk-outcome-skipped", Tone::Warn),
                ],
            )
            .filterable(),
        )
        .column(Column::choice("motivo", "i.reason", super::act::REASONS).label("bulk-reason"))
        .column(Column::instant("quando", "i.at"))
        .search(&["c.name_folded", "l.key_hint"])
        .only("i.bulk_id = ?", [bulk_id.into()])
        .row_link(paths::SHOW)
        .empty("bulk-report-empty", "")
}

/// The table as a file.
pub(super) async fn export(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Response, Problem> {
    let run = store::bulk::get(&cx.db(), cx.scope(), &id).await?.ok_or_else(Problem::not_found)?;
    spec(&run.bulk_id).export(&cx, &query).await
}
