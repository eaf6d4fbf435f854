//! The ledger: entries are added, settled, taken back by further entries, never deleted.

use plugin_api::db::{Db, Sql, Statement, Value};
use plugin_api::table::fold;
use plugin_api::{Fault, Scope};

use crate::domain::is_id;
use crate::transactions::{Transaction, kind_text};

/// The label of the statements: a mismatch means that somebody was faster.
pub const LABEL: &str = "transaction";

/// The columns a [`Transaction`] is read from.
pub const COLUMNS: &str = "t.transaction_id, t.customer_id, t.organisation_id, t.kind, t.amount, \
    t.currency, t.happened_at, t.due_at, t.settled_at, t.settled_method, t.method, t.notes, \
    t.licence_id, t.licence_name, t.reference, t.reverses, t.reversed_by, t.created_at, \
    t.created_by";

/// Which entries are still to be paid.
pub const OPEN: &str = "t.kind = 'postponed' and t.settled_at is null and t.reverses is null \
    and t.reversed_by is null";

/// The entry with this id, when it lies in the branch.
pub async fn find(db: &Db, scope: &Scope, id: &str) -> Result<Option<Transaction>, Fault> {
    if !is_id(id) {
        return Ok(None);
    }
    let select = format!(
        "select {COLUMNS} from customer_accounts_transaction t \
         where t.transaction_id = ? and {{scope}}"
    );
    db.first(Statement::new(select).bind(id).scope(scope, "t.organisation_id")).await
}

/// The entries of a customer, newest first, at most `limit`.
pub async fn of_customer(
    db: &Db,
    scope: &Scope,
    customer_id: &str,
    limit: u32,
) -> Result<Vec<Transaction>, Fault> {
    let select = format!(
        "select {COLUMNS} from customer_accounts_transaction t where t.customer_id = ? \
         and {{scope}} order by t.happened_at desc, t.transaction_id desc limit ?"
    );
    let select = Statement::new(select).bind(customer_id).bind(limit);
    db.all(select.scope(scope, "t.organisation_id")).await
}

/// The entry an account booked under this reference.
pub async fn by_reference(
    db: &Db,
    scope: &Scope,
    booked_for: &str,
    reference: &str,
) -> Result<Option<Transaction>, Fault> {
    let select = format!(
        "select {COLUMNS} from customer_accounts_transaction t \
         where t.booked_for = ? and t.reference = ? and {{scope}}"
    );
    let select = Statement::new(select).bind(booked_for).bind(reference);
    db.first(select.scope(scope, "t.organisation_id")).await
}

/// Adds an entry; one of the same reference of the same customer stays alone.
///
/// Unscoped: the customer was found in the caller's branch.
pub fn insertion(entry: &Transaction) -> Statement {
    let found_by = [&entry.notes, &entry.licence_name, &entry.currency];
    let found_by: Vec<&str> = found_by.into_iter().map(String::as_str).collect();
    let reference = entry.reference.as_deref().unwrap_or_default();
    let columns: [(&str, Value); 19] = [
        ("transaction_id", (&entry.transaction_id).into()),
        ("customer_id", (&entry.customer_id).into()),
        ("booked_for", (&entry.customer_id).into()),
        ("organisation_id", (&entry.organisation_id).into()),
        ("kind", kind_text(entry.kind).into()),
        ("amount", entry.amount.into()),
        ("currency", (&entry.currency).into()),
        ("happened_at", entry.happened_at.into()),
        ("due_at", entry.due_at.into()),
        ("settled_method", "".into()),
        ("method", (&entry.method).into()),
        ("notes", (&entry.notes).into()),
        ("licence_id", (&entry.licence_id).into()),
        ("licence_name", (&entry.licence_name).into()),
        ("reference", entry.reference.clone().into()),
        ("reverses", entry.reverses.clone().into()),
        ("search_folded", fold(&format!("{} {reference}", found_by.join(" "))).into()),
        ("created_at", entry.created_at.into()),
        ("created_by", (&entry.created_by).into()),
    ];
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let places = vec!["?"; columns.len()].join(", ");
    let insert = format!(
        "insert into customer_accounts_transaction ({}) values ({places})",
        names.join(", ")
    );
    let sql = if entry.reference.is_some() {
        Sql::per(
            format!("{insert} on conflict (booked_for, reference) do nothing"),
            format!("{insert} on duplicate key update transaction_id = transaction_id"),
        )
    } else {
        Sql::both(insert)
    };
    Statement::new(sql).bind_all(columns.into_iter().map(|(_, value)| value)).label(LABEL)
}

/// Settles an entry that is still to be paid.
pub fn settlement(scope: &Scope, id: &str, settled_at: i64, method: &str) -> Statement {
    let update = format!(
        "update customer_accounts_transaction as t set settled_at = ?, settled_method = ? \
         where t.transaction_id = ? and {OPEN} and {{scope}}"
    );
    changing(Statement::new(update).bind(settled_at).bind(method).bind(id), scope)
}

/// Takes a settlement back, unless another one took its place.
pub fn reopening(scope: &Scope, id: &str, settled_at: i64) -> Statement {
    let update = "update customer_accounts_transaction as t \
         set settled_at = null, settled_method = '' \
         where t.transaction_id = ? and t.settled_at = ? and t.reversed_by is null and {scope}";
    changing(Statement::new(update).bind(id).bind(settled_at), scope)
}

/// Marks an entry as corrected by another; only the first correction gets it.
pub fn correction(scope: &Scope, id: &str, by: &str) -> Statement {
    let update = "update customer_accounts_transaction as t set reversed_by = ? \
         where t.transaction_id = ? and t.reversed_by is null and t.reverses is null and {scope}";
    changing(Statement::new(update).bind(by).bind(id), scope)
}

fn changing(update: Statement, scope: &Scope) -> Statement {
    update.scope(scope, "t.organisation_id").label(LABEL).expect_rows(1)
}
