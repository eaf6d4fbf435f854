//! Issuing a licence: the one way one comes into being, from the API, the forms, the quick buttons,
//! bulk runs, imports and the sample.
//!
//! [`prepare`] reads a draft and finds everything it names, without writing: forms show a live
//! summary of its [`Order`]. [`issue`] prepares, writes, and books the sale.

mod grants;
mod not_issued;
mod order;
mod price;
mod rights;
mod sale;
mod write;

use plugin_api::contracts::accounts::{self, Account, AccountState};
use plugin_api::{Cx, Fault, FieldProblem, Problem};

use crate::domain::choices::Origin;
use crate::domain::draft::{Draft, Rejection};
use crate::domain::key::ActivationKey;
use crate::domain::product::ProductState;
use crate::domain::state::StoredState;
use crate::{policies, store};

pub use grants::grants;
pub use not_issued::NotIssued;
pub use order::{Order, Quote};
pub use write::{new_licence, write, writing};

/// Separates the sealing key of activation keys from others.
const SEAL_PURPOSE: &str = "activation-key";

/// A licence that was issued.
#[derive(Debug, Clone)]
pub struct Issued {
    /// Its id.
    pub licence_id: String,
    /// Its activation key.
    pub key: ActivationKey,
}

/// Checks `draft` and finds all it names: customer, product, version, policy, modules and price.
pub async fn prepare(cx: &Cx, draft: &Draft, origin: Origin) -> Result<Order, NotIssued> {
    let db = cx.db();
    let asked = draft.prodotto.as_deref().unwrap_or_default().trim();
    let product = store::products::by_code(&db, asked).await?;
    let product_id = product.as_ref().map(|product| product.product_id.as_str());
    let in_force = policies::in_force(cx, product_id, draft.politica.as_deref()).await?;
    let terms = draft.check(cx.now(), &in_force)?;
    let account = account(cx, &terms.account_id).await?;
    let product = product.ok_or_else(|| Rejection::coded("prodotto_sconosciuto", "/prodotto"))?;
    if product.state == ProductState::Retired {
        return Err(Rejection::coded("prodotto_ritirato", "/prodotto").into());
    }
    let modules = store::products::modules(&db, &product.product_id).await?;
    let grants = grants(&terms, &modules)?;
    let quote = price::quote(cx, &terms, &account, &product, &modules, &grants).await?;
    if terms.due_at.is_some() && quote.price.unwrap_or_default() == 0 {
        let error = FieldProblem::new("/pagamento_entro", "field-due-without-price");
        return Err(Rejection::fields(vec![error]).into());
    }
    let order = Order {
        starts_at: terms.starts_at,
        state: StoredState::Active,
        marker: None,
        bulk_id: None,
        terms,
        account,
        product,
        grants,
        quote,
        origin,
    };
    Ok(order)
}

/// Checks `draft`, whether the caller may issue it, and issues it; run it on a transaction.
pub async fn issue(cx: &Cx, draft: &Draft, origin: Origin) -> Result<Issued, NotIssued> {
    let order = prepare(cx, draft, origin).await?;
    rights::check(cx, &order).await?;
    let sale = sale::Sale::of(&order);
    let issued = write(cx, order).await?;
    if let Some(sale) = sale {
        sale.book(cx, &issued).await?;
    }
    Ok(issued)
}

/// Issues `draft` in a transaction of its own, for a form that shows a rejection itself.
pub async fn in_transaction(
    cx: &Cx,
    draft: &Draft,
    origin: Origin,
) -> Result<Result<Issued, Rejection>, Problem> {
    cx.transaction(|tx| async move {
        match issue(&tx, draft, origin).await {
            Ok(issued) => Ok(Ok(issued)),
            Err(NotIssued::Rejected(rejection)) => Ok(Err(rejection)),
            Err(NotIssued::Failed(fault)) => Err(fault.into()),
        }
    })
    .await
}

/// The activation key of a licence in the caller's branch.
pub async fn key_of(cx: &Cx, licence_id: &str) -> Result<Option<ActivationKey>, Fault> {
    let sealed = store::licences::sealed_key(&cx.db(), cx.scope(), licence_id).await?;
    let Some(sealed) = sealed else { return Ok(None) };
    let plain = cx.open(SEAL_PURPOSE, &sealed).await?;
    let key = std::str::from_utf8(&plain).ok().and_then(ActivationKey::parse);
    key.map(Some).ok_or_else(|| Fault::internal("a sealed activation key is none"))
}

async fn account(cx: &Cx, account_id: &str) -> Result<Account, NotIssued> {
    let asked = accounts::Find { account_id: account_id.to_owned() };
    let account = cx.service(&accounts::FIND, &asked).await?;
    let account = account.ok_or_else(|| Rejection::coded("cliente_sconosciuto", "/cliente"))?;
    match account.state {
        AccountState::Suspended => Err(Rejection::coded("cliente_sospeso", "/cliente").into()),
        AccountState::Validated | AccountState::Awaiting => Ok(account),
    }
}
