//! Writes an order as a licence with a new key.

use plugin_api::contracts::{licences, timeline};
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault};
use serde_json::{Value, json};

use super::{Issued, Order, SEAL_PURPOSE};
use crate::api::key_hash;
use crate::domain::key::ActivationKey;
use crate::store::licences::NewLicence;
use crate::{store, story};

/// Writes an order as a licence with a new key.
pub async fn write(cx: &Cx, order: Order) -> Result<Issued, Fault> {
    let (customer, product) = (order.account.name.clone(), order.product.clone());
    let (new, key) = new_licence(cx, order).await?;
    let licence_id = new.licence_id.clone();
    let told = story::Told {
        account_id: &new.account_id,
        licence_id: &new.licence_id,
        product: &product.name,
        key_hint: &new.key_hint,
    };
    let batch = writing(&new, &customer, &product.code, &product.name)
        .emit(timeline::HAPPENED, story::entry(cx, told, "licence.issued", ""));
    cx.db().batch(batch).await?;
    Ok(Issued { licence_id, key })
}

/// The batch that writes a licence with its audit row and its event.
pub fn writing(new: &NewLicence, customer: &str, product_code: &str, product: &str) -> Batch {
    let audit = Audit::of("licence.created", &new.licence_id)
        .named(format!("{product} {}", new.key_hint))
        .in_organisation(&new.organisation_id)
        .after(json!({
            "customer": customer,
            "product": product_code,
            "type": new.r#type.as_str(),
            "state": new.state_stored.as_str(),
            "internal": new.internal,
            "binding": new.binding.as_str(),
            "devices": new.devices_max,
            "seats": new.seats_max,
            "expires_at": new.expires_at,
            "price": new.price,
        }));
    let issued = licences::Issued {
        licence_id: new.licence_id.clone(),
        account_id: new.account_id.clone(),
        product_code: product_code.to_owned(),
    };
    store::licences::insertion(new).audit(audit).emit(licences::ISSUED, issued)
}

/// Gives a licence that is not written yet a key that exists already.
pub async fn keep_key(cx: &Cx, new: &mut NewLicence, key: ActivationKey) -> Result<(), Fault> {
    new.key_hash = key_hash(cx, key).await?;
    new.key_sealed = cx.seal(SEAL_PURPOSE, key.canonical().as_bytes()).await?;
    new.key_hint = key.hint();
    Ok(())
}

/// An order as a row with a new key; nothing is written.
pub async fn new_licence(cx: &Cx, order: Order) -> Result<(NewLicence, ActivationKey), Fault> {
    let Order { terms, account, product, grants, quote, state, starts_at, origin, bulk_id, marker } =
        order;
    let key = ActivationKey::from_random(cx.random());
    let version = terms.version.unwrap_or((product.version_major, None));
    let new = NewLicence {
        licence_id: cx.fresh_id(),
        organisation_id: account.organisation_id,
        account_id: account.account_id,
        product_id: product.product_id,
        r#type: terms.r#type,
        state_stored: state,
        internal: terms.internal,
        binding: terms.binding,
        devices_max: terms.devices_max,
        devices_limit: terms.conditions.with_overage(terms.devices_max),
        users_max: terms.users_max,
        seats_max: terms.seats_max,
        seats_limit: terms.seats_max.map(|max| terms.conditions.with_overage(max)),
        version_major: version.0,
        version_minor: version.1,
        bundle: terms.bundle.unwrap_or_default(),
        starts_at,
        expires_at: terms.expires_at,
        maintenance_until: terms.maintenance_until,
        list_price: quote.list,
        discount: quote.discount,
        price: quote.price,
        currency: quote.currency,
        due_at: terms.due_at,
        seller_id: terms.seller_id,
        agent_id: terms.agent_id,
        site: terms.site,
        parameters: Value::Object(terms.parameters).to_string(),
        payload: terms.payload,
        note: terms.note,
        key_hash: key_hash(cx, key).await?,
        key_sealed: cx.seal(SEAL_PURPOSE, key.canonical().as_bytes()).await?,
        key_hint: key.hint(),
        offline_days: terms.offline_days,
        grace_days: terms.grace_days,
        at_expiry: terms.at_expiry,
        policy: terms.policy,
        conditions: serde_json::to_string(&terms.conditions)?,
        shadow: terms.shadow,
        renewal: terms.renewal,
        renewal_months: terms.renewal_months,
        origin,
        bulk_id,
        marker,
        created_at: starts_at.min(cx.now()),
        created_by: story::who(cx.caller()),
        modules: grants,
    };
    Ok((new, key))
}
