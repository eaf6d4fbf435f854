//! Which product software is, version by version, as people said.

use std::collections::BTreeMap;

use crate::domain::version;
use crate::store::figures::Meant;
use crate::store::figures::nodes::Rule;
use crate::store::figures::standing::Group;

/// The product of a group: a rule of its version, else that of its software.
pub(super) fn product(rules: &[Rule], group: &Group) -> Option<String> {
    let order = version::order(&group.version);
    let rule = rules.iter().filter(|rule| rule.software_id == group.software_id).find(|rule| {
        (rule.from_order.is_empty() || rule.from_order <= order)
            && (rule.to_order.is_empty() || order <= rule.to_order)
    });
    rule.map_or_else(|| group.product_code.clone(), |rule| Some(rule.product_code.clone()))
}

/// The software that is a product, all its versions unless rules tell them apart.
pub(super) fn of_product(rules: &[Rule], groups: &[Group], code: &str) -> Vec<Meant> {
    let mut meant: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for group in groups.iter().filter(|group| group.product_code.as_deref() == Some(code)) {
        meant.entry(&group.software_id).or_default().push(group.version.clone());
    }
    meant
        .into_iter()
        .map(|(software_id, mut versions)| {
            versions.sort_unstable();
            versions.dedup();
            let told_apart = rules.iter().any(|rule| rule.software_id == software_id);
            let versions = told_apart.then_some(versions);
            Meant { software_id: software_id.to_owned(), versions }
        })
        .collect()
}
