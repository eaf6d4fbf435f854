//! `/system/access`: who came in, who failed to, and with what.

use plugin_api::Routes;
use plugin_api::table::{self, Column, Order, Source, TableSpec};
use plugin_api::ui::Tone;

use super::may;

pub(super) fn routes() -> Routes {
    table::routes(spec, &may("audit"))
}

const KINDS: [(&str, &str, Tone); 10] = [
    ("signed_in", "access-signed-in", Tone::Ok),
    ("sign_in_failed", "access-sign-in-failed", Tone::Bad),
    ("second_factor_failed", "access-second-factor-failed", Tone::Bad),
    ("signed_out", "access-signed-out", Tone::Neutral),
    ("password_reset_requested", "access-password-reset-requested", Tone::Warn),
    ("password_changed", "access-password-changed", Tone::Info),
    ("invitation_accepted", "access-invitation-accepted", Tone::Info),
    ("sso_signed_in", "access-sso-signed-in", Tone::Ok),
    ("token_used", "access-token-used", Tone::Neutral),
    ("token_refused", "access-token-refused", Tone::Bad),
];

pub(super) fn spec() -> TableSpec {
    let source = Source {
        from: "host_access a \
               left join host_organisation o on o.organisation_id = a.organisation_id \
               left join host_user u on u.user_id = a.user_id",
        id: "a.access_id",
        scope: "a.organisation_id",
    };
    TableSpec::new("/system/access", "access-title", source)
        .column(Column::instant("at", "a.at").sortable().filterable())
        .column(Column::choice("kind", "a.kind", &KINDS).filterable())
        .column(
            Column::text("who", "a.name")
                .folded("a.name_folded")
                .filterable()
                .linked("/system/users/{id}", "u.user_id"),
        )
        .column(Column::mono("address", "a.address").filterable())
        .column(Column::text("browser", "a.browser").filterable())
        .column(Column::text("detail", "a.detail").filterable())
        .column(
            Column::text("organisation", "o.name").folded("o.name_folded").filterable().optional(),
        )
        .search(&["a.name_folded", "a.address", "o.name_folded"])
        .default_sort("at", Order::Descending)
        .preset("access-failures", "kind=sign_in_failed,second_factor_failed,token_refused")
        .empty("access-empty", "access-empty-hint")
}
