//! Who started an import, kept so that its job acts as he would.

use crate::{Caller, Cx};

/// What is kept of who is asking: not where he sits.
pub(super) fn kept(cx: &Cx) -> String {
    let caller = Caller { address: None, ..cx.caller().clone() };
    serde_json::to_string(&caller).unwrap_or_default()
}

/// The context of a job, with the scope, permissions, language and name of who was `kept`. Without
/// them it may do nothing.
pub(super) fn acting(cx: &Cx, kept: &str) -> Cx {
    let caller: Caller = serde_json::from_str(kept).unwrap_or_default();
    cx.acting_as(Caller {
        request_id: cx.caller().request_id.clone(),
        job_id: cx.caller().job_id.clone(),
        ..caller
    })
}
