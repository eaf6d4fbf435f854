//! All SQL of this plugin.

use plugin_api::contracts::accounts::{self, Account};
use plugin_api::db::{Audit, Batch, Db, NewOrganisation, Statement, Value};
use plugin_api::table::fold;
use plugin_api::{Fault, Scope};
use serde_json::{Map, json};

use crate::domain::{Customer, Details, is_id, kind_text, state_text};

/// The columns a [`Customer`] is read from.
pub const COLUMNS: &str = "customer_id, organisation_id, kind, state, name, vat_number, \
    tax_code, email, phone, address, postal_code, city, province, country, pec, sdi_code, \
    external_reference, language, notes, version, created_at, updated_at, created_by";

/// The customer with this id, when it lies in the branch.
pub async fn find(db: &Db, scope: &Scope, id: &str) -> Result<Option<Customer>, Fault> {
    if !is_id(id) {
        return Ok(None);
    }
    let select = format!(
        "select {COLUMNS} from customer_accounts_customer where customer_id = ? and {{scope}}"
    );
    db.first(Statement::new(select).bind(id).scope(scope, "organisation_id")).await
}

/// Enters a customer with its own node below `parent_id`.
///
/// Unscoped: the row is new, and the host checks that `parent_id` lies in the caller's branch.
pub async fn insert(db: &Db, parent_id: &str, customer: &Customer) -> Result<(), Fault> {
    let columns = [
        ("customer_id", Value::from(&customer.customer_id)),
        ("organisation_id", Value::from(&customer.organisation_id)),
        ("version", customer.version.into()),
        ("created_at", customer.created_at.into()),
        ("created_by", Value::from(&customer.created_by)),
    ];
    let columns: Vec<(&str, Value)> = columns.into_iter().chain(written(customer)).collect();
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let places = vec!["?"; columns.len()];
    let insertion = Statement::new(format!(
        "insert into customer_accounts_customer ({}) values ({})",
        names.join(", "),
        places.join(", ")
    ))
    .bind_all(columns.into_iter().map(|(_, value)| value));
    let node = NewOrganisation {
        organisation_id: customer.organisation_id.clone(),
        parent_id: parent_id.to_owned(),
        kind: "customer".to_owned(),
        name: customer.name().to_owned(),
    };
    let mut known = Map::new();
    known.insert("kind".to_owned(), kind_text(customer.details.kind).into());
    known.insert("state".to_owned(), state_text(customer.state).into());
    let fields = customer.details.master.fields();
    known.extend(fields.iter().filter(|(_, text)| !text.is_empty()).map(pair));
    let audit = audit("customer.created", customer).after(known);
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
    let columns = written(after);
    let set: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let update = Statement::new(format!(
        "update customer_accounts_customer set {} = ?, version = version + 1 \
         where customer_id = ? and version = ? and {{scope}}",
        set.join(" = ?, ")
    ))
    .bind_all(columns.into_iter().map(|(_, value)| value))
    .bind(&before.customer_id)
    .bind(before.version)
    .scope(scope, "organisation_id")
    .label("customer")
    .expect_rows(1);
    let mut batch = Batch::new().and(update);
    if before.details != after.details {
        let (was, is) = differences(&before.details, &after.details);
        batch = batch.audit(audit("customer.updated", after).before(was).after(is));
        if before.name() != after.name() {
            batch = batch.rename_organisation(&before.organisation_id, after.name());
        }
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
pub async fn namesakes(db: &Db, scope: &Scope, customer: &Customer) -> Result<Vec<Account>, Fault> {
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
pub async fn search(db: &Db, scope: &Scope, text: &str, limit: u32) -> Result<Vec<Account>, Fault> {
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

/// The columns a change may touch, with the folded ones that searches and orders go by.
fn written(customer: &Customer) -> Vec<(&'static str, Value)> {
    let master = &customer.details.master;
    let mut columns: Vec<(&str, Value)> =
        master.fields().into_iter().map(|(field, text)| (field, text.into())).collect();
    let found_by = [
        &master.name,
        &master.vat_number,
        &master.tax_code,
        &master.email,
        &master.city,
        &master.external_reference,
    ];
    let found_by: Vec<&str> = found_by.into_iter().map(String::as_str).collect();
    columns.extend([
        ("name_folded", fold(&master.name).into()),
        ("city_folded", fold(&master.city).into()),
        ("search_folded", fold(&found_by.join(" ")).into()),
        ("kind", kind_text(customer.details.kind).into()),
        ("state", state_text(customer.state).into()),
        ("updated_at", customer.updated_at.into()),
    ]);
    columns
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
