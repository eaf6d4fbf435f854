//! The one way a product is written: from its pages, from the API, from the sample.

use plugin_api::db::Audit;
use plugin_api::{Cx, Fault, FieldProblem};
use serde_json::{Map, Value};

use crate::domain::catalogue::{Offer, ProductBody, checked};
use crate::store::catalogue::{offers, writing};

/// What came of it.
pub(crate) enum Saved {
    /// It is written, as it is now but for its counter of changes.
    Written(Box<Offer>),
    /// It makes no sense.
    Refused(Vec<FieldProblem>),
    /// Somebody changed it meanwhile.
    Stale,
}

/// Writes what `body` makes of the product as it was read `before`, or of a new one.
pub(crate) async fn save(
    cx: &Cx,
    before: Option<&Offer>,
    body: &ProductBody,
) -> Result<Saved, Fault> {
    let after = match checked(body, before, &mut || cx.fresh_id()) {
        Ok(after) => after,
        Err(errors) => return Ok(Saved::Refused(errors)),
    };
    if let Some(before) = before {
        if *before == after {
            return Ok(Saved::Written(Box::new(after)));
        }
        let errors = in_use(cx, before, &after).await?;
        if !errors.is_empty() {
            return Ok(Saved::Refused(errors));
        }
    }
    let (was, is) = told(before, &after);
    let action = if before.is_some() { "product.updated" } else { "product.created" };
    let audit = Audit::of(action, &after.product.product_id).named(&after.product.name).after(is);
    let audit = if before.is_some() { audit.before(was) } else { audit };
    match cx.db().batch(writing(before, &after, cx.now()).audit(audit)).await {
        Ok(_) => Ok(Saved::Written(Box::new(after))),
        Err(fault) if fault.is_mismatch("product") => Ok(Saved::Stale),
        Err(fault) if before.is_none() && fault.is_unique("license_generator_product") => {
            Ok(Saved::Refused(vec![FieldProblem::new("/codice", "field-taken")]))
        }
        Err(fault) => Err(fault),
    }
}

/// What is gone though licences have it; it can only be retired.
async fn in_use(cx: &Cx, before: &Offer, after: &Offer) -> Result<Vec<FieldProblem>, Fault> {
    let (db, product_id) = (cx.db(), before.product.product_id.as_str());
    let mut errors = Vec::new();
    let mut used = |pointer: &str, name: &str| {
        let text = cx.lang().with("field-in-use", &[("name", name)]);
        errors.push(FieldProblem::new(pointer, text));
    };
    for module in &before.modules {
        let is_kept = after.modules.iter().any(|kept| kept.module_id == module.module_id);
        if !is_kept && offers::has_module(&db, &module.module_id).await? {
            used("/moduli", &module.name);
        }
    }
    for version in &before.versions {
        let is_kept = after.versions.iter().any(|kept| kept.version_id == version.version_id);
        if !is_kept && offers::has_version(&db, product_id, version).await? {
            used("/versioni", &version.number());
        }
    }
    for bundle in &before.bundles {
        let is_kept = after.bundles.iter().any(|kept| kept.bundle_id == bundle.bundle_id);
        if !is_kept && offers::has_bundle(&db, product_id, &bundle.code).await? {
            used("/pacchetti", &bundle.name);
        }
    }
    Ok(errors)
}

/// What the audit says of a change: only the members, and of lists only the parts, that differ.
fn told(before: Option<&Offer>, after: &Offer) -> (Value, Value) {
    let of = |offer: Option<&Offer>| match offer
        .map(|offer| serde_json::to_value(ProductBody::from(offer)))
    {
        Some(Ok(Value::Object(members))) => members,
        _ => Map::new(),
    };
    let (mut was, mut is) = (of(before), of(Some(after)));
    let names: Vec<String> = is.keys().cloned().collect();
    for name in names {
        if was.get(&name) == is.get(&name) {
            was.remove(&name);
            is.remove(&name);
        } else if let (Some(Value::Array(was)), Some(Value::Array(is))) =
            (was.get_mut(&name), is.get_mut(&name))
        {
            let old = was.clone();
            was.retain(|part| !is.contains(part));
            is.retain(|part| !old.contains(part));
        }
    }
    (Value::Object(was), Value::Object(is))
}
