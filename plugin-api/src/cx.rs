//! What a handler may do: everything lent by the host, bound to who is asking.

use std::any::Any;
use std::ops::Deref;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::request::Parts;

use crate::caller::Caller;
use crate::db::Db;
use crate::host::{Host, TxId};
use crate::lang::{Catalogue, LANGUAGES, Lang};
use crate::manifest::Texts;
use crate::{Fault, FaultKind, Problem, Scope};

/// The plugin itself, as its own code needs to know it.
#[derive(Debug)]
pub struct About {
    id: String,
    catalogue: Arc<Catalogue>,
    memory: Arc<dyn Any + Send + Sync>,
}

impl About {
    /// A plugin with its texts that remembers nothing.
    pub fn new(id: &str, catalogue: Arc<Catalogue>) -> Self {
        Self { id: id.to_owned(), catalogue, memory: Arc::new(()) }
    }

    /// Its texts.
    pub(crate) fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// The same plugin, which remembers `memory`.
    pub(crate) fn remembering(&self, memory: Arc<dyn Any + Send + Sync>) -> Self {
        Self { id: self.id.clone(), catalogue: Arc::clone(&self.catalogue), memory }
    }
}

/// The context of one request, job, event or service call. Cheap to clone.
#[derive(Clone)]
pub struct Cx {
    host: Arc<dyn Host>,
    caller: Arc<Caller>,
    about: Arc<About>,
    tx: TxId,
}

impl std::fmt::Debug for Cx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cx").field("caller", &self.caller).finish_non_exhaustive()
    }
}

impl Cx {
    /// Binds a host to a caller; `tx` is 0 unless a service runs inside a transaction.
    pub fn new(host: Arc<dyn Host>, caller: Arc<Caller>, about: Arc<About>, tx: TxId) -> Self {
        Self { host, caller, about, tx }
    }

    /// Who is asking.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// Whose rows he may touch.
    pub fn scope(&self) -> &Scope {
        &self.caller.scope
    }

    /// Whether he has the permission `id`.
    pub fn may(&self, id: &str) -> bool {
        self.caller.is_signed_in() && self.caller.permissions.contain(id)
    }

    /// The plugin's id.
    pub fn plugin_id(&self) -> &str {
        &self.about.id
    }

    /// What the plugin remembers from one request to the next, in this process and for this host only;
    /// see [`Plugin::memory`](crate::Plugin::memory).
    pub fn memory<T: Send + Sync + 'static>(&self) -> Result<Arc<T>, Fault> {
        let memory = Arc::clone(&self.about.memory).downcast::<T>();
        memory.map_err(|_| Fault::internal("the plugin has no memory of this type"))
    }

    /// Texts in the caller's language.
    pub fn lang(&self) -> Lang {
        self.about.catalogue.lang(&self.caller.language)
    }

    /// What `say` says, in every language: for a text that somebody else reads later.
    pub fn in_languages(&self, say: impl Fn(&Lang) -> String) -> Texts {
        let said = |code: &str| (code.to_owned(), say(&self.about.catalogue.lang(code)));
        LANGUAGES.into_iter().map(said).collect()
    }

    /// The present, unix milliseconds UTC.
    pub fn now(&self) -> i64 {
        self.host.now()
    }

    /// Unpredictable bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut out = [0; N];
        self.host.random(&mut out);
        out
    }

    /// A new UUIDv7 (RFC 9562 §5.7) as text.
    pub fn fresh_id(&self) -> String {
        let ms = u64::try_from(self.now()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(ms, &self.random())
            .into_uuid()
            .hyphenated()
            .to_string()
    }

    /// A link to `path` (which begins with `/`) that works wherever the cockpit is mounted.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.caller.base_path)
    }

    /// The same for who reads it outside the cockpit: with the host, as he reached it. A mere
    /// [`url`](Self::url) for a job, which nobody reached.
    pub fn absolute_url(&self, path: &str) -> String {
        match self.caller.root.as_str() {
            "" => self.url(path),
            root => format!("{root}{path}"),
        }
    }

    /// The database; inside a transaction, that transaction.
    pub fn db(&self) -> Db {
        Db { host: Arc::clone(&self.host), tx: self.tx }
    }

    /// The same context for somebody else. The host goes on seeing who really asks.
    pub(crate) fn acting_as(&self, caller: Caller) -> Self {
        Self { caller: Arc::new(caller), ..self.clone() }
    }

    pub(crate) fn host(&self) -> &Arc<dyn Host> {
        &self.host
    }

    pub(crate) fn tx_id(&self) -> TxId {
        self.tx
    }

    /// Runs `work` in one transaction, and again from the start when the database asks for it
    /// (deadlock, Galera conflict), up to ten times.
    ///
    /// `work` must have no effect outside the transaction. Prefer a [`Batch`](crate::db::Batch)
    /// where no answer of the database decides what to write: it is one hop. Inside a transaction
    /// it joins that one.
    pub async fn transaction<T, W, F>(&self, mut work: W) -> Result<T, Problem>
    where
        W: FnMut(Tx) -> F,
        F: Future<Output = Result<T, Problem>>,
    {
        if self.tx != 0 {
            return work(Tx(self.clone())).await;
        }
        let mut attempt = 0;
        loop {
            attempt += 1;
            let outcome = self.attempt(&mut work).await;
            match outcome {
                Err(problem) if problem.fault_kind() == Some(FaultKind::Retry) && attempt < 10 => {}
                other => return other,
            }
        }
    }

    async fn attempt<T, W, F>(&self, work: &mut W) -> Result<T, Problem>
    where
        W: FnMut(Tx) -> F,
        F: Future<Output = Result<T, Problem>>,
    {
        let mut open = Open { host: &self.host, tx: self.host.begin().await? };
        let value = work(Tx(Self { tx: open.tx, ..self.clone() })).await?;
        let tx = std::mem::take(&mut open.tx);
        self.host.commit(tx).await?;
        Ok(value)
    }
}

/// An id computed from what it identifies, of 16 bytes of a hash: a `UUIDv8` (RFC 9562 §5.8) as text.
pub fn computed_id(bytes: [u8; 16]) -> String {
    uuid::Builder::from_custom_bytes(bytes).into_uuid().hyphenated().to_string()
}

/// Rolls back when dropped before the commit: an early `?`, a cancelled request.
struct Open<'a> {
    host: &'a Arc<dyn Host>,
    tx: TxId,
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        if self.tx != 0 {
            self.host.rollback(self.tx);
        }
    }
}

/// A [`Cx`] whose database is one transaction; services called through it run on the same one.
#[derive(Debug, Clone)]
pub struct Tx(Cx);

impl Deref for Tx {
    type Target = Cx;

    fn deref(&self) -> &Cx {
        &self.0
    }
}

impl<S: Sync> FromRequestParts<S> for Cx {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Fault::internal("the request carries no context").into())
    }
}
