//! What an order costs.

use plugin_api::contracts::accounts::Account;
use plugin_api::{Cx, FieldProblem};

use super::grants::active;
use super::{NotIssued, Quote};
use crate::catalogue::limits;
use crate::domain::catalogue::{Offer, Priced, after_discount, priced};
use crate::domain::choices::Binding;
use crate::domain::draft::{Rejection, Terms};
use crate::domain::licence::LicenceType;
use crate::store::catalogue::price_lists;
use crate::store::licences::NewGrant;

/// The price of `terms` for `account`: what was said, else what the list in force for the customer
/// says less the discount. A trial and a licence for the vendor's own use cost nothing unless a price
/// was said.
pub(super) async fn quote(
    cx: &Cx,
    terms: &Terms,
    account: &Account,
    offer: &Offer,
    grants: &[NewGrant],
) -> Result<Quote, NotIssued> {
    let limits = limits(cx).await?;
    limits.check_discount(cx, terms.discount)?;
    let is_free = terms.internal || terms.r#type == LicenceType::Trial;
    if is_free && terms.price.is_none() {
        return Ok(Quote { currency: terms.currency.clone(), ..Quote::default() });
    }
    let known = match by_list(cx, terms, account, offer, grants).await {
        Ok(known) => Some(known),
        // Who says a price need not be told that a list lacks one.
        Err(NotIssued::Rejected(_)) if terms.price.is_some() && limits.may_override => None,
        Err(why) => return Err(why),
    };
    let Some(said) = terms.price else {
        let known = known.unwrap_or_else(|| nothing(terms));
        return Ok(Quote {
            list: known.total,
            discount: if known.total.is_some() { terms.discount } else { 0 },
            price: known.total.map(|total| after_discount(total, terms.discount)),
            currency: known.currency,
            lines: known.lines,
            seats: known.seats,
        });
    };
    let known = known.filter(|known| known.currency == terms.currency);
    let list = known.as_ref().and_then(|known| known.total);
    limits.check_price(said, list)?;
    Ok(Quote {
        list,
        discount: 0,
        price: Some(said),
        currency: terms.currency.clone(),
        seats: known.as_ref().map_or(1, |known| known.seats),
        lines: known.map(|known| known.lines).unwrap_or_default(),
    })
}

async fn by_list(
    cx: &Cx,
    terms: &Terms,
    account: &Account,
    offer: &Offer,
    grants: &[NewGrant],
) -> Result<Priced, NotIssued> {
    let db = cx.db();
    let list = price_lists::in_force(&db, &account.organisation_id, cx.now()).await?;
    let list = match list {
        None => None,
        Some(list) => Some(price_lists::of_product(&db, &list, &offer.product.product_id).await?),
    };
    let bundle = terms.bundle.as_deref().and_then(|code| offer.bundle(code));
    let seats = match terms.binding {
        Binding::Device => terms.devices_max,
        Binding::User => terms.users_max.unwrap_or(1),
        Binding::Floating => terms.seats_max.unwrap_or(1),
    };
    let priced = priced(offer, list.as_ref(), bundle, &active(offer, grants), seats);
    priced.map_err(|lacking| {
        let told = [("name", lacking.name.as_str()), ("currency", lacking.currency.as_str())];
        let text = cx.lang().with("field-price-missing", &told);
        let errors = vec![FieldProblem::new("/prezzo", text)];
        Rejection { code: "prezzo_mancante", errors }.into()
    })
}

fn nothing(terms: &Terms) -> Priced {
    Priced { lines: Vec::new(), seats: 1, total: None, currency: terms.currency.clone() }
}
