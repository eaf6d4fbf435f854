//! `/crm/releases`: every release, where it stands, in which channels it is.

use axum::response::Response;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec};
use plugin_api::ui::Markup;
use plugin_api::{Cx, Page, Problem};

use crate::labels::{RELEASE_STATES, ROLLOUT_STATES};
use crate::store::OF_VENDOR;
use crate::tuf::pages::banner;
use crate::{PUBLISH, paths};

const CHANNELS: &str = "(select replace(group_concat(p.channel), ',', ', ') from update_server_placement p \
    where p.release_id = r.release_id)";
const FILES: &str = "(select count(*) from update_server_artifact a \
    where a.release_id = r.release_id)";
const ROLLOUT: &str = "(select o.state from update_server_rollout o \
    where o.release_id = r.release_id order by o.rollout_id desc limit 1)";
const INSTALLATIONS: &str = "(select count(*) from update_server_client c \
    where c.product_code = r.product_code and c.version_order = r.version_order)";

/// The list.
pub(crate) fn spec() -> TableSpec {
    let source = Source { from: "update_server_release r", id: "r.release_id", scope: OF_VENDOR };
    TableSpec::new(paths::RELEASES, "releases", source)
        .column(
            Column::text("versione", "r.version")
                .label("release-version")
                .sorted_by("r.version_order")
                .filterable(),
        )
        .column(
            Column::mono("prodotto", "r.product_code")
                .label("release-product")
                .sortable()
                .filterable(),
        )
        .column(
            Column::choice("stato", "r.state", RELEASE_STATES).label("release-state").filterable(),
        )
        .column(Column::text("canali", CHANNELS).label("release-channels").filterable())
        .column(
            Column::instant("pubblicato", "r.published_at")
                .label("release-published")
                .sortable()
                .filterable(),
        )
        .column(Column::number("file", FILES).label("tab-release-files"))
        .column(
            Column::choice("distribuzione", ROLLOUT, ROLLOUT_STATES)
                .label("tab-release-rollout")
                .filterable(),
        )
        .column(
            Column::number("installazioni", INSTALLATIONS)
                .label("tab-release-installations")
                .optional(),
        )
        .column(Column::flag("tappa", "r.is_step").label("release-step").filterable().optional())
        .column(
            Column::flag("critico", "r.is_critical")
                .label("release-critical")
                .filterable()
                .optional(),
        )
        .column(
            Column::instant("creato", "r.created_at")
                .label("release-created")
                .sortable()
                .optional(),
        )
        .search(&["r.version", "r.product_code"])
        .row_link(paths::RELEASE)
        .default_sort("versione", Order::Descending)
        .preset("releases-drafts", "stato=draft")
        .preset("releases-out", "stato=published")
        .preset("releases-yanked", "stato=yanked")
        .primary("release-new", paths::RELEASE_NEW, PUBLISH)
        .live("update-server.releases")
        .empty("releases-empty", "releases-empty-hint")
}

/// The page, with what people should know about signed metadata.
pub(super) async fn page(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    let spec = spec();
    let table = spec.load(&cx, &query).await?;
    let warnings = banner::of_all(&cx).await?;
    let html = Markup::of(&spec.head(&cx)).and(&warnings).and(&table);
    Ok(Page::html(cx.lang().t("releases"), html))
}

/// The list as a file.
pub(super) async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    spec().export(&cx, &query).await
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
