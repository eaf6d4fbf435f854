//! `/crm/update-bundles`: the bundles that were sent here, and where more are sent.

use askama::Template;
use axum::response::Response;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec, TableView};
use plugin_api::ui::{Action, ErrorSummary, Field, FormErrors, Markup, Tone};
use plugin_api::{Cx, Lang, Page, Problem};

use crate::api::uploads;
use crate::labels::Choices;
use crate::releases::files::texts;
use crate::store::OF_VENDOR;
use crate::{PUBLISH, paths};

/// Where bundles stand.
pub(super) const STATES: Choices = &[
    ("waiting", "bundle-state-waiting", Tone::Warn),
    ("running", "bundle-state-running", Tone::Info),
    ("done", "bundle-state-done", Tone::Ok),
    ("failed", "bundle-state-failed", Tone::Bad),
];

#[derive(Template)]
#[template(path = "update-server/bundles.html")]
struct BundlesPage {
    lang: Lang,
    head: Markup,
    table: TableView,
    send: Option<Send>,
}

/// The form a bundle is sent with.
struct Send {
    errors: ErrorSummary,
    action: String,
    /// Where a script sends it, in parts.
    uploads: String,
    /// What the script says, as JSON.
    texts: String,
    kind: &'static str,
    file: Field,
    button: Action,
}

/// The page.
pub(in crate::bundle) async fn page(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    render(&cx, &query, &FormErrors::new()).await
}

/// The list as a file.
pub(in crate::bundle) async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    spec().export(&cx, &query).await
}

/// The page with what was wrong with what was sent.
pub(super) async fn render(
    cx: &Cx,
    query: &TableQuery,
    errors: &FormErrors,
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let spec = spec();
    let send = Send {
        errors: errors.summary(&lang),
        action: cx.url(paths::BUNDLES),
        uploads: cx.url(uploads::PATH),
        texts: texts(&lang),
        kind: uploads::BUNDLE,
        file: Field::file("file", lang.t("bundle-file")).errors(errors).required(),
        button: Action::submit(lang.t("file-send")).icon("plus"),
    };
    let page = BundlesPage {
        head: Markup::of(&spec.head(cx)),
        table: spec.load(cx, query).await?,
        send: cx.may(PUBLISH).then_some(send),
        lang,
    };
    let title = page.lang.t("update-bundles");
    let title =
        if errors.is_empty() { title } else { page.lang.with("title-error", &[("title", &title)]) };
    Page::new(title, &page)
}

fn spec() -> TableSpec {
    let source = Source { from: "update_server_bundle b", id: "b.bundle_id", scope: OF_VENDOR };
    TableSpec::new(paths::BUNDLES, "update-bundles", source)
        .column(Column::text("file", "b.file_name").label("bundle-file").filterable())
        .column(
            Column::mono("prodotto", "b.product_code")
                .label("release-product")
                .sortable()
                .filterable(),
        )
        .column(Column::choice("stato", "b.state", STATES).label("release-state").filterable())
        .column(Column::instant("creato", "b.made_at").label("bundle-made").sortable())
        .column(Column::instant("ricevuto", "b.created_at").label("bundle-received").sortable())
        .column(Column::text("da", "b.created_by").label("bundle-received-by").optional())
        .column(Column::mono("firma", "b.fingerprint").label("bundle-signer").optional())
        .row_link(paths::BUNDLE)
        .default_sort("ricevuto", Order::Descending)
        .primary("bundle-new", paths::BUNDLE_NEW, PUBLISH)
        .empty("update-bundles-empty", "update-bundles-empty-hint")
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
    }
}
