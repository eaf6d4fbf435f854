//! A plugin as small as one can be with a bit of everything.

use http::StatusCode;
use plugin_api::contracts::Contract;
use plugin_api::db::{Audit, Batch, Enqueue, NewOrganisation, Statement};
use plugin_api::lang::Sources;
use plugin_api::manifest::{Migration, Migrations};
use plugin_api::table::{self, Column, List, Order, Source, TableQuery, TableSpec};
use plugin_api::ui::Tone;
use plugin_api::{
    Access, Cx, Fault, Idempotency, Json, Path, Plugin, Problem, Routes, Scope, routes,
};
use serde::{Deserialize, Serialize};

pub(crate) const COUNT: Contract<(), i64> = Contract::new("things.count.v1");
pub(crate) const RENAMED: &str = "things.renamed.v1";
pub(crate) const TOKEN: &str = "thing+jwt";
pub(crate) const LIST: &str = "/crm/things";
pub(crate) const API: &str = "/api/admin/cose";

pub(crate) const EN: &str = "\
plugin-name = Things
plugin-description = Keeps things.
permission-read = See things.
permission-write = Enter things.
things = Things
column-nome = Name
column-quanto = How much
column-stato = State
state-new = New
state-old = Old
setting-greeting = What a thing is greeted with
problem-thing-refused = This thing is refused.
";

pub(crate) const IT: &str = "\
plugin-name = Cose
plugin-description = Tiene le cose.
permission-read = Vedere le cose.
permission-write = Inserire le cose.
things = Cose
column-nome = Nome
column-quanto = Quanto
column-stato = Stato
state-new = Nuova
state-old = Vecchia
setting-greeting = Come si saluta una cosa
problem-thing-refused = Questa cosa è rifiutata.
";

pub(crate) const SQLITE: &str = "\
create table if not exists tiny_thing (
  thing_id text not null primary key,
  organisation_id text not null,
  name text not null,
  name_folded text not null,
  amount integer,
  state text not null
) strict;
create view if not exists tiny_v1 as select thing_id, name from tiny_thing;
";

pub(crate) const MARIADB: &str = "\
create table if not exists tiny_thing (
  thing_id char(36) character set ascii collate ascii_bin not null primary key,
  organisation_id char(36) character set ascii collate ascii_bin not null,
  name varchar(200) not null,
  name_folded varchar(200) not null,
  amount bigint,
  state varchar(16) not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create view if not exists tiny_v1 as select thing_id, name from tiny_thing;
";

pub(crate) const TEXTS: Sources = &[("en", EN), ("it", IT)];

pub(crate) fn migration(number: u32, name: &str, sqlite: &str, mariadb: &str) -> Migrations {
    let one = |sql: &str| vec![Migration { number, name: name.to_owned(), sql: sql.to_owned() }];
    Migrations { sqlite: one(sqlite), mariadb: one(mariadb) }
}

/// Everything but the last call.
pub(crate) fn unbuilt() -> Plugin {
    let read = Access::permission("tiny:read");
    Plugin::new("tiny", "1.0.0", TEXTS)
        .permission("read", &["auditor"])
        .permission("write", &[])
        .menu("things", LIST, "box", "read", "t")
        .setting("greeting", "hello")
        .token_type(TOKEN)
        .topic("things", "read")
        .asset("tiny.svg", "image/svg+xml", b"<svg/>")
        .migrations(migration(1, "create_thing", SQLITE, MARIADB))
        .routes(table::routes(spec, &read))
        .routes(
            Routes::new()
                .api(routes!(list), &read)
                .api(routes!(create), &Access::permission("tiny:write"))
                .api(routes!(show), &Access::Credential),
        )
        .service(&COUNT, async |cx, ()| count(&cx).await)
        .job("age", Some("0 3 * * *"), async |cx, _| {
            cx.progress(1, 1, "ageing").await?;
            let age = Statement::new("update tiny_thing set state = 'old' where {scope}");
            cx.db().execute(age.scope(cx.scope(), "organisation_id")).await.map(drop)
        })
        .on(RENAMED, async |cx, event| {
            let name = event.payload["name"].as_str().unwrap_or_default().to_owned();
            let rename = Statement::new("update tiny_thing set name = ? where {scope}");
            let rename = rename.bind(name).scope(cx.scope(), "organisation_id");
            cx.db().execute(rename).await.map(drop)
        })
}

pub(crate) fn plugin() -> Plugin {
    unbuilt().build()
}

pub(crate) fn spec() -> TableSpec {
    let source = Source { from: "tiny_thing t", id: "t.thing_id", scope: "t.organisation_id" };
    TableSpec::new(LIST, "things", source)
        .column(Column::text("nome", "t.name").folded("t.name_folded").filterable())
        .column(Column::number("quanto", "t.amount").sortable().filterable())
        .column(
            Column::choice(
                "stato",
                "t.state",
                &[("new", "state-new", Tone::Ok), ("old", "state-old", Tone::Bad)],
            )
            .filterable(),
        )
        .search(&["t.name_folded"])
        .default_sort("nome", Order::Ascending)
}

pub(crate) async fn count(cx: &Cx) -> Result<i64, Fault> {
    let all = Statement::new("select count(*) from tiny_thing where {scope}");
    cx.db().scalar(all.scope(cx.scope(), "organisation_id")).await
}

/// A thing.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub(crate) struct Thing {
    nome: String,
    #[serde(default)]
    quanto: Option<i64>,
}

/// Things, page by page.
#[utoipa::path(get, path = "/api/admin/cose", params(TableQuery))]
async fn list(cx: Cx, query: TableQuery) -> Result<Json<List<Thing>>, Problem> {
    spec().api_list(&cx, &query, "t.name as nome, t.amount as quanto").await.map(Json)
}

/// A new thing, with a node of its own.
#[utoipa::path(post, path = "/api/admin/cose", request_body = Thing)]
async fn create(
    cx: Cx,
    idempotency: Idempotency,
    Json(thing): Json<Thing>,
) -> Result<(StatusCode, Json<serde_json::Value>), Problem> {
    let (status, answer) = cx
        .once(&idempotency, &thing, |tx| {
            let thing = thing.clone();
            async move {
                let id = tx.fresh_id();
                let node = NewOrganisation {
                    organisation_id: tx.fresh_id(),
                    parent_id: tx.caller().organisation_id.clone(),
                    kind: "customer".to_owned(),
                    name: thing.nome.clone(),
                };
                let insertion = Statement::new(
                    "insert into tiny_thing \
                     (thing_id, organisation_id, name, name_folded, amount, state) \
                     values (?, ?, ?, ?, ?, 'new')",
                )
                .bind(&id)
                .bind(&node.organisation_id)
                .bind(&thing.nome)
                .bind(table::fold(&thing.nome))
                .bind(thing.quanto);
                let batch = Batch::new()
                    .and(insertion)
                    .organisation(node)
                    .audit(Audit::of("thing.created", &id))
                    .emit(RENAMED, serde_json::json!({ "name": thing.nome }))
                    .enqueue(Enqueue {
                        job: "age".to_owned(),
                        payload: serde_json::Value::Null,
                        run_at: tx.now() + 60_000,
                        job_id: String::new(),
                    });
                tx.db().batch(batch).await?;
                // Too late to refuse, so that everything above has to be undone.
                if thing.nome == "forbidden" {
                    return Err(Problem::unprocessable("thing_refused"));
                }
                Ok((StatusCode::CREATED, serde_json::json!({ "id": id })))
            }
        })
        .await?;
    Ok((status, Json(answer)))
}

/// The name of a thing, for whoever knows its id.
#[utoipa::path(get, path = "/api/cose/{id}")]
async fn show(cx: Cx, Path(id): Path<String>) -> Result<String, Problem> {
    let named =
        Statement::new("select name from tiny_thing where thing_id = cast(? as char) and {scope}");
    let rows = cx.db().rows(named.bind(id).scope(&Scope::everything(), "organisation_id")).await?;
    let name = rows.iter().flatten().next().cloned();
    let looked =
        Statement::new("update tiny_thing set amount = coalesce(amount, 0) + 1 where {scope}");
    cx.write_behind(looked.scope(&Scope::everything(), "organisation_id")).await?;
    match name {
        Some(plugin_api::db::Value::Text(name)) => Ok(name),
        _ => Err(Problem::not_found()),
    }
}
