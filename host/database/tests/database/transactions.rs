//! Interactive transactions: committed, rolled back, dropped, timed out, poisoned.

use std::sync::Arc;
use std::time::{Duration, Instant};

use cockpit_database::throwaway::ThrowAway;
use plugin_api::FaultKind;
use plugin_api::db::Dialect;

use crate::{count, counter, expecting, insert, set, sql, with_counter};

#[tokio::test]
async fn only_what_is_committed_is_seen_by_others() {
    for database in ThrowAway::each().await.unwrap() {
        with_counter(&database).await;
        let transaction = Arc::new(database.begin().await.unwrap());
        assert_eq!(transaction.execute(set(1, 5)).await, Ok(1));
        let sharer = Arc::clone(&transaction);
        assert_eq!(sharer.batch(vec![insert(2), insert(3)]).await, Ok(vec![1, 1]));
        let seen = transaction.query(sql("select n from counter where counter_id = 1", [])).await;
        assert_eq!(seen.unwrap().scalar(), 5);
        assert_eq!((count(&database).await, counter(&database, 1).await), (1, 0));
        transaction.commit().await.unwrap();
        assert_eq!((count(&database).await, counter(&database, 1).await), (3, 5));
        let fault = sharer.execute(set(1, 6)).await.unwrap_err();
        assert_eq!(fault.kind, FaultKind::Refused);
        assert_eq!(sharer.commit().await.unwrap_err().kind, FaultKind::Refused);
    }
}

#[tokio::test]
async fn what_is_rolled_back_or_dropped_never_happened() {
    for database in ThrowAway::each().await.unwrap() {
        with_counter(&database).await;
        let transaction = database.begin().await.unwrap();
        transaction.execute(set(1, 5)).await.unwrap();
        transaction.rollback().await;
        assert_eq!(transaction.execute(set(1, 6)).await.unwrap_err().kind, FaultKind::Refused);
        assert_eq!(counter(&database, 1).await, 0);

        let transaction = database.begin().await.unwrap();
        transaction.execute(set(1, 5)).await.unwrap();
        drop(transaction);
        // Waits for the row, or for the writer, until the dropped one has let go.
        let add = sql("update counter set n = n + 1 where counter_id = 1", []);
        database.execute(add).await.unwrap();
        assert_eq!(counter(&database, 1).await, 1);
    }
}

#[tokio::test]
async fn a_transaction_that_takes_too_long_is_rolled_back() {
    for database in ThrowAway::each().await.unwrap() {
        with_counter(&database).await;
        let transaction = database.begin_within(Duration::from_millis(100)).await.unwrap();
        transaction.execute(set(1, 5)).await.unwrap();
        // Gets its turn only because the time of the other is up.
        let add = sql("update counter set n = n + 1 where counter_id = 1", []);
        assert_eq!(database.execute(add).await, Ok(1));
        assert_eq!(counter(&database, 1).await, 1);
        let fault = transaction.execute(set(1, 6)).await.unwrap_err();
        assert_eq!(fault.kind, FaultKind::Timeout, "{fault}");
        assert_eq!(transaction.commit().await.unwrap_err().kind, FaultKind::Timeout);
        assert_eq!(counter(&database, 1).await, 1);
    }
}

#[tokio::test]
async fn a_statement_does_not_outlive_its_transaction() {
    for database in ThrowAway::each().await.unwrap() {
        with_counter(&database).await;
        let endless = match database.dialect() {
            Dialect::Sqlite => {
                "with recursive n(i) as (select 1 union all select i + 1 from n)
                 select count(*) from n"
            }
            Dialect::MariaDb => "select sleep(8)",
        };
        let started = Instant::now();
        let transaction = database.begin_within(Duration::from_millis(200)).await.unwrap();
        transaction.execute(set(1, 5)).await.unwrap();
        let fault = transaction.query(sql(endless, [])).await.unwrap_err();
        assert_eq!(fault.kind, FaultKind::Timeout, "{fault}");
        assert_eq!(transaction.commit().await.unwrap_err().kind, FaultKind::Timeout);
        assert!(started.elapsed() < Duration::from_secs(4));
        assert_eq!(counter(&database, 1).await, 0);
    }
}

#[tokio::test]
async fn a_batch_that_fails_ends_the_transaction_and_a_statement_does_not() {
    for database in ThrowAway::each().await.unwrap() {
        with_counter(&database).await;
        let transaction = database.begin().await.unwrap();
        transaction.execute(insert(2)).await.unwrap();
        assert_eq!(transaction.execute(insert(1)).await.unwrap_err().kind, FaultKind::Unique);
        transaction.commit().await.unwrap();
        assert_eq!(count(&database).await, 2);

        let transaction = database.begin().await.unwrap();
        transaction.execute(insert(3)).await.unwrap();
        let batch = vec![insert(4), expecting(set(99, 1), 1, "seat")];
        assert!(transaction.batch(batch).await.unwrap_err().is_mismatch("seat"));
        // It is rolled back at once: others need not wait for its end.
        assert_eq!(database.execute(insert(3)).await, Ok(1));
        assert!(transaction.execute(insert(5)).await.unwrap_err().is_mismatch("seat"));
        assert!(transaction.commit().await.unwrap_err().is_mismatch("seat"));
        assert_eq!(count(&database).await, 3);
    }
}
