//! Somebody on the way between a program and its server, who changes what is answered.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::{Client, redirect};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// How much is sent of what has no end, when nobody hangs up.
const ENDLESS: u64 = 1 << 30;

/// What a server answered, before it goes on.
#[derive(Debug, Clone)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
    /// Whether spaces follow it for as long as somebody reads.
    pub is_endless: bool,
}

impl Reply {
    /// The same with another body, and found.
    #[must_use]
    pub fn with(self, body: Vec<u8>) -> Self {
        Self { status: 200, body, ..self }
    }
}

type Change = dyn Fn(&str, Reply) -> Reply + Send + Sync;

/// Stands before a server until it is dropped.
pub struct Attacker {
    /// Where programs ask, without a final slash.
    pub url: String,
    state: Arc<State>,
    task: JoinHandle<()>,
}

struct State {
    server: String,
    http: Client,
    change: Mutex<Arc<Change>>,
    sent: AtomicU64,
}

impl Attacker {
    /// Stands before the server at `server`, and is honest.
    pub async fn before(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let http = Client::builder().redirect(redirect::Policy::none()).build().expect("a client");
        let honest: Arc<Change> = Arc::new(|_, reply| reply);
        let state = Arc::new(State {
            server: server.to_owned(),
            http,
            change: Mutex::new(honest),
            sent: AtomicU64::new(0),
        });
        let served = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = Arc::clone(&served);
                tokio::spawn(async move {
                    // Who hangs up has heard enough.
                    let _ = state.serve(stream).await;
                });
            }
        });
        Self { url, state, task }
    }

    /// Changes each answer from now on; `change` is told the path, and the count begins anew.
    pub fn does(&self, change: impl Fn(&str, Reply) -> Reply + Send + Sync + 'static) {
        *self.state.change.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(change);
        self.state.sent.store(0, Ordering::Relaxed);
    }

    /// Lets everything pass from now on.
    pub fn is_honest(&self) {
        self.does(|_, reply| reply);
    }

    /// Bytes of bodies that were sent since it was told what to do.
    pub fn sent(&self) -> u64 {
        self.state.sent.load(Ordering::Relaxed)
    }
}

impl Drop for Attacker {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl State {
    async fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await?);
        }
        let head = String::from_utf8_lossy(&head).into_owned();
        let path = head.split(' ').nth(1).unwrap_or("/").to_owned();
        let asked = self.http.get(format!("{}{path}", self.server)).send().await;
        let answer = asked.map_err(std::io::Error::other)?;
        let status = answer.status().as_u16();
        let body = answer.bytes().await.map_err(std::io::Error::other)?.to_vec();
        let change = Arc::clone(&self.change.lock().unwrap_or_else(PoisonError::into_inner));
        let reply = change(&path, Reply { status, body, is_endless: false });
        let length = format!("content-length: {}\r\n", reply.body.len());
        let length = if reply.is_endless { String::new() } else { length };
        let status = reply.status;
        let head = format!("HTTP/1.1 {status} Answer\r\n{length}connection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).await?;
        self.send(&mut stream, &reply.body).await?;
        let mut more = if reply.is_endless { ENDLESS } else { 0 };
        let spaces = vec![b' '; 16 * 1024];
        while more > 0 {
            self.send(&mut stream, &spaces).await?;
            more = more.saturating_sub(spaces.len() as u64);
        }
        stream.shutdown().await
    }

    async fn send(&self, stream: &mut TcpStream, bytes: &[u8]) -> std::io::Result<()> {
        stream.write_all(bytes).await?;
        self.sent.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(())
    }
}
