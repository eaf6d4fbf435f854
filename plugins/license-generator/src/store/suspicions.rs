//! What looks suspicious about the use of licences, one row per licence and reason.

use plugin_api::db::{Batch, Db, Statement};
use plugin_api::{Fault, Scope};
use serde::{Deserialize, Serialize};

/// Label of the statement that dismisses one.
pub const SUSPICION: &str = "suspicion";

/// Why the use of a licence looks suspicious.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Two devices showed tokens of one.
    Clone,
    /// Devices were exchanged often.
    Transfers,
    /// Many requests were refused.
    Refusals,
    /// A device uses licences of several customers.
    Shared,
    /// It was activated from many addresses.
    Addresses,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 5] =
        [Self::Clone, Self::Transfers, Self::Refusals, Self::Shared, Self::Addresses];

    /// As the database holds it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clone => "clone",
            Self::Transfers => "transfers",
            Self::Refusals => "refusals",
            Self::Shared => "shared",
            Self::Addresses => "addresses",
        }
    }
}

/// What was found of a licence.
#[derive(Debug, Clone, Deserialize)]
pub struct Finding {
    /// The licence.
    pub licence_id: String,
    /// How often.
    pub count: i64,
    /// When first, unix milliseconds.
    pub first_at: i64,
    /// When last, unix milliseconds.
    pub last_at: i64,
}

/// Adds to `batch` what writes a finding in the place of what was known of the licence and reason.
/// What was dismissed comes back when it happened again since.
///
/// Unscoped: written by a job, and by requests of clients.
pub fn noting(batch: Batch, suspicion_id: &str, reason: Reason, found: &Finding) -> Batch {
    let update = Statement::new(
        "update license_generator_suspicion set count = ?, first_at = ?, last_at = ? \
         where licence_id = ? and reason = ?",
    )
    .bind(found.count)
    .bind(found.first_at)
    .bind(found.last_at)
    .bind(&found.licence_id)
    .bind(reason.as_str());
    batch.and(beginning(suspicion_id, reason, found)).and(update)
}

/// Adds to `batch` what counts one event more.
///
/// Unscoped: part of a request of a client.
pub fn one_more(
    batch: Batch,
    suspicion_id: &str,
    licence_id: &str,
    reason: Reason,
    at: i64,
) -> Batch {
    let none = Finding { licence_id: licence_id.to_owned(), count: 0, first_at: at, last_at: at };
    let update = Statement::new(
        "update license_generator_suspicion set count = count + 1, last_at = ? \
         where licence_id = ? and reason = ?",
    )
    .bind(at)
    .bind(licence_id)
    .bind(reason.as_str());
    batch.and(beginning(suspicion_id, reason, &none)).and(update)
}

/// The statement that writes the row unless there is one.
fn beginning(suspicion_id: &str, reason: Reason, found: &Finding) -> Statement {
    Statement::new(
        "insert into license_generator_suspicion \
         (suspicion_id, licence_id, organisation_id, reason, count, first_at, last_at) \
         select ?, l.licence_id, l.organisation_id, ?, ?, ?, ? \
         from license_generator_licence l where l.licence_id = ? and not exists (select 1 \
         from license_generator_suspicion s where s.licence_id = l.licence_id and s.reason = ?)",
    )
    .bind(suspicion_id)
    .bind(reason.as_str())
    .bind(found.count)
    .bind(found.first_at)
    .bind(found.last_at)
    .bind(&found.licence_id)
    .bind(reason.as_str())
}

/// From how much on it looks suspicious.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// Since when, unix milliseconds.
    pub since: i64,
    /// At least so often.
    pub at_least: i64,
    /// At most so many licences, those with most first.
    pub most: u32,
}

/// Refusals that somebody brings about who uses a key he should not, or on too many devices. That a
/// licence has expired is not one of them: its devices go on asking, and mean no harm.
const TELLING: &str = "'limite_dispositivi', 'dispositivo_non_attivato', 'dispositivo_clonato', \
    'limite_trasferimenti', 'limite_utenti', 'utente_non_ammesso', 'licenza_sospesa', \
    'licenza_revocata', 'prodotto_errato', 'posti_esauriti'";

/// The licences about which this looks suspicious. Clones are noted when they show themselves.
pub async fn found(
    db: &Db,
    scope: &Scope,
    reason: Reason,
    window: Window,
) -> Result<Vec<Finding>, Fault> {
    let sql = match reason {
        Reason::Clone => return Ok(Vec::new()),
        Reason::Transfers => {
            "select licence_id, count(*) as count, min(at) as first_at, max(at) as last_at \
             from license_generator_transfer where at >= ? and forgiven_at is null and {scope} \
             group by licence_id having count(*) >= ? order by count(*) desc, licence_id limit ?"
                .to_owned()
        }
        Reason::Refusals => format!(
            "select licence_id, count(*) as count, min(at) as first_at, max(at) as last_at \
             from license_generator_activation_log \
             where outcome in ({TELLING}) and at >= ? and licence_id is not null and {{scope}} \
             group by licence_id having count(*) >= ? order by count(*) desc, licence_id limit ?"
        ),
        Reason::Shared => "select a.licence_id, count(distinct l2.account_id) as count, \
             min(a.activated_at) as first_at, max(a.activated_at) as last_at \
             from license_generator_activation a \
             join license_generator_licence l on l.licence_id = a.licence_id \
             join license_generator_activation b on b.fingerprint_hash = a.fingerprint_hash \
             and b.licence_id <> a.licence_id \
             join license_generator_licence l2 on l2.licence_id = b.licence_id \
             and l2.account_id <> l.account_id \
             where a.activated_at >= ? and {scope} group by a.licence_id \
             having count(distinct l2.account_id) >= ? \
             order by count(distinct l2.account_id) desc, a.licence_id limit ?"
            .to_owned(),
        Reason::Addresses => {
            "select licence_id, count(distinct address) as count, min(at) as first_at, \
             max(at) as last_at from license_generator_activation_log \
             where action = 'attiva' and at >= ? and outcome = 'attivata' \
             and licence_id is not null and address <> '' and {scope} \
             group by licence_id having count(distinct address) >= ? \
             order by count(distinct address) desc, licence_id limit ?"
                .to_owned()
        }
    };
    let column = if reason == Reason::Shared { "a.organisation_id" } else { "organisation_id" };
    let statement = Statement::new(sql).bind(window.since).bind(window.at_least).bind(window.most);
    db.all(statement.scope_of_many(scope, column)).await
}

/// A row, with whose licence it is about.
#[derive(Debug, Clone, Deserialize)]
pub struct Suspicion {
    /// Its id.
    pub suspicion_id: String,
    /// The licence.
    pub licence_id: String,
    /// Whose licence it is.
    pub organisation_id: String,
    /// Why.
    pub reason: Reason,
    /// How often.
    pub count: i64,
    /// When first, unix milliseconds.
    pub first_at: i64,
    /// When last, unix milliseconds.
    pub last_at: i64,
    /// Up to which event somebody looked at it, unix milliseconds.
    pub dismissed_at: Option<i64>,
}

/// One of them.
pub async fn get(db: &Db, scope: &Scope, id: &str) -> Result<Option<Suspicion>, Fault> {
    let statement = Statement::new(
        "select suspicion_id, licence_id, organisation_id, reason, count, first_at, last_at, \
         dismissed_at from license_generator_suspicion where suspicion_id = ? and {scope}",
    );
    db.first(statement.bind(id).scope(scope, "organisation_id")).await
}

/// The statement that dismisses one up to the last event that was seen.
pub fn dismissing(scope: &Scope, suspicion: &Suspicion, by: &str) -> Statement {
    Statement::new(
        "update license_generator_suspicion set dismissed_at = ?, dismissed_by = ? \
         where suspicion_id = ? and (dismissed_at is null or dismissed_at < last_at) and {scope}",
    )
    .bind(suspicion.last_at)
    .bind(by)
    .bind(&suspicion.suspicion_id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label(SUSPICION)
}

/// The statement that forgets what did not happen since an instant.
pub fn forgetting(scope: &Scope, since: i64) -> Statement {
    Statement::new("delete from license_generator_suspicion where last_at < ? and {scope}")
        .bind(since)
        .scope(scope, "organisation_id")
}
