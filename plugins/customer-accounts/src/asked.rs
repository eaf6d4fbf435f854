//! What is asked of other modules, which may not be there.

use plugin_api::contracts::licences::{LicenceOfAccount, OF_ACCOUNT, OfAccount};
use plugin_api::{Cx, Fault, FaultKind};

/// What another module answered; none when there is no such module.
pub(crate) fn if_there<T>(answer: Result<T, Fault>) -> Result<Option<T>, Fault> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(fault) if fault.kind == FaultKind::Unavailable => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// The licences of a customer; none when nobody keeps licences.
pub(crate) async fn licences_of(
    cx: &Cx,
    customer_id: &str,
) -> Result<Option<Vec<LicenceOfAccount>>, Fault> {
    let asked = OfAccount { account_id: customer_id.to_owned() };
    if_there(cx.service(&OF_ACCOUNT, &asked).await)
}
