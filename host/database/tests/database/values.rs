//! What goes in comes out, the same from both databases.

use cockpit_database::throwaway::ThrowAway;
use plugin_api::FaultKind;
use plugin_api::db::{Dialect, Value};

use crate::sql;

#[tokio::test]
async fn every_kind_of_value_comes_back_as_it_went_in() {
    for database in ThrowAway::each().await.unwrap() {
        let create = match database.dialect() {
            Dialect::Sqlite => {
                "create table thing (thing_id text not null primary key, n integer, small integer,
                 flag integer, price real, name text, note text, document text, bytes blob) strict"
            }
            Dialect::MariaDb => {
                "create table thing (thing_id char(36) character set ascii not null primary key,
                 n bigint, small smallint, flag tinyint(1), price double, name varchar(190),
                 note text, document json, bytes blob)
                 engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin"
            }
        };
        database.execute(sql(create, [])).await.unwrap();
        let insert = "insert into thing values (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let whole = vec![
            "0190d5c0-0000-7000-8000-000000000000".into(),
            i64::MIN.into(),
            (-32_768).into(),
            true.into(),
            0.1.into(),
            "Città \u{1f511} 'x' \\ \" ".into(),
            "".into(),
            r#"{"a": [1]}"#.into(),
            Value::Blob(vec![0, 255, 39, 92]),
        ];
        let empty: Vec<Value> =
            std::iter::once("b".into()).chain((0..8).map(|_| Value::Null)).collect();
        database.execute(sql(insert, whole.clone())).await.unwrap();
        database.execute(sql(insert, empty.clone())).await.unwrap();
        let rows = database.query(sql("select * from thing order by thing_id", [])).await.unwrap();
        assert_eq!(rows.columns.first().map(String::as_str), Some("thing_id"));
        assert_eq!(rows.cells, [whole, empty].concat(), "{:?}", database.dialect());
    }
}

#[tokio::test]
async fn other_number_types_of_mariadb_are_integers_where_they_can_be() {
    let Some(url) = cockpit_database::throwaway::server().unwrap() else { return };
    let database = ThrowAway::mariadb(&url).await.unwrap();
    let create = "create table thing (a tinyint unsigned, b int unsigned, c bigint unsigned,
        d decimal(20, 0), e decimal(20, 2), f float, g varbinary(9), h longtext, i mediumint)";
    database.execute(sql(create, [])).await.unwrap();
    let insert = "insert into thing values (255, 4294967295, 9, 7, 1.50, 0.5, x'00ff', 'h', -1)";
    database.execute(sql(insert, [])).await.unwrap();
    let cells = database.query(sql("select * from thing", [])).await.unwrap().cells;
    let expected: Vec<Value> = vec![
        255.into(),
        4_294_967_295_i64.into(),
        9.into(),
        7.into(),
        1.5.into(),
        0.5.into(),
        Value::Blob(vec![0, 255]),
        "h".into(),
        (-1).into(),
    ];
    assert_eq!(cells, expected);
    let sums = "select sum(b) as s, count(*) as n, null as nothing, 'x' || 'y' as text from thing";
    let cells = database.query(sql(sums, [])).await.unwrap().cells;
    assert_eq!(cells, [4_294_967_295_i64.into(), 1.into(), Value::Null, "xy".into()]);
}

#[tokio::test]
async fn both_databases_mean_the_same_by_a_statement() {
    for database in ThrowAway::each().await.unwrap() {
        let kind = database.dialect();
        let id = match kind {
            Dialect::Sqlite => "text",
            Dialect::MariaDb => "char(36) character set ascii",
        };
        let create = format!("create table word (word_id {id} not null primary key, w text)");
        database.execute(sql(&create, [])).await.unwrap();
        database.execute(sql("insert into word values ('a', '50%')", [])).await.unwrap();
        for (text, expected) in [
            (r"select 'a\b' as v", Value::from(r"a\b")),
            (r"select count(*) as v from word where w like '50\%' escape '\'", 1.into()),
            (r#"select "w" || '!' as v from "word""#, "50%!".into()),
            ("select count(*) as v from word where w = '50% '", 0.into()),
            ("select 'a' = 'A' as v", 0.into()),
            ("select 1 / 0 as v", Value::Null),
        ] {
            let rows = database.query(sql(text, [])).await;
            assert_eq!(rows.map(|rows| rows.cells), Ok(vec![expected]), "{kind:?}: {text}");
        }
        // A column of ASCII ids cannot even be compared with other characters on MariaDB: nothing
        // is called so.
        let foreign = sql("select w from word where word_id = ?", ["è🔑".into()]);
        match database.query(foreign).await {
            Ok(rows) => assert!(rows.is_empty() && kind == Dialect::Sqlite),
            Err(fault) => assert_eq!((fault.kind, kind), (FaultKind::NotFound, Dialect::MariaDb)),
        }
        // Rows found are counted, whether or not their values change.
        let same = sql("update word set w = '50%'", []);
        assert_eq!(database.execute(same).await, Ok(1), "{kind:?}");
    }
}

#[tokio::test]
async fn what_reaches_beyond_a_statement_is_refused() {
    for database in ThrowAway::each().await.unwrap() {
        for text in ["commit", "/**/ rollback", "set names latin1", "pragma foreign_keys = off"] {
            let fault = database.execute(sql(text, [])).await.unwrap_err();
            assert_eq!(fault.kind, FaultKind::Refused, "{text}");
        }
        let fault = database.query(sql("select ? as a", [])).await.unwrap_err();
        assert!(matches!(fault.kind, FaultKind::Invalid | FaultKind::Database), "{fault}");
        assert_eq!(database.ping().await, Ok(()));
    }
}
