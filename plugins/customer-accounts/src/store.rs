//! All SQL of this plugin.

use plugin_api::contracts::accounts::{self, Account};
use plugin_api::db::{Audit, Batch, Db, NewOrganisation, Statement, Value};
use plugin_api::{Fault, FaultKind, Scope};
use serde::Deserialize;
use serde_json::{Map, json};

use crate::domain::{Customer, Details, fold, is_id, kind_text, state_text};

/// The columns a [`Customer`] is read from.
const CUSTOMER: &str = "select customer_id, organisation_id, kind, state, name, vat_number, \
    tax_code, email, phone, address, postal_code, city, province, country, pec, sdi_code, \
    external_reference, language, notes, version, created_at, updated_at, created_by \
    from customer_accounts_customer";

/// The customer with this id, when it lies in the branch.
pub async fn find(db: &Db, scope: &Scope, id: &str) -> Result<Option<Customer>, Fault> {
    if !is_id(id) {
        return Ok(None);
    }
    let select = Statement::new(format!("{CUSTOMER} where customer_id = ? and {{scope}}"));
    db.first(select.bind(id).scope(scope, "organisation_id")).await
}

/// Enters a customer with its own node below `parent_id`.
///
/// Unscoped: the row is new, and the host checks that `parent_id` lies in the caller's branch.
pub async fn insert(db: &Db, parent_id: &str, customer: &Customer) -> Result<(), Fault> {
    let details = &customer.details;
    let fields = details.master.fields();
    let columns: String = fields.iter().map(|(column, _)| format!("{column}, ")).collect();
    let places = "?, ".repeat(fields.len());
    let insertion = Statement::new(format!(
        "insert into customer_accounts_customer ({columns}name_folded, customer_id, \
         organisation_id, kind, state, version, created_at, updated_at, created_by) \
         values ({places}?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ))
    .bind_all(fields.map(|(_, text)| Value::from(text)))
    .bind(fold(customer.name()))
    .bind(&customer.customer_id)
    .bind(&customer.organisation_id)
    .bind(kind_text(details.kind))
    .bind(state_text(customer.state))
    .bind(customer.version)
    .bind(customer.created_at)
    .bind(customer.updated_at)
    .bind(&customer.created_by);
    let node = NewOrganisation {
        organisation_id: customer.organisation_id.clone(),
        parent_id: parent_id.to_owned(),
        kind: "customer".to_owned(),
        name: customer.name().to_owned(),
    };
    let mut after = Map::new();
    after.insert("kind".to_owned(), kind_text(details.kind).into());
    after.insert("state".to_owned(), state_text(customer.state).into());
    after.extend(fields.iter().filter(|(_, text)| !text.is_empty()).map(pair));
    let audit = audit("customer.created", customer).after(after);
    db.batch(Batch::new().organisation(node).and(insertion).audit(audit)).await.map(drop)
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is written.
    Done,
    /// Somebody else changed the customer since it was read, or it is gone.
    Stale,
}

/// Writes `after` in place of `before`, unless the customer changed since `before` was read.
pub async fn replace(
    db: &Db,
    scope: &Scope,
    before: &Customer,
    after: &Customer,
) -> Result<Change, Fault> {
    let fields = after.details.master.fields();
    let columns: String = fields.iter().map(|(column, _)| format!("{column} = ?, ")).collect();
    let update = Statement::new(format!(
        "update customer_accounts_customer set {columns}name_folded = ?, kind = ?, state = ?, \
         version = version + 1, updated_at = ? where customer_id = ? and version = ? and {{scope}}"
    ))
    .bind_all(fields.map(|(_, text)| Value::from(text)))
    .bind(fold(after.name()))
    .bind(kind_text(after.details.kind))
    .bind(state_text(after.state))
    .bind(after.updated_at)
    .bind(&before.customer_id)
    .bind(before.version)
    .scope(scope, "organisation_id")
    .label("customer")
    .expect_rows(1);
    let mut batch = Batch::new().and(update);
    if before.details != after.details {
        let (was, is) = differences(&before.details, &after.details);
        batch = batch.audit(audit("customer.updated", after).before(was).after(is));
    }
    if before.state != after.state {
        batch = batch
            .audit(
                audit("customer.state_changed", after)
                    .before(json!({ "state": state_text(before.state) }))
                    .after(json!({ "state": state_text(after.state) })),
            )
            .emit(accounts::STATE_CHANGED, after.account());
    }
    match db.batch(batch).await {
        Ok(_) => Ok(Change::Done),
        Err(fault) if fault.is_mismatch("customer") => Ok(Change::Stale),
        Err(fault) => Err(fault),
    }
}

/// Other customers with the same VAT number and country, at most five.
pub async fn namesakes(
    db: &Db,
    scope: &Scope,
    customer: &Customer,
) -> Result<Vec<Account>, Fault> {
    let master = &customer.details.master;
    if master.vat_number.is_empty() {
        return Ok(Vec::new());
    }
    let select = format!(
        "{ACCOUNT} where vat_number = ? and country = ? and customer_id <> ? and {{scope}} \
         order by name_folded, customer_id limit 5"
    );
    let select = Statement::new(select)
        .bind(&master.vat_number)
        .bind(&master.country)
        .bind(&customer.customer_id)
        .scope(scope, "organisation_id");
    db.all(select).await
}

/// The columns an [`Account`] is read from.
const ACCOUNT: &str = "select customer_id as account_id, name, organisation_id, kind, state \
    from customer_accounts_customer";

/// Accounts one word of whose name begins with `text`, those that begin with it first; the most
/// recent ones for an empty text.
pub async fn search(
    db: &Db,
    scope: &Scope,
    text: &str,
    limit: u32,
) -> Result<Vec<Account>, Fault> {
    let limit = limit.clamp(1, 100);
    let text = fold(text.trim());
    let select = if text.is_empty() {
        Statement::new(format!(
            "{ACCOUNT} where {{scope}} order by created_at desc, customer_id desc limit ?"
        ))
    } else {
        let start = format!("{}%", escaped(&text));
        let word = format!("% {start}");
        Statement::new(format!(
            "{ACCOUNT} where (name_folded like ? escape '!' or name_folded like ? escape '!') \
             and {{scope}} \
             order by case when name_folded like ? escape '!' then 0 else 1 end, \
             name_folded, customer_id limit ?"
        ))
        .bind(&start)
        .bind(word)
        .bind(&start)
    };
    db.all(select.bind(limit).scope(scope, "organisation_id")).await
}

/// Whether there is any customer in the branch.
pub async fn any(db: &Db, scope: &Scope) -> Result<bool, Fault> {
    let select = "select 1 as found from customer_accounts_customer where {scope} limit 1";
    let rows = db.rows(Statement::new(select).scope(scope, "organisation_id")).await?;
    Ok(!rows.is_empty())
}

/// `text` as a pattern of `like … escape '!'` that matches only itself.
fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '!' | '%' | '_') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern
}

fn audit(action: &str, customer: &Customer) -> Audit {
    Audit::of(action, &customer.customer_id)
        .named(customer.name())
        .in_organisation(&customer.organisation_id)
}

type Fields = Map<String, serde_json::Value>;

fn pair((field, text): &(&'static str, &str)) -> (String, serde_json::Value) {
    ((*field).to_owned(), (*text).into())
}

/// The fields that differ, as they were and as they are.
fn differences(before: &Details, after: &Details) -> (Fields, Fields) {
    let (mut was, mut is) = (Map::new(), Map::new());
    if before.kind != after.kind {
        was.insert("kind".to_owned(), kind_text(before.kind).into());
        is.insert("kind".to_owned(), kind_text(after.kind).into());
    }
    let pairs = before.master.fields().into_iter().zip(after.master.fields());
    for (old, new) in pairs.filter(|(old, new)| old != new) {
        was.extend([pair(&old)]);
        is.extend([pair(&new)]);
    }
    (was, is)
}
