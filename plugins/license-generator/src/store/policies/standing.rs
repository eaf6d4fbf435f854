//! The licences a policy reaches, in batches.

use plugin_api::db::{Db, Statement, Value};
use plugin_api::{Fault, Scope};

use crate::domain::what_if::{Reached, Standing};

/// Licences read at a time.
pub const AT_ONCE: u32 = 1_000;
/// Behind every id.
pub const FIRST: &str = "~";

/// Licences that a policy reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Those issued under the policy with this id.
    Named(String),
    /// Those of this product that were issued under none.
    OfProduct(String),
    /// Those issued under none, of products without a default of their own.
    OfOthers,
}

impl Reach {
    fn predicate(&self) -> (&'static str, Option<Value>) {
        match self {
            Self::Named(policy_id) => ("l.policy_id = ?", Some(policy_id.as_str().into())),
            Self::OfProduct(product_id) => {
                ("l.policy_id is null and l.product_id = ?", Some(product_id.as_str().into()))
            }
            Self::OfOthers => (
                "l.policy_id is null and l.product_id not in (select d.default_of \
                 from license_generator_policy d where d.default_of is not null)",
                None,
            ),
        }
    }

    /// `select … where …` for the licences that are not at a version yet; `first` is bound before.
    fn statement(&self, select: &str, rest: &str, first: Option<Value>, version: i64) -> Statement {
        let (predicate, value) = self.predicate();
        let sql = format!(
            "{select} where {predicate} and l.state_stored <> 'revoked' \
             and (l.policy_version is null or l.policy_version < ?) and {{scope}} {rest}"
        );
        Statement::new(sql).bind_all(first).bind_all(value).bind(version)
    }
}

/// How many licences there are that are not at `version` or a newer one yet.
pub async fn count(db: &Db, scope: &Scope, reach: &Reach, version: i64) -> Result<i64, Fault> {
    let select = "select count(*) from license_generator_licence l";
    let statement = reach.statement(select, "", None, version);
    db.scalar(statement.scope_of_many(scope, "l.organisation_id")).await
}

/// The next of them, the newest first, behind the one with the id `after`. Requests that a licence
/// which only watches would have refused are counted since `since`.
pub async fn next(
    db: &Db,
    scope: &Scope,
    reach: &Reach,
    (version, after, since): (i64, &str, i64),
) -> Result<Vec<Standing>, Fault> {
    let select = "select l.licence_id, l.key_hint, c.name as customer, p.name as product_name, \
        l.type, l.state_stored, l.suspended_for, l.binding, l.devices_max, l.devices_used, \
        l.users_max, l.seats_max, l.seats_out, l.starts_at, l.expires_at, l.due_at, l.paid_at, \
        l.offline_days, l.grace_days, l.at_expiry, l.conditions, l.shadow, l.renewal, \
        l.renewal_months, l.policy_version, l.version, \
        case when l.shadow = 0 then 0 else (select count(*) \
        from license_generator_activation_log g where g.licence_id = l.licence_id \
        and g.outcome not in ('attivata', 'valida', 'disattivata') and g.at >= ?) end as refused \
        from license_generator_licence l \
        join license_generator_product p on p.product_id = l.product_id \
        left join customer_accounts_v1 c on c.account_id = l.account_id";
    let rest = "and l.licence_id < ? order by l.licence_id desc limit ?";
    let statement = reach
        .statement(select, rest, Some(since.into()), version)
        .bind(after)
        .bind(AT_ONCE)
        .scope(scope, "l.organisation_id");
    db.all(statement).await
}

/// The statement that brings a licence to a version of a policy, unless somebody changed it
/// meanwhile.
pub fn brought(
    scope: &Scope,
    licence: &Standing,
    has: &Reached,
    (policy_id, version): (&str, i64),
) -> Statement {
    let with_overage = |max: i64| has.conditions.with_overage(max);
    Statement::new(
        "update license_generator_licence set policy_id = ?, policy_version = ?, \
         offline_days = ?, grace_days = ?, at_expiry = ?, conditions = ?, shadow = ?, \
         renewal = ?, renewal_months = ?, devices_limit = ?, seats_limit = ?, \
         version = version + 1 where licence_id = ? and version = ? and {scope}",
    )
    .bind(policy_id)
    .bind(version)
    .bind(has.offline_days)
    .bind(has.grace_days)
    .bind(has.at_expiry.as_str())
    .bind(serde_json::to_string(&has.conditions).unwrap_or_default())
    .bind(has.shadow)
    .bind(has.renewal.as_str())
    .bind(has.renewal_months)
    .bind(with_overage(licence.devices_max))
    .bind(licence.seats_max.map(with_overage))
    .bind(&licence.licence_id)
    .bind(licence.version)
    .scope(scope, "organisation_id")
}
