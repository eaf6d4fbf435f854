//! `/system/users/invitations`: who was invited and has not come yet; sent again, or withdrawn.

use plugin_api::table::{self, Column, Order, Source, TableSpec};
use plugin_api::ui::{Action, Badge, Card, Confirm, Facts, Head, Markup, Tone};
use plugin_api::{Cx, Page, Path, Problem, Routes, SeeOther};

use crate::pages::may;
use crate::people::invitations;
use crate::state::App;
use crate::store::links::LinkRow;
use crate::store::roles;

const LIST: &str = "/system/users/invitations";

pub(super) fn routes() -> Routes {
    table::routes(spec, &may("users"))
        .get("/system/users/invitations/{link_id}", show, may("users"))
        .post("/system/users/invitations/{link_id}/resend", resend, may("users"))
        .post("/system/users/invitations/{link_id}/withdraw", withdraw, may("users"))
}

const STATES: [(&str, &str, Tone); 2] = [
    ("open", "invitation-state-open", Tone::Info),
    ("expired", "invitation-state-expired", Tone::Warn),
];

pub(super) fn spec() -> TableSpec {
    let source = Source {
        from: "host_link l join host_organisation o on o.organisation_id = l.organisation_id",
        id: "l.link_id",
        scope: "l.organisation_id",
    };
    let state = "case when l.expires_at <= {now} then 'expired' else 'open' end";
    TableSpec::new(LIST, "invitations-title", source)
        .column(Column::text("name", "l.name").folded("l.name_folded").filterable())
        .column(Column::text("email", "l.email").folded("l.email_folded").filterable())
        .column(Column::text("organisation", "o.name").folded("o.name_folded").filterable())
        .column(Column::choice("state", state, &STATES).filterable())
        .column(Column::text("invited_by", "l.invited_by"))
        .column(Column::instant("invited_at", "l.created_at").sortable().filterable())
        .column(Column::instant("invited_until", "l.expires_at").sortable())
        .search(&["l.name_folded", "l.email_folded", "o.name_folded"])
        .only("l.kind = 'invitation' and l.used_at is null and l.withdrawn_at is null", [])
        .row_link("/system/users/invitations/{id}")
        .default_sort("invited_at", Order::Descending)
        .primary("users-invite", "/system/users/invite", "host:users")
        .empty("invitations-empty", "invitations-empty-hint")
}

async fn show(App(state): App, cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let link = invitations::find(&state, &cx, &id).await?;
    let lang = cx.lang();
    let badge = if link.expires_at <= cx.now() {
        Badge::new(Tone::Warn, lang.t("invitation-state-expired"))
    } else {
        Badge::new(Tone::Info, lang.t("invitation-state-open"))
    };
    let head = Head::new(&link.name).back(lang.t("invitations-title"), cx.url(LIST)).badge(badge);
    let (given, node) = (link.roles(), &link.organisation_id);
    let roles = roles::titles(&cx.db(), cx.scope(), node, &given, &lang).await?;
    let facts = Facts::new()
        .text(lang.t("email"), &link.email)
        .text(lang.t("column-organisation"), &link.organisation_name)
        .text(lang.t("user-roles"), roles.join(", "))
        .text(lang.t("column-invited-by"), &link.invited_by)
        .text(lang.t("column-invited-at"), lang.instant(link.created_at))
        .text(lang.t("column-invited-until"), lang.instant(link.expires_at));
    let again = Action::post(lang.t("invitation-resend"), address(&cx, &link, "/resend")).primary();
    let withdraw = Confirm::new(
        &lang,
        "withdraw",
        lang.t("invitation-withdraw"),
        address(&cx, &link, "/withdraw"),
        lang.with("invitation-withdraw-consequence", &[("name", &link.name)]),
    );
    let html = Markup::of(&head)
        .and(&Card::new("invitation", lang.t("invitation-card")).body(&facts))
        .and(
            &Card::new("again", lang.t("invitation-resend-title"))
                .text(lang.t("invitation-resend-hint"))
                .body(&again),
        )
        .and(
            &Card::new("standing", lang.t("invitation-withdraw-title"))
                .danger()
                .text(lang.t("invitation-withdraw-hint"))
                .body(&withdraw),
        );
    Ok(Page::html(link.name.clone(), html))
}

fn address(cx: &Cx, link: &LinkRow, act: &str) -> String {
    cx.url(&format!("{LIST}/{}{act}", link.link_id))
}

async fn resend(App(state): App, cx: Cx, Path(id): Path<String>) -> Result<SeeOther, Problem> {
    let link = invitations::find(&state, &cx, &id).await?;
    invitations::resend(&state, &cx, &link).await?;
    let said = cx.lang().with("invitation-sent", &[("email", &link.email)]);
    Ok(SeeOther::to(address(&cx, &link, "")).saying(said))
}

async fn withdraw(App(state): App, cx: Cx, Path(id): Path<String>) -> Result<SeeOther, Problem> {
    let link = invitations::find(&state, &cx, &id).await?;
    invitations::withdraw(&cx, &link).await?;
    let said = cx.lang().with("invitation-withdrawn", &[("name", &link.name)]);
    Ok(SeeOther::to(cx.url(LIST)).saying(said))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_makes_no_mistake() {
        let lang = plugin_api::Catalogue::new(crate::host_plugin::LOCALES).lang("en");
        assert_eq!(super::spec().mistakes(&lang), Vec::<String>::new());
    }
}
