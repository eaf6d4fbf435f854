//! What the timeline of a customer is told of its licences and devices.

use plugin_api::contracts::timeline::Entry;
use plugin_api::{Actor, Caller, Cx};

use crate::domain::licence::Licence;
use crate::paths;

/// A licence as a sentence names it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told<'a> {
    /// Whose timeline it is.
    pub(crate) account_id: &'a str,
    /// Where more is to be seen.
    pub(crate) licence_id: &'a str,
    /// Its product.
    pub(crate) product: &'a str,
    /// The first group of its key.
    pub(crate) key_hint: &'a str,
}

impl<'a> From<&'a Licence> for Told<'a> {
    fn from(licence: &'a Licence) -> Self {
        Self {
            account_id: &licence.account_id,
            licence_id: &licence.licence_id,
            product: &licence.product_name,
            key_hint: &licence.key_hint,
        }
    }
}

/// The line that says `kind` (`noun.past_participle`) happened; its sentence is the text
/// `story-<noun>-<past participle>`, which may name the product, the key and `device`.
pub(crate) fn entry(cx: &Cx, told: Told<'_>, kind: &str, device: &str) -> Entry {
    let key = format!("story-{}", kind.replace('.', "-"));
    let arguments = [("product", told.product), ("key", told.key_hint), ("device", device)];
    Entry {
        account_id: told.account_id.to_owned(),
        at: cx.now(),
        kind: kind.to_owned(),
        icon: if kind.starts_with("device") { "box" } else { "key" }.to_owned(),
        text: cx.in_languages(|lang| lang.with(&key, &arguments)),
        path: paths::of(paths::SHOW, told.licence_id),
        permission: crate::READ.to_owned(),
        actor: who(cx.caller()),
    }
}

/// Who is acting, as people call him; nobody for a device.
pub(crate) fn who(caller: &Caller) -> String {
    match &caller.actor {
        Actor::Anonymous => String::new(),
        Actor::User { name, .. } | Actor::Token { name, .. } | Actor::Job { name } => {
            name.chars().take(200).collect()
        }
    }
}
