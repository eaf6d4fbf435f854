//! Our own accept loop: `axum::serve` has no defence against clients that never finish a header.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tower::ServiceExt as _;

use crate::config::Http;

/// How long running requests may take to end once the server stops.
const DRAIN: Duration = Duration::from_secs(20);

/// Serves `router` until `stop` is done, then lets running requests end.
pub async fn serve(
    config: &Http,
    router: Router,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send,
) {
    let (stopping, stopped) = watch::channel(false);
    let slots = Arc::new(Semaphore::new(config.max_connections));
    let peers = Arc::new(Peers::new(config.max_connections_per_address));
    let header_timeout = Duration::from_secs(config.header_timeout_seconds);
    let mut connections = JoinSet::new();
    tokio::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            () = &mut stop => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => continue,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of descriptors: give running connections time to end.
                    tracing::warn!(%error, "A connection could not be accepted.");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        // Over a cap the connection is dropped at once: an answer would cost what the cap saves.
        let Ok(slot) = Arc::clone(&slots).try_acquire_owned() else { continue };
        let Some(guest) = peers.enter(peer.ip()) else { continue };
        let connection = connection(stream, peer, router.clone(), header_timeout, stopped.clone());
        connections.spawn(async move {
            connection.await;
            drop((slot, guest));
        });
    }
    drop(listener);
    let _ = stopping.send(true);
    let drained = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(DRAIN, drained).await.is_err() {
        tracing::warn!("Requests were still running when the server stopped.");
    }
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    header_timeout: Duration,
    mut stopped: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(header_timeout)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stopping(&mut stopped) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "A connection ended early.");
    }
}

/// Done when the server stops; keeps no guard across an await.
async fn stopping(stopped: &mut watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

/// How many connections each address holds.
struct Peers {
    limit: usize,
    counts: Mutex<HashMap<IpAddr, usize>>,
}

struct Guest {
    peers: Arc<Peers>,
    address: IpAddr,
}

impl Peers {
    fn new(limit: usize) -> Self {
        Self { limit, counts: Mutex::default() }
    }

    /// Loopback is a proxy or ourselves: it has only the cap over all.
    fn enter(self: &Arc<Self>, address: IpAddr) -> Option<Guest> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(address).or_default();
        if *count >= self.limit && !address.is_loopback() {
            return None;
        }
        *count += 1;
        Some(Guest { peers: Arc::clone(self), address })
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut counts = self.peers.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_over_its_cap_is_refused_until_one_leaves() {
        let peers = Arc::new(Peers::new(1));
        let address = IpAddr::from([192, 0, 2, 1]);
        let first = peers.enter(address);
        assert!(first.is_some());
        assert!(peers.enter(address).is_none());
        drop(first);
        assert!(peers.enter(address).is_some());
    }
}
