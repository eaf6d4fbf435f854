//! `/crm/my-licences`: the licences of the customer who is looking.

use axum::response::Response;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec};
use plugin_api::ui::Markup;
use plugin_api::{Cx, Page, Problem};

use crate::{labels, list, paths};

/// The page.
pub(super) async fn handle(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    let spec = spec(&cx.caller().organisation_id);
    let table = spec.load(&cx, &query).await?;
    Ok(Page::html(cx.lang().t("my-licences"), Markup::of(&spec.head(&cx)).and(&table)))
}

/// The list as a file.
pub(super) async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    spec(&cx.caller().organisation_id).export(&cx, &query).await
}

/// The licences of the node `own` alone: not those of the branch below it.
pub(crate) fn spec(own: &str) -> TableSpec {
    let source = Source { from: list::FROM, id: "l.licence_id", scope: "l.organisation_id" };
    TableSpec::new(paths::MY_LICENCES, "my-licences", source)
        .column(Column::text("prodotto", "p.name").folded("p.name_folded").sortable().filterable())
        .column(Column::mono("chiave", "l.key_hint"))
        .column(Column::choice("tipo", list::TYPE, labels::TYPES).filterable())
        .column(Column::choice("stato", list::STATE, labels::STATES).sortable().filterable())
        .column(Column::meter("dispositivi", "l.devices_used", "l.devices_max"))
        .column(Column::date("scadenza", "l.expires_at").sortable().filterable())
        .column(Column::date("creata", "l.created_at").sortable().optional())
        .search(&["p.name_folded", "l.key_hint"])
        .only("l.internal = 0 and l.organisation_id = ?", [own.into()])
        .row_link(paths::MY_LICENCE)
        .default_sort("creata", Order::Descending)
        .empty("my-licences-empty", "my-licences-empty-hint")
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
