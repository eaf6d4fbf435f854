//! The list of users.

use axum::response::Response;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec};
use plugin_api::ui::{Action, Markup, Tone};
use plugin_api::{Cx, Lang, Page, Problem, Routes};

use crate::pages::may;
use crate::store::roles::reaching;

pub(super) fn routes() -> Routes {
    Routes::new().get("/system/users", list, may("users")).get(
        "/system/users/export",
        export,
        may("users"),
    )
}

const STATES: [(&str, &str, Tone); 2] =
    [("active", "user-active", Tone::Ok), ("disabled", "user-disabled", Tone::Bad)];
const BUILT_IN: [&str; 6] =
    ["superadmin", "reseller", "sub-company", "agent", "customer", "auditor"];

pub(in crate::pages) fn spec(lang: &Lang) -> TableSpec {
    let source = Source {
        from: "host_user u join host_organisations_v1 o on o.organisation_id = u.organisation_id",
        id: "u.user_id",
        scope: "u.organisation_id",
    };
    let state = "case when u.disabled_at is null then 'active' else 'disabled' end";
    let second_factor = "exists (select 1 from host_totp t \
                         where t.user_id = u.user_id and t.confirmed_at is not null)";
    TableSpec::new("/system/users", "users-title", source)
        .column(Column::text("name", "u.name").folded("u.name_folded").filterable())
        .column(Column::text("email", "u.email").folded("u.email_folded").filterable())
        .column(Column::text("roles", roles(lang)).label("user-roles").filterable())
        .column(Column::text("organisation", "o.name").folded("o.name_folded").filterable())
        .column(Column::choice("state", state, &STATES).filterable())
        .column(Column::flag("second_factor", second_factor).filterable())
        .column(Column::instant("signed_in", "u.signed_in_at").sortable().filterable())
        .column(Column::instant("created", "u.created_at").sortable().optional())
        .search(&["u.name_folded", "u.email_folded", "o.name_folded"])
        .row_link("/system/users/{id}")
        .default_sort("name", Order::Ascending)
        .primary("users-invite", "/system/users/invite", "host:users")
        .empty("users-empty", "users-empty-hint")
}

/// The names of the roles that count for a user, highest first: built-in ones are called as the
/// reader calls them.
fn roles(lang: &Lang) -> String {
    let names = BUILT_IN.map(|id| {
        // A text of ours, but a quote or a placeholder in it must not become SQL.
        let name = lang.t(&format!("role-{id}")).replace(['\'', '\\', '?', '{', '}'], "");
        format!("when '{id}' then '{name}'")
    });
    let names = names.join(" ");
    format!(
        "(select replace(group_concat(case h.role_id {names} else h.name end order by h.position), ',', ', ') \
         from host_user_role r join host_role h on h.role_id = r.role_id \
           join host_organisation own on own.organisation_id = u.organisation_id \
         where r.user_id = u.user_id and {})",
        reaching("own.path")
    )
}

async fn list(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    let (lang, spec) = (cx.lang(), spec(&cx.lang()));
    let table = spec.load(&cx, &query).await?;
    let invited = Action::link(lang.t("invitations-title"), cx.url("/system/users/invitations"));
    let made = Action::link(lang.t("users-new"), cx.url("/system/users/new"));
    let head = spec.head(&cx).action(&invited).action(&made);
    Ok(Page::html(lang.t("users-title"), Markup::of(&head).and(&table)))
}

async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    spec(&cx.lang()).export(&cx, &query).await
}
