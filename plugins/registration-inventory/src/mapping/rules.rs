//! Version rules of a name: from which version on, and up to which, it is another product.

use axum::response::Response;
use plugin_api::db::{Audit, Batch};
use plugin_api::ui::FormErrors;
use plugin_api::{Cx, Form, Path, Problem};

use super::decisions::{Change, Decision, decide};
use super::sheet::{Sent, value};
use super::work::{self, AT_ONCE, Work};
use crate::domain::version;
use crate::store::software::{self as store, Rule};

/// Characters of a version at most.
pub(super) const LONGEST: usize = 64;

/// Adds a rule and applies it at once; refuses one that overlaps another.
pub(super) async fn add(
    cx: Cx,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let software = store::by_id(&cx.db(), cx.scope(), &id).await?.ok_or_else(Problem::not_found)?;
    let rules = store::rules(&cx.db(), &id).await?;
    let lang = cx.lang();
    let (from, to) = (value(&sent, "from"), value(&sent, "to"));
    let product = value(&sent, "rule_product");
    let rule = Rule {
        rule_id: cx.fresh_id(),
        from_version: from.to_owned(),
        from_order: version::order(from),
        to_version: to.to_owned(),
        to_order: version::order(to),
        product_code: product.to_owned(),
    };
    let mut errors = FormErrors::new();
    for (field, version) in [("from", from), ("to", to)] {
        if version.chars().count() > LONGEST {
            errors.add(field, lang.t("field-too-long"));
        }
    }
    if from.is_empty() && to.is_empty() {
        errors.add("from", lang.t("rule-needs-version"));
    } else if !from.is_empty() && !to.is_empty() && rule.to_order < rule.from_order {
        errors.add("to", lang.t("rule-backwards"));
    } else if let Some(other) = rules.iter().find(|other| other.overlaps(&rule)) {
        let range = [("from", other.from_version.as_str()), ("to", other.to_version.as_str())];
        errors.add("from", lang.with("rule-overlaps", &range));
    }
    if let Err(key) = super::products::known(&cx, product).await? {
        errors.add("rule_product", lang.t(key));
    }
    if !errors.is_empty() {
        return super::software::asked(&cx, &software, &sent, &errors).await;
    }
    let audit = Audit::of("inventory_rule.created", &rule.rule_id).named(&software.name).after(
        serde_json::json!({ "from": rule.from_version, "to": rule.to_version, "product": product }),
    );
    cx.db().batch(Batch::new().and(store::ruled(&id, &rule, cx.now())).audit(audit)).await?;
    applied(&cx, &id, &rules, &[rule.product_code]).await
}

/// Removes a rule; what it said of installations goes with it.
pub(super) async fn remove(
    cx: Cx,
    Path((id, rule_id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let software = store::by_id(&cx.db(), cx.scope(), &id).await?.ok_or_else(Problem::not_found)?;
    let rules = store::rules(&cx.db(), &id).await?;
    let rule = rules.iter().find(|rule| rule.rule_id == rule_id).ok_or_else(Problem::not_found)?;
    let audit = Audit::of("inventory_rule.deleted", &rule_id)
        .named(&software.name)
        .before(serde_json::json!({ "from": rule.from_version, "to": rule.to_version }));
    cx.db().batch(Batch::new().and(store::unruled(&id, &rule_id)).audit(audit)).await?;
    applied(&cx, &id, &rules, &[]).await
}

async fn applied(cx: &Cx, id: &str, rules: &[Rule], more: &[String]) -> Result<Response, Problem> {
    let mut codes: Vec<String> = rules.iter().map(|rule| rule.product_code.clone()).collect();
    codes.extend_from_slice(more);
    let count = super::software::installations(cx, id).await?;
    work::start(cx, Work::Rules { software_id: id.to_owned(), codes }, count).await
}

/// Says of each installation what the rules say, unless somebody said something else of it.
pub(super) async fn apply(
    cx: &Cx,
    software_id: &str,
    codes: &[String],
    decision: Decision,
) -> Result<(), Problem> {
    let rules = store::rules(&cx.db(), software_id).await?;
    let total = super::software::installations(cx, software_id).await?;
    let (mut after, mut done) = (String::new(), 0);
    loop {
        let found = store::installations(&cx.db(), software_id, &after, AT_ONCE).await?;
        let Some(last) = found.last() else { return Ok(()) };
        after.clone_from(&last.installation_id);
        done += i64::try_from(found.len()).unwrap_or_default();
        let changes = found
            .iter()
            .filter(|one| one.product_code.as_ref().is_none_or(|code| codes.contains(code)));
        let changes = changes.filter_map(|one| {
            let rule = rules.iter().find(|rule| rule.holds(&one.version_order));
            let product = rule.map(|rule| rule.product_code.clone());
            (product != one.product_code)
                .then(|| Change { product_code: Some(product), ..Change::of(&one.installation_id) })
        });
        let part = Decision { changes: changes.collect(), ..decision.clone() };
        if !part.changes.is_empty() {
            decide(cx, part).await?;
        }
        if work::tell(cx, done, total).await? {
            return Ok(());
        }
    }
}
