//! Customers: one found, entered, changed.

use plugin_api::contracts::accounts;
use plugin_api::contracts::timeline::Entry;
use plugin_api::db::{Audit, Batch, Db, NewOrganisation, Statement, Value};
use plugin_api::table::fold;
use plugin_api::{Cx, Fault, Scope};
use serde_json::{Map, json};

use super::{states, timeline};
use crate::domain::{Act, Customer, Details, is_id, kind_text, state_text};
use crate::happened::Happening;

/// The columns a [`Customer`] is read from, in [`SOURCE`].
pub const COLUMNS: &str = "c.customer_id, c.organisation_id, c.kind, c.state, c.name, \
    c.legal_form, c.vat_number, c.tax_code, c.email, c.phone, c.website, c.address, \
    c.address_line_2, c.postal_code, c.city, c.province, c.country, c.pec, c.sdi_code, \
    c.fiscal_regime, c.currency, c.external_reference, c.language, c.tags, c.notes, c.version, \
    c.created_at, c.updated_at, c.created_by, c.merged_into, c.erased_at, \
    coalesce(n.parent_id, '') as assigned_to, \
    coalesce(case when a.kind = 'agent' then a.parent_name else a.name end, '') as organisation, \
    coalesce(case when a.kind = 'agent' then a.name end, '') as agent";

/// Customers `c` with their own nodes `n` and the nodes `a` that look after them.
pub const SOURCE: &str = "customer_accounts_customer c \
    left join host_organisations_v1 n on n.organisation_id = c.organisation_id \
    left join host_organisations_v1 a on a.organisation_id = n.parent_id";

/// The customer with this id, when it lies in the branch.
pub async fn find(db: &Db, scope: &Scope, id: &str) -> Result<Option<Customer>, Fault> {
    if !is_id(id) {
        return Ok(None);
    }
    let select = format!("select {COLUMNS} from {SOURCE} where c.customer_id = ? and {{scope}}");
    db.first(Statement::new(select).bind(id).scope(scope, "c.organisation_id")).await
}

/// Enters a customer with its own node below the one it is assigned to.
///
/// Unscoped: the row is new, and the host checks that the node above lies in the caller's branch.
pub async fn insert(cx: &Cx, customer: &Customer) -> Result<(), Fault> {
    let columns = [
        ("customer_id", Value::from(&customer.customer_id)),
        ("organisation_id", Value::from(&customer.organisation_id)),
        ("version", customer.version.into()),
        ("created_at", customer.created_at.into()),
        ("created_by", Value::from(&customer.created_by)),
    ];
    let columns: Vec<(&str, Value)> = columns.into_iter().chain(written(customer)).collect();
    let insertion = insertion("customer_accounts_customer", columns);
    let node = NewOrganisation {
        organisation_id: customer.organisation_id.clone(),
        parent_id: customer.assigned_to.clone(),
        kind: "customer".to_owned(),
        name: customer.name().to_owned(),
    };
    let mut known = Map::new();
    known.insert("kind".to_owned(), kind_text(customer.details.kind).into());
    known.insert("state".to_owned(), state_text(customer.state).into());
    let fields = customer.details.master.fields();
    known.extend(fields.iter().filter(|(_, text)| !text.is_empty()).map(pair));
    let audit = audit("customer.created", customer).after(known);
    let told = Happening::of("customer.created", "users")
        .saying(cx, |lang| lang.t("timeline-created"))
        .entry(cx, customer);
    let told = Entry { at: customer.created_at, ..told };
    let state = states::entered(cx, customer);
    let told = timeline::entry(&cx.fresh_id(), &told);
    let batch = Batch::new().organisation(node).and(insertion).and(state).and(told).audit(audit);
    cx.db().batch(batch).await.map(drop)
}

/// An `insert` of one row.
pub(super) fn insertion(table: &str, columns: Vec<(&str, Value)>) -> Statement {
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let places = vec!["?"; columns.len()];
    Statement::new(format!(
        "insert into {table} ({}) values ({})",
        names.join(", "),
        places.join(", ")
    ))
    .bind_all(columns.into_iter().map(|(_, value)| value))
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is written.
    Done,
    /// Somebody else changed the customer since it was read, or it is gone.
    Stale,
}

/// Writes `after` in place of `before`, unless the customer changed since `before` was read. A
/// change of state goes into its history with the `reason`, which may be empty.
pub async fn replace(
    cx: &Cx,
    scope: &Scope,
    before: &Customer,
    after: &Customer,
    reason: &str,
) -> Result<Change, Fault> {
    let columns = written(after);
    let set: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let update = Statement::new(format!(
        "update customer_accounts_customer set {} = ?, version = version + 1 \
         where customer_id = ? and version = ? and merged_into = '' and erased_at is null \
         and {{scope}}",
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
        let act = Act::of(before.state, after.state);
        let mut is = json!({ "state": state_text(after.state) });
        if !reason.is_empty() {
            is["reason"] = reason.into();
        }
        let audit = audit("customer.state_changed", after)
            .before(json!({ "state": state_text(before.state) }))
            .after(is);
        let told = Happening::of(&format!("customer.{}", act.text()), act.icon())
            .saying(cx, |lang| states::sentence(lang, act, reason))
            .entry(cx, after);
        let told = Entry { at: after.updated_at, ..told };
        batch = batch
            .and(states::recorded(cx, after, act, reason))
            .and(timeline::entry(&cx.fresh_id(), &told))
            .audit(audit)
            .emit(accounts::STATE_CHANGED, after.account());
    }
    match cx.db().batch(batch).await {
        Ok(_) => Ok(Change::Done),
        Err(fault) if fault.is_mismatch("customer") => Ok(Change::Stale),
        Err(fault) => Err(fault),
    }
}

/// The columns a change may touch, with the folded ones that searches and orders go by.
pub(super) fn written(customer: &Customer) -> Vec<(&'static str, Value)> {
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
        &master.tags,
    ];
    let found_by: Vec<&str> = found_by.into_iter().map(String::as_str).collect();
    columns.extend([
        ("name_folded", fold(&master.name).into()),
        ("city_folded", fold(&master.city).into()),
        ("tags_folded", fold(&master.tags).into()),
        ("search_folded", fold(&found_by.join(" ")).into()),
        ("kind", kind_text(customer.details.kind).into()),
        ("state", state_text(customer.state).into()),
        ("updated_at", customer.updated_at.into()),
    ]);
    columns
}

/// An audit row about `customer`.
pub(super) fn audit(action: &str, customer: &Customer) -> Audit {
    Audit::of(action, &customer.customer_id)
        .named(customer.name())
        .in_organisation(&customer.organisation_id)
}

pub(super) type Fields = Map<String, serde_json::Value>;

fn pair((field, text): &(&'static str, &str)) -> (String, serde_json::Value) {
    ((*field).to_owned(), (*text).into())
}

/// The fields that differ, as they were and as they are.
pub(super) fn differences(before: &Details, after: &Details) -> (Fields, Fields) {
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
