//! The roles every cockpit has, and the list of one's own.

use std::collections::HashMap;

use axum::response::Response;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec};
use plugin_api::ui::{Action, Badge, Card, Markup, Tone};
use plugin_api::{Cx, Page, Problem, Routes};

use super::address;
use crate::pages::{Cell, Rows, may};
use crate::people::roles;
use crate::state::{App, State};
use crate::store::roles as store;

pub(super) fn routes() -> Routes {
    Routes::new().get("/system/roles", list, may("roles")).get(
        "/system/roles/export",
        export,
        may("roles"),
    )
}

pub(super) fn spec() -> TableSpec {
    let source = Source {
        from: "host_role h join host_organisation o on o.organisation_id = h.organisation_id",
        id: "h.role_id",
        scope: "h.organisation_id",
    };
    let holders = "(select count(*) from host_user_role r where r.role_id = h.role_id)";
    TableSpec::new("/system/roles", "roles-title", source)
        .only("h.built_in = 0", [])
        .column(Column::text("name", "h.name").folded("h.name_folded").filterable())
        .column(Column::text("description", "h.description"))
        .column(Column::text("organisation", "o.name").folded("o.name_folded").filterable())
        .column(Column::number("holders", holders).sortable())
        .column(Column::flag("totp_required", "h.totp_required").filterable())
        .search(&["h.name_folded", "o.name_folded"])
        .row_link("/system/roles/{id}")
        .default_sort("name", Order::Ascending)
        .primary("roles-new", "/system/roles/new", "host:roles")
        .empty("roles-empty", "roles-empty-hint")
}

async fn list(App(state): App, cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    let lang = cx.lang();
    let built_in =
        Card::new("built-in", lang.t("roles-built-in")).body(&built_in(&state, &cx).await?);
    let table = spec().load(&cx, &query).await?;
    let html = Markup::of(&spec().head(&cx).lead(lang.t("roles-lead"))).and(&built_in).and(&table);
    Ok(Page::html(lang.t("roles-title"), html))
}

async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    spec().export(&cx, &query).await
}

async fn built_in(state: &State, cx: &Cx) -> Result<Rows, Problem> {
    let lang = cx.lang();
    let headers = ["column-name", "column-description", "column-holders", "column-totp-required"];
    let mut rows =
        Rows::new("built-in-table", lang.t("roles-built-in"), headers.map(|key| lang.t(key)));
    let counts: HashMap<String, i64> =
        store::counts(&cx.db(), cx.scope()).await?.into_iter().collect();
    let visible = store::visible(&cx.db(), cx.scope(), &cx.caller().organisation_id).await?;
    for role in visible.into_iter().filter(|role| role.built_in) {
        let open = Action::link(role.title(&lang), address(cx, &role, "")).quiet();
        let mut name = Markup::of(&open);
        if roles::is_edited(state, &role.role_id) {
            name = name.and(&Badge::new(Tone::Info, lang.t("role-edited")));
        }
        let holders = counts.get(&role.role_id).copied().unwrap_or_default();
        let totp = if role.totp_required { lang.t("yes") } else { lang.t("no") };
        rows = rows.row([
            Cell::Component(name),
            Cell::Text(role.purpose(&lang)),
            Cell::Text(lang.number(holders)),
            Cell::Text(totp),
        ]);
    }
    Ok(rows)
}
