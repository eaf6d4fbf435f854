//! `/crm/offline/requests`: the requests of machines without a network that were answered.

use axum::response::Response;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec};
use plugin_api::ui::{Markup, Tone};
use plugin_api::{Cx, Page, Problem};

use crate::store::offline::FROM;
use crate::{ISSUE, labels, paths};

/// Where a request stands: its seat may have been freed, or its answer be past its time.
const STATE: &str = "case when r.action = 'disattiva' or r.freed_at is not null then 'confermata' \
    when a.deactivated_at is not null or r.trusted_until is null then 'liberata' \
    when r.trusted_until < {now} then 'scaduta' else 'risposta' end";

const STATES: labels::Choices = &[
    ("risposta", "offline-state-risposta", Tone::Ok),
    ("scaduta", "offline-state-scaduta", Tone::Warn),
    ("liberata", "offline-state-liberata", Tone::Neutral),
    ("confermata", "offline-state-confermata", Tone::Info),
];

const ACTIONS: labels::Choices = &[
    ("attiva", "offline-action-attiva", Tone::Neutral),
    ("rinnova", "offline-action-rinnova", Tone::Neutral),
    ("disattiva", "offline-action-disattiva", Tone::Neutral),
];

fn all() -> TableSpec {
    let source = Source { from: FROM, id: "r.request_id", scope: "r.organisation_id" };
    TableSpec::new(paths::OFFLINE_REQUESTS, "offline-requests", source)
        .column(Column::text("dispositivo", "r.device_name").folded("r.device_folded").filterable())
        .column(Column::choice("stato", STATE, STATES).label("offline-state").filterable())
        .column(Column::choice("azione", "r.action", ACTIONS).label("offline-action").filterable())
        .column(Column::mono("chiave", "l.key_hint").filterable())
        .column(Column::text("prodotto", "p.name"))
        .column(Column::text("cliente", "c.name").folded("c.name_folded").filterable())
        .column(Column::text("da", "r.created_by").label("offline-by").filterable())
        .column(Column::instant("creata", "r.created_at").sortable().filterable())
        .column(Column::date("fiducia", "r.trusted_until").label("offline-until").optional())
        .column(Column::instant("liberata", "r.freed_at").label("offline-freed").optional())
        .search(&["r.device_folded", "l.key_hint", "c.name_folded"])
        .row_link(paths::OFFLINE_SHOW)
        .default_sort("creata", Order::Descending)
        .preset("offline-standing", "stato=risposta,scaduta")
        .below("offline", paths::OFFLINE)
        .empty("offline-requests-empty", "offline-requests-empty-hint")
}

/// The requests the caller may see.
fn spec(cx: &Cx) -> TableSpec {
    if cx.may(ISSUE) {
        return all();
    }
    let node = cx.caller().organisation_id.as_str();
    all().only("r.organisation_id = ? and l.internal = 0", [node.into()])
}

/// The list.
pub(super) async fn handle(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    let spec = spec(&cx);
    let table = spec.load(&cx, &query).await?;
    Ok(Page::html(cx.lang().t("offline-requests"), Markup::of(&spec.head(&cx)).and(&table)))
}

/// The same as a file.
pub(super) async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    spec(&cx).export(&cx, &query).await
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    #[test]
    fn the_table_makes_sense() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            assert_eq!(super::all().mistakes(&lang), Vec::<String>::new());
        }
    }
}
