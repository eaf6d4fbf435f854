//! All keys in memory, by plugin and type of token; the database holds them sealed.

use std::sync::{Arc, PoisonError, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{SigningKey, VerifyingKey};
use hmac::Mac as _;
use plugin_api::{Cx, Fault};
use serde_json::{Map, Value as Json, json};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::kek::{Kek, hmac};
use super::root::{About, Root, certificate};
use super::seal;
use crate::config::Config;
use crate::jose;
use crate::store::keys::{self as store, KeyRow, KeyState};

/// What the host itself is called among the owners of keys.
pub(super) const HOST: &str = "host";
/// The purpose under which private keys are sealed.
const PRIVATE: &str = "signing-key";
/// The member of a JSON web key that carries what the root says of it.
const CERTIFICATE: &str = "cockpit_certificate";

/// Signs, verifies, hashes and seals for the host and every plugin, each with keys of its own.
pub struct KeyRing {
    pub(super) kek: Kek,
    pub(super) issuer: String,
    keys: RwLock<Vec<Arc<Key>>>,
    pub(super) root: RwLock<Option<Arc<Root>>>,
    /// Which edition of the keys in the database these are.
    edition: RwLock<(i64, i64)>,
}

/// A key pair of one plugin for one type of token.
pub(super) struct Key {
    pub(super) plugin: String,
    pub(super) typ: String,
    pub(super) kid: String,
    pub(super) state: KeyState,
    pub(super) certificate: Option<String>,
    pub(super) public: VerifyingKey,
    /// Wiped from memory when dropped.
    pub(super) private: SigningKey,
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
        let ring = Self {
            kek,
            issuer: config.http.origin(),
            keys: RwLock::default(),
            root: RwLock::default(),
            edition: RwLock::default(),
        };
        ring.make_root(cx).await?;
        ring.reload(cx).await?;
        Ok(ring)
    }

    /// Reads keys and root again, as any process of this installation may have changed them.
    pub async fn reload(&self, cx: &Cx) -> Result<(), Fault> {
        // Before the rows, so that a change in between is read once more and not missed.
        let edition = store::edition(&cx.db()).await?;
        let rows = store::all(&cx.db()).await?;
        let keys = rows.into_iter().map(|row| self.read(row).map(Arc::new));
        let keys = keys.collect::<Result<Vec<_>, Fault>>()?;
        self.read_root(cx).await?;
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
        *self.edition.write().unwrap_or_else(PoisonError::into_inner) = edition;
        Ok(())
    }

    /// Reads them again if they are others than those in the database.
    pub(super) async fn refresh(&self, cx: &Cx) -> Result<(), Fault> {
        let edition = store::edition(&cx.db()).await?;
        if edition == *self.edition.read().unwrap_or_else(PoisonError::into_inner) {
            return Ok(());
        }
        self.reload(cx).await
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
        let mut live = self.all();
        live.retain(|key| key.state != KeyState::Revoked && is_meant(key));
        // The same answer from every host of the installation, whoever learnt of a key first.
        live.sort_by(|one, other| one.kid.cmp(&other.kid));
        let told = |key: &Arc<Key>| {
            let mut jwk = jose::jwk(&key.public);
            if let Some(certificate) = &key.certificate {
                jwk[CERTIFICATE] = certificate.as_str().into();
            }
            jwk
        };
        json!({ "keys": live.iter().map(told).collect::<Vec<_>>() })
    }

    pub(super) fn active(&self, plugin: &str, typ: &str) -> Option<Arc<Key>> {
        self.find(|key| key.plugin == plugin && key.typ == typ && key.state == KeyState::Active)
    }

    /// Every key, oldest first.
    pub(super) fn all(&self) -> Vec<Arc<Key>> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn find(&self, is_meant: impl Fn(&Key) -> bool) -> Option<Arc<Key>> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        keys.iter().find(|key| is_meant(key)).cloned()
    }

    /// Makes the key of `plugin` and `typ`, or takes the one somebody else has just made.
    async fn create(&self, cx: &Cx, plugin: &str, typ: &str) -> Result<Arc<Key>, Fault> {
        let row = self.fresh(cx, plugin, typ, self.root_key(cx).await?.as_ref())?;
        match cx.db().execute(store::insertion(&row)).await {
            Ok(_) => self.remember(row),
            Err(fault) if fault.is_unique("active") => {
                let theirs = store::active(&cx.db(), plugin, typ).await?;
                self.remember(theirs.ok_or(fault)?)
            }
            Err(fault) => Err(fault),
        }
    }

    /// A new key, certified if the root is at hand; nothing is written.
    pub(super) fn fresh(
        &self,
        cx: &Cx,
        plugin: &str,
        typ: &str,
        root: Option<&SigningKey>,
    ) -> Result<KeyRow, Fault> {
        let private = SigningKey::from_bytes(&Zeroizing::new(cx.random()));
        let public = private.verifying_key();
        let sealed = self.seal(HOST, PRIVATE, private.as_bytes())?;
        let about = About { plugin, typ, public: &public };
        Ok(KeyRow {
            key_id: cx.fresh_id(),
            kid: jose::thumbprint(&public),
            plugin: plugin.to_owned(),
            typ: typ.to_owned(),
            public_key: STANDARD.encode(public.as_bytes()),
            private_sealed: STANDARD.encode(sealed),
            state: KeyState::Active,
            certificate: root.map(|root| certificate(root, &self.issuer, about, cx.now())),
            created_at: cx.now(),
            retired_at: None,
            revoked_at: None,
            revoked_for: None,
        })
    }

    fn read(&self, row: KeyRow) -> Result<Key, Fault> {
        let sealed = STANDARD.decode(&row.private_sealed).map_err(Fault::invalid)?;
        let private = signing_key(&self.open_sealed(HOST, PRIVATE, &sealed)?)?;
        let KeyRow { plugin, typ, kid, state, certificate, .. } = row;
        let public = private.verifying_key();
        if jose::thumbprint(&public) != kid {
            return Err(
                Fault::invalid("a stored signing key does not have its own name").about(kid)
            );
        }
        Ok(Key { plugin, typ, kid, state, certificate, public, private })
    }

    fn remember(&self, row: KeyRow) -> Result<Arc<Key>, Fault> {
        let key = Arc::new(self.read(row)?);
        let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = keys.iter().find(|known| known.kid == key.kid) {
            return Ok(Arc::clone(known));
        }
        keys.push(Arc::clone(&key));
        Ok(key)
    }
}

/// The private key in the bytes that were sealed.
pub(super) fn signing_key(plain: &[u8]) -> Result<SigningKey, Fault> {
    let bytes: Zeroizing<[u8; 32]> = plain
        .try_into()
        .map(Zeroizing::new)
        .map_err(|_| Fault::invalid("a signing key has 32 bytes"))?;
    Ok(SigningKey::from_bytes(&bytes))
}

/// Takes the master key out of the database, then compares it with the proof there, or leaves one.
async fn prove(cx: &Cx, kek: &mut Kek) -> Result<(), Fault> {
    if let Some(sealed) = store::master(&cx.db()).await? {
        let sealed = STANDARD.decode(sealed).map_err(Fault::invalid)?;
        if !kek.take_master(&sealed) && !kek.take_waiting(&sealed) {
            return Err(kek.refusal());
        }
    }
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
