//! The rehearsal of an emergency: everything that exchanging a stolen key needs is tried, and nothing is
//! changed.

use std::time::Instant;

use ed25519_dalek::SigningKey;
use plugin_api::{Cx, Fault};
use serde_json::{Map, Value as Json, json};

use super::KeyRing;
use super::root::{About, CERTIFICATE_TYPE, certificate};
use crate::jose;
use crate::store::keys::KeyState;

/// What a rehearsal found.
#[derive(Debug, Clone, Default)]
pub struct Drill {
    /// Each thing that was tried: its text key, and whether it worked.
    pub steps: Vec<(&'static str, bool)>,
    /// Keys that sign.
    pub active: usize,
    /// Keys that only verify.
    pub retired: usize,
    /// Keys that were taken back.
    pub revoked: usize,
    /// How long it took, microseconds.
    pub took: u128,
}

impl Drill {
    /// Whether an emergency would go well.
    pub fn is_ready(&self) -> bool {
        self.steps.iter().all(|(_, worked)| *worked)
    }
}

impl KeyRing {
    /// Rehearses; `root` is the exported root, where it is not here.
    pub async fn drill(&self, cx: &Cx, root: Option<&SigningKey>) -> Result<Drill, Fault> {
        let began = Instant::now();
        let here = self.root_key(cx).await?;
        let root = root.or(here.as_ref());
        let keys = self.all();
        let count = |state| keys.iter().filter(|key| key.state == state).count();
        let signs = |key: &super::ring::Key| {
            let token = jose::sign(&key.private, &key.typ, &key.kid, &rehearsed());
            self.verify(&key.plugin, &key.typ, &token).is_some()
        };
        let live = || keys.iter().filter(|key| key.state != KeyState::Revoked);
        let is_certified = |key: &super::ring::Key| {
            let root = self.root();
            let (Some(text), Some(root)) = (&key.certificate, root) else { return false };
            let key_of = |kid: &str| (kid == root.kid).then_some(root.public);
            jose::verify(text, CERTIFICATE_TYPE, key_of)
                .is_ok_and(|claims| claims.get("sub") == Some(&key.kid.as_str().into()))
        };
        let replaced = root.is_some_and(|root| self.replaces(cx, root));
        let mut refused = keys.iter().filter(|key| key.state == KeyState::Revoked);
        Ok(Drill {
            steps: vec![
                ("drill-root", root.is_some()),
                ("drill-signs", live().all(|key| signs(key))),
                ("drill-certified", live().all(|key| is_certified(key))),
                ("drill-replaces", replaced),
                ("drill-refuses", refused.all(|key| !signs(key))),
            ],
            active: count(KeyState::Active),
            retired: count(KeyState::Retired),
            revoked: count(KeyState::Revoked),
            took: began.elapsed().as_micros(),
        })
    }

    /// Whether a key made now signs, verifies, and is certified by `root`; it is forgotten at once.
    fn replaces(&self, cx: &Cx, root: &SigningKey) -> bool {
        let private = SigningKey::from_bytes(&cx.random());
        let public = private.verifying_key();
        let kid = jose::thumbprint(&public);
        let token = jose::sign(&private, "drill+jwt", &kid, &rehearsed());
        let is_ours = |named: &str| (named == kid).then_some(public);
        let about = About { plugin: "host", typ: "drill+jwt", public: &public };
        let text = certificate(root, &self.issuer, about, cx.now());
        let root_kid = jose::thumbprint(&root.verifying_key());
        let is_root = |named: &str| (named == root_kid).then(|| root.verifying_key());
        jose::verify(&token, "drill+jwt", is_ours).is_ok()
            && jose::verify(&text, CERTIFICATE_TYPE, is_root).is_ok()
    }
}

fn rehearsed() -> Map<String, Json> {
    json!({ "sub": "drill" }).as_object().cloned().unwrap_or_default()
}
