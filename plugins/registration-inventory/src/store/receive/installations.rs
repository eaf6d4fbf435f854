//! Installations as reports find and leave them.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement, Value};
use serde::Deserialize;

use super::{about, inserted};

const TABLE: &str = "registration_inventory_installation";

/// An installation with the company it names: what was read, and what a report leaves.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Row {
    pub(crate) installation_id: String,
    pub(crate) organisation_id: String,
    pub(crate) software_id: String,
    pub(crate) company_id: Option<String>,
    /// Of its company, as that was entered.
    pub(crate) company: String,
    pub(crate) vat_number: String,
    pub(crate) vat_is_valid: bool,
    pub(crate) external_id: String,
    pub(crate) version: String,
    pub(crate) version_order: String,
    pub(crate) orders: Option<i64>,
    /// Minor units of `currency`.
    pub(crate) sold: Option<i64>,
    pub(crate) currency: String,
    pub(crate) host_name: String,
    pub(crate) system: String,
    pub(crate) address: String,
    pub(crate) state: String,
    pub(crate) product_code: Option<String>,
    pub(crate) licence_offered: bool,
    pub(crate) face: String,
    pub(crate) clone_suspected_at: Option<i64>,
    pub(crate) twin: Option<String>,
    pub(crate) flags: String,
    pub(crate) first_seen_at: i64,
    pub(crate) last_seen_at: i64,
    pub(crate) previous_seen_at: i64,
    pub(crate) last_report_id: String,
    pub(crate) reports: i64,
}

/// Those of `ids` that are known.
///
/// Unscoped: whoever reports has no branch, and is told nothing of it.
pub(crate) async fn rows(db: &Db, ids: &[&str]) -> Result<Vec<Row>, Fault> {
    let select = "select i.installation_id, i.organisation_id, i.software_id, i.company_id, \
        coalesce(k.name, '') as company, coalesce(k.vat_number, '') as vat_number, \
        coalesce(k.vat_is_valid, 0) as vat_is_valid, i.external_id, i.version, i.version_order, \
        i.orders, i.sold, i.currency, i.host_name, i.system, i.address, i.state, i.product_code, \
        i.licence_offered, i.face, i.clone_suspected_at, i.twin, i.flags, i.first_seen_at, \
        i.last_seen_at, i.previous_seen_at, i.last_report_id, i.reports \
        from registration_inventory_installation i \
        left join registration_inventory_company k on k.company_id = i.company_id \
        where i.installation_id in ({ids})";
    let mut all = Vec::new();
    for statement in about(select, ids.iter().copied()) {
        all.append(&mut db.all(statement).await?);
    }
    Ok(all)
}

const COLUMNS: &str = "installation_id, organisation_id, software_id, company_id, external_id, \
    version, version_order, orders, sold, currency, host_name, system, address, state, \
    product_code, face, clone_suspected_at, twin, flags, first_seen_at, last_seen_at, \
    previous_seen_at, last_report_id, reports";

/// Enters new ones. One that is there by now fails, so that nobody is counted twice.
pub(crate) fn insertions(rows: Vec<Row>) -> Vec<Statement> {
    inserted(TABLE, COLUMNS, ("", ""), rows.into_iter().map(Row::values).collect())
}

/// What every report leaves.
const SEEN: [&str; 5] = ["address", "flags", "previous_seen_at", "last_seen_at", "last_report_id"];
/// Who it says it is, which seldom changes and stands in many indexes.
const NAMED: [&str; 7] =
    ["company_id", "host_name", "system", "face", "clone_suspected_at", "twin", "first_seen_at"];
/// What the tally counts by; changed only between taking out of it and putting in.
const COUNTED: [&str; 5] = ["version", "version_order", "orders", "sold", "currency"];

/// What reports change of an installation beside when it was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Change {
    /// Who it says it is.
    pub(crate) is_named: bool,
    /// What the tally counts by.
    pub(crate) is_counted: bool,
}

/// Writes what reports say over known ones; what people decided stays as it is. `reports` of each is
/// how many came, which is added.
pub(crate) fn updates(rows: Vec<Row>, change: Change) -> Vec<Statement> {
    let named = if change.is_named { &NAMED[..] } else { &[] };
    let counted = if change.is_counted { &COUNTED[..] } else { &[] };
    let columns = || SEEN.iter().chain(named).chain(counted);
    let set = |new: &dyn Fn(&str) -> String| {
        let plain: Vec<String> =
            columns().map(|column| format!("{column} = {}", new(column))).collect();
        format!("{}, reports = {TABLE}.reports + {}", plain.join(", "), new("reports"))
    };
    let sqlite = format!(
        "on conflict (installation_id) do update set {}",
        set(&|column| format!("excluded.{column}"))
    );
    let mariadb = format!("on duplicate key update {}", set(&|column| format!("values({column})")));
    let rows = rows.into_iter().map(Row::values).collect();
    inserted(TABLE, COLUMNS, (&sqlite, &mariadb), rows)
}

impl Row {
    /// Whether it says it is who `other` says it is.
    pub(crate) fn is_named_like(&self, other: &Self) -> bool {
        let face = |row: &Self| (row.clone_suspected_at, row.first_seen_at);
        face(self) == face(other)
            && self.face == other.face
            && self.twin == other.twin
            && self.company_id == other.company_id
            && self.host_name == other.host_name
            && self.system == other.system
    }

    fn values(self) -> Vec<Value> {
        vec![
            self.installation_id.into(),
            self.organisation_id.into(),
            self.software_id.into(),
            self.company_id.into(),
            self.external_id.into(),
            self.version.into(),
            self.version_order.into(),
            self.orders.into(),
            self.sold.into(),
            self.currency.into(),
            self.host_name.into(),
            self.system.into(),
            self.address.into(),
            self.state.into(),
            self.product_code.into(),
            self.face.into(),
            self.clone_suspected_at.into(),
            self.twin.into(),
            self.flags.into(),
            self.first_seen_at.into(),
            self.last_seen_at.into(),
            self.previous_seen_at.into(),
            self.last_report_id.into(),
            self.reports.into(),
        ]
    }
}

/// Says what product a known installation is since its version changed.
pub(crate) fn product(installation_id: &str, product_code: Option<&str>) -> Statement {
    Statement::new(
        "update registration_inventory_installation set product_code = ? where installation_id = ?",
    )
    .bind(product_code)
    .bind(installation_id)
}
