//! Who does something, as rows and audit name him.

use plugin_api::{Actor, Cx};

/// What people call who is asking, at most 200 characters; the name of a job for a job, empty for
/// nobody.
pub(crate) fn name(cx: &Cx) -> String {
    match &cx.caller().actor {
        Actor::Anonymous => String::new(),
        Actor::User { name, .. } | Actor::Token { name, .. } | Actor::Job { name } => {
            name.chars().take(200).collect()
        }
    }
}
