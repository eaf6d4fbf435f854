//! The metadata of a product as it is kept: what clients see, the keys, what waits.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use plugin_api::{Cx, Fault, Problem};

use crate::domain::tuf::document::{Document, read};
use crate::domain::tuf::key::{Keyring, PublicKey};
use crate::domain::tuf::plan::{InUse, used};
use crate::domain::tuf::role::{Role, Root, Signed};
use crate::store::products;
use crate::store::tuf::documents::{self, Head};
use crate::store::tuf::keys::{self, Key};
use crate::store::tuf::views;
use crate::store::tuf::waiting::{self, Waiting};

/// What seals the secrets of keys.
const PURPOSE: &str = "tuf-key";

/// The metadata of a product.
pub(super) struct State {
    pub(super) product: String,
    pub(super) metadata_version: i64,
    /// The root in force, with its version; none before the first publication.
    pub(super) root: Option<(i64, Root)>,
    /// When it ends, unix milliseconds.
    pub(super) root_end: i64,
    /// A root that waits for signatures, or was just made.
    pub(super) next: Option<(Document, Root)>,
    pub(super) keys: Vec<Key>,
    /// Keys that are not written yet.
    pub(super) new_keys: Vec<Key>,
    pub(super) keyring: Keyring,
    pub(super) heads: Vec<Head>,
    pub(super) in_use: InUse,
    /// What the bits of the views stand for.
    pub(super) rollout_ids: Vec<String>,
    pub(super) waiting: Vec<Waiting>,
    /// Documents for bundles, written with what comes next.
    pub(super) carried: Vec<Document>,
    /// Whether what waits differs from what is stored.
    pub(super) is_touched: bool,
}

impl State {
    /// Reads it. 404 for a product that is not set up. Unscoped: see [`documents::heads`].
    pub(super) async fn load(cx: &Cx, product: &str) -> Result<Self, Problem> {
        let db = cx.db();
        let known = products::known(&db, product).await?.ok_or_else(Problem::not_found)?;
        let root = match documents::newest(&db, product, Role::Root.name()).await? {
            Some(bytes) => Some(read::<Root>(&bytes).map_err(Fault::from)?),
            None => None,
        };
        let root_end =
            root.as_ref().and_then(|root| plugin_api::time::parse_instant(&root.expires));
        let heads = documents::heads(&db, product).await?;
        let seen = views::of_product(&db, product).await?;
        let waiting = waiting::of_product(&db, product).await?;
        let next = waiting.iter().find(|one| one.document.role == Role::Root.name());
        let next = match next {
            Some(one) => {
                let signed: Signed<Root> =
                    serde_json::from_slice(&one.document.signed).map_err(Fault::from)?;
                Some((one.document.clone(), signed.body))
            }
            None => None,
        };
        let keys = keys::of_product(&db, product).await?;
        let mut keyring = Keyring::default();
        for key in keys.iter().filter(|key| !key.secret_sealed.is_empty()) {
            let sealed = STANDARD.decode(&key.secret_sealed).map_err(Fault::internal)?;
            let secret = cx.open(PURPOSE, &sealed).await?;
            let secret = secret.try_into().map_err(|_| Fault::internal("a secret of 32 bytes"))?;
            keyring.add(&secret);
        }
        Ok(Self {
            product: known.product_code,
            metadata_version: known.metadata_version,
            root: root.map(|root| (root.version, root.body)),
            root_end: root_end.unwrap_or_default(),
            next,
            keys,
            new_keys: Vec::new(),
            keyring,
            in_use: in_use(&heads, seen.views),
            heads,
            rollout_ids: seen.rollout_ids,
            waiting,
            carried: Vec::new(),
            is_touched: false,
        })
    }

    /// The root in force; 409 before the first publication.
    pub(super) fn root(&self) -> Result<&(i64, Root), Problem> {
        self.root.as_ref().ok_or_else(|| Problem::conflict("tuf_not_begun"))
    }

    /// Makes a key whose secret is kept here.
    pub(super) async fn make_key(&mut self, cx: &Cx, role: Role) -> Result<PublicKey, Fault> {
        let secret = cx.random::<32>();
        let public = self.keyring.add(&secret);
        let sealed = cx.seal(PURPOSE, &secret).await?;
        self.note_key(cx, role, &public, STANDARD.encode(sealed));
        Ok(public)
    }

    /// Notes a key; one whose secret is kept elsewhere has an empty one.
    pub(super) fn note_key(&mut self, cx: &Cx, role: Role, key: &PublicKey, secret_sealed: String) {
        let key = Key {
            key_id: key.id(),
            role,
            public_key: key.hex().to_owned(),
            secret_sealed,
            state: keys::State::Pending,
            created_at: cx.now(),
            retired_at: None,
        };
        self.new_keys.push(key.clone());
        self.keys.push(key);
    }

    /// The documents that wait.
    pub(super) fn documents_waiting(&self) -> Vec<Document> {
        self.waiting.iter().map(|one| one.document.clone()).collect()
    }
}

fn in_use(heads: &[Head], views: Vec<crate::domain::tuf::view::View>) -> InUse {
    let used = used(&views);
    let (mut documents, mut highest) = (BTreeMap::<String, Vec<_>>::new(), BTreeMap::new());
    for head in heads {
        highest.insert(head.role.clone(), head.version);
        if used.contains(&(head.role.clone(), head.version)) {
            documents.entry(head.role.clone()).or_default().push(head.kept());
        }
    }
    InUse { documents, highest, views }
}
