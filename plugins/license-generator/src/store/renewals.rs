//! What was to be paid for licences, and what they got for it: sales, renewals, changes.

use plugin_api::db::{Db, Statement, Value};
use plugin_api::{Fault, Scope};
use serde::{Deserialize, Deserializer};

use crate::domain::payment::{Kind, Mode};

/// Label of the statement that notes a payment: a mismatch says that it was noted already.
pub const PAYMENT: &str = "payment";

const COLUMNS: &str = "r.renewal_id, r.licence_id, r.kind, r.mode, r.automatic, r.old_end, r.new_end, \
    r.amount, r.currency, r.discount, r.due_at, r.paid_at, r.cancelled_at, r.transaction_id, \
    r.reference, r.at, r.by_name";

/// What was paid, or is to be paid, for a licence. Instants are unix milliseconds, amounts minor
/// units.
#[derive(Debug, Clone, Deserialize)]
pub struct Renewal {
    /// Its id.
    pub renewal_id: String,
    /// The licence.
    pub licence_id: String,
    /// What it is for.
    pub kind: Kind,
    /// How it is paid.
    pub mode: Mode,
    /// Whether the licence renewed itself.
    #[serde(deserialize_with = "bit")]
    pub automatic: bool,
    /// The end before.
    pub old_end: Option<i64>,
    /// The end after.
    pub new_end: Option<i64>,
    /// What it costs.
    pub amount: i64,
    /// ISO 4217.
    pub currency: String,
    /// What was taken off, hundredths of a percent.
    pub discount: i64,
    /// When it is due, if it was postponed.
    pub due_at: Option<i64>,
    /// When a postponed one was paid.
    pub paid_at: Option<i64>,
    /// When it was taken back, so that nobody is to pay it.
    pub cancelled_at: Option<i64>,
    /// Its transaction of the ledger.
    pub transaction_id: Option<String>,
    /// Names the act.
    pub reference: Option<String>,
    /// When it was done.
    pub at: i64,
    /// Who did it.
    pub by_name: String,
}

impl Renewal {
    /// Whether it is still to be paid.
    pub fn is_open(&self) -> bool {
        self.due_at.is_some() && self.paid_at.is_none() && self.cancelled_at.is_none()
    }
}

fn bit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(i64::deserialize(deserializer)? != 0)
}

/// The statement that writes one; its licence was found in the caller's branch. One of the same
/// reference of the same licence is a `Unique` fault of `license_generator_renewal`.
///
/// Unscoped: a new row has no scope yet.
pub fn insertion(new: &Renewal, organisation_id: &str, account_id: &str) -> Statement {
    let columns: [(&str, Value); 19] = [
        ("renewal_id", (&new.renewal_id).into()),
        ("licence_id", (&new.licence_id).into()),
        ("organisation_id", organisation_id.into()),
        ("account_id", account_id.into()),
        ("kind", new.kind.as_str().into()),
        ("mode", new.mode.as_str().into()),
        ("automatic", new.automatic.into()),
        ("old_end", new.old_end.into()),
        ("new_end", new.new_end.into()),
        ("amount", new.amount.into()),
        ("currency", (&new.currency).into()),
        ("discount", new.discount.into()),
        ("due_at", new.due_at.into()),
        ("paid_at", new.paid_at.into()),
        ("cancelled_at", new.cancelled_at.into()),
        ("transaction_id", new.transaction_id.clone().into()),
        ("reference", new.reference.clone().into()),
        ("at", new.at.into()),
        ("by_name", (&new.by_name).into()),
    ];
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let sql = format!(
        "insert into license_generator_renewal ({}) values ({})",
        names.join(", "),
        vec!["?"; columns.len()].join(", ")
    );
    Statement::new(sql).bind_all(columns.into_iter().map(|(_, value)| value))
}

/// Those of a licence, newest first, at most `limit`.
pub async fn of_licence(
    db: &Db,
    scope: &Scope,
    licence_id: &str,
    limit: u32,
) -> Result<Vec<Renewal>, Fault> {
    let sql = format!(
        "select {COLUMNS} from license_generator_renewal r where r.licence_id = ? and {{scope}} \
         order by r.at desc, r.renewal_id desc limit ?"
    );
    let statement = Statement::new(sql).bind(licence_id).bind(limit);
    db.all(statement.scope(scope, "r.organisation_id")).await
}

/// The one a licence got under this reference.
pub async fn by_reference(
    db: &Db,
    scope: &Scope,
    licence_id: &str,
    reference: &str,
) -> Result<Option<Renewal>, Fault> {
    let sql = format!(
        "select {COLUMNS} from license_generator_renewal r \
         where r.licence_id = ? and r.reference = ? and {{scope}}"
    );
    let statement = Statement::new(sql).bind(licence_id).bind(reference);
    db.first(statement.scope(scope, "r.organisation_id")).await
}

/// Those that were booked with this transaction.
pub async fn of_transaction(
    db: &Db,
    scope: &Scope,
    transaction_id: &str,
) -> Result<Vec<Renewal>, Fault> {
    let sql = format!(
        "select {COLUMNS} from license_generator_renewal r \
         where r.transaction_id = ? and {{scope}} order by r.renewal_id limit 1000"
    );
    let statement = Statement::new(sql).bind(transaction_id);
    db.all(statement.scope(scope, "r.organisation_id")).await
}

/// What the last renewal of a licence cost, and for how many milliseconds; none if it never was
/// renewed for money.
pub async fn last_paid(db: &Db, scope: &Scope, licence_id: &str) -> Result<Option<Renewal>, Fault> {
    let sql = format!(
        "select {COLUMNS} from license_generator_renewal r where r.licence_id = ? \
         and r.kind = 'renewal' and r.amount > 0 and {{scope}} \
         order by r.at desc, r.renewal_id desc limit 1"
    );
    db.first(Statement::new(sql).bind(licence_id).scope(scope, "r.organisation_id")).await
}

/// The earliest day on which its customer owes something for a licence; what a former customer owes
/// is not his.
pub async fn next_due(db: &Db, scope: &Scope, licence_id: &str) -> Result<Option<i64>, Fault> {
    #[derive(Deserialize)]
    struct Due {
        due_at: Option<i64>,
    }
    let sql = "select min(r.due_at) as due_at from license_generator_renewal r \
        where r.licence_id = ? and r.due_at is not null and r.paid_at is null \
        and r.cancelled_at is null and {scope} and r.organisation_id = (select l.organisation_id \
        from license_generator_licence l where l.licence_id = r.licence_id)";
    let due: Option<Due> =
        db.first(Statement::new(sql).bind(licence_id).scope(scope, "r.organisation_id")).await?;
    Ok(due.and_then(|due| due.due_at))
}

/// The statement that notes what became of a payment, as long as it still is as `before` says.
pub fn noting(
    scope: &Scope,
    before: &Renewal,
    paid_at: Option<i64>,
    cancelled_at: Option<i64>,
) -> Statement {
    Statement::new(
        "update license_generator_renewal set paid_at = ?, cancelled_at = ? where renewal_id = ? \
         and coalesce(paid_at, 0) = ? and coalesce(cancelled_at, 0) = ? and {scope}",
    )
    .bind(paid_at)
    .bind(cancelled_at)
    .bind(&before.renewal_id)
    .bind(before.paid_at.unwrap_or(0))
    .bind(before.cancelled_at.unwrap_or(0))
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label(PAYMENT)
}
