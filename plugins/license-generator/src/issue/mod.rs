//! Issuing a licence: the one way one comes into being, from the API, the forms, the quick buttons,
//! bulk runs, imports and the sample.
//!
//! [`prepare`] reads a draft and finds everything it names, without writing: forms show a live
//! summary of its [`Order`]. [`issue`] prepares, writes, and books the sale.

mod grants;
mod nodes;
mod not_issued;
mod order;
mod price;
pub mod rights;
mod sale;
mod write;

use plugin_api::contracts::accounts::{self, Account, AccountState};
use plugin_api::{Cx, Fault, FieldProblem, Problem};

use crate::domain::catalogue::{Offer, values};
use crate::domain::choices::Origin;
use crate::domain::draft::{Draft, Rejection, Terms};
use crate::domain::key::ActivationKey;
use crate::domain::policy::InForce;
use crate::domain::product::ProductState;
use crate::domain::state::StoredState;
use crate::store::licences::NewGrant;
use crate::{policies, store};

pub use grants::grants;
pub use not_issued::NotIssued;
pub use order::{Order, Quote};
pub use write::{keep_key, new_licence, write, writing};

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
    let product = store::products::by_code(&cx.db(), product_code(draft)).await?;
    let product_id = product.map(|product| product.product_id);
    let in_force = policies::in_force(cx, product_id.as_deref(), draft.politica.as_deref()).await?;
    let order = fit(cx, draft, (cx.now(), &in_force), None).await?;
    if order.account.state == AccountState::Suspended {
        return Err(Rejection::coded("cliente_sospeso", "/cliente").into());
    }
    if order.product.state == ProductState::Retired {
        return Err(Rejection::coded("prodotto_ritirato", "/prodotto").into());
    }
    if order.terms.due_at.is_some() && order.quote.price.unwrap_or_default() == 0 {
        let error = FieldProblem::new("/pagamento_entro", "field-due-without-price");
        return Err(Rejection::fields(vec![error]).into());
    }
    Ok(Order { origin, ..order })
}

/// Finds all a draft names, at `now` and under a policy, whoever it is for and whether it is still
/// sold; its price is `quote` where that is settled already.
pub(crate) async fn fit(
    cx: &Cx,
    draft: &Draft,
    (now, in_force): (i64, &InForce),
    quote: Option<Quote>,
) -> Result<Order, NotIssued> {
    let db = cx.db();
    let terms = draft.check(now, in_force)?;
    let account = account(cx, &terms.account_id).await?;
    nodes::check(cx, &terms).await?;
    let product = store::products::by_code(&db, product_code(draft)).await?;
    let product = product.ok_or_else(|| Rejection::coded("prodotto_sconosciuto", "/prodotto"))?;
    let offer = store::catalogue::offers::of(&db, product).await?;
    let (terms, grants) = fitting(cx, terms, &offer)?;
    let quote = match quote {
        Some(quote) => quote,
        None => price::quote(cx, &terms, &account, &offer, &grants).await?,
    };
    Ok(Order {
        starts_at: terms.starts_at,
        state: StoredState::Active,
        marker: None,
        bulk_id: None,
        terms,
        account,
        product: offer.product,
        grants,
        quote,
        origin: Origin::Person,
    })
}

fn product_code(draft: &Draft) -> &str {
    draft.prodotto.as_deref().unwrap_or_default().trim()
}

/// `terms` as the product has them, with the modules they come to; everything that is wrong is told at
/// once.
fn fitting(cx: &Cx, mut terms: Terms, offer: &Offer) -> Result<(Terms, Vec<NewGrant>), Rejection> {
    let values = values(&offer.parameters, &terms.parameters);
    match (grants(&cx.lang(), &terms, offer), values) {
        (Ok(grants), Ok(values)) => {
            terms.parameters = values;
            // The code as the catalogue writes it, whatever the case it was asked in.
            let bundle = terms.bundle.as_deref().and_then(|code| offer.bundle(code));
            terms.bundle = bundle.map(|bundle| bundle.code.clone());
            Ok((terms, grants))
        }
        (Ok(_), Err(errors)) => Err(Rejection::fields(errors)),
        (Err(rejection), Err(errors)) if rejection.code == "validation" => {
            Err(Rejection::fields([rejection.errors, errors].concat()))
        }
        (Err(rejection), _) => Err(rejection),
    }
}

/// Checks `draft`, whether the caller may issue it, and issues it; run it on a transaction.
pub async fn issue(cx: &Cx, draft: &Draft, origin: Origin) -> Result<Issued, NotIssued> {
    let order = prepare(cx, draft, origin).await?;
    rights::check(cx, &order).await?;
    Ok(complete(cx, order).await?)
}

/// Writes an order that the caller may issue, and books its sale; run it on a transaction.
pub async fn complete(cx: &Cx, order: Order) -> Result<Issued, Fault> {
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
    match sealed {
        Some(sealed) => unsealed(cx, &sealed).await.map(Some),
        None => Ok(None),
    }
}

/// The activation key a licence keeps sealed.
pub async fn unsealed(cx: &Cx, sealed: &[u8]) -> Result<ActivationKey, Fault> {
    let plain = cx.open(SEAL_PURPOSE, sealed).await?;
    let key = std::str::from_utf8(&plain).ok().and_then(ActivationKey::parse);
    key.ok_or_else(|| Fault::internal("a sealed activation key is none"))
}

async fn account(cx: &Cx, account_id: &str) -> Result<Account, NotIssued> {
    let asked = accounts::Find { account_id: account_id.to_owned() };
    let account = cx.service(&accounts::FIND, &asked).await?;
    Ok(account.ok_or_else(|| Rejection::coded("cliente_sconosciuto", "/cliente"))?)
}
