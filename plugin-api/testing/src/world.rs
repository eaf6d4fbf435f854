//! The world a plugin under test lives in: everything the fakes of the host share.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use axum::body::Body;
use cockpit_database::Transactions;
use cockpit_database::throwaway::ThrowAway;
use http::{Request, Response};
use http_body_util::BodyExt as _;
use plugin_api::db::{Dialect, Effect, Rendered};
use plugin_api::host::TxId;
use plugin_api::lent::tabs::of_kind;
use plugin_api::manifest::Tab;
use plugin_api::{Access, Caller, Cx, Fault, Plugin};
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};
use tower::ServiceExt as _;

use crate::blobs::{self, Kept, Scanner};
use crate::keys::Keys;
use crate::lent::Lent;
use crate::uploads::Uploads;
use crate::{Answer, Clock, Effects};

/// A service that a test answers itself.
pub(crate) type Fake = Arc<dyn Fn(&Caller, Json) -> Result<Json, Fault> + Send + Sync>;

/// Something that was said on a transaction, by which plugin.
pub(crate) type Said = (Arc<str>, Effect);

/// Length of what a `UUIDv7` needs: those are counted, so that ids ascend as they are made.
const ID_BYTES: usize = 10;

pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) keys: Keys,
    pub(crate) transactions: Transactions,
    /// What waits for the commit of its transaction.
    said: Mutex<BTreeMap<TxId, Vec<Said>>>,
    /// The plugin under test comes first.
    pub(crate) plugins: RwLock<Vec<Arc<Plugin>>>,
    pub(crate) fakes: Mutex<BTreeMap<String, Fake>>,
    pub(crate) effects: Mutex<Effects>,
    /// By plugin and key.
    pub(crate) settings: Mutex<BTreeMap<(String, String), Json>>,
    pub(crate) blobs: Mutex<Kept>,
    pub(crate) scanner: Mutex<Option<Scanner>>,
    pub(crate) uploads: Mutex<Uploads>,
    pub(crate) behind: Mutex<Vec<Rendered>>,
    drawn: AtomicU64,
    requests: AtomicU64,
    // Last, so that the database outlives whatever still uses it.
    pub(crate) throwaway: ThrowAway,
}

impl World {
    pub(crate) fn new(throwaway: ThrowAway) -> Self {
        Self {
            clock: Clock::default(),
            keys: Keys::default(),
            transactions: Transactions::new(throwaway.database().clone()),
            said: Mutex::default(),
            plugins: RwLock::default(),
            fakes: Mutex::default(),
            effects: Mutex::default(),
            settings: Mutex::default(),
            blobs: Mutex::default(),
            scanner: Mutex::default(),
            uploads: Mutex::default(),
            behind: Mutex::default(),
            drawn: AtomicU64::new(1),
            requests: AtomicU64::new(1),
            throwaway,
        }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.throwaway.dialect()
    }

    pub(crate) fn effects(&self) -> MutexGuard<'_, Effects> {
        self.effects.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was said on each open transaction so far.
    pub(crate) fn said(&self) -> MutexGuard<'_, BTreeMap<TxId, Vec<Said>>> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn under_test(&self) -> Arc<Plugin> {
        self.find(|_| true).expect("a harness is made of a plugin")
    }

    pub(crate) fn plugin(&self, id: &str) -> Option<Arc<Plugin>> {
        self.find(|plugin| plugin.manifest().id == id)
    }

    pub(crate) fn find(&self, is_meant: impl Fn(&Plugin) -> bool) -> Option<Arc<Plugin>> {
        let plugins = self.plugins.read().unwrap_or_else(PoisonError::into_inner);
        plugins.iter().find(|plugin| is_meant(plugin)).cloned()
    }

    pub(crate) fn tabs(&self, caller: &Caller, of: &str) -> Vec<Tab> {
        let plugins = self.plugins.read().unwrap_or_else(PoisonError::into_inner);
        let tabs = plugins.iter().flat_map(|plugin| &plugin.manifest().tabs);
        of_kind(tabs.filter(|tab| caller.may(&Access::permission(&tab.permission))), of)
    }

    pub(crate) fn subscribers(&self, event: &str) -> Vec<Arc<Plugin>> {
        let plugins = self.plugins.read().unwrap_or_else(PoisonError::into_inner);
        let hears = |plugin: &&Arc<Plugin>| {
            plugin.manifest().subscriptions.iter().any(|subscribed| subscribed == event)
        };
        plugins.iter().filter(hears).cloned().collect()
    }

    /// Bytes that are the same in every run: counted for ids, scattered for everything else.
    pub(crate) fn random(&self, out: &mut [u8]) {
        let count = self.drawn.fetch_add(1, Ordering::Relaxed);
        if out.len() == ID_BYTES
            && let Some((head, tail)) = out.split_last_chunk_mut::<8>()
        {
            head.fill(0);
            *tail = count.to_be_bytes();
            return;
        }
        for (block, piece) in out.chunks_mut(32).enumerate() {
            let bytes = Sha256::digest(format!("{count}/{block}"));
            piece.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
        }
    }

    /// A new `UUIDv7` (RFC 9562 §5.7) as text, as the host makes them.
    pub(crate) fn fresh_id(&self) -> String {
        let ms = u64::try_from(self.clock.now()).unwrap_or_default();
        let mut bytes = [0; ID_BYTES];
        self.random(&mut bytes);
        uuid::Builder::from_unix_timestamp_millis(ms, &bytes).into_uuid().hyphenated().to_string()
    }

    /// A context of `plugin`, lent everything by this world.
    pub(crate) fn cx(self: &Arc<Self>, plugin: &Plugin, mut caller: Caller, tx: TxId) -> Cx {
        if caller.request_id.is_empty() {
            caller.request_id =
                format!("request-{}", self.requests.fetch_add(1, Ordering::Relaxed));
        }
        let caller = Arc::new(caller);
        let id = Arc::from(plugin.manifest().id.as_str());
        let lent = Lent { world: Arc::clone(self), plugin: id, caller: Arc::clone(&caller) };
        plugin.cx(Arc::new(lent), caller, tx)
    }

    /// Lets `plugin` answer a job, an event or a service.
    pub(crate) async fn call(
        self: &Arc<Self>,
        plugin: &Plugin,
        caller: Caller,
        tx: TxId,
        name: &str,
        payload: &Json,
    ) -> Result<Json, Fault> {
        let cx = self.cx(plugin, caller, tx);
        let answer = plugin.call(cx, name, serde_json::to_vec(payload)?).await?;
        Ok(serde_json::from_slice(&answer)?)
    }

    /// Lets the plugin under test answer a request.
    pub(crate) async fn handle(
        self: &Arc<Self>,
        caller: Caller,
        mut request: Request<Body>,
    ) -> Answer {
        let plugin = self.under_test();
        request.extensions_mut().insert(self.cx(&plugin, caller, 0));
        let response = match plugin.router().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let answer = self.read(&plugin.manifest().id, response).await;
        self.write_behind().await;
        answer
    }

    async fn read(&self, plugin: &str, response: Response<Body>) -> Answer {
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("the body can be read to its end").to_bytes();
        let mut answer = Answer { status: parts.status, headers: parts.headers, bytes };
        blobs::send(self, plugin, &mut answer);
        answer
    }

    /// Writes what waits to be written behind.
    pub(crate) async fn write_behind(&self) {
        let waiting = {
            let mut behind = self.behind.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *behind)
        };
        for statement in waiting {
            let written = self.transactions.execute(0, statement.clone()).await;
            written.unwrap_or_else(|fault| panic!("written behind: {fault}: {}", statement.sql));
        }
    }
}
