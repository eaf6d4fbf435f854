//! What only a server shared with others needs: retries, clean connections, the migration lease.

use std::time::Duration;

use cockpit_database::Database;
use cockpit_database::throwaway::{ThrowAway, server};
use futures_util::future::{join, join_all};
use plugin_api::FaultKind;

use crate::migrations::{migration, two};
use crate::{counter, insert, sql, with_counter};

async fn database() -> Option<ThrowAway> {
    let url = server().unwrap()?;
    Some(ThrowAway::mariadb(&url).await.unwrap())
}

#[tokio::test]
async fn batches_that_deadlock_are_run_again() {
    let Some(database) = database().await else { return };
    with_counter(&database).await;
    database.execute(insert(2)).await.unwrap();
    let add = |id: i64| sql("update counter set n = n + 1 where counter_id = ?", [id.into()]);
    let crossing = (0..60).map(|at| {
        let (first, second) = if at % 2 == 0 { (1, 2) } else { (2, 1) };
        database.batch(vec![add(first), add(second)])
    });
    for outcome in join_all(crossing).await {
        assert_eq!(outcome, Ok(vec![1, 1]));
    }
    assert_eq!((counter(&database, 1).await, counter(&database, 2).await), (60, 60));
}

#[tokio::test]
async fn calls_dropped_half_way_leave_no_trace_on_a_connection() {
    let Some(database) = database().await else { return };
    with_counter(&database).await;
    let add = sql("update counter set n = n + 1 where counter_id = 1", []);
    for _ in 0..20 {
        let slow = sql("update counter set n = n + sleep(2)", []);
        let batch = database.batch(vec![add.clone(), slow]);
        assert!(tokio::time::timeout(Duration::from_millis(20), batch).await.is_err());
        let query = database.query(sql("select sleep(2)", []));
        assert!(tokio::time::timeout(Duration::from_millis(20), query).await.is_err());
    }
    let ones = join_all((0..40).map(|_| database.query(sql("select 1 as one", [])))).await;
    assert!(ones.into_iter().all(|rows| rows.unwrap().scalar() == 1));
    database.execute(add).await.unwrap();
    assert_eq!(counter(&database, 1).await, 1);

    let transactions =
        join_all((0..8).map(|_| database.begin_within(Duration::from_secs(1)))).await;
    for (at, transaction) in transactions.into_iter().enumerate() {
        if at % 2 == 0 {
            transaction.unwrap().commit().await.unwrap();
        }
    }
    let limits = "select @@max_statement_time = 10 as usual";
    let limits = join_all((0..40).map(|_| database.query(sql(limits, [])))).await;
    assert!(limits.into_iter().all(|rows| rows.unwrap().scalar() == 1));
}

#[tokio::test]
async fn two_migrators_at_once_apply_each_migration_once() {
    let Some(first) = database().await else { return };
    let second = Database::open(first.settings()).await.unwrap();
    let mut list = two();
    for number in 3..8 {
        // Not re-runnable: a second run would fail.
        list.push(migration(number, "create", &format!("create table once_{number} (i int);")));
    }
    let (one, other) = join(first.migrate("x", &list), second.migrate("x", &list)).await;
    assert_eq!(one.unwrap().len() + other.unwrap().len(), 7);
    assert!(first.pending("x", &list).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_lease_of_a_dead_migrator_is_taken_over_and_that_of_a_living_one_waited_for() {
    let Some(database) = database().await else { return };
    let dead = "update host_migration_lease set holder = 'dead', expires_at = 1";
    let alive = "update host_migration_lease set holder = 'alive', expires_at = 9000000000000";
    database.migrate("x", &two()[..1]).await.unwrap();
    assert_eq!(database.execute(sql(dead, [])).await, Ok(1));
    assert_eq!(database.migrate("x", &two()).await.unwrap(), ["create_c"]);

    database.execute(sql(alive, [])).await.unwrap();
    let list = two();
    let migrating = database.migrate("y", &list);
    let waiting = tokio::time::timeout(Duration::from_millis(500), migrating).await;
    assert!(waiting.is_err(), "{waiting:?}");
    let (applied, freed) =
        join(database.migrate("y", &list), database.execute(sql(dead, []))).await;
    assert_eq!((applied.unwrap().len(), freed), (2, Ok(1)));
}

#[tokio::test]
async fn a_migrator_that_lost_its_lease_does_not_enter_its_step() {
    let Some(database) = database().await else { return };
    let steal = "update host_migration_lease set holder = 'thief', token = token + 1;";
    let fault = database.migrate("x", &[migration(1, "steal", steal)]).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Mismatch, "{fault}");
    let ledger = database.query(sql("select count(*) as n from host_migration", [])).await;
    assert_eq!(ledger.unwrap().scalar(), 0);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_reported_without_the_password() {
    let url = "mysql://someone:hunter2@127.0.0.1:9/nothing";
    let settings = cockpit_database::Settings::mariadb(url);
    let fault = Database::open(&settings).await.err().unwrap();
    assert!(fault.message.starts_with("the database does not answer"), "{fault}");
    assert!(!format!("{fault} {settings:?}").contains("hunter2"));
}
