//! The ledger: applied once, in order, unchanged, and resumable.

use cockpit_database::throwaway::ThrowAway;
use plugin_api::FaultKind;
use plugin_api::db::Dialect;
use plugin_api::manifest::Migration;

use crate::sql;

pub(crate) fn migration(number: u32, name: &str, sql: &str) -> Migration {
    Migration { number, name: name.to_owned(), sql: sql.to_owned() }
}

pub(crate) fn two() -> Vec<Migration> {
    vec![
        migration(
            1,
            "create_a",
            "-- why\ncreate table if not exists a (i int primary key);\n\
             create table if not exists b (i int primary key);\n",
        ),
        migration(2, "create_c", "create table if not exists c (i int primary key);"),
    ]
}

#[tokio::test]
async fn migrations_are_applied_once_per_owner() {
    for database in ThrowAway::each().await.unwrap() {
        assert_eq!(database.pending("x", &two()).await.unwrap(), ["create_a", "create_c"]);
        assert_eq!(database.migrate("x", &two()).await.unwrap(), ["create_a", "create_c"]);
        assert!(database.migrate("x", &two()).await.unwrap().is_empty());
        assert!(database.pending("x", &two()).await.unwrap().is_empty());
        assert_eq!(database.execute(sql("insert into c values (1)", [])).await, Ok(1));
        assert_eq!(database.migrate("y", &two()).await.unwrap().len(), 2);
        let ledger = "select count(*) as n from host_migration where applied_at > 1600000000000";
        assert_eq!(database.query(sql(ledger, [])).await.unwrap().scalar(), 4);
    }
}

#[tokio::test]
async fn a_migration_changed_after_it_was_applied_is_named() {
    for database in ThrowAway::each().await.unwrap() {
        database.migrate("x", &two()).await.unwrap();
        let mut changed = two();
        changed[1].sql.push_str("\ninsert into c values (1);");
        changed.push(migration(3, "more", "create table d (i int);"));
        for outcome in
            [database.migrate("x", &changed).await, database.pending("x", &changed).await]
        {
            let fault = outcome.unwrap_err();
            assert_eq!(fault.kind, FaultKind::Invalid);
            assert!(fault.message.contains("x/0002_create_c was changed"), "{fault}");
        }
    }
}

#[tokio::test]
async fn a_gap_is_filled_and_disorder_refused() {
    for database in ThrowAway::each().await.unwrap() {
        let [first, second] = two().try_into().unwrap();
        database.migrate("x", std::slice::from_ref(&second)).await.unwrap();
        let fault = database.migrate("x", &[second.clone(), first.clone()]).await.unwrap_err();
        assert!(fault.message.contains("x/0001_create_a stands out of order"), "{fault}");
        assert_eq!(database.migrate("x", &[first, second]).await.unwrap(), ["create_a"]);
    }
}

#[tokio::test]
async fn a_half_applied_migration_is_resumed() {
    for database in ThrowAway::each().await.unwrap() {
        let mut both = two();
        both.insert(
            1,
            migration(
                2,
                "half",
                "create table if not exists h (i int);\n\
             insert into missing values (1);\n",
            ),
        );
        both[2].number = 3;
        let fault = database.migrate("x", &both).await.unwrap_err();
        assert!(fault.message.contains("x/0002_half"), "{fault}");
        assert_eq!(database.pending("x", &both).await.unwrap(), ["half", "create_c"]);
        let half = database.query(sql("select * from h", [])).await;
        assert_eq!(half.is_ok(), database.dialect() == Dialect::MariaDb, "{half:?}");

        database.execute(sql("create table missing (i int)", [])).await.unwrap();
        assert_eq!(database.migrate("x", &both).await.unwrap(), ["half", "create_c"]);
        let written = database.query(sql("select count(*) as n from missing", [])).await;
        assert_eq!(written.unwrap().scalar(), 1);
    }
}
