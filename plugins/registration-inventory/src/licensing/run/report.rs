//! What became of each installation of a run, as a table and as a file.

use axum::response::Response;
use plugin_api::table::{Column, Source, TableQuery, TableSpec};
use plugin_api::ui::Tone;
use plugin_api::{Cx, Path, Problem};

use super::found;
use crate::paths;

/// Why an installation got none.
const PROBLEMS: &[(&str, &str, Tone)] = &[
    ("not_assigned", "run-problem-not-assigned", Tone::Warn),
    ("no_product", "run-problem-no-product", Tone::Warn),
    ("has_licence", "run-problem-has-licence", Tone::Neutral),
    ("changed", "run-problem-changed", Tone::Warn),
    ("refused", "run-problem-refused", Tone::Bad),
];

/// The table below a run.
pub(super) fn spec(run_id: &str) -> TableSpec {
    let source = Source {
        from: "registration_inventory_run_item r \
            join registration_inventory_installation i on i.installation_id = r.installation_id \
            join registration_inventory_software s on s.software_id = i.software_id \
            left join customer_accounts_v1 c on c.account_id = r.account_id",
        id: "r.installation_id",
        scope: "i.organisation_id",
    };
    let outcome = "case when r.licence_id is not null then 'done' \
        when r.done_at is null then 'waiting' else 'left_out' end";
    TableSpec::new(paths::of(paths::RUN, run_id), "run-report", source)
        .column(Column::text("nome_software", "s.name").folded("s.name_folded").filterable())
        .column(Column::mono("computer", "i.host_name"))
        .column(Column::text("cliente", "c.name").folded("c.name_folded").filterable())
        .column(Column::mono("prodotto", "r.product_code").filterable())
        .column(
            Column::choice(
                "esito",
                outcome,
                &[
                    ("done", "run-outcome-done", Tone::Ok),
                    ("waiting", "run-outcome-waiting", Tone::Info),
                    ("left_out", "run-outcome-left-out", Tone::Warn),
                ],
            )
            .label("run-outcome")
            .filterable(),
        )
        .column(Column::choice("motivo", "r.problem", PROBLEMS).label("run-problem").filterable())
        .column(Column::text("dettaglio", "r.detail").label("run-detail"))
        .column(
            Column::mono("licenza", "r.licence_id")
                .label("licensing-card")
                .linked(paths::LICENCE, "r.licence_id")
                .optional(),
        )
        .search(&["s.name_folded", "c.name_folded", "i.host_name"])
        .only("r.run_id = ?", [run_id.into()])
        .row_link(paths::INSTALLATION)
        .empty("run-report-empty", "")
}

/// The table as a file.
pub(super) async fn export(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Response, Problem> {
    let run = found(&cx, &id).await?;
    spec(&run.run_id).export(&cx, &query).await
}
