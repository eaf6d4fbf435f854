//! The list of what was done, and the check of the chain.

use axum::response::Response;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec};
use plugin_api::ui::{Action, Badge, Head, Markup, Tone};
use plugin_api::{Cx, Page, Problem, Routes, Scope, SeeOther};

use super::ACTORS;
use crate::audit::verify;
use crate::pages::may;
use crate::store::audit as store;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/system/audit", list, may("audit"))
        .get("/system/audit/export", export, may("audit"))
        .post("/system/audit/verify", check, may("audit"))
}

fn spec() -> TableSpec {
    let source = Source {
        from: "host_audit a \
               left join host_organisation o on o.organisation_id = a.organisation_id",
        id: "a.audit_id",
        scope: "a.organisation_id",
    };
    TableSpec::new("/system/audit", "audit-title", source)
        .column(Column::instant("at", "a.at").sortable().filterable())
        .column(Column::text("actor", "a.actor_name").folded("a.actor_folded").filterable())
        .column(Column::choice("actor_kind", "a.actor_kind", &ACTORS).filterable().optional())
        .column(Column::mono("action", "a.action").sortable().filterable())
        .column(Column::text("object", "a.object_name").folded("a.object_folded").filterable())
        .column(Column::mono("object_id", "a.object_id").filterable().optional())
        .column(Column::text("organisation", "o.name").folded("o.name_folded").filterable())
        .column(Column::mono("plugin", "a.plugin").filterable().optional())
        .column(Column::mono("address", "a.address").filterable().optional())
        .column(Column::mono("request", "a.request_id").filterable().optional())
        .column(Column::number("chain_no", "a.chain_no").sortable().optional())
        .search(&[
            "a.action",
            "a.actor_folded",
            "a.object_folded",
            "a.object_id",
            "a.request_id",
            "o.name_folded",
        ])
        .row_link("/system/audit/{id}")
        .default_sort("at", Order::Descending)
        .empty("audit-empty", "audit-empty-hint")
}

async fn list(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
    let lang = cx.lang();
    let end = store::head(&cx.db()).await?;
    let sealed = if end.chain_no == 0 {
        Badge::new(Tone::Neutral, lang.t("audit-unsealed"))
    } else {
        let (number, at) = (lang.number(end.chain_no), lang.instant(end.sealed_at));
        let said = lang.with("audit-sealed-to", &[("number", &number), ("at", &at)]);
        Badge::new(Tone::Ok, said)
    };
    let mut head = Head::new(lang.t("audit-title")).lead(lang.t("audit-lead")).badge(sealed);
    if sees_all(&cx) {
        let verify = Action::post(lang.t("audit-verify"), cx.url("/system/audit/verify"));
        head = head.action(&verify.icon("shield"));
    }
    let table = spec().load(&cx, &query).await?;
    Ok(Page::html(lang.t("audit-title"), Markup::of(&head).and(&table)))
}

async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    spec().export(&cx, &query).await
}

/// The chain runs through all branches: replaying it takes long and tells of all of them.
fn sees_all(cx: &Cx) -> bool {
    *cx.scope() == Scope::everything()
}

/// Replays the whole chain.
async fn check(cx: Cx) -> Result<SeeOther, Problem> {
    if !sees_all(&cx) {
        return Err(Problem::forbidden());
    }
    let lang = cx.lang();
    let report = verify(&cx.db()).await?;
    if let Some(broken) = report.first_broken {
        tracing::error!(%broken, "The audit chain is broken.");
        return Err(Problem::conflict("audit_broken").argument("row", broken.row()));
    }
    let said = lang.n("audit-verified", report.sealed);
    Ok(SeeOther::to(cx.url("/system/audit")).saying(said))
}
