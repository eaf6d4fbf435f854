//! What only the embedded database promises: the lock, the group and a clean close.

use std::time::Duration;

use cockpit_database::throwaway::ThrowAway;
use cockpit_database::{Database, Settings};
use futures_util::future::{join, join_all};
use futures_util::{FutureExt, StreamExt};
use plugin_api::FaultKind;

use crate::{count, counter, insert, set, sql, with_counter};

#[tokio::test]
async fn a_second_process_is_refused_until_the_first_has_closed() {
    let first = ThrowAway::sqlite().await.unwrap();
    with_counter(&first).await;
    let fault = Database::open(first.settings()).await.err().unwrap();
    assert_eq!(fault.kind, FaultKind::Refused);
    assert!(fault.message.starts_with("another process already uses the database"), "{fault}");

    let other = first.database().clone();
    let queued = join_all((10..60).map(|id| other.execute(insert(id))));
    let (outcomes, ()) = join(queued, first.database().clone().close()).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(other.execute(insert(99)).await.unwrap_err().kind, FaultKind::Database);
    assert_eq!(other.ping().await.unwrap_err().kind, FaultKind::Database);

    let second = Database::open(first.settings()).await.unwrap();
    assert_eq!(count(&second).await, 51);
}

#[tokio::test]
async fn a_folder_that_is_missing_is_named() {
    let settings = Settings::sqlite("/nowhere/at/all/cockpit.db");
    let fault = Database::open(&settings).await.err().unwrap();
    assert!(fault.message.contains("/nowhere/at/all/cockpit.db"), "{fault}");
}

#[tokio::test]
async fn a_batch_that_takes_the_group_with_it_fails_alone() {
    let database = ThrowAway::sqlite().await.unwrap();
    with_counter(&database).await;
    let child = "create table child (child_id integer primary key, counter_id integer not null
        references counter (counter_id) deferrable initially deferred)";
    database.execute(sql(child, [])).await.unwrap();
    // Fails at the commit, not before.
    let orphan = sql("insert into child values (1, 999)", []);
    // Ends the whole transaction when it fails.
    let fatal = sql("insert or rollback into counter values (1, 1)", []);
    for culprit in [orphan, fatal] {
        let holder = database.begin().await.unwrap();
        let add = |id| sql("update counter set n = n + ? where counter_id = 1", [id]);
        let batches = (0..20).map(|at| {
            let last = if at == 10 { culprit.clone() } else { add(1.into()) };
            database.batch(vec![last])
        });
        let (outcomes, _) = join(join_all(batches), holder.commit()).await;
        for (at, outcome) in outcomes.iter().enumerate() {
            assert_eq!(outcome.is_err(), at == 10, "{at}: {outcome:?}");
        }
        assert_eq!(counter(&database, 1).await, 19);
        database.execute(set(1, 0)).await.unwrap();
    }
}

#[tokio::test]
async fn callers_that_stop_waiting_harm_nobody() {
    let database = ThrowAway::sqlite().await.unwrap();
    with_counter(&database).await;
    let holder = database.begin().await.unwrap();
    for id in 2..50 {
        assert!(database.execute(insert(id)).now_or_never().is_none());
        assert!(database.begin().now_or_never().is_none());
    }
    drop(holder);
    database.execute(insert(99)).await.unwrap();
    assert_eq!(counter(&database, 1).await, 0);
}

#[tokio::test]
async fn a_query_cannot_write() {
    let database = ThrowAway::sqlite().await.unwrap();
    with_counter(&database).await;
    let fault = database.query(sql("insert into counter values (2, 2) returning n", [])).await;
    assert_eq!(fault.unwrap_err().kind, FaultKind::Database);
    assert_eq!(count(&database).await, 1);
    // In a transaction, which runs on the writer, it can.
    let transaction = database.begin().await.unwrap();
    let row = transaction.query(sql("insert into counter values (2, 2) returning n", [])).await;
    assert_eq!(row.unwrap().scalar(), 2);
    transaction.commit().await.unwrap();
    assert_eq!(count(&database).await, 2);
}

#[tokio::test]
async fn an_endless_stream_ends_when_nobody_takes_from_it() {
    let database = ThrowAway::sqlite().await.unwrap();
    let endless = "with recursive n(i) as (select 1 union all select i + 1 from n)
        select i from n where i < 0";
    let mut stream = database.stream(sql(endless, []));
    assert!(stream.next().now_or_never().is_none());
    drop(stream);
    database.database().clone().close().await;
    // Its thread keeps the lock for as long as it reads.
    let reopened = async {
        while Database::open(database.settings()).await.is_err() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), reopened).await.unwrap();
}
