//! What other plugins tell the timeline of a customer.

use serde::{Deserialize, Serialize};

use crate::manifest::Texts;

/// Event: something happened that concerns an account; payload is an [`Entry`].
pub const HAPPENED: &str = "timeline.happened.v1";

/// One line of a customer's timeline.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// The account it concerns.
    pub account_id: String,
    /// When it happened, unix milliseconds.
    pub at: i64,
    /// What it is, `noun.past_participle`: `licence.issued`.
    pub kind: String,
    /// Id of a symbol in the host's sprite, without `i-`.
    pub icon: String,
    /// The sentence people read, per language.
    pub text: Texts,
    /// Where more is to be seen, a path of the cockpit; empty for nowhere.
    pub path: String,
    /// The permission that page asks for: who lacks it is shown no way there; empty for none.
    pub permission: String,
    /// Who did it, as people call him; empty when nobody did.
    pub actor: String,
}
