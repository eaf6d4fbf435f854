//! Exchanges the key-encryption key: the master key stays and is sealed anew, so that no other row
//! changes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault};

use super::KeyRing;
use crate::store::keys as store;

impl KeyRing {
    /// From now on the installation opens with `new`, 32 bytes in base64, and not with the key it was
    /// started with. Audited.
    pub async fn rekey(&self, cx: &Cx, new: &str) -> Result<(), Fault> {
        let sealed = STANDARD.encode(self.kek.exchanged(new)?.sealed_master()?);
        let [forget, keep] = store::keep_master(&sealed, cx.now());
        let audit = Audit::of("key_encryption_key.exchanged", "kek");
        cx.db().batch(Batch::new().and(forget).and(keep).audit(audit)).await.map(drop)
    }
}
