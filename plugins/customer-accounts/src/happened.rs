//! What this plugin itself tells the timeline of a customer, and who did it.

use plugin_api::contracts::timeline::Entry;
use plugin_api::{Actor, Cx, Lang};

use crate::domain::Customer;
use crate::paths;

/// Id of who is asking, as rows keep it; empty for nobody.
pub(crate) fn actor_id(cx: &Cx) -> String {
    match &cx.caller().actor {
        Actor::Anonymous => String::new(),
        Actor::User { id, .. } | Actor::Token { id, .. } => id.clone(),
        Actor::Job { name } => name.chars().take(64).collect(),
    }
}

/// What people call who is asking; empty for nobody and for jobs.
pub(crate) fn actor_name(cx: &Cx) -> String {
    match &cx.caller().actor {
        Actor::Anonymous | Actor::Job { .. } => String::new(),
        Actor::User { name, .. } | Actor::Token { name, .. } => name.chars().take(200).collect(),
    }
}

/// Something that happens now.
#[derive(Debug, Clone)]
pub(crate) struct Happening(Entry);

impl Happening {
    /// What it is, `noun.past_participle`, and its icon.
    pub(crate) fn of(kind: &str, icon: &str) -> Self {
        Self(Entry { kind: kind.to_owned(), icon: icon.to_owned(), ..Entry::default() })
    }

    /// The sentence people read.
    #[must_use]
    pub(crate) fn saying(mut self, cx: &Cx, say: impl Fn(&Lang) -> String) -> Self {
        self.0.text = cx.in_languages(say);
        self
    }

    /// The line of the timeline of `customer`.
    pub(crate) fn entry(self, cx: &Cx, customer: &Customer) -> Entry {
        Entry {
            account_id: customer.customer_id.clone(),
            at: cx.now(),
            path: paths::customer(&customer.customer_id),
            actor: actor_name(cx),
            ..self.0
        }
    }
}
