//! The list of users.

use plugin_api::Routes;
use plugin_api::table::{self, Column, Order, Source, TableSpec};
use plugin_api::ui::Tone;

use crate::pages::may;

pub(super) fn routes() -> Routes {
    table::routes(spec, &may("users"))
}

const ROLES: [(&str, &str, Tone); 6] = [
    ("superadmin", "role-superadmin", Tone::Info),
    ("reseller", "role-reseller", Tone::Neutral),
    ("sub-company", "role-sub-company", Tone::Neutral),
    ("agent", "role-agent", Tone::Neutral),
    ("customer", "role-customer", Tone::Neutral),
    ("auditor", "role-auditor", Tone::Neutral),
];
const STATES: [(&str, &str, Tone); 2] =
    [("active", "user-active", Tone::Ok), ("disabled", "user-disabled", Tone::Bad)];

fn spec() -> TableSpec {
    let source = Source {
        from: "host_user u join host_organisation o on o.organisation_id = u.organisation_id",
        id: "u.user_id",
        scope: "u.organisation_id",
    };
    let state = "case when u.disabled_at is null then 'active' else 'disabled' end";
    // Of several roles the list shows the highest; the user's own page shows all.
    let role = "(select r.role_id from host_user_role r \
                join host_role h on h.role_id = r.role_id where r.user_id = u.user_id \
                order by h.position limit 1)";
    TableSpec::new("/system/users", "users-title", source)
        .column(Column::text("name", "u.name").folded("u.name_folded").filterable())
        .column(Column::text("email", "u.email").folded("u.email_folded").filterable())
        .column(Column::choice("role", role, &ROLES).filterable())
        .column(Column::text("organisation", "o.name").folded("o.name_folded").filterable())
        .column(Column::choice("state", state, &STATES).filterable())
        .column(Column::instant("signed_in", "u.signed_in_at").sortable())
        .column(Column::instant("created", "u.created_at").sortable().optional())
        .search(&["u.name_folded", "u.email_folded", "o.name_folded"])
        .row_link("/system/users/{id}")
        .default_sort("name", Order::Ascending)
        .primary("users-new", "/system/users/new", "host:users")
        .empty("users-empty", "users-empty-hint")
}
