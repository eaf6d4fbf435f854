//! Everything works without tokio around it: polled by a thread that only parks.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake};
use std::thread::{self, Thread};

use cockpit_database::throwaway::ThrowAway;
use futures_util::StreamExt;

use crate::migrations::two;
use crate::{counter, insert, set, sql, with_counter};

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let waker = Arc::new(Unpark(thread::current())).into();
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return value;
        }
        thread::park();
    }
}

#[test]
fn no_executor_is_needed() {
    block_on(async {
        for database in ThrowAway::each().await.unwrap() {
            with_counter(&database).await;
            database.batch(vec![insert(2), set(2, 4)]).await.unwrap();
            let transaction = database.begin().await.unwrap();
            transaction.execute(set(1, 3)).await.unwrap();
            transaction.commit().await.unwrap();
            drop(database.begin().await.unwrap());
            assert_eq!(database.migrate("x", &two()).await.unwrap().len(), 2);
            let all = sql("select n from counter order by n", []);
            let chunks: Vec<_> = database.stream(all).collect().await;
            assert_eq!(chunks[0].as_ref().unwrap().cells, [3.into(), 4.into()]);
            assert_eq!(counter(&database, 2).await, 4);
            database.database().clone().close().await;
        }
    });
}
