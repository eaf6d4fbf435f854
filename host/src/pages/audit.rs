//! `/system/audit`: who did what, and whether the chain holds.

use axum::response::Response;
use plugin_api::table::{Column, Order, Source, TableQuery, TableSpec};
use plugin_api::ui::{Action, Badge, Card, CopyText, Empty, Facts, Head, Markup, Tone};
use plugin_api::{Cx, Lang, Page, Path, Problem, Routes, SeeOther};
use serde_json::{Map, Value as Json};

use super::{Cell, Rows, may};
use crate::audit::verify;
use crate::store::audit::{self as store, AuditRow};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/system/audit", list, may("audit"))
        .get("/system/audit/export", export, may("audit"))
        .post("/system/audit/verify", check, may("audit"))
        .get("/system/audit/{audit_id}", show, may("audit"))
}

const ACTORS: [(&str, &str, Tone); 4] = [
    ("user", "actor-user", Tone::Neutral),
    ("token", "actor-token", Tone::Info),
    ("job", "actor-job", Tone::Neutral),
    ("anonymous", "actor-anonymous", Tone::Warn),
];

fn spec() -> TableSpec {
    let source = Source {
        from: "host_audit a \
               left join host_organisation o on o.organisation_id = a.organisation_id",
        id: "a.audit_id",
        scope: "a.organisation_id",
    };
    TableSpec::new("/system/audit", "audit-title", source)
        .column(Column::instant("at", "a.at").sortable().filterable())
        .column(Column::text("actor", "a.actor_name").filterable())
        .column(Column::choice("actor_kind", "a.actor_kind", &ACTORS).filterable().optional())
        .column(Column::mono("action", "a.action").sortable().filterable())
        .column(Column::text("object", "a.object_name").filterable())
        .column(Column::mono("object_id", "a.object_id").filterable().optional())
        .column(Column::text("organisation", "o.name").folded("o.name_folded").filterable())
        .column(Column::mono("plugin", "a.plugin").filterable().optional())
        .column(Column::mono("address", "a.address").filterable().optional())
        .column(Column::mono("request", "a.request_id").filterable().optional())
        .column(Column::number("chain_no", "a.chain_no").sortable().optional())
        .search(&["a.action", "a.object_id", "a.request_id", "o.name_folded"])
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
    let verify = Action::post(lang.t("audit-verify"), cx.url("/system/audit/verify"));
    let head = Head::new(lang.t("audit-title"))
        .lead(lang.t("audit-lead"))
        .badge(sealed)
        .action(&verify.icon("shield"));
    let table = spec().load(&cx, &query).await?;
    Ok(Page::html(lang.t("audit-title"), Markup::of(&head).and(&table)))
}

async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
    spec().export(&cx, &query).await
}

/// Replays the whole chain.
async fn check(cx: Cx) -> Result<SeeOther, Problem> {
    let lang = cx.lang();
    let report = verify(&cx.db()).await?;
    if let Some(broken) = report.first_broken {
        tracing::error!(%broken, "The audit chain is broken.");
        return Err(Problem::conflict("audit_broken").argument("row", broken.row()));
    }
    let said = lang.n("audit-verified", report.sealed);
    Ok(SeeOther::to(cx.url("/system/audit")).saying(said))
}

async fn show(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let lang = cx.lang();
    let found = store::find(&cx.db(), cx.scope(), &id).await?;
    let row = found.ok_or_else(Problem::not_found)?;
    let head = Head::new(&row.action)
        .back(lang.t("audit-title"), cx.url("/system/audit"))
        .lead(lang.instant(row.at));
    let html = Markup::of(&head)
        .and(&Card::new("what", lang.t("details")).body(&facts(&row, &lang)))
        .and(&Card::new("change", lang.t("audit-change")).body(&changes(&row, &lang)));
    Ok(Page::html(row.action.clone(), html))
}

fn facts(row: &AuditRow, lang: &Lang) -> Facts {
    let actor = ACTORS.iter().find(|(kind, ..)| *kind == row.actor_kind);
    let kind = actor.map_or_else(|| row.actor_kind.clone(), |(_, key, _)| lang.t(key));
    let sealed = match row.chain_no {
        Some(number) => lang.with("audit-row-sealed", &[("number", &lang.number(number))]),
        None => lang.t("audit-row-unsealed"),
    };
    let facts = Facts::new()
        .text(lang.t("column-actor"), &row.actor_name)
        .text(lang.t("column-actor-kind"), kind)
        .mono(lang.t("column-address"), &row.address)
        .mono(lang.t("column-plugin"), &row.plugin)
        .text(lang.t("column-object"), &row.object_name)
        .mono(lang.t("column-object-id"), &row.object_id)
        .mono(lang.t("column-request"), &row.request_id)
        .text(lang.t("column-chain-no"), sealed);
    match &row.chain_hash {
        Some(hash) => {
            facts.with(lang.t("audit-hash"), &CopyText::new(hash, lang.t("copy")).block())
        }
        None => facts,
    }
}

/// Before and after, member by member.
fn changes(row: &AuditRow, lang: &Lang) -> Markup {
    if row.salt.is_none() {
        return Markup::of(&Empty::new(lang.t("audit-erased"), lang.t("audit-erased-hint")));
    }
    let content: Json = serde_json::from_str(&row.content).unwrap_or_default();
    let (before, after) = (members(content.get("before")), members(content.get("after")));
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    if names.is_empty() {
        return Markup::of(&Empty::new(lang.t("audit-no-change"), lang.t("audit-no-change-hint")));
    }
    let headers = ["audit-field", "audit-before", "audit-after"].map(|key| lang.t(key));
    let mut rows = Rows::new("changes", lang.t("audit-change"), headers);
    for name in names {
        let label = if name.is_empty() { lang.t("audit-value") } else { name.clone() };
        let cell =
            |from: &Map<String, Json>| Cell::Text(from.get(name).map_or_else(String::new, words));
        rows = rows.row([Cell::Mono(label), cell(&before), cell(&after)]);
    }
    Markup::of(&rows)
}

/// The members of an object; anything else is the one member without a name.
fn members(value: Option<&Json>) -> Map<String, Json> {
    match value {
        None | Some(Json::Null) => Map::new(),
        Some(Json::Object(members)) => members.clone(),
        Some(other) => Map::from_iter([(String::new(), other.clone())]),
    }
}

fn words(value: &Json) -> String {
    match value {
        Json::Null => "—".to_owned(),
        Json::String(text) => text.clone(),
        Json::Array(items) => items.iter().map(words).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
