//! Rules asked again: of customers who wait where they came in, and of one who was licensed there.

use plugin_api::contracts::accounts::AccountState;
use plugin_api::contracts::licences::Issued;
use plugin_api::lent::Event;
use plugin_api::{Cx, Fault, Problem, SeeOther};

use super::decide::Map;
use super::preview::moving;
use super::rule::Known;
use crate::domain::Customer;
use crate::registration::received;
use crate::{paths, store};

/// `POST /crm/customers/rules/apply`: hands on who waits with the caller's organisation.
pub(super) async fn handle(cx: Cx) -> Result<SeeOther, Problem> {
    let map = Map::load(&cx).await?;
    let mut moved = 0;
    for one in moving(&cx, &map).await? {
        if hand_on(&cx, &map, &one.customer, &one.known).await? {
            moved += 1;
        }
    }
    let told = cx.lang().n("rules-applied", moved);
    Ok(SeeOther::to(cx.url(paths::RULES)).saying(told))
}

/// Hears that a licence was issued: its product may say who receives a customer who still waits
/// with the vendor. Heard again it finds him moved.
pub(crate) async fn licensed(cx: Cx, event: Event) -> Result<(), Fault> {
    let issued: Issued = serde_json::from_value(event.payload)?;
    let found = store::find(&cx.db(), cx.scope(), &issued.account_id).await?;
    let Some(customer) = found.filter(|customer| customer.state == AccountState::Awaiting) else {
        return Ok(());
    };
    let map = Map::load(&cx).await?;
    if customer.assigned_to != map.root() {
        return Ok(());
    }
    let registration = store::registrations::find(&cx.db(), cx.scope(), &issued.account_id).await?;
    let code = registration.map(|registration| registration.reseller_code).unwrap_or_default();
    let known = Known { product: issued.product_code, ..received(&customer, code, String::new()) };
    hand_on(&cx, &map, &customer, &known).await.map(drop)
}

/// Moves a customer to whom the rules of the node it is assigned to say; answers whether it moved.
async fn hand_on(cx: &Cx, map: &Map, customer: &Customer, known: &Known) -> Result<bool, Fault> {
    let decision = map.decide(&customer.assigned_to, known);
    if decision.organisation_id == customer.assigned_to {
        return Ok(false);
    }
    let Some(node) = store::node(&cx.db(), cx.scope(), &decision.organisation_id).await? else {
        return Ok(false);
    };
    let batch = store::assignment(cx, cx.scope(), customer, &node)
        .await?
        .and(store::registrations::decided(cx.scope(), &customer.customer_id, &decision));
    match cx.db().batch(batch).await {
        Ok(_) => Ok(true),
        // It went away meanwhile, or lies outside the branch by now.
        Err(fault) if fault.kind == plugin_api::FaultKind::Mismatch => Ok(false),
        Err(fault) => Err(fault),
    }
}
