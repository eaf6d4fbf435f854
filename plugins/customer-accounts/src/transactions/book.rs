//! Booking an entry: the one way into the ledger, from the form, the API and other plugins.

use plugin_api::contracts::ledger::{Book, Booked, TransactionKind};
use plugin_api::contracts::licences::LicenceOfAccount;
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault, FaultKind, Problem, Tx};

use super::entry::{Checked, MOST, Transaction, is_currency, is_method, kind_text};
use super::labels::kind_label;
use crate::asked::licences_of;
use crate::domain::{Customer, Refusal};
use crate::happened::{Happening, actor_id};
use crate::{paths, store};

/// What is booked, and for whom.
#[derive(Debug, Clone)]
pub(crate) struct Booking {
    /// The id it gets.
    pub id: String,
    /// The entry.
    pub checked: Checked,
    /// What people call the licence.
    pub licence_name: String,
    /// The act it stands for, so that it is booked once.
    pub reference: Option<String>,
}

impl Booking {
    fn of(self, cx: &Cx, customer: &Customer) -> Transaction {
        let Self { id, checked, licence_name, reference } = self;
        Transaction {
            transaction_id: id,
            customer_id: customer.customer_id.clone(),
            organisation_id: customer.organisation_id.clone(),
            kind: checked.kind,
            amount: checked.amount,
            currency: checked.currency,
            happened_at: checked.happened_at,
            due_at: checked.due_at,
            settled_at: None,
            settled_method: String::new(),
            method: checked.method,
            notes: checked.notes,
            licence_id: checked.licence_id,
            licence_name,
            reference,
            reverses: None,
            reversed_by: None,
            created_at: cx.now(),
            created_by: actor_id(cx),
        }
    }
}

/// Answers [`BOOK`](plugin_api::contracts::ledger::BOOK), on the caller's transaction. What is for an
/// account that was merged is booked for the one it became.
pub async fn book(cx: Cx, asked: Book) -> Result<Booked, Fault> {
    let (account_id, booking) = read(&cx, asked)?;
    let customer = store::survivor(&cx.db(), cx.scope(), &account_id).await?;
    let customer = customer.ok_or_else(|| {
        Fault::new(FaultKind::NotFound, "there is no such account in the branch").about(account_id)
    })?;
    let entry = enter(&cx, &customer, booking).await?;
    Ok(Booked { transaction_id: entry.transaction_id })
}

/// What another plugin asks for, checked as strictly as what a person types.
fn read(cx: &Cx, asked: Book) -> Result<(String, Booking), Fault> {
    let postponed = asked.kind == TransactionKind::Postponed;
    let short = |text: &str, limit: usize| text.chars().count() <= limit;
    let mistake = [
        (!(0..=MOST).contains(&asked.amount), "amount"),
        (!is_currency(&asked.currency), "currency"),
        (postponed != asked.due_at.is_some(), "due_at"),
        (!is_method(&asked.method), "method"),
        (!short(&asked.notes, 4_000), "notes"),
        (!short(&asked.licence_id, 36) || !asked.licence_id.is_ascii(), "licence_id"),
        (!short(&asked.reference, 120), "reference"),
    ];
    if let Some((_, member)) = mistake.into_iter().find(|(wrong, _)| *wrong) {
        return Err(Fault::invalid("this cannot be booked").about(member));
    }
    let checked = Checked {
        kind: asked.kind,
        amount: asked.amount,
        currency: asked.currency,
        happened_at: asked.at,
        due_at: asked.due_at,
        method: asked.method,
        notes: asked.notes,
        licence_id: asked.licence_id,
    };
    let licence_name = asked.licence_name.chars().take(200).collect();
    let reference = Some(asked.reference).filter(|reference| !reference.is_empty());
    Ok((asked.account_id, Booking { id: cx.fresh_id(), checked, licence_name, reference }))
}

/// Books an entry of `customer`, a mismatch of `customer` when it takes no changes; the one its reference was booked with before, if there is one.
pub(crate) async fn enter(
    cx: &Cx,
    customer: &Customer,
    booking: Booking,
) -> Result<Transaction, Fault> {
    let entry = booking.of(cx, customer);
    let Some(reference) = entry.reference.clone() else {
        let batch = Batch::new()
            .and(store::still_open(cx, customer))
            .and(store::transactions::insertion(&entry));
        cx.db().batch(told(cx, customer, (None, &entry), "transaction.booked", batch)).await?;
        return Ok(entry);
    };
    let booked = cx.transaction(|tx| {
        let (entry, reference) = (entry.clone(), reference.clone());
        async move { Ok(once(&tx, customer, entry, &reference).await?) }
    });
    booked.await.map_err(|problem| fault(&problem))
}

async fn once(
    tx: &Tx,
    customer: &Customer,
    entry: Transaction,
    reference: &str,
) -> Result<Transaction, Fault> {
    // Reading before would let two of the same reference both find nothing.
    tx.db().execute(store::transactions::insertion(&entry)).await?;
    let (db, scope) = (tx.db(), tx.scope());
    let booked =
        store::transactions::by_reference(&db, scope, &customer.customer_id, reference).await?;
    let Some(booked) = booked else {
        // Somebody else's entry is there, but this transaction began before it was.
        return Err(Fault::new(FaultKind::Retry, "the same reference is being booked"));
    };
    if booked.transaction_id == entry.transaction_id {
        let batch = Batch::new().and(store::still_open(tx, customer));
        db.batch(told(tx, customer, (None, &entry), "transaction.booked", batch)).await?;
    }
    Ok(booked)
}

fn fault(problem: &Problem) -> Fault {
    problem.fault().cloned().unwrap_or_else(|| Fault::internal(problem))
}

/// What a fault of [`enter`] tells who asked.
pub(crate) fn told_of(fault: Fault) -> Problem {
    if fault.is_mismatch("customer") { Problem::conflict("customer_closed") } else { fault.into() }
}

/// Adds the audit row and the line of the timeline to what is written of an entry, as it was, if it
/// was there, and as it is.
pub(super) fn told(
    cx: &Cx,
    customer: &Customer,
    (before, entry): (Option<&Transaction>, &Transaction),
    action: &str,
    batch: Batch,
) -> Batch {
    let audit = Audit::of(action, &entry.transaction_id)
        .named(customer.name())
        .in_organisation(&entry.organisation_id)
        .after(entry);
    let audit = match before {
        Some(before) => audit.before(before),
        None => audit,
    };
    let key = format!("timeline-{}", action.replace('.', "-"));
    let happening = Happening::of(action, "file").saying(cx, |lang| {
        let amount = lang.money(entry.amount, &entry.currency);
        let kind = kind_label(lang, kind_text(entry.kind));
        lang.with(&key, &[("amount", &amount), ("kind", &kind)])
    });
    let mut line = happening.entry(cx, customer);
    line.path = paths::transaction(&entry.transaction_id);
    super::READ.clone_into(&mut line.permission);
    batch.audit(audit).and(store::timeline::entry(&cx.fresh_id(), &line))
}

/// What people call a licence of a customer; a refusal of the field `licence` when it has no such
/// one.
pub(crate) async fn licence_named(
    cx: &Cx,
    customer_id: &str,
    licence_id: &str,
) -> Result<Result<String, Refusal>, Fault> {
    if licence_id.is_empty() {
        return Ok(Ok(String::new()));
    }
    let licences = licences_of(cx, customer_id).await?.unwrap_or_default();
    let found = licences.iter().find(|licence| licence.licence_id == licence_id);
    Ok(found.map(name_of).ok_or(Refusal { field: "licence", key: "field-licence" }))
}

/// What people call a licence.
pub(super) fn name_of(licence: &LicenceOfAccount) -> String {
    let name = format!("{} {}", licence.product, licence.key_hint);
    name.trim().chars().take(200).collect()
}
