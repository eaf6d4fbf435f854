//! The activation key a device means, whether it shows that or one of the system used before.

use plugin_api::db::{Batch, Statement};
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault};

use super::key::LegacyKey;
use crate::domain::device::Device;
use crate::domain::key::ActivationKey;
use crate::domain::refusal::Refusal;
use crate::store::log::KeyKind;
use crate::{issue, store};

/// A key that was shown.
#[derive(Debug)]
pub(crate) struct Presented {
    /// The activation key it is, or stands for.
    pub(crate) key: ActivationKey,
    /// Id of the old key, if it is one, and whether a device showed it before.
    legacy: Option<(String, bool)>,
}

impl Presented {
    /// How it stands in the log.
    pub(crate) fn kind(&self) -> KeyKind {
        if self.legacy.is_some() { KeyKind::Legacy } else { KeyKind::Activation }
    }

    /// The key that replaces the one that was shown, if that is an old one.
    pub(crate) fn replacement(&self) -> Option<String> {
        self.legacy.as_ref().map(|_| self.key.to_string())
    }

    /// The statement that notes the exchange, if this is the first time.
    pub(crate) fn exchange(&self, device: Option<&Device>, now: i64) -> Option<Statement> {
        let (legacy_id, _) = self.legacy.as_ref().filter(|(_, exchanged)| !exchanged)?;
        let device_hash = device?.fingerprint.hash();
        Some(store::legacy::exchanging(legacy_id, &device_hash, now))
    }

    /// The same as a batch; empty if there is nothing to note.
    pub(crate) fn exchanging(&self, device: Option<&Device>, now: i64) -> Batch {
        match self.exchange(device, now) {
            Some(exchange) => Batch::new().and(exchange),
            None => Batch::new(),
        }
    }
}

/// The key that was typed; one that is neither of ours nor known is refused as malformed. What is
/// written like ours is ours: an import keeps such a key instead of replacing it.
pub(crate) async fn presented(cx: &Cx, typed: &str) -> Result<Result<Presented, Refusal>, Fault> {
    if let Some(key) = ActivationKey::parse(typed) {
        return Ok(Ok(Presented { key, legacy: None }));
    }
    let Some(old) = LegacyKey::parse(typed) else { return Ok(Err(Refusal::InvalidKey)) };
    let Some(shown) = store::legacy::shown(&cx.db(), &old.hash(cx).await?).await? else {
        return Ok(Err(Refusal::InvalidKey));
    };
    let days: i64 = cx.setting("legacy-days").await?;
    let is_over = |exchanged: i64| cx.now() > exchanged.saturating_add(days.saturating_mul(DAY));
    if shown.revoked_at.is_some() || shown.exchanged_at.is_some_and(is_over) {
        return Ok(Err(Refusal::UnknownKey));
    }
    let key = issue::unsealed(cx, &shown.key_sealed).await?;
    Ok(Ok(Presented { key, legacy: Some((shown.legacy_id, shown.exchanged_at.is_some())) }))
}
