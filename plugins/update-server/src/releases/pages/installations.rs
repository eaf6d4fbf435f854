//! `/crm/releases/{id}/installations`: who has a release.

use axum::response::Response;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec};
use plugin_api::ui::Markup;
use plugin_api::{Cx, Page, Path, Problem};

use crate::paths;
use crate::releases::{save, tabs};
use crate::store::releases::Release;

/// The page.
pub(super) async fn page(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Page, Problem> {
    let draft = save::found(&cx, &id).await?;
    let table = spec(&draft.release).load(&cx, &query).await?;
    let head = tabs::head(&cx, &draft.release);
    let tabs = tabs::tabs(&cx, &draft.release, paths::RELEASE_INSTALLATIONS);
    let title = cx.lang().t("tab-release-installations");
    let title = format!("{title}: {}", tabs::title(&draft.release));
    Ok(Page::html(title, Markup::of(&head).and(&tabs).and(&table)))
}

/// The list as a file.
pub(super) async fn export(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Response, Problem> {
    let draft = save::found(&cx, &id).await?;
    spec(&draft.release).export(&cx, &query).await
}

fn spec(release: &Release) -> TableSpec {
    let source = Source {
        from: "update_server_client c \
            left join host_organisations_v1 o on o.organisation_id = c.organisation_id",
        id: "c.client",
        scope: "c.organisation_id",
    };
    let path = paths::of(paths::RELEASE_INSTALLATIONS, &release.release_id);
    TableSpec::new(path, "tab-release-installations", source)
        .column(Column::text("cliente", "o.name").label("client-organisation").filterable())
        .column(Column::mono("canale", "c.channel").label("rollout-channel").filterable())
        .column(Column::mono("piattaforma", "c.platform").label("file-platform").filterable())
        .column(
            Column::mono("architettura", "c.architecture").label("file-architecture").filterable(),
        )
        .column(Column::mono("protocollo", "c.protocol").label("client-protocol").filterable())
        .column(
            Column::instant("vista", "c.last_seen_at")
                .label("client-last-seen")
                .sortable()
                .filterable(),
        )
        .column(Column::instant("prima", "c.first_seen_at").label("client-first-seen").optional())
        .column(Column::mono("installazione", "c.client").label("client-id").optional())
        .only(
            "c.product_code = ? and c.version_order = ?",
            [release.product_code.as_str().into(), release.version_order.as_str().into()],
        )
        .default_sort("vista", Order::Descending)
        .empty("release-installations-empty", "release-installations-empty-hint")
}
