//! `/crm/customers/{id}/history`: the states a customer went through, with who, when and why.

use axum::response::Response;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec};
use plugin_api::ui::{Markup, Tone};
use plugin_api::{Cx, Page, Path, Problem};

use crate::found::found;
use crate::list::STATES;
use crate::paths;
use crate::show::plain_head;
use crate::tabs::tabs;

const ACTS: &[(&str, &str, Tone)] = &[
    ("inserito", "act-entered", Tone::Neutral),
    ("convalidato", "act-validated", Tone::Ok),
    ("rifiutato", "act-refused", Tone::Bad),
    ("sospeso", "act-suspended", Tone::Bad),
    ("riattivato", "act-resumed", Tone::Ok),
    ("unito", "act-merged", Tone::Info),
    ("cancellato", "act-erased", Tone::Info),
];

/// How software calls an act.
pub(crate) fn atto(act: &str) -> &'static str {
    match act {
        "entered" => "inserito",
        "validated" => "convalidato",
        "refused" => "rifiutato",
        "suspended" => "sospeso",
        "resumed" => "riattivato",
        "merged" => "unito",
        _ => "cancellato",
    }
}

/// The states of the customer `id`.
pub(crate) fn spec(id: &str) -> TableSpec {
    let source =
        Source { from: "customer_accounts_state s", id: "s.state_id", scope: "s.organisation_id" };
    TableSpec::new(paths::history(id), "history-title", source)
        .column(Column::instant("quando", "s.at").label("history-at").sortable().filterable())
        .column(
            Column::choice(
                "atto",
                "case s.act when 'entered' then 'inserito' when 'validated' then 'convalidato' \
                 when 'refused' then 'rifiutato' when 'suspended' then 'sospeso' \
                 when 'resumed' then 'riattivato' when 'merged' then 'unito' \
                 else 'cancellato' end",
                ACTS,
            )
            .label("history-act")
            .filterable(),
        )
        .column(
            Column::choice(
                "stato",
                "case s.state when 'validated' then 'convalidato' \
                 when 'awaiting' then 'in_attesa' else 'sospeso' end",
                STATES,
            )
            .label("customer-state"),
        )
        .column(Column::text("motivo", "s.reason").label("customer-reason"))
        .column(Column::text("autore", "s.actor").label("history-actor"))
        .only("s.customer_id = ?", [id.into()])
        .default_sort("quando", Order::Descending)
        .empty("history-empty", "history-empty-hint")
}

/// The page.
pub(crate) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Page, Problem> {
    let customer = found(&cx, &id).await?;
    let table = spec(&id).load(&cx, &query).await?;
    let html = Markup::of(&plain_head(&cx, &customer))
        .and(&tabs(&cx, &customer, paths::HISTORY).await?)
        .and(&table);
    let title = cx.lang().with("history-of", &[("name", customer.name())]);
    Ok(Page::html(title, html))
}

/// The same as a file.
pub(crate) async fn export(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Response, Problem> {
    found(&cx, &id).await?;
    spec(&id).export(&cx, &query).await
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_is_described_without_mistakes() {
        let lang = plugin_api::Catalogue::new(crate::LOCALES).lang("en");
        assert_eq!(super::spec("x").mistakes(&lang), Vec::<String>::new());
    }
}
