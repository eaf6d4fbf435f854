//! All keys in memory, by plugin and type of token; the database holds them sealed.

use std::sync::{Arc, PoisonError, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{SigningKey, VerifyingKey};
use hmac::Mac as _;
use plugin_api::{Cx, Fault};
use serde_json::{Map, Value as Json};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::kek::{Kek, hmac};
use super::seal;
use crate::config::Config;
use crate::jose;
use crate::store::keys::{self as store, KeyRow, KeyState};

/// What the host itself is called among the owners of keys.
const HOST: &str = "host";
/// The purpose under which private keys are sealed.
const PRIVATE: &str = "signing-key";

/// Signs, verifies, hashes and seals for the host and every plugin, each with keys of its own.
pub struct KeyRing {
    kek: Kek,
    issuer: String,
    keys: RwLock<Vec<Arc<Key>>>,
}

/// A key pair of one plugin for one type of token.
struct Key {
    plugin: String,
    typ: String,
    kid: String,
    state: KeyState,
    public: VerifyingKey,
    /// Wiped from memory when dropped.
    private: SigningKey,
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyRing").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl KeyRing {
    /// Reads the keys of the database. A key-encryption key that is not this database's is refused
    /// with a sentence that says what to do; where there is none yet, one is made and kept.
    pub async fn open(cx: &Cx, config: &Config) -> Result<Self, Fault> {
        let mut kek = Kek::load(config)?;
        prove(cx, &mut kek).await?;
        let ring = Self { kek, issuer: config.http.origin(), keys: RwLock::default() };
        for row in store::all(&cx.db()).await? {
            ring.remember(row)?;
        }
        Ok(ring)
    }

    /// The same keys, signing as `issuer` (claim `iss`) instead of the address of the settings.
    #[must_use]
    pub fn issued_by(self, issuer: impl Into<String>) -> Self {
        Self { issuer: issuer.into(), ..self }
    }

    /// Makes the keys `plugin` will need for its `types` of tokens. Without it a first token signed
    /// inside a transaction would wait for the writer that this transaction holds.
    pub async fn prepare(&self, cx: &Cx, plugin: &str, types: &[String]) -> Result<(), Fault> {
        for typ in types {
            if self.active(plugin, typ).is_none() {
                self.create(cx, plugin, typ).await?;
            }
        }
        Ok(())
    }

    /// Signs `claims` as a token of `typ`, with a key only `plugin` and `typ` have; it is made and
    /// committed before its first use. Stamps `iss` and `iat`, and `jti` unless there is one.
    pub async fn sign(
        &self,
        cx: &Cx,
        plugin: &str,
        typ: &str,
        mut claims: Map<String, Json>,
    ) -> Result<String, Fault> {
        let key = match self.active(plugin, typ) {
            Some(key) => key,
            None => self.create(cx, plugin, typ).await?,
        };
        claims.insert("iss".to_owned(), self.issuer.as_str().into());
        claims.insert("iat".to_owned(), (cx.now() / 1000).into());
        claims.entry("jti").or_insert_with(|| cx.fresh_id().into());
        let token = jose::sign(&key.private, typ, &key.kid, &claims);
        if token.len() > jose::LONGEST {
            return Err(Fault::invalid(format!(
                "the token would be {} bytes long; {} is the most",
                token.len(),
                jose::LONGEST
            )));
        }
        Ok(token)
    }

    /// The claims of a token that was signed here for `plugin` and `typ`, whatever its times.
    pub fn verify(&self, plugin: &str, typ: &str, token: &str) -> Option<Map<String, Json>> {
        let key_of = |kid: &str| {
            self.find(|key| {
                key.kid == kid
                    && key.plugin == plugin
                    && key.typ == typ
                    && key.state != KeyState::Revoked
            })
            .map(|key| key.public)
        };
        jose::verify(token, typ, key_of).ok()
    }

    /// HMAC-SHA-256 of `message` under a key of `plugin` and `purpose`.
    pub fn mac(&self, plugin: &str, purpose: &str, message: &[u8]) -> [u8; 32] {
        hmac(&self.kek.derive("mac", plugin, purpose))
            .chain_update(message)
            .finalize()
            .into_bytes()
            .into()
    }

    /// Encrypts `plain` under a key of `plugin` and `purpose`.
    pub fn seal(&self, plugin: &str, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        seal::seal(&self.kek, plugin, purpose, plain)
    }

    /// Decrypts what [`seal`](Self::seal) made for the same `plugin` and `purpose`.
    pub fn open_sealed(
        &self,
        plugin: &str,
        purpose: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Fault> {
        seal::open(&self.kek, plugin, purpose, sealed)
    }

    /// The public keys of all tokens in use, as a JWK set.
    pub fn jwks(&self) -> Json {
        self.jwks_where(|_| true)
    }

    /// The public keys of the tokens of `plugin`, as a JWK set.
    pub fn jwks_of(&self, plugin: &str) -> Json {
        self.jwks_where(|key| key.plugin == plugin)
    }

    fn jwks_where(&self, is_meant: impl Fn(&Key) -> bool) -> Json {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let mut live: Vec<_> =
            keys.iter().filter(|key| key.state != KeyState::Revoked && is_meant(key)).collect();
        // The same answer from every host of the installation, whoever learnt of a key first.
        live.sort_by(|one, other| one.kid.cmp(&other.kid));
        jose::jwk_set(live.into_iter().map(|key| &key.public))
    }

    fn active(&self, plugin: &str, typ: &str) -> Option<Arc<Key>> {
        self.find(|key| key.plugin == plugin && key.typ == typ && key.state == KeyState::Active)
    }

    fn find(&self, is_meant: impl Fn(&Key) -> bool) -> Option<Arc<Key>> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        keys.iter().find(|key| is_meant(key)).cloned()
    }

    /// Makes the key of `plugin` and `typ`, or takes the one somebody else has just made.
    async fn create(&self, cx: &Cx, plugin: &str, typ: &str) -> Result<Arc<Key>, Fault> {
        let private = SigningKey::from_bytes(&Zeroizing::new(cx.random()));
        let public = private.verifying_key();
        let sealed = self.seal(HOST, PRIVATE, private.as_bytes())?;
        let row = KeyRow {
            key_id: cx.fresh_id(),
            kid: jose::thumbprint(&public),
            plugin: plugin.to_owned(),
            typ: typ.to_owned(),
            public_key: STANDARD.encode(public.as_bytes()),
            private_sealed: STANDARD.encode(sealed),
            state: KeyState::Active,
        };
        match store::insert(&cx.db(), &row, cx.now()).await {
            Ok(()) => self.remember(row),
            Err(fault) if fault.is_unique("active") => {
                let theirs = store::active(&cx.db(), plugin, typ).await?;
                self.remember(theirs.ok_or(fault)?)
            }
            Err(fault) => Err(fault),
        }
    }

    fn remember(&self, row: KeyRow) -> Result<Arc<Key>, Fault> {
        let sealed = STANDARD.decode(&row.private_sealed).map_err(Fault::invalid)?;
        let plain = self.open_sealed(HOST, PRIVATE, &sealed)?;
        let bytes: Zeroizing<[u8; 32]> = plain
            .as_slice()
            .try_into()
            .map(Zeroizing::new)
            .map_err(|_| Fault::invalid("a signing key has 32 bytes"))?;
        let private = SigningKey::from_bytes(&bytes);
        let KeyRow { plugin, typ, kid, state, .. } = row;
        let public = private.verifying_key();
        if jose::thumbprint(&public) != kid {
            return Err(
                Fault::invalid("a stored signing key does not have its own name").about(kid)
            );
        }
        let key = Arc::new(Key { plugin, typ, kid, state, public, private });
        let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = keys.iter().find(|known| known.kid == key.kid) {
            return Ok(Arc::clone(known));
        }
        keys.push(Arc::clone(&key));
        Ok(key)
    }
}

/// Compares the key with the proof in the database, or leaves the proof there.
async fn prove(cx: &Cx, kek: &mut Kek) -> Result<(), Fault> {
    let proof = STANDARD.encode(kek.derive("proof", HOST, ""));
    let is_same = |stored: &str| bool::from(stored.as_bytes().ct_eq(proof.as_bytes()));
    let stored = if let Some(stored) = store::proof(&cx.db()).await? {
        stored
    } else {
        kek.keep()?;
        match store::insert_proof(&cx.db(), &proof, cx.now()).await {
            Ok(()) => return Ok(()),
            // Another host of the same installation was first.
            Err(fault) => store::proof(&cx.db()).await?.ok_or(fault)?,
        }
    };
    if is_same(&stored) { Ok(()) } else { Err(kek.refusal()) }
}
