//! Batches take effect as a whole or not at all, and nobody suffers from a neighbour.

use cockpit_database::throwaway::ThrowAway;
use futures_util::future::{join, join_all};
use plugin_api::FaultKind;
use plugin_api::db::{Dialect, Rendered};

use crate::{count, counter, expecting, insert, set, sql, with_counter};

#[tokio::test]
async fn a_mismatch_undoes_the_whole_batch_and_names_the_statement() {
    for database in ThrowAway::each().await.unwrap() {
        with_counter(&database).await;
        let batch = vec![insert(2), set(1, 7), expecting(set(99, 1), 1, "seat"), insert(3)];
        let fault = database.batch(batch).await.unwrap_err();
        assert!(fault.is_mismatch("seat"), "{fault}");
        assert_eq!((count(&database).await, counter(&database, 1).await), (1, 0));

        let batch = vec![insert(2), expecting(set(1, 7), 1, "seat")];
        assert_eq!(database.batch(batch).await, Ok(vec![1, 1]));
        assert_eq!((count(&database).await, counter(&database, 1).await), (2, 7));

        let all = expecting(sql("update counter set n = 5", []), 1, "all");
        assert!(database.execute(all).await.unwrap_err().is_mismatch("all"));
        assert_eq!(counter(&database, 1).await, 7);
        assert_eq!(database.batch(Vec::new()).await, Ok(Vec::new()));
    }
}

#[tokio::test]
async fn a_batch_that_fails_does_not_hurt_its_neighbours() {
    for database in ThrowAway::each().await.unwrap() {
        with_counter(&database).await;
        // While a transaction holds the writer of SQLite the batches queue up, so that they share
        // a commit when it ends.
        let holder = database.begin().await.unwrap();
        let batches = (10..110).map(|id| {
            let last = if id % 10 == 3 { insert(1) } else { set(id, id) };
            database.batch(vec![insert(id), last])
        });
        let (outcomes, committed) = join(join_all(batches), holder.commit()).await;
        committed.unwrap();
        for (id, outcome) in (10..110).zip(outcomes) {
            match outcome {
                Ok(changed) => assert_eq!(changed, [1, 1]),
                Err(fault) => assert_eq!((fault.kind, id % 10), (FaultKind::Unique, 3), "{fault}"),
            }
            let expected = if id % 10 == 3 { 0 } else { id };
            assert_eq!(counter(&database, id).await, expected);
        }
        assert_eq!(count(&database).await, 91);
    }
}

#[tokio::test]
async fn of_fifty_updates_at_once_exactly_as_many_win_as_there_are_seats() {
    for database in ThrowAway::each().await.unwrap() {
        with_counter(&database).await;
        let take = "update counter set n = n + 1 where counter_id = 1 and n < 3";
        let plain = |_| database.execute(sql(take, []));
        let taken: u64 = join_all((0..50).map(plain)).await.into_iter().map(Result::unwrap).sum();
        assert_eq!((taken, counter(&database, 1).await), (3, 3));

        database.execute(set(1, 0)).await.unwrap();
        let with_log = |id: i64| {
            let log = insert(100 + id);
            database.batch(vec![expecting(sql(take, []), 1, "seat"), log])
        };
        let outcomes = join_all((0..50_i64).map(with_log)).await;
        let won = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert!(outcomes.iter().all(|o| o.is_ok() || o.as_ref().unwrap_err().is_mismatch("seat")));
        assert_eq!((won, counter(&database, 1).await, count(&database).await), (3, 3, 4));
    }
}

#[tokio::test]
async fn a_duplicate_names_its_key_and_never_its_value() {
    for database in ThrowAway::each().await.unwrap() {
        let create = "create table person (person_id int not null primary key,
            first varchar(50) not null, last varchar(50) not null)";
        database.execute(sql(create, [])).await.unwrap();
        let index = "create unique index ux_person_name on person (first, last)";
        database.execute(sql(index, [])).await.unwrap();
        let person = |id: i64| -> Rendered {
            let values = [id.into(), "Secret' for key 'x".into(), "Name".into()];
            sql("insert into person values (?, ?, ?)", values)
        };
        database.execute(person(1)).await.unwrap();
        let fault = database.execute(person(2)).await.unwrap_err();
        let subject = match database.dialect() {
            Dialect::Sqlite => "person.first, person.last",
            Dialect::MariaDb => "ux_person_name",
        };
        assert_eq!((fault.kind, fault.subject.as_str()), (FaultKind::Unique, subject));
        assert!(!fault.message.contains("Secret"), "{fault}");
        let fault = database.execute(person(1)).await.unwrap_err();
        assert_eq!(fault.kind, FaultKind::Unique);

        let wrong = sql("insert into person values (?, 'a', 'b')", ["Secret".into()]);
        if database.dialect() == Dialect::MariaDb {
            let fault = database.execute(wrong).await.unwrap_err();
            assert_eq!(fault.kind, FaultKind::Invalid);
            assert!(!fault.message.contains("Secret"), "{fault}");
        }
    }
}
