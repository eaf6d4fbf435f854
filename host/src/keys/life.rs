//! The life of signing keys: certified, replaced, taken back.

use ed25519_dalek::SigningKey;
use plugin_api::db::{Audit, Batch};
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault, FaultKind};
use serde_json::json;

use super::KeyRing;
use super::root::{About, certificate, lost};
use crate::store::keys::{self as store, KeyRow, KeyState};

impl KeyRing {
    /// Every key as the database has it, oldest first.
    pub async fn list(&self, cx: &Cx) -> Result<Vec<KeyRow>, Fault> {
        store::all(&cx.db()).await
    }

    /// Puts a new key in the place of the one that signs tokens of `typ` for `plugin`. What the old one
    /// signed stays valid. `root` is the exported root, where it is not here. Audited.
    pub async fn rotate(
        &self,
        cx: &Cx,
        plugin: &str,
        typ: &str,
        root: Option<&SigningKey>,
    ) -> Result<KeyRow, Fault> {
        let old = store::active(&cx.db(), plugin, typ).await?;
        let old = old.ok_or_else(|| Fault::new(FaultKind::NotFound, "there is no such key"))?;
        let new = self.certified(cx, plugin, typ, root).await?;
        let audit = Audit::of("signing_key.rotated", &new.kid)
            .named(format!("{plugin} {typ}"))
            .before(json!({ "kid": old.kid }))
            .after(json!({ "kid": new.kid }));
        let batch = Batch::new()
            .and(store::retirement(&old.kid, cx.now()))
            .and(store::insertion(&new))
            .audit(audit);
        self.change(cx, batch).await?;
        Ok(new)
    }

    /// Takes a key back: no token it signed counts any more, here or with anybody who reads the
    /// published keys anew. If it was the one that signs, another takes its place at once. Audited.
    pub async fn revoke(
        &self,
        cx: &Cx,
        kid: &str,
        reason: &str,
        root: Option<&SigningKey>,
    ) -> Result<(), Fault> {
        let rows = self.list(cx).await?;
        let old = rows.into_iter().find(|row| row.kid == kid);
        let old = old.ok_or_else(|| Fault::new(FaultKind::NotFound, "there is no such key"))?;
        let audit = Audit::of("signing_key.revoked", kid)
            .named(format!("{} {}", old.plugin, old.typ))
            .after(json!({ "reason": reason }));
        let mut batch = Batch::new().and(store::revocation(kid, reason, cx.now())).audit(audit);
        if old.state == KeyState::Active {
            batch = batch
                .and(store::insertion(&self.certified(cx, &old.plugin, &old.typ, root).await?));
        }
        self.change(cx, batch).await
    }

    /// Certifies the keys that were made while the root was elsewhere; how many. Audited.
    pub async fn certify(&self, cx: &Cx, root: Option<&SigningKey>) -> Result<usize, Fault> {
        let root = self.certifier(cx, root).await?;
        let mut certified = 0;
        let mut batch = Batch::new();
        for key in self.all() {
            if key.certificate.is_some() || key.state == KeyState::Revoked {
                continue;
            }
            let about = About { plugin: &key.plugin, typ: &key.typ, public: &key.public };
            let text = certificate(&root, &self.issuer, about, cx.now());
            batch = batch
                .and(store::certification(&key.kid, &text, cx.now()))
                .audit(Audit::of("signing_key.certified", &key.kid));
            certified += 1;
        }
        if certified > 0 {
            self.change(cx, batch).await?;
        }
        Ok(certified)
    }

    /// Replaces every signing key older than `days`; how many. Nothing is replaced while the root is
    /// elsewhere.
    pub async fn rotate_older_than(&self, cx: &Cx, days: i64) -> Result<usize, Fault> {
        let before = cx.now() - days * DAY;
        let rows = self.list(cx).await?;
        let old: Vec<KeyRow> = rows
            .into_iter()
            .filter(|row| row.state == KeyState::Active && row.created_at < before)
            .collect();
        for row in &old {
            self.rotate(cx, &row.plugin, &row.typ, None).await?;
        }
        Ok(old.len())
    }

    /// The names of the keys that were taken back.
    pub fn withdrawn(&self) -> Vec<String> {
        let all = self.all().into_iter();
        all.filter(|key| key.state == KeyState::Revoked).map(|key| key.kid.clone()).collect()
    }

    async fn certified(
        &self,
        cx: &Cx,
        plugin: &str,
        typ: &str,
        root: Option<&SigningKey>,
    ) -> Result<KeyRow, Fault> {
        let root = self.certifier(cx, root).await?;
        self.fresh(cx, plugin, typ, Some(&root))
    }

    /// The root that was brought, or the one that is here.
    async fn certifier(&self, cx: &Cx, brought: Option<&SigningKey>) -> Result<SigningKey, Fault> {
        if let Some(root) = brought {
            return Ok(root.clone());
        }
        let here = self.root_key(cx).await?;
        here.ok_or_else(|| {
            Fault::new(FaultKind::Refused, "the root is not here: bring the exported file")
        })
    }

    async fn change(&self, cx: &Cx, batch: Batch) -> Result<(), Fault> {
        let faster = Fault::new(FaultKind::Refused, "somebody else changed this key just now");
        cx.db().batch(batch).await.map_err(|fault| lost(fault, faster))?;
        self.reload(cx).await
    }
}
