//! What the audit is told of a change: only what is other than before.

use serde_json::{Map, Value, json};

use crate::domain::licence::{Licence, ModuleGrant};

/// What differs, as it was and as it is.
pub(super) fn differences(
    before: &Licence,
    after: &Licence,
) -> (Map<String, Value>, Map<String, Value>) {
    let (mut before, mut after) = (told(before), told(after));
    let same: Vec<String> = before
        .iter()
        .filter(|(name, value)| after.get(name.as_str()) == Some(value))
        .map(|(name, _)| name.clone())
        .collect();
    for name in same {
        before.remove(&name);
        after.remove(&name);
    }
    (before, after)
}

/// What the audit keeps of a licence: everything a change may touch, and nothing secret.
fn told(licence: &Licence) -> Map<String, Value> {
    object(json!({
        "product": licence.product_code,
        "type": licence.r#type.as_str(),
        "version": [licence.version_major, licence.version_minor.unwrap_or(-1)],
        "bundle": licence.bundle,
        "internal": licence.internal,
        "binding": licence.binding.as_str(),
        "devices": licence.devices_max,
        "users": licence.users_max,
        "seats": licence.seats_max,
        "starts_at": licence.starts_at,
        "expires_at": licence.expires_at,
        "maintenance_until": licence.maintenance_until,
        "price": licence.price,
        "discount": licence.discount,
        "currency": licence.currency,
        "seller": licence.seller_id,
        "agent": licence.agent_id,
        "site": licence.site,
        "parameters": licence.parameters,
        "payload": licence.payload,
        "note": licence.note,
        "at_expiry": licence.at_expiry.as_str(),
        "grace_days": licence.grace_days,
        "offline_days": licence.offline_days,
        "policy": licence.policy_id,
        "policy_version": licence.policy_version,
        "shadow": licence.shadow,
        "renewal": licence.renewal.as_str(),
        "renewal_months": licence.renewal_months,
        "modules": modules(licence),
    }))
}

/// By their codes: the database gives them in no order.
fn modules(licence: &Licence) -> Map<String, Value> {
    let told = |module: &ModuleGrant| {
        let ModuleGrant { active, until, max, trial, period, overage, .. } = module;
        let terms = json!({
            "active": active,
            "until": until,
            "max": max,
            "trial": trial,
            "period": period,
            "overage": overage,
        });
        (module.code.clone(), terms)
    };
    licence.modules.iter().map(told).collect()
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
