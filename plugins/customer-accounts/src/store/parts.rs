//! Contacts, sites and notes of customers: the tables differ in their columns alone.

use plugin_api::db::{Audit, Batch, Db, Statement, Value};
use plugin_api::{Cx, Fault, Problem, Scope};
use serde_json::{Map, Value as Json};

use super::customers::insertion;
use crate::domain::{Answers, Control, Customer, Part, PartKind, is_id};
use crate::happened::{actor_id, actor_name};

/// The most of one kind a customer has on a page.
const SHOWN: u32 = 500;

/// The parts of one kind of a customer: the primary one first, then by name; notes newest first.
pub async fn parts(
    db: &Db,
    scope: &Scope,
    kind: PartKind,
    customer_id: &str,
) -> Result<Vec<Part>, Fault> {
    let order = match kind {
        PartKind::Note => "created_at desc, note_id desc".to_owned(),
        _ => format!("is_primary desc, name, {}_id", kind.noun()),
    };
    let select =
        format!("{} where customer_id = ? and {{scope}} order by {order} limit ?", select(kind));
    let select =
        Statement::new(select).bind(customer_id).bind(SHOWN).scope(scope, "organisation_id");
    let rows: Vec<Map<String, Json>> = db.all(select).await?;
    Ok(rows.into_iter().map(|row| read(kind, row)).collect())
}

/// One part of a customer.
pub async fn part(
    db: &Db,
    scope: &Scope,
    kind: PartKind,
    customer_id: &str,
    part_id: &str,
) -> Result<Option<Part>, Fault> {
    if !is_id(part_id) {
        return Ok(None);
    }
    let select =
        format!("{} where {}_id = ? and customer_id = ? and {{scope}}", select(kind), kind.noun());
    let select =
        Statement::new(select).bind(part_id).bind(customer_id).scope(scope, "organisation_id");
    let row: Option<Map<String, Json>> = db.first(select).await?;
    Ok(row.map(|row| read(kind, row)))
}

/// Enters `after`, or writes it in place of `before`; aborts as a mismatch of `customer` when the
/// customer no longer takes changes.
pub fn saving(cx: &Cx, customer: &Customer, before: Option<&Part>, after: &Part) -> Batch {
    let kind = after.kind;
    let mut columns: Vec<(&str, Value)> = kind
        .questions()
        .iter()
        .map(|&(field, control)| {
            let is_tick = control.is_tick();
            (field, if is_tick { after.is(field).into() } else { after.get(field).into() })
        })
        .collect();
    columns.push(("updated_at", cx.now().into()));
    let (table, id_column) = names(kind);
    let write = if before.is_some() {
        let set: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        Statement::new(format!(
            "update {table} set {} = ? where {id_column} = ? and customer_id = ? and {{scope}}",
            set.join(" = ?, ")
        ))
        .bind_all(columns.into_iter().map(|(_, value)| value))
        .bind(&after.part_id)
        .bind(&customer.customer_id)
        .scope(cx.scope(), "organisation_id")
        .label("part")
        .expect_rows(1)
    } else {
        columns.push(("customer_id", Value::from(&customer.customer_id)));
        columns.push(("organisation_id", Value::from(&customer.organisation_id)));
        columns.push(("created_at", after.created_at.into()));
        if kind == PartKind::Note {
            columns.push(("author_id", actor_id(cx).into()));
            columns.push(("author", actor_name(cx).into()));
        }
        let mut named = vec![(id_column.as_str(), Value::from(&after.part_id))];
        named.extend(columns);
        insertion(&table, named)
    };
    let verb = if before.is_some() { "updated" } else { "created" };
    let mut audit = audit(customer, after, verb).after(known(&after.answers));
    if let Some(before) = before {
        audit = audit.before(known(&before.answers));
    }
    let batch = Batch::new().and(still_open(cx, customer)).and(write);
    alone(cx, customer, after, batch).audit(audit)
}

/// Removes a part; aborts as a mismatch of `part` when it is gone already.
pub fn removal(cx: &Cx, customer: &Customer, part: &Part) -> Batch {
    let (table, id_column) = names(part.kind);
    let delete = Statement::new(format!(
        "delete from {table} where {id_column} = ? and customer_id = ? and {{scope}}"
    ))
    .bind(&part.part_id)
    .bind(&customer.customer_id)
    .scope(cx.scope(), "organisation_id")
    .label("part")
    .expect_rows(1);
    let audit = audit(customer, part, "deleted").before(known(&part.answers));
    Batch::new().and(still_open(cx, customer)).and(delete).audit(audit)
}

/// Runs such a batch; what went away meanwhile is told as what it is.
///
/// Unscoped: the statements carry theirs.
pub async fn write_part(cx: &Cx, batch: Batch) -> Result<(), Problem> {
    match cx.db().batch(batch).await {
        Ok(_) => Ok(()),
        Err(fault) if fault.is_mismatch("customer") => Err(Problem::conflict("customer_closed")),
        Err(fault) if fault.is_mismatch("part") => Err(Problem::not_found()),
        Err(fault) => Err(fault.into()),
    }
}

/// What is said of `part` alone is no longer said of the others.
fn alone(cx: &Cx, customer: &Customer, part: &Part, batch: Batch) -> Batch {
    let (table, id_column) = names(part.kind);
    let said = part
        .kind
        .questions()
        .iter()
        .filter(|(field, control)| *control == Control::OnlyOne && part.is(field));
    said.fold(batch, |batch, (field, _)| {
        let others = Statement::new(format!(
            "update {table} set {field} = 0 \
             where customer_id = ? and {id_column} <> ? and {{scope}}"
        ));
        batch.and(
            others
                .bind(&customer.customer_id)
                .bind(&part.part_id)
                .scope(cx.scope(), "organisation_id"),
        )
    })
}

/// Writes the row of the customer as it is, so that a merge or an erasure at the same time and this
/// change follow one another.
pub fn still_open(cx: &Cx, customer: &Customer) -> Statement {
    Statement::new(
        "update customer_accounts_customer set version = version \
         where customer_id = ? and merged_into = '' and erased_at is null and {scope}",
    )
    .bind(&customer.customer_id)
    .scope(cx.scope(), "organisation_id")
    .label("customer")
    .expect_rows(1)
}

fn names(kind: PartKind) -> (String, String) {
    (format!("customer_accounts_{}", kind.noun()), format!("{}_id", kind.noun()))
}

fn select(kind: PartKind) -> String {
    let fields: Vec<&str> = kind.questions().iter().map(|(field, _)| *field).collect();
    let (table, id_column) = names(kind);
    let author = if kind == PartKind::Note { ", author" } else { "" };
    format!("select {id_column} as part_id, created_at{author}, {} from {table}", fields.join(", "))
}

fn read(kind: PartKind, mut row: Map<String, Json>) -> Part {
    let mut text = |name: &str| match row.remove(name) {
        Some(Json::String(text)) => text,
        Some(Json::Number(number)) if number.as_i64() != Some(0) => "true".to_owned(),
        _ => String::new(),
    };
    let answers =
        kind.questions().iter().map(|(field, _)| ((*field).to_owned(), text(field))).collect();
    let (part_id, author) = (text("part_id"), text("author"));
    let created_at = row.get("created_at").and_then(Json::as_i64).unwrap_or_default();
    Part { kind, part_id, answers, author, created_at }
}

fn known(answers: &Answers) -> Map<String, Json> {
    let filled = answers.iter().filter(|(_, text)| !text.is_empty());
    filled.map(|(field, text)| (field.clone(), text.as_str().into())).collect()
}

fn audit(customer: &Customer, part: &Part, verb: &str) -> Audit {
    Audit::of(&format!("{}.{verb}", part.kind.noun()), &part.part_id)
        .named(format!("{}: {}", customer.name(), part.name()))
        .in_organisation(&customer.organisation_id)
}
