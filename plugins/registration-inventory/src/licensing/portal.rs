//! `/crm/my-installations`: the installations of the customer who is looking.

use axum::response::Response;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec};
use plugin_api::ui::Markup;
use plugin_api::{Cx, Page, Problem};

use crate::paths;
use crate::store::installations::FROM;

/// The page.
pub(super) async fn page(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    let spec = spec(&cx.caller().organisation_id);
    let table = spec.load(&cx, &query).await?;
    Ok(Page::html(cx.lang().t("my-installations"), Markup::of(&spec.head(&cx)).and(&table)))
}

/// The list as a file.
pub(super) async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    spec(&cx.caller().organisation_id).export(&cx, &query).await
}

/// The installations of the node `own` alone: not those of the branch below it, nor what waits at the
/// vendor's.
pub(super) fn spec(own: &str) -> TableSpec {
    let source = Source { from: FROM, id: "i.installation_id", scope: "i.organisation_id" };
    TableSpec::new(paths::MY_INSTALLATIONS, "my-installations", source)
        .column(Column::text("nome_software", "s.name").folded("s.name_folded").filterable())
        .column(Column::mono("versione", "i.version").sorted_by("i.version_order").filterable())
        .column(Column::mono("computer", "i.host_name").sortable().filterable())
        .column(Column::instant("ultima_segnalazione", "i.last_seen_at").sortable().filterable())
        .column(
            Column::flag("con_licenza", "case when i.licence_id is not null then 1 else 0 end")
                .filterable(),
        )
        .column(Column::instant("prima_segnalazione", "i.first_seen_at").sortable().optional())
        .search(&["s.name_folded", "i.host_name"])
        .only("i.state = 'assigned' and i.organisation_id = ?", [own.into()])
        .default_sort("ultima_segnalazione", Order::Descending)
        .empty("my-installations-empty", "my-installations-empty-hint")
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    #[test]
    fn the_table_makes_sense() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            assert_eq!(super::spec("x").mistakes(&lang), Vec::<String>::new());
        }
    }
}
