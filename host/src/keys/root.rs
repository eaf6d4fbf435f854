//! The root: a key that signs nothing but certificates of signing keys, and may be kept elsewhere.
//!
//! A certificate is a token of the type `cockpit-key+jwt`: `sub` is the `kid` of the key, `jwk` the key
//! itself, `plugin` and `token_typ` what it may sign. Who pins the root's public key
//! (`/.well-known/cockpit-root.json`) can tell our keys from others without trusting the server that
//! hands them out.

use std::sync::{Arc, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{SigningKey, VerifyingKey};
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault, FaultKind};
use serde_json::{Map, Value as Json, json};
use zeroize::Zeroizing;

use super::ring::{HOST, signing_key};
use super::{KeyRing, escrow};
use crate::jose;
use crate::store::keys::{self as store, RootRow};

/// Header `typ` of certificates.
pub const CERTIFICATE_TYPE: &str = "cockpit-key+jwt";
/// The purpose under which the root's private half is sealed.
const PRIVATE: &str = "root-key";

/// The root as far as it is known here.
#[derive(Debug, Clone)]
pub struct Root {
    /// Its name.
    pub kid: String,
    /// Its public half.
    pub public: VerifyingKey,
    /// Whether its private half is here.
    pub is_here: bool,
    /// When it was made, unix milliseconds.
    pub created_at: i64,
    /// When its private half was taken away.
    pub exported_at: Option<i64>,
}

/// What a certificate is about.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    /// Whose tokens the key signs.
    pub plugin: &'a str,
    /// Of which type.
    pub typ: &'a str,
    /// The key.
    pub public: &'a VerifyingKey,
}

/// The certificate of a key.
pub(super) fn certificate(root: &SigningKey, issuer: &str, about: About<'_>, now: i64) -> String {
    let claims = json!({
        "iss": issuer,
        "sub": jose::thumbprint(about.public),
        "iat": now / 1000,
        "plugin": about.plugin,
        "token_typ": about.typ,
        "jwk": jose::jwk(about.public),
    });
    let claims: Map<String, Json> = claims.as_object().cloned().unwrap_or_default();
    jose::sign(root, CERTIFICATE_TYPE, &jose::thumbprint(&root.verifying_key()), &claims)
}

impl KeyRing {
    /// The root as far as it is known here.
    pub fn root(&self) -> Option<Arc<Root>> {
        self.root.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The root's public key as a JSON web key.
    pub fn root_jwk(&self) -> Option<Json> {
        self.root().map(|root| jose::jwk(&root.public))
    }

    /// Makes the root of this installation where there is none.
    pub(super) async fn make_root(&self, cx: &Cx) -> Result<(), Fault> {
        if store::root(&cx.db()).await?.is_some() {
            return Ok(());
        }
        let private = SigningKey::from_bytes(&Zeroizing::new(cx.random()));
        let public = private.verifying_key();
        let row = RootRow {
            kid: jose::thumbprint(&public),
            public_key: STANDARD.encode(public.as_bytes()),
            private_sealed: Some(self.sealed_root(&private)?),
            created_at: cx.now(),
            exported_at: None,
        };
        match store::insert_root(&cx.db(), &row).await {
            // Another host of the same installation was first.
            Err(fault) if fault.is_unique("") || fault.kind == FaultKind::Unique => Ok(()),
            outcome => outcome,
        }
    }

    /// Reads what there is of the root.
    pub(super) async fn read_root(&self, cx: &Cx) -> Result<(), Fault> {
        let Some(row) = store::root(&cx.db()).await? else { return Ok(()) };
        let public = STANDARD.decode(&row.public_key).map_err(Fault::invalid)?;
        let public = <[u8; 32]>::try_from(public.as_slice())
            .ok()
            .and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok())
            .ok_or_else(|| Fault::invalid("the stored root is no Ed25519 key"))?;
        let root = Root {
            kid: row.kid,
            public,
            is_here: row.private_sealed.is_some(),
            created_at: row.created_at,
            exported_at: row.exported_at,
        };
        *self.root.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(root));
        Ok(())
    }

    /// The root's private half, if it is here; never kept in memory.
    pub(super) async fn root_key(&self, cx: &Cx) -> Result<Option<SigningKey>, Fault> {
        let row = store::root(&cx.db()).await?;
        let Some(sealed) = row.and_then(|row| row.private_sealed) else { return Ok(None) };
        let sealed = STANDARD.decode(sealed).map_err(Fault::invalid)?;
        signing_key(&self.open_sealed(HOST, PRIVATE, &sealed)?).map(Some)
    }

    /// The root's private half for somewhere else, encrypted with `passphrase`; nothing is forgotten
    /// yet, see [`forget_root`](Self::forget_root). Refused where it is not here.
    pub async fn export_root(&self, cx: &Cx, passphrase: &str) -> Result<String, Fault> {
        let key = self.root_key(cx).await?.ok_or_else(elsewhere)?;
        escrow::lock(&key, passphrase)
    }

    /// Forgets the private half of the root: without the exported file no key can be certified.
    /// Audited.
    pub async fn forget_root(&self, cx: &Cx) -> Result<(), Fault> {
        let root = self.root().ok_or_else(elsewhere)?;
        let batch = Batch::new()
            .and(store::give_away_root(&root.kid, cx.now()))
            .audit(Audit::of("root_key.exported", &root.kid));
        cx.db().batch(batch).await.map_err(|fault| lost(fault, elsewhere()))?;
        self.reload(cx).await
    }

    /// Reads an exported root. A wrong passphrase and the root of another installation are refused.
    pub fn read_exported_root(&self, file: &str, passphrase: &str) -> Result<SigningKey, Fault> {
        let key = escrow::unlock(file, passphrase)?;
        let ours = self.root().is_some_and(|root| root.public == key.verifying_key());
        if !ours {
            return Err(Fault::new(FaultKind::Refused, "this is the root of another installation"));
        }
        Ok(key)
    }

    /// Keeps the private half of the root here again. Audited.
    pub async fn import_root(&self, cx: &Cx, key: &SigningKey) -> Result<(), Fault> {
        let kid = jose::thumbprint(&key.verifying_key());
        let batch = Batch::new()
            .and(store::take_back_root(&kid, &self.sealed_root(key)?))
            .audit(Audit::of("root_key.imported", &kid));
        let here = || Fault::new(FaultKind::Refused, "the root is here already");
        cx.db().batch(batch).await.map_err(|fault| lost(fault, here()))?;
        self.reload(cx).await
    }

    fn sealed_root(&self, key: &SigningKey) -> Result<String, Fault> {
        self.seal(HOST, PRIVATE, key.as_bytes()).map(|sealed| STANDARD.encode(sealed))
    }
}

fn elsewhere() -> Fault {
    Fault::new(FaultKind::Refused, "the root is not here: it was exported to a file")
}

/// `fault`, or `refusal` if somebody else was faster.
pub(super) fn lost(fault: Fault, refusal: Fault) -> Fault {
    if fault.is_mismatch(store::CHANGED) { refusal } else { fault }
}
