//! Assignment rules: who receives a customer who registered, or who was licensed before anybody
//! looked after him; by reseller code, province, country and product.

mod apply;
mod change;
mod codes;
mod decide;
mod edit;
mod page;
mod preview;
mod receiver;
mod rule;

use plugin_api::{Access, Routes};

pub(crate) use apply::licensed;
pub(crate) use decide::Map;
pub use decide::{Decision, Place, Step, Why};
pub(crate) use receiver::receiver;
pub(crate) use rule::LONGEST_CODE;
pub use rule::{Known, Rule, RuleDraft};

use crate::paths;

/// Rules and codes a page shows at most.
const LISTED: u32 = 2_000;
/// Who may change rules and codes.
pub const RULES: &str = "customer-accounts:rules";

/// The pages.
pub(crate) fn routes() -> Routes {
    let rules = Access::permission(RULES);
    Routes::new()
        .get(paths::RULES, page::handle, rules.clone())
        .get(paths::RULE_NEW, edit::new, rules.clone())
        .post(paths::RULE_NEW, edit::create, rules.clone())
        .get(paths::RULE, edit::form, rules.clone())
        .post(paths::RULE, edit::update, rules.clone())
        .post(paths::RULE_MOVE, change::shift, rules.clone())
        .post(paths::RULE_SWITCH, change::switch, rules.clone())
        .post(paths::RULE_DELETE, change::delete, rules.clone())
        .post(paths::RULES_APPLY, apply::handle, rules.clone())
        .post(paths::CODES, codes::add, rules.clone())
        .post(paths::CODE_DELETE, codes::remove, rules)
}
