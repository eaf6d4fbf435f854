//! Raw reports: read as they came, deleted when they are old.

use plugin_api::db::{Db, Sql, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use crate::domain::State;

/// Where lists of reports read from. What is in quarantine has no installation, so that a caller
/// who sees a branch does not see it.
pub(crate) const FROM: &str = "registration_inventory_report r \
    left join registration_inventory_installation i on i.installation_id = r.installation_id \
    left join registration_inventory_software s on s.software_id = i.software_id \
    left join registration_inventory_company k on k.company_id = i.company_id";

/// What lists and pages read of a report, by the names of [`Report`].
pub(crate) const COLUMNS: &str = "r.report_id, r.installation_id, r.received_at, r.address, \
    r.name, r.version, r.company, r.vat_number, r.orders, r.sold, r.currency, r.flags, \
    r.was_new, i.state";

/// A report as it was read; its payload apart.
#[derive(Debug, Clone, Deserialize)]
pub struct Report {
    /// Its id.
    pub report_id: String,
    /// The installation it is of; none while it is in quarantine.
    pub installation_id: Option<String>,
    /// Unix milliseconds.
    pub received_at: i64,
    /// Where it came from.
    pub address: String,
    /// What the software calls itself.
    pub name: String,
    /// Its version; empty for not said.
    pub version: String,
    /// Company; empty for not said.
    pub company: String,
    /// VAT number; empty for not said.
    pub vat_number: String,
    /// `totale_ordini`.
    pub orders: Option<i64>,
    /// `totale_venduto`, minor units of `currency`.
    pub sold: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    /// What is odd about it, separated by spaces.
    pub flags: String,
    /// Whether the installation was new with it.
    pub was_new: bool,
    /// The state of its installation, as it is stored.
    pub state: Option<String>,
}

impl Report {
    /// The state of its installation by its name on the wire, or `in_quarantena`.
    pub fn state(&self) -> &'static str {
        self.state.as_deref().map_or("in_quarantena", |state| State::stored(state).wire())
    }

    /// Whether the VAT number is right, as far as it was told.
    pub fn vat_is_valid(&self) -> bool {
        let is_wrong = self.flags.split(' ').any(|flag| flag == "partita_iva_errata");
        !self.vat_number.is_empty() && !is_wrong
    }
}

/// What came, as it came.
#[derive(Debug, Clone, Deserialize)]
pub struct Payload {
    /// What the sender said it is; empty for not said.
    pub content_type: String,
    /// The body.
    pub payload: String,
}

/// A report by id.
pub async fn get(db: &Db, scope: &Scope, id: &str) -> Result<Option<Report>, Fault> {
    let sql = format!("select {COLUMNS} from {FROM} where r.report_id = ? and {{scope}}");
    db.first(Statement::new(sql).bind(id).scope(scope, "i.organisation_id")).await
}

/// What came with it.
pub async fn payload(db: &Db, scope: &Scope, id: &str) -> Result<Option<Payload>, Fault> {
    let sql =
        format!("select r.content_type, r.payload from {FROM} where r.report_id = ? and {{scope}}");
    db.first(Statement::new(sql).bind(id).scope(scope, "i.organisation_id")).await
}

/// The newest reports of an installation.
pub async fn of_installation(
    db: &Db,
    scope: &Scope,
    id: &str,
    limit: u32,
) -> Result<Vec<Report>, Fault> {
    let sql = format!(
        "select {COLUMNS} from {FROM} where r.installation_id = ? and {{scope}} \
         order by r.report_id desc limit ?"
    );
    db.all(Statement::new(sql).bind(id).bind(limit).scope(scope, "i.organisation_id")).await
}

/// Rows deleted at once.
const AT_ONCE: u32 = 2_000;

/// Deletes reports received before an instant, the oldest first; answers whether there may be more.
///
/// Unscoped: reports are kept equally long for everybody.
pub async fn forget(db: &Db, before: i64) -> Result<bool, Fault> {
    oldest(db, "registration_inventory_report", before).await
}

/// The same for what says that a report is in quarantine.
///
/// Unscoped: reports are kept equally long for everybody.
pub async fn forget_quarantine(db: &Db, before: i64) -> Result<bool, Fault> {
    oldest(db, "registration_inventory_quarantine", before).await
}

async fn oldest(db: &Db, table: &str, before: i64) -> Result<bool, Fault> {
    let sql = format!(
        "delete from {table} where report_id in (select report_id from \
         (select report_id from {table} where received_at < ? \
         order by received_at, report_id limit ?) old)"
    );
    let deleted = db.execute(Statement::new(sql).bind(before).bind(AT_ONCE)).await?;
    Ok(deleted >= u64::from(AT_ONCE))
}

/// Deletes days of installations from before a day (days since 1970), but the last one of each: what
/// it said last stays known. Answers whether there may be more.
///
/// Unscoped: history is kept equally long for everybody.
pub async fn forget_days(db: &Db, before: i64) -> Result<bool, Fault> {
    let old = "select d.installation_id, d.day, d.version from registration_inventory_day d \
        where d.day < ? and exists (select 1 from registration_inventory_day n \
        where n.installation_id = d.installation_id and n.day > d.day) limit ?";
    let sqlite = format!(
        "delete from registration_inventory_day \
         where (installation_id, day, version) in ({old})"
    );
    let mariadb = format!(
        "delete from registration_inventory_day where (installation_id, day, version) in \
         (select installation_id, day, version from ({old}) old)"
    );
    let deletion = Statement::new(Sql::per(sqlite, mariadb)).bind(before).bind(AT_ONCE);
    Ok(db.execute(deletion).await? >= u64::from(AT_ONCE))
}
