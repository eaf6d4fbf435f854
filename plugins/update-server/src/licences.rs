//! What licences include, as the plugin that keeps them says.

use plugin_api::contracts::licences::{ENTITLEMENT, Entitlement, EntitlementOf, NotEntitled};
use plugin_api::{Cx, Fault, FaultKind};

/// What a licence includes, or why nothing.
type Answer = Result<Entitlement, NotEntitled>;

/// What a licence of the caller's branch includes.
pub(crate) async fn entitlement(cx: &Cx, asked: &EntitlementOf) -> Result<Answer, Fault> {
    kept(cx.service(&ENTITLEMENT, asked).await)
}

/// The same for any licence. Unscoped: who shows its secret may have what it includes.
pub(crate) async fn entitlement_of_any(cx: &Cx, asked: &EntitlementOf) -> Result<Answer, Fault> {
    kept(cx.service_unscoped(&ENTITLEMENT, asked).await)
}

/// Where nobody keeps licences, there are none.
fn kept(answer: Result<Answer, Fault>) -> Result<Answer, Fault> {
    match answer {
        Err(fault) if fault.kind == FaultKind::Unavailable => Ok(Err(NotEntitled::Unknown)),
        answer => answer,
    }
}
