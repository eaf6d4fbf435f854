//! What every call of a client has in common: its key, its hash, and the line it leaves in the log.

use plugin_api::{Cx, Fault};

use crate::domain::key::ActivationKey;
use crate::domain::licence::Licence;
use crate::domain::verdict::Verdict;
use crate::store::log::{Action, Entry, KeyKind};

/// Separates this plugin's keyed hashes of activation keys from others.
const MAC_PURPOSE: &str = "activation-key";

/// The hash an activation key is looked up by, in hexadecimal.
pub(crate) async fn key_hash(cx: &Cx, key: ActivationKey) -> Result<String, Fault> {
    let mac = cx.mac(MAC_PURPOSE, key.canonical().as_bytes()).await?;
    Ok(plugin_api::hex(&mac))
}

/// What is known of a request before its outcome is.
#[derive(Debug)]
pub(crate) struct Trail {
    action: Action,
    key_kind: KeyKind,
    fingerprint: String,
    device_name: String,
    user_name: String,
    address: String,
    now: i64,
}

impl Trail {
    /// The trail of a request made now.
    pub(crate) fn of(cx: &Cx, action: Action, key_kind: KeyKind) -> Self {
        let address = cx.caller().address.map(|address| address.to_string()).unwrap_or_default();
        Self {
            action,
            key_kind,
            fingerprint: String::new(),
            device_name: String::new(),
            user_name: String::new(),
            address,
            now: cx.now(),
        }
    }

    /// Says which key was shown.
    #[must_use]
    pub(crate) fn showing(mut self, kind: KeyKind) -> Self {
        self.key_kind = kind;
        self
    }

    /// Names the device.
    #[must_use]
    pub(crate) fn device(mut self, fingerprint: &str, name: &str) -> Self {
        fingerprint.clone_into(&mut self.fingerprint);
        name.clone_into(&mut self.device_name);
        self
    }

    /// Names the person.
    #[must_use]
    pub(crate) fn user(mut self, name: &str) -> Self {
        name.clone_into(&mut self.user_name);
        self
    }

    /// Where the request came from; empty if that is not known.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The line that says how it ended.
    pub(crate) fn entry<'a>(
        &'a self,
        cx: &Cx,
        licence: Option<&'a Licence>,
        outcome: &'a str,
    ) -> Entry<'a> {
        Entry {
            log_id: cx.fresh_id(),
            licence_id: licence.map(|licence| licence.licence_id.as_str()),
            organisation_id: licence.map_or("", |licence| licence.organisation_id.as_str()),
            at: self.now,
            action: self.action,
            key_kind: self.key_kind,
            fingerprint: &self.fingerprint,
            device_name: &self.device_name,
            address: &self.address,
            outcome,
            would_refuse: "",
            user_name: &self.user_name,
        }
    }

    /// The line that says what was decided, and what would have been if the licence did not only
    /// watch.
    pub(crate) fn judged<'a>(
        &'a self,
        cx: &Cx,
        licence: &'a Licence,
        verdict: Verdict,
    ) -> Entry<'a> {
        match verdict {
            Verdict::Admitted => self.success(cx, licence),
            Verdict::Shadowed(refusal) => {
                Entry { would_refuse: refusal.code(), ..self.success(cx, licence) }
            }
            Verdict::Refused(refusal) => self.entry(cx, Some(licence), refusal.code()),
        }
    }

    /// The line that says it went well.
    pub(crate) fn success<'a>(&'a self, cx: &Cx, licence: &'a Licence) -> Entry<'a> {
        self.entry(cx, Some(licence), self.action.success())
    }
}
