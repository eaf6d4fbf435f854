//! `/crm/licences/renewal`: which licence is renewed; what was typed may name it at once.

use axum::response::{IntoResponse, Response};
use plugin_api::table::{Column, List, Order, Source, TableQuery, TableSpec};
use plugin_api::ui::Markup;
use plugin_api::{Cx, Form, Page, Problem, SeeOther};
use serde::Deserialize;

use crate::list::{FROM, STATE};
use crate::{labels, paths};

/// What was typed.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Debug, Deserialize)]
struct Found {
    licence_id: String,
}

/// Licences by key, customer or product; each leads to its renewal.
fn spec() -> TableSpec {
    let source = Source { from: FROM, id: "l.licence_id", scope: "l.organisation_id" };
    TableSpec::new(paths::QUICK_RENEWAL, "quick-renewal-which", source)
        .column(Column::mono("chiave", "l.key_hint"))
        .column(Column::text("cliente", "c.name").folded("c.name_folded").filterable())
        .column(Column::text("prodotto", "p.name"))
        .column(Column::choice("stato", STATE, labels::STATES).filterable())
        .column(Column::date("scadenza", "l.expires_at").sortable())
        .only("l.state_stored <> 'revoked'", [])
        .search(&["c.name_folded", "l.key_hint", "p.code", "p.name_folded"])
        .row_link(paths::RENEW)
        .default_sort("scadenza", Order::Ascending)
        .empty("quick-renewal-none", "quick-renewal-none-hint")
}

/// The page.
pub(super) async fn handle(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    let spec = spec();
    let head = spec.head(&cx).back(cx.lang().t("licences"), cx.url(paths::LICENCES));
    let table = spec.load(&cx, &query).await?;
    Ok(Page::html(cx.lang().t("quick-renewal-which"), Markup::of(&head).and(&table)))
}

/// Leads to the renewal of the only licence that is meant, else to those that match.
pub(super) async fn find(cx: Cx, Form(asked): Form<Asked>) -> Result<Response, Problem> {
    let words = url_form(asked.q.trim());
    let query = TableQuery::parse(&format!("{words}&limit=2"));
    let found: List<Found> = spec().api_list(&cx, &query, "l.licence_id").await?;
    let there = match found.dati.as_slice() {
        [only] if !asked.q.trim().is_empty() => paths::of(paths::RENEW, &only.licence_id),
        _ => format!("{}?{words}", paths::QUICK_RENEWAL),
    };
    Ok(SeeOther::to(cx.url(&there)).into_response())
}

/// `q=…`, with what an address cannot hold escaped.
fn url_form(words: &str) -> String {
    let mut query = "q=".to_owned();
    for byte in words.bytes().take(200) {
        if byte.is_ascii_alphanumeric() {
            query.push(char::from(byte));
        } else {
            use std::fmt::Write as _;
            let _ = write!(query, "%{byte:02X}");
        }
    }
    query
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    #[test]
    fn the_table_makes_sense() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            assert_eq!(super::spec().mistakes(&lang), Vec::<String>::new());
        }
        assert_eq!(super::url_form("a è"), "q=a%20%C3%A8");
    }
}
