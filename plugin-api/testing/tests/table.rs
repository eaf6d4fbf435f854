//! Tables on both databases: the same rows in the same order, page by page, whatever is asked.

use std::cmp::Ordering;

use plugin_api::db::Value;
use plugin_api::manifest::{Migration, Migrations};
use plugin_api::table::{self, Column, List, Order, Source, TableQuery, TableSpec, fold};
use plugin_api::ui::Tone;
use plugin_api::{Access, Cx, Json, Plugin, Problem, Routes};
use plugin_testing::{Harness, Node};
use serde::{Deserialize, Serialize};

const TEXTS: &str = "\
plugin-name = Things
plugin-description = Things.
permission-view = Sees things
title = Things
column-codice = Code
column-nome = Name
column-stato = State
column-scadenza = Ends
column-importo = Amount
column-posti = Seats
column-interna = Internal
state-on = On
state-over = Over
";

const SQLITE: &str = "create table if not exists things_thing (
  thing_id text not null primary key, organisation_id text not null, code text not null,
  name text not null, name_folded text not null, state text not null, ends_at bigint,
  minor bigint, used bigint not null, internal bigint not null
);";

const MARIADB: &str = "create table if not exists things_thing (
  thing_id char(36) character set ascii not null primary key,
  organisation_id char(36) character set ascii not null, code varchar(40) character set ascii not null,
  name varchar(200) not null, name_folded varchar(200) not null, state varchar(20) not null,
  ends_at bigint, minor bigint, used bigint not null, internal bigint not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;";

fn spec() -> TableSpec {
    let source = Source { from: "things_thing t", id: "t.thing_id", scope: "t.organisation_id" };
    let state = "case when t.ends_at < {now} then 'over' else t.state end";
    TableSpec::new("/crm/things", "title", source)
        .column(Column::mono("codice", "t.code").sortable().filterable())
        .column(Column::text("nome", "t.name").folded("t.name_folded").filterable())
        .column(
            Column::choice(
                "stato",
                state,
                &[("on", "state-on", Tone::Ok), ("over", "state-over", Tone::Bad)],
            )
            .sortable()
            .filterable(),
        )
        .column(Column::date("scadenza", "t.ends_at").sortable().filterable())
        .column(Column::money("importo", "t.minor", "'EUR'").sortable().filterable())
        .column(Column::meter("posti", "t.used", "nullif(10, t.used)").sortable().filterable())
        .column(Column::flag("interna", "t.internal").filterable())
        .search(&["t.name_folded", "t.code"])
        .row_link("/crm/things/{id}")
        .default_sort("nome", Order::Ascending)
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Thing {
    id: String,
}

async fn list(cx: Cx, query: TableQuery) -> Result<Json<List<Thing>>, Problem> {
    Ok(Json(spec().api_list(&cx, &query, "t.thing_id as id").await?))
}

async fn count(cx: Cx, query: TableQuery) -> Result<String, Problem> {
    Ok(spec().count(&cx, &query).await?.to_string())
}

fn plugin() -> Plugin {
    let migration =
        |sql: &str| vec![Migration { number: 1, name: "create_thing".into(), sql: sql.to_owned() }];
    Plugin::new("things", "1.0.0", &[("en", TEXTS), ("it", TEXTS)])
        .permission("view", &[])
        .migrations(Migrations { sqlite: migration(SQLITE), mariadb: migration(MARIADB) })
        .routes(table::routes(spec, &Access::SignedIn))
        .routes(Routes::new().get("/api/admin/cose", list, Access::SignedIn))
        .routes(Routes::new().get("/api/admin/conto", count, Access::SignedIn))
        .build()
}

type Compare = fn(&Row, &Row) -> Ordering;

/// One row, with many equal values and many NULLs in it.
#[derive(Debug, Clone)]
struct Row {
    id: String,
    name: String,
    ends_at: Option<i64>,
    minor: Option<i64>,
    used: i64,
}

const DAY: i64 = 86_400_000;

fn row(n: i64) -> Row {
    let names = ["Zeta", "È vero 100%", "alfa", "Ångström", "東京", "Alfa", "O'Brien_x", "élan"];
    let name = names[usize::try_from(n).expect("not negative") % names.len()];
    Row {
        id: format!("0000{:02}-{n:03}", (n * 37) % 61),
        name: name.to_owned(),
        // The clock of the harness stands at 2026-01-15.
        ends_at: (n % 3 != 0).then_some((20_468 + n % 4) * DAY),
        minor: (n % 4 != 1).then_some((n % 5 - 2) * 125),
        used: n % 7,
    }
}

fn fill(harness: &Harness, node: &Node, rows: &[Row]) {
    for row in rows {
        harness.sql(
            "insert into things_thing values (?, ?, ?, ?, ?, 'on', ?, ?, ?, ?)",
            [
                row.id.as_str().into(),
                node.id.as_str().into(),
                format!("K-{}", row.used).into(),
                row.name.as_str().into(),
                fold(&row.name).into(),
                row.ends_at.into(),
                row.minor.into(),
                row.used.into(),
                Value::from(row.used == 0),
            ],
        );
    }
}

/// Sixty rows in the reseller's branch, three in another's.
fn filled(harness: &Harness) -> Vec<Row> {
    let rows: Vec<Row> = (0..60).map(row).collect();
    fill(harness, &harness.organisations().reseller, &rows);
    let foreign: Vec<Row> = (60..63).map(row).collect();
    fill(harness, &harness.organisations().sibling, &foreign);
    rows
}

/// The ids of all pages, following `prossimo`.
fn walked(harness: &Harness, query: &str) -> Vec<String> {
    let client = harness.in_branch(&harness.organisations().reseller, &[]);
    let (mut ids, mut cursor) = (Vec::new(), String::new());
    loop {
        let answer = client.get(&format!("/api/admin/cose?limit=7&{query}&cursor={cursor}"));
        let json = answer.expect(200).json();
        let page = json["dati"].as_array().expect("a page").clone();
        assert!(page.len() <= 7);
        ids.extend(page.iter().map(|thing| thing["id"].as_str().expect("an id").to_owned()));
        match json["prossimo"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => return ids,
        }
        assert!(ids.len() <= 70, "the pages never end");
    }
}

#[test]
fn every_order_is_the_same_on_both_databases_and_loses_no_row() {
    Harness::on_each(plugin, |harness| {
        let rows = filled(harness);
        let orders: [(&str, Compare); 5] = [
            ("nome", |a, b| fold(&a.name).cmp(&fold(&b.name))),
            ("scadenza", |a, b| a.ends_at.cmp(&b.ends_at)),
            ("importo", |a, b| a.minor.cmp(&b.minor)),
            ("posti", |a, b| a.used.cmp(&b.used)),
            ("codice", |a, b| a.used.cmp(&b.used)),
        ];
        for (column, compare) in orders {
            let mut expected = rows.clone();
            expected.sort_by(|a, b| compare(a, b).then_with(|| a.id.cmp(&b.id)));
            let mut expected: Vec<String> = expected.into_iter().map(|row| row.id).collect();
            assert_eq!(walked(harness, &format!("sort={column}")), expected, "{column}");
            expected.reverse();
            assert_eq!(walked(harness, &format!("sort=-{column}")), expected, "-{column}");
        }
        assert_eq!(walked(harness, "sort=stato").len(), 60);
    });
}

/// The addresses behind and ahead, and the ids of the rows of a page.
fn page(harness: &Harness, path: &str) -> (Option<String>, Option<String>, Vec<String>) {
    let client = harness.in_branch(&harness.organisations().reseller, &[]);
    let answer = client.get(path).expect(200);
    let html = answer.html();
    let link = |rel: &str| {
        let link = html.split(&format!("rel=\"{rel}\" href=\"")).nth(1)?.split('"').next()?;
        Some(link.replace("&#38;", "&"))
    };
    let rows = html.split("<th scope=\"row\"><a href=\"/crm/things/").skip(1);
    let ids = rows.filter_map(|row| row.split('"').next()).map(str::to_owned).collect();
    (link("prev"), link("next"), ids)
}

#[test]
fn pages_lead_forward_and_back_again() {
    Harness::on_each(plugin, |harness| {
        filled(harness);
        for sort in ["scadenza", "-scadenza", "nome", "-importo"] {
            let first = format!("/crm/things?sort={sort}&limit=11&columns=codice");
            let (mut pages, mut next) = (Vec::new(), Some(first));
            while let Some(path) = next.take() {
                let (_, ahead, ids) = page(harness, &path);
                pages.push((path, ids));
                next = ahead;
            }
            assert_eq!(pages.len(), 6, "{sort}");
            let (mut behind, ..) = page(harness, &pages[5].0);
            for (_, ids) in pages.iter().rev().skip(1) {
                let (back, ahead, again) = page(harness, &behind.expect("a page before"));
                assert_eq!(again, *ids, "{sort}");
                assert!(ahead.is_some());
                behind = back;
            }
            assert_eq!(behind, None, "the first page is the first");
        }
    });
}

#[test]
fn a_new_row_moves_no_row_to_another_page() {
    Harness::on_each(plugin, |harness| {
        filled(harness);
        let (_, next, before) = page(harness, "/crm/things?sort=-scadenza&limit=20");
        let late = Row { id: "zzz".into(), ends_at: Some(99_999 * DAY), ..row(1) };
        fill(harness, &harness.organisations().reseller, &[late]);
        let (_, _, after) = page(harness, &next.expect("a second page"));
        assert!(after.iter().all(|id| !before.contains(id) && id != "zzz"), "{after:?}");
        assert_eq!(after.len(), 20);
    });
}

#[test]
fn filters_find_what_they_say() {
    Harness::on_each(plugin, |harness| {
        let rows = filled(harness);
        let finds = |query: &str, which: &dyn Fn(&Row) -> bool| {
            let mut expected: Vec<&str> =
                rows.iter().filter(|row| which(row)).map(|row| row.id.as_str()).collect();
            let mut found = walked(harness, query);
            expected.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, expected, "{query}");
            let client = harness.in_branch(&harness.organisations().reseller, &[]);
            let count = client.get(&format!("/api/admin/conto?{query}")).expect(200);
            assert_eq!(count.text(), expected.len().to_string(), "{query}");
            let csv = client.get(&format!("/crm/things/export?format=csv&{query}")).expect(200);
            assert_eq!(csv.text().lines().count(), expected.len() + 1, "{query}");
            !expected.is_empty()
        };
        assert!(finds("", &|_| true));
        assert!(finds("q=ALFA", &|row| row.name.eq_ignore_ascii_case("alfa")));
        assert!(finds("q=e+vero", &|row| row.name.starts_with('È')));
        assert!(finds("q=vero+k-1", &|row| row.name.starts_with('È') && row.used == 1));
        assert!(finds("q=%25", &|row| row.name.contains('%')));
        assert!(finds("q=_x", &|row| row.name.contains("_x")));
        assert!(finds("q=%E4%BA%AC", &|row| row.name == "東京"));
        assert!(finds("nome=angstrom", &|row| row.name == "Ångström"));
        assert!(finds("nome='", &|row| row.name.contains('\'')));
        assert!(finds("codice=k-3", &|row| row.used == 3));
        assert!(!finds("codice=%E4%BA%AC", &|_| false));
        assert!(finds("interna=true", &|row| row.used == 0));
        assert!(finds("interna=false", &|row| row.used != 0));
        assert!(finds("importo.from=0&importo.to=1.25", &|row| {
            row.minor.is_some_and(|minor| (0..=125).contains(&minor))
        }));
        assert!(finds("posti.to=2", &|row| row.used <= 2));
        let day = |n: i64| move |row: &Row| row.ends_at == Some(n * DAY);
        assert!(finds("scadenza.from=2026-01-15&scadenza.to=2026-01-15", &day(20_468)));
        let over = |row: &Row| row.ends_at == Some(20_468 * DAY);
        assert!(finds("stato=over", &over));
        assert!(finds("stato=on", &|row| !over(row)));
        assert!(finds("stato=on,over&q=alfa&posti.from=1", &|row| {
            row.name.eq_ignore_ascii_case("alfa") && row.used >= 1
        }));
    });
}

#[test]
fn nobody_leaves_his_branch() {
    Harness::on_each(plugin, |harness| {
        filled(harness);
        let client = harness.in_branch(&harness.organisations().sibling, &[]);
        assert_eq!(client.get("/api/admin/conto").expect(200).text(), "3");
        assert_eq!(client.get("/crm/things/export").expect(200).text().lines().count(), 4);
        let list = client.get("/api/admin/cose").expect(200).json();
        assert_eq!(list["dati"].as_array().map(Vec::len), Some(3));
        assert!(client.get("/crm/things").expect(200).html().contains("3 rows"));
        // A cursor made in one branch leads nowhere else.
        let (_, next, _) = page(harness, "/crm/things?limit=2");
        let html = client.get(&next.expect("a second page")).expect(200);
        assert!(html.html().matches("scope=\"row\"").count() <= 3);
        assert_eq!(harness.superadmin().get("/api/admin/conto").expect(200).text(), "63");
        assert_eq!(harness.anonymous().get("/crm/things").status, 401);
    });
}

#[test]
fn nothing_in_the_address_breaks_the_server() {
    use base64::Engine as _;
    Harness::on_each(plugin, |harness| {
        filled(harness);
        let client = harness.in_branch(&harness.organisations().reseller, &[]);
        let cursor = |json: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json);
        let mut hostile: Vec<String> =
            ["q", "nome", "codice", "stato", "scadenza.from", "limit", "sort"]
                .into_iter()
                .flat_map(|name| {
                    [
                        "%00",
                        "'%22;--",
                        "%F0%9F%A6%80",
                        "%FF",
                        "%25%25%21",
                        "-1e999",
                        "{scope}",
                        "?",
                        "{now}",
                    ]
                    .map(|value| format!("{name}={value}"))
                })
                .collect();
        hostile.push(format!("q={}", "%C3%A8".repeat(3000)));
        hostile.push(format!("nome={}", "%21%25_".repeat(3000)));
        hostile.push("importo.from=-92233720368547758.08&posti.from=-9223372036854775808".into());
        hostile.push("scadenza.from=9999-12-31&scadenza.to=-009999-01-02".into());
        for value in [
            "null",
            "\"è東\"",
            "\"x\\u0000\"",
            "-1",
            "[4607182418800017408]",
            "[9218868437227405312]",
        ] {
            for sort in ["nome", "-nome", "scadenza", "-scadenza", "codice", "-codice", "stato"] {
                for id in ["a", "'", "~~~"] {
                    let cursor = cursor(&format!("[\"{sort}\",{value},\"{id}\",false]"));
                    hostile.push(format!("sort={sort}&cursor={cursor}"));
                }
            }
        }
        for query in hostile {
            let page = client.get(&format!("/crm/things?{query}"));
            assert_eq!(page.status, 200, "{query}: {}", page.text());
            let list = client.get(&format!("/api/admin/cose?{query}"));
            assert!(matches!(list.status.as_u16(), 200 | 400), "{query}: {}", list.text());
            let export = client.get(&format!("/crm/things/export?{query}"));
            assert_eq!(export.status, 200, "{query}");
        }
    });
}

#[test]
fn a_workbook_has_what_the_page_has() {
    Harness::on_each(plugin, |harness| {
        filled(harness);
        let client = harness.in_branch(&harness.organisations().reseller, &[]).language("it");
        let answer = client.get("/crm/things/export?format=xlsx&q=alfa").expect(200);
        let name = answer.header("content-disposition");
        assert_eq!(name, Some("attachment; filename=\"things-2026-01-15.xlsx\""));
        assert!(answer.bytes.starts_with(b"PK"));
        let json = client.get("/crm/things/export?format=json&q=alfa").expect(200).json();
        assert_eq!(json.as_array().map(Vec::len), Some(15));
        assert_eq!(client.get("/crm/things/export?format=doc").status, 400);
    });
}
