//! Installations, read with their software, company and customer in one select.

use plugin_api::contracts::accounts::Account;
use plugin_api::db::{Batch, Db, Statement};
use plugin_api::{Fault, Scope};
use serde::{Deserialize, Deserializer};

use super::tally;
use crate::domain::State;

/// Where lists and pages of installations read from.
pub(crate) const FROM: &str = "registration_inventory_installation i \
    join registration_inventory_software s on s.software_id = i.software_id \
    left join registration_inventory_company k on k.company_id = i.company_id \
    left join customer_accounts_v1 c on c.account_id = i.account_id";

/// What lists and pages read of an installation, by the names of [`Installation`].
pub(crate) const COLUMNS: &str = "i.installation_id, i.organisation_id, i.software_id, s.name as software, \
    i.company_id, coalesce(k.name, '') as company, coalesce(k.vat_number, '') as vat_number, \
    coalesce(k.vat_is_valid, 0) as vat_is_valid, i.external_id, i.version, i.version_order, \
    i.orders, i.sold, i.currency, i.host_name, i.system, i.address, i.state, i.account_id, \
    c.name as customer, i.product_code as own_product_code, \
    coalesce(i.product_code, s.product_code) as product_code, i.licence_id, i.licence_offered, \
    i.face, i.clone_suspected_at, i.twin, i.flags, i.first_seen_at, i.last_seen_at, \
    i.previous_seen_at, i.last_report_id, i.reports";

/// Installations read or changed with one statement.
const CHUNK: usize = 500;

/// An installation: what it last said of itself, and what somebody decided about it.
#[derive(Debug, Clone, Deserialize)]
pub struct Installation {
    /// Its id.
    pub installation_id: String,
    /// The vendor's node until it is assigned, then the customer's own.
    pub organisation_id: String,
    /// Its software.
    pub software_id: String,
    /// What that calls itself.
    pub software: String,
    /// The company it names, if it names one.
    pub company_id: Option<String>,
    /// What that is called; empty for not said.
    pub company: String,
    /// Its VAT number; empty for not said.
    pub vat_number: String,
    /// Whether that is right.
    pub vat_is_valid: bool,
    /// `id_installazione`; empty for none.
    pub external_id: String,
    /// The version it last said; empty for not said.
    pub version: String,
    /// The same, to compare.
    pub version_order: String,
    /// `totale_ordini`, the latest.
    pub orders: Option<i64>,
    /// `totale_venduto`, the latest, minor units of `currency`.
    pub sold: Option<i64>,
    /// ISO 4217.
    pub currency: String,
    /// The name of its computer; empty for not said.
    pub host_name: String,
    /// Its operating system; empty for not said.
    pub system: String,
    /// The address it last reported from.
    pub address: String,
    /// What somebody decided.
    #[serde(deserialize_with = "stored")]
    pub state: State,
    /// The customer it belongs to.
    pub account_id: Option<String>,
    /// What that is called.
    pub customer: Option<String>,
    /// The product of its own, where a rule or somebody says other than its software.
    pub own_product_code: Option<String>,
    /// The product it is: its own, else that of its software.
    pub product_code: Option<String>,
    /// The licence it has.
    pub licence_id: Option<String>,
    /// Whether its next report is told of that.
    pub licence_offered: bool,
    /// Hash of who it says it is.
    pub face: String,
    /// Since when two seem to be using it, unix milliseconds.
    pub clone_suspected_at: Option<i64>,
    /// What it has in common with the same one installed again.
    pub twin: Option<String>,
    /// What is odd about its last report, separated by spaces.
    pub flags: String,
    /// Unix milliseconds.
    pub first_seen_at: i64,
    /// Unix milliseconds.
    pub last_seen_at: i64,
    /// Unix milliseconds.
    pub previous_seen_at: i64,
    /// Its last report; it may have been deleted.
    pub last_report_id: String,
    /// How many it sent.
    pub reports: i64,
}

/// Reads a state as it is stored.
pub(crate) fn stored<'de, D: Deserializer<'de>>(deserializer: D) -> Result<State, D::Error> {
    String::deserialize(deserializer).map(|text| State::stored(&text))
}

/// An installation by id.
pub async fn by_id(db: &Db, scope: &Scope, id: &str) -> Result<Option<Installation>, Fault> {
    let sql =
        format!("select {COLUMNS} from {FROM} where i.installation_id = ? and {{scope}} limit 1");
    db.first(Statement::new(sql).bind(id).scope(scope, "i.organisation_id")).await
}

/// The installations of these ids that lie in the caller's branch, by id.
pub async fn by_ids(db: &Db, scope: &Scope, ids: &[String]) -> Result<Vec<Installation>, Fault> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let marks = vec!["?"; chunk.len()].join(", ");
        let sql = format!(
            "select {COLUMNS} from {FROM} where i.installation_id in ({marks}) and {{scope}} \
             order by i.installation_id"
        );
        let statement = Statement::new(sql).bind_all(chunk.iter().map(|id| id.as_str().into()));
        let rows: Vec<Installation> = db.all(statement.scope(scope, "i.organisation_id")).await?;
        found.extend(rows);
    }
    Ok(found)
}

/// The others of the same twin: the same software, company and computer, installed again.
pub async fn twins(
    db: &Db,
    scope: &Scope,
    of: &Installation,
    limit: u32,
) -> Result<Vec<Installation>, Fault> {
    let Some(twin) = &of.twin else { return Ok(Vec::new()) };
    let sql = format!(
        "select {COLUMNS} from {FROM} where i.twin = ? and i.installation_id <> ? and {{scope}} \
         order by i.last_seen_at desc, i.installation_id limit ?"
    );
    let statement = Statement::new(sql).bind(twin).bind(&of.installation_id).bind(limit);
    db.all(statement.scope(scope, "i.organisation_id")).await
}

/// The installations of an account, the one last heard of first.
pub async fn of_account(
    db: &Db,
    scope: &Scope,
    account_id: &str,
    limit: u32,
) -> Result<Vec<Installation>, Fault> {
    let sql = format!(
        "select {COLUMNS} from {FROM} where i.account_id = ? and {{scope}} \
         order by i.last_seen_at desc, i.installation_id limit ?"
    );
    let statement = Statement::new(sql).bind(account_id).bind(limit);
    db.all(statement.scope(scope, "i.organisation_id")).await
}

/// The ids of the installations of an account.
pub async fn ids_of_account(
    db: &Db,
    scope: &Scope,
    account_id: &str,
) -> Result<Vec<String>, Fault> {
    #[derive(Deserialize)]
    struct Row {
        installation_id: String,
    }
    let sql = "select installation_id from registration_inventory_installation \
        where account_id = ? and {scope} order by installation_id";
    let statement = Statement::new(sql).bind(account_id).scope(scope, "organisation_id");
    let rows: Vec<Row> = db.all(statement).await?;
    Ok(rows.into_iter().map(|row| row.installation_id).collect())
}

/// Adds to `batch` what gives these installations of one account to another.
pub fn handing_over(
    batch: Batch,
    scope: &Scope,
    ids: &[String],
    from: &Account,
    into: &Account,
) -> Batch {
    ids.chunks(CHUNK).fold(batch, |batch, chunk| {
        let chunk: Vec<&str> = chunk.iter().map(String::as_str).collect();
        let marks = vec!["?"; chunk.len()].join(", ");
        let sql = format!(
            "update registration_inventory_installation set account_id = ?, organisation_id = ? \
             where account_id = ? and installation_id in ({marks}) and {{scope}}"
        );
        let moved = Statement::new(sql)
            .bind(&into.account_id)
            .bind(&into.organisation_id)
            .bind(&from.account_id)
            .bind_all(chunk.iter().map(|id| (*id).into()))
            .scope(scope, "organisation_id");
        batch
            .and(tally::take_out(chunk.iter().copied(), tally::OF_PEOPLE))
            .and(moved)
            .and(tally::put_in(chunk.iter().copied(), tally::OF_PEOPLE))
    })
}

/// Says of companies that were said to be one account that they are another.
///
/// Unscoped: companies are what reports say, not rows of a branch.
pub fn renaming(from: &Account, into: &Account) -> Statement {
    let sql = "update registration_inventory_company set account_id = ? where account_id = ?";
    Statement::new(sql).bind(&into.account_id).bind(&from.account_id)
}
