//! Registrations: who registered by himself, with which code, and to whom he was handed.

use plugin_api::db::{Db, Sql, Statement};
use plugin_api::table::fold;
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use super::{COLUMNS, SOURCE};
use crate::domain::{Customer, is_id};
use crate::rules::{Decision, Why};

/// A registration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Registration {
    /// The customer it made.
    pub customer_id: String,
    /// The node of that customer.
    pub organisation_id: String,
    /// The code of a reseller as it was typed; empty for none.
    pub reseller_code: String,
    /// 1 when somebody had that code.
    pub reseller_code_known: i64,
    /// Code of the product that is wanted; empty for none.
    pub product: String,
    /// Why he was handed to whom he was: `code`, `rule` or `default`.
    pub reason: String,
    /// The rule that decided last, as it was called; empty for none.
    pub rule_name: String,
    /// When, unix milliseconds.
    pub registered_at: i64,
}

/// A customer who waits to be validated.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Waiting {
    /// Who.
    pub customer_id: String,
    /// The code he typed, when he registered by himself.
    pub reseller_code: String,
    /// The product he wants.
    pub product: String,
}

const SELECT: &str = "select r.customer_id, r.organisation_id, r.reseller_code, \
    r.reseller_code_known, r.product, r.reason, r.rule_name, r.registered_at \
    from customer_accounts_registration r where r.customer_id = ?";

/// The registration that made this customer, when it lies in the branch.
pub async fn find(db: &Db, scope: &Scope, id: &str) -> Result<Option<Registration>, Fault> {
    if !is_id(id) {
        return Ok(None);
    }
    let select = format!("{SELECT} and {{scope}}");
    db.first(Statement::new(select).bind(id).scope(scope, "r.organisation_id")).await
}

/// The registration of this customer whose code has this hash.
///
/// Unscoped: who knows the code is who registered.
pub async fn by_code(db: &Db, id: &str, code_hash: &str) -> Result<Option<Registration>, Fault> {
    if !is_id(id) {
        return Ok(None);
    }
    let select = format!("{SELECT} and r.code_hash = ?");
    db.first(Statement::new(select).bind(id).bind(code_hash)).await
}

/// Adds a registration with the hash of its code and who was decided to receive it.
///
/// Unscoped: who registers is nobody known.
pub fn insertion(new: &Registration, code_hash: &str, decision: &Decision) -> Statement {
    let (reason, rule_id, rule_name) = told(decision);
    Statement::new(
        "insert into customer_accounts_registration \
         (customer_id, organisation_id, code_hash, reseller_code, reseller_code_known, product, \
          product_folded, reason, rule_id, rule_name, registered_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&new.customer_id)
    .bind(&new.organisation_id)
    .bind(code_hash)
    .bind(&new.reseller_code)
    .bind(new.reseller_code_known)
    .bind(&new.product)
    .bind(fold(&new.product).chars().take(128).collect::<String>())
    .bind(reason)
    .bind(rule_id)
    .bind(rule_name)
    .bind(new.registered_at)
}

/// Writes why somebody was handed on; changes nothing for who did not register by himself.
pub fn decided(scope: &Scope, customer_id: &str, decision: &Decision) -> Statement {
    let (reason, rule_id, rule_name) = told(decision);
    Statement::new(
        "update customer_accounts_registration set reason = ?, rule_id = ?, rule_name = ? \
         where customer_id = ? and {scope}",
    )
    .bind(reason)
    .bind(rule_id)
    .bind(rule_name)
    .bind(customer_id)
    .scope(scope, "organisation_id")
}

fn told(decision: &Decision) -> (&'static str, &str, &str) {
    match decision.steps.last().map(|step| &step.why) {
        None => ("default", "", ""),
        Some(Why::Code) => ("code", "", ""),
        Some(Why::Rule(rule)) => ("rule", &rule.rule_id, &rule.name),
    }
}

/// The customers who wait directly below a node, oldest first, at most 200.
pub async fn waiting(db: &Db, scope: &Scope, below: &str) -> Result<Vec<Waiting>, Fault> {
    let select = "select c.customer_id, coalesce(r.reseller_code, '') as reseller_code, \
           coalesce(r.product, '') as product \
         from customer_accounts_customer c \
         join host_organisations_v1 o on o.organisation_id = c.organisation_id \
         left join customer_accounts_registration r on r.customer_id = c.customer_id \
         where c.state = 'awaiting' and c.merged_into = '' and c.erased_at is null \
         and o.parent_id = ? and {scope} \
         order by c.created_at, c.customer_id limit 200";
    db.all(Statement::new(select).bind(below).scope(scope, "c.organisation_id")).await
}

/// The customers of the branch who wait, oldest first, at most `limit`.
pub async fn all_waiting(db: &Db, scope: &Scope, limit: u32) -> Result<Vec<Customer>, Fault> {
    let select = format!(
        "select {COLUMNS} from {SOURCE} where c.state = 'awaiting' and c.merged_into = '' \
         and c.erased_at is null and {{scope}} order by c.created_at, c.customer_id limit ?"
    );
    db.all(Statement::new(select).bind(limit).scope(scope, "c.organisation_id")).await
}

/// What brought a customer into the state it is in, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct LastAct {
    /// `validated`, `refused`, `suspended` or `resumed`; empty while he waits.
    pub act: String,
    /// What was said about it.
    pub reason: String,
}

/// The last act on a customer's state.
///
/// Unscoped: asked for the customer of a registration whose code was shown.
pub async fn last_act(db: &Db, customer_id: &str) -> Result<LastAct, Fault> {
    let select = "select act, reason from customer_accounts_state where customer_id = ? \
        and act in ('validated', 'refused', 'suspended', 'resumed') \
        order by at desc, state_id desc limit 1";
    let found = db.first(Statement::new(select).bind(customer_id)).await?;
    Ok(found.unwrap_or_default())
}

/// The budget of an address in an hour (hours since the epoch), made if it is not there.
///
/// Unscoped: whose address it is, is not known.
pub fn budget(address_hash: &str, hour: i64) -> Statement {
    const INSERT: &str =
        "into customer_accounts_registration_budget (address_hash, hour, used) values (?, ?, 0)";
    Statement::new(Sql::per(
        format!("insert {INSERT} on conflict (address_hash, hour) do nothing"),
        format!("insert ignore {INSERT}"),
    ))
    .bind(address_hash)
    .bind(hour)
}

/// Takes one of `limit` out of the budget; changes nothing when it is spent.
///
/// Unscoped: whose address it is, is not known.
pub fn spending(address_hash: &str, hour: i64, limit: i64) -> Statement {
    Statement::new(
        "update customer_accounts_registration_budget set used = used + 1 \
         where address_hash = ? and hour = ? and used < ?",
    )
    .bind(address_hash)
    .bind(hour)
    .bind(limit)
}

/// Forgets the budgets of hours before this one.
///
/// Unscoped: whose addresses they are, is not known.
pub fn forgetting(hour: i64) -> Statement {
    Statement::new("delete from customer_accounts_registration_budget where hour < ?").bind(hour)
}
