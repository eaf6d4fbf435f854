//! Raw reports, written as they came.

use plugin_api::Fault;
use plugin_api::db::{Db, Statement};
use serde::Deserialize;

use super::{about, inserted};

/// A report as it is stored.
#[derive(Debug, Clone)]
pub(crate) struct ReportRow {
    pub(crate) report_id: String,
    /// None for quarantine.
    pub(crate) installation_id: Option<String>,
    pub(crate) software_id: String,
    /// Unix milliseconds.
    pub(crate) received_at: i64,
    pub(crate) address: String,
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) company: String,
    pub(crate) vat_number: String,
    pub(crate) orders: Option<i64>,
    /// Minor units of `currency`.
    pub(crate) sold: Option<i64>,
    pub(crate) currency: String,
    pub(crate) flags: String,
    pub(crate) content_type: String,
    pub(crate) payload: String,
    /// Hashes of its `Idempotency-Key` and of its body.
    pub(crate) key: Option<(String, String)>,
    pub(crate) was_new: bool,
}

/// Stores them.
pub(crate) fn insertions(rows: impl IntoIterator<Item = ReportRow>) -> Vec<Statement> {
    let rows = rows.into_iter().map(|row| {
        let (key, hash) = row.key.unzip();
        vec![
            row.report_id.into(),
            row.installation_id.into(),
            row.software_id.into(),
            row.received_at.into(),
            row.address.into(),
            row.name.into(),
            row.version.into(),
            row.company.into(),
            row.vat_number.into(),
            row.orders.into(),
            row.sold.into(),
            row.currency.into(),
            row.flags.into(),
            row.content_type.into(),
            row.payload.into(),
            key.into(),
            hash.into(),
            row.was_new.into(),
        ]
    });
    inserted(
        "registration_inventory_report",
        "report_id, installation_id, software_id, received_at, address, name, version, company, \
         vat_number, orders, sold, currency, flags, content_type, payload, request_key, \
         request_hash, was_new",
        ("", ""),
        rows.collect(),
    )
}

/// Puts reports that are stored without an installation into quarantine: `(report, folded name,
/// reason)`.
pub(crate) fn quarantined<'a>(
    rows: impl IntoIterator<Item = (&'a ReportRow, String, &'a str)>,
) -> Vec<Statement> {
    let rows = rows.into_iter().map(|(report, name_folded, reason)| {
        vec![
            report.report_id.as_str().into(),
            report.received_at.into(),
            report.software_id.as_str().into(),
            report.name.as_str().into(),
            name_folded.into(),
            report.address.as_str().into(),
            reason.into(),
        ]
    });
    inserted(
        "registration_inventory_quarantine",
        "report_id, received_at, software_id, name, name_folded, address, reason",
        ("", ""),
        rows.collect(),
    )
}

/// The label of the statement that takes a report out of quarantine.
pub(crate) const RELEASED: &str = "released";

/// Gives a report in quarantine its installation; changes one row unless somebody was faster.
pub(crate) fn released(report_id: &str, installation_id: &str, was_new: bool) -> Statement {
    Statement::new(
        "update registration_inventory_report set installation_id = ?, was_new = ? \
         where report_id = ? and installation_id is null",
    )
    .bind(installation_id)
    .bind(was_new)
    .bind(report_id)
    .label(RELEASED)
    .expect_rows(1)
}

/// Takes a report out of quarantine.
pub(crate) fn unquarantined(report_id: &str) -> Statement {
    Statement::new("delete from registration_inventory_quarantine where report_id = ?")
        .bind(report_id)
}

/// A report that was stored before.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Written {
    pub(crate) report_id: String,
    pub(crate) installation_id: Option<String>,
    pub(crate) received_at: i64,
    pub(crate) request_key: Option<String>,
    pub(crate) request_hash: Option<String>,
    pub(crate) was_new: bool,
}

/// Those with one of these ids or hashed keys.
///
/// Unscoped: whoever reports has no branch; nothing of it is told to him but his own repetition.
pub(crate) async fn written(db: &Db, ids: &[&str], keys: &[&str]) -> Result<Vec<Written>, Fault> {
    let select = "select report_id, installation_id, received_at, request_key, request_hash, \
                  was_new from registration_inventory_report where ";
    let mut all = Vec::new();
    let by_id = about(&format!("{select} report_id in ({{ids}})"), ids.iter().copied());
    // `is not null` lets SQLite use the index of those that have a key.
    let by_key = format!("{select} request_key in ({{ids}}) and request_key is not null");
    for statement in by_id.into_iter().chain(about(&by_key, keys.iter().copied())) {
        all.append(&mut db.all(statement).await?);
    }
    Ok(all)
}

/// Forgets the key of one report, so that it may be used again.
pub(crate) fn forget_key(report_id: &str) -> Statement {
    Statement::new(
        "update registration_inventory_report set request_key = null, request_hash = null \
         where report_id = ?",
    )
    .bind(report_id)
}

/// Forgets up to `limit` keys of reports that came before `before`, unix milliseconds.
pub(crate) fn forget_keys(before: i64, limit: i64) -> Statement {
    Statement::new(
        "update registration_inventory_report set request_key = null, request_hash = null \
         where report_id in (select report_id from (select report_id \
         from registration_inventory_report where request_key is not null and received_at < ? \
         limit ?) old)",
    )
    .bind(before)
    .bind(limit)
}
