//! Results of any size, in chunks.

use cockpit_database::throwaway::ThrowAway;
use futures_util::StreamExt;
use plugin_api::db::{Rendered, Value};

use crate::{insert, sql, with_counter};

fn rows(count: i64) -> Rendered {
    sql(
        "with recursive n(i) as (select 1 as i union all select i + 1 from n where i < ?)
         select i, 'some text' as text from n",
        [count.into()],
    )
}

async fn many(database: &ThrowAway) -> Rendered {
    with_counter(database).await;
    let batch = (2..=10_000).map(insert).collect();
    database.batch(batch).await.unwrap();
    sql("select counter_id, 'some text' as text from counter order by counter_id", [])
}

#[tokio::test]
async fn ten_thousand_rows_arrive_in_order_and_in_chunks() {
    for database in ThrowAway::each().await.unwrap() {
        let chunks: Vec<_> = database.stream(many(&database).await).collect().await;
        assert_eq!(chunks.len(), 20);
        let mut next = 0;
        for chunk in chunks {
            let chunk = chunk.unwrap();
            assert_eq!((chunk.len(), chunk.columns.len()), (500, 2));
            for row in chunk.iter() {
                next += 1;
                assert_eq!(row, [Value::Int(next), "some text".into()]);
            }
        }
        assert_eq!(next, 10_000);
        let none = sql("select n from counter where n = 9", []);
        assert_eq!(database.stream(none).count().await, 0);
        let odd: Vec<_> = database.stream(rows(701)).map(|c| c.unwrap().len()).collect().await;
        assert_eq!(odd, [500, 201]);
    }
}

#[tokio::test]
async fn a_stream_that_is_dropped_early_holds_up_nobody() {
    for database in ThrowAway::each().await.unwrap() {
        let all = many(&database).await;
        for _ in 0..4 {
            let mut stream = database.stream(all.clone());
            assert_eq!(stream.next().await.unwrap().unwrap().len(), 500);
            drop(stream);
            drop(database.stream(all.clone()));
        }
        assert_eq!(database.execute(insert(20_000)).await, Ok(1));
        assert_eq!(database.query(all).await.unwrap().len(), 10_001);
        // Closing waits for whatever still reads.
        database.database().clone().close().await;
    }
}

#[tokio::test]
async fn a_stream_that_fails_says_so_once() {
    for database in ThrowAway::each().await.unwrap() {
        let wrong = sql("select nothing from nowhere", []);
        let chunks: Vec<_> = database.stream(wrong).collect().await;
        assert!(matches!(chunks.as_slice(), [Err(_)]), "{chunks:?}");
        let refused: Vec<_> = database.stream(sql("commit", [])).collect().await;
        assert!(matches!(refused.as_slice(), [Err(_)]), "{refused:?}");
    }
}
