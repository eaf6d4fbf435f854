//! What is asked of whoever keeps the licences, who may not be there.

use plugin_api::contracts::licences::{
    self, FIND, ISSUE, LicenceOfAccount, OF_ACCOUNT, OfAccount, Order, Ordered, PRODUCTS, Product,
    QUOTE, Quoted,
};
use plugin_api::{Cx, Fault, FaultKind, Problem};

/// A state in which a licence can be no installation's.
const REVOKED: &str = "revocata";

/// What he answered; none when there is nobody.
fn if_there<T>(answer: Result<T, Fault>) -> Result<Option<T>, Fault> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(fault) if matches!(fault.kind, FaultKind::Unavailable | FaultKind::NotFound) => {
            Ok(None)
        }
        Err(fault) => Err(fault),
    }
}

/// Whether somebody keeps licences.
pub(super) async fn is_there(cx: &Cx) -> Result<bool, Fault> {
    Ok(if_there(cx.service(&FIND, &Vec::new()).await)?.is_some())
}

/// The products licences are issued for; none where nobody keeps licences.
pub(super) async fn products(cx: &Cx) -> Result<Option<Vec<Product>>, Fault> {
    if_there(cx.service(&PRODUCTS, &()).await)
}

/// The same, for a page that makes no sense without.
pub(super) async fn products_or_404(cx: &Cx) -> Result<Vec<Product>, Problem> {
    products(cx).await?.ok_or_else(Problem::not_found)
}

/// The licence with this id, if the caller may see it; none at all where nobody keeps licences.
pub(super) async fn licence(cx: &Cx, id: &str) -> Result<Option<Option<LicenceOfAccount>>, Fault> {
    let found = if_there(cx.service(&FIND, &vec![id.to_owned()]).await)?;
    Ok(found.map(|found| found.into_iter().next()))
}

/// The licences of an account that an installation can have, those of `product` first.
pub(super) async fn of_account(
    cx: &Cx,
    account_id: &str,
    product: Option<&str>,
) -> Result<Vec<LicenceOfAccount>, Fault> {
    let asked = OfAccount { account_id: account_id.to_owned() };
    let mut found = if_there(cx.service(&OF_ACCOUNT, &asked).await)?.unwrap_or_default();
    found.retain(|licence| licence.stato != REVOKED);
    found.sort_by_key(|licence| Some(licence.product_code.as_str()) != product);
    Ok(found)
}

/// What an order comes to for the caller.
pub(super) async fn quote(cx: &Cx, order: &licences::Order) -> Result<Quoted, Fault> {
    cx.service_on_behalf(&QUOTE, order).await
}

/// Issues a licence on the rights of the caller, also in a job; call it on a transaction.
pub(super) async fn issue(cx: &Cx, order: &Order) -> Result<Ordered, Fault> {
    cx.service_on_behalf(&ISSUE, order).await
}
