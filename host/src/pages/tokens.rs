//! API tokens as a table, on the own account's page and on the page of a user.

use plugin_api::Cx;
use plugin_api::ui::{Confirm, Markup};

use super::{Cell, Rows};
use crate::store::tokens::TokenRow;

/// The tokens; `revoke` is the address, before the token's id, that a revocation is posted to.
pub(crate) fn table(cx: &Cx, found: &[TokenRow], revoke: &str) -> Rows {
    let lang = cx.lang();
    let columns =
        ["token-name", "token-prefix", "token-reach", "token-expires", "token-used", "actions"];
    let mut rows =
        Rows::new("tokens-table", lang.t("tokens-title"), columns.map(|key| lang.t(key)));
    for token in found {
        let never = || lang.t("never");
        let used = token.used_at.map_or_else(never, |at| lang.instant(at));
        let used = match token.used_address.as_str() {
            "" => used,
            address => format!("{used}, {address}"),
        };
        let confirm = Confirm::new(
            &lang,
            format!("revoke-{}", token.prefix),
            lang.t("token-revoke"),
            format!("{revoke}/{}/revoke", token.token_id),
            lang.with("token-revoke-consequence", &[("name", &token.name)]),
        );
        rows = rows.row([
            Cell::Text(token.name.clone()),
            Cell::Mono(format!("cpk_{}…", token.prefix)),
            Cell::Text(reach(cx, token)),
            Cell::When(token.expires_at.map_or_else(never, |at| lang.date(at))),
            Cell::Text(used),
            Cell::Component(Markup::of(&confirm)),
        ]);
    }
    rows
}

/// What a token may do, and where.
fn reach(cx: &Cx, token: &TokenRow) -> String {
    let lang = cx.lang();
    let may = match token.permissions() {
        None => lang.t("token-may-all"),
        Some(some) => lang.n("token-may-some", i64::try_from(some.len()).unwrap_or_default()),
    };
    match &token.branch_name {
        Some(branch) => lang.with("token-may-in", &[("may", &may), ("branch", branch)]),
        None => may,
    }
}
