//! A result of any size, read by a thread and a connection of its own so that a slow taker holds up
//! no other reader.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use futures_channel::oneshot;
use futures_util::{StreamExt, stream};
use plugin_api::Fault;
use plugin_api::db::{Rendered, Rows};

use super::connection::{Connection, Deadline};
use crate::RowStream;
use crate::error::closed;
use crate::statement::CHUNK;
use crate::streams::Streams;

/// Who takes the chunks. Dropping it interrupts the read, even one that has found no row yet.
struct Taker {
    requests: Sender<Request>,
    deadline: Deadline,
}

impl Drop for Taker {
    fn drop(&mut self) {
        self.deadline.limit(Some(Duration::ZERO));
    }
}

type Request = oneshot::Sender<Result<Rows, Fault>>;

/// Starts a thread that reads ahead by one chunk and hands each over when asked for it.
pub(super) fn open(
    path: Arc<Path>,
    statement: Rendered,
    streams: &Streams,
    lock: Option<Arc<File>>,
) -> RowStream {
    let (requests, asked) = mpsc::channel::<Request>();
    let deadline = Deadline::new();
    let taker = Taker { requests, deadline: deadline.clone() };
    let started = streams.enter().and_then(|place| {
        let lock = lock.ok_or_else(closed)?;
        std::thread::Builder::new()
            .name("sqlite-stream".to_owned())
            .spawn(move || {
                serve(&path, &statement, &asked, deadline);
                drop((place, lock));
            })
            .map_err(Fault::internal)
    });
    if let Err(fault) = started {
        return stream::iter([Err(fault)]).boxed();
    }
    stream::unfold(Some(taker), |taker| async move {
        let taker = taker?;
        let (request, chunk) = oneshot::channel();
        taker.requests.send(request).ok()?;
        let chunk = chunk.await.ok()?;
        let taker = chunk.is_ok().then_some(taker);
        Some((chunk, taker))
    })
    .boxed()
}

fn serve(path: &Path, statement: &Rendered, asked: &Receiver<Request>, deadline: Deadline) {
    let hand_over = |chunk| match asked.recv() {
        Ok(request) => request.send(chunk).is_ok(),
        Err(_) => false,
    };
    let read = Connection::reading(path, deadline).and_then(|connection| {
        connection.read_chunks(statement, CHUNK, |rows| hand_over(Ok(rows)))
    });
    if let Err(fault) = read {
        hand_over(Err(fault));
    }
}
