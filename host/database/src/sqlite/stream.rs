//! A result of any size, read by a thread and a connection of its own so that a slow taker holds up
//! no other reader.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};

use futures_channel::oneshot;
use futures_util::{StreamExt, stream};
use plugin_api::db::{Rendered, Rows};
use plugin_api::{Fault, FaultKind};

use super::connection::Connection;
use crate::RowStream;
use crate::statement::CHUNK;

/// How many streams may be open at once; each is a thread and keeps the log from being reset.
const STREAMS: usize = 16;

type Request = oneshot::Sender<Result<Rows, Fault>>;

/// Counts the streams that are open.
#[derive(Clone, Default)]
pub(super) struct Streams(Arc<AtomicUsize>);

/// One of the open streams.
struct Place(Streams);

impl Streams {
    fn enter(&self) -> Result<Place, Fault> {
        // Counted before it is checked, so that leaving on drop is right either way.
        let before = self.0.fetch_add(1, Ordering::Relaxed);
        let place = Place(self.clone());
        if before < STREAMS {
            return Ok(place);
        }
        Err(Fault::new(FaultKind::Retry, format!("{STREAMS} long reads are running already")))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Starts a thread that reads ahead by one chunk and hands each over when asked for it.
pub(super) fn open(
    path: Arc<Path>,
    statement: Rendered,
    streams: &Streams,
    lock: Arc<File>,
) -> RowStream {
    let (requests, asked) = mpsc::channel::<Request>();
    let started = streams.enter().and_then(|place| {
        std::thread::Builder::new()
            .name("sqlite-stream".to_owned())
            .spawn(move || {
                serve(&path, &statement, &asked);
                drop((place, lock));
            })
            .map_err(Fault::internal)
    });
    if let Err(fault) = started {
        return stream::iter([Err(fault)]).boxed();
    }
    stream::unfold(Some(requests), |requests| async move {
        let requests = requests?;
        let (request, chunk) = oneshot::channel();
        requests.send(request).ok()?;
        let chunk = chunk.await.ok()?;
        let requests = chunk.is_ok().then_some(requests);
        Some((chunk, requests))
    })
    .boxed()
}

fn serve(path: &Path, statement: &Rendered, asked: &Receiver<Request>) {
    let hand_over = |chunk| match asked.recv() {
        Ok(request) => request.send(chunk).is_ok(),
        Err(_) => false,
    };
    let read = Connection::reading(path).and_then(|connection| {
        connection.read_chunks(statement, CHUNK, |rows| hand_over(Ok(rows)))
    });
    if let Err(fault) = read {
        hand_over(Err(fault));
    }
}
