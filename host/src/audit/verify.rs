//! Replays the chain and says where it breaks.

use plugin_api::Fault;
use plugin_api::db::Db;

use super::chain;
use crate::store::audit::{self as store, AuditRow, Head};

/// What a replay found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Rows in all.
    pub rows: i64,
    /// Rows in the chain.
    pub sealed: i64,
    /// Sealed rows whose words were erased; their place in the chain still verifies.
    pub erased: i64,
    /// When the last row was sealed, unix milliseconds; 0 for never.
    pub sealed_at: i64,
    /// The hash at the end of the chain: whoever noted it can tell later that nothing was rewritten.
    pub head: String,
    /// Where the chain breaks first.
    pub first_broken: Option<Broken>,
}

/// Where and how a chain breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A row was taken out, or its number was changed.
    #[error("row {0} of the chain is missing")]
    Missing(i64),
    /// Who, what, when or where of a row was changed, or the chain itself.
    #[error("row {0} ({1}) does not fit the row before it: it was changed after it was sealed")]
    Link(i64, String),
    /// The words of a row were changed.
    #[error("the words of row {0} ({1}) were changed after they were written")]
    Content(i64, String),
    /// Rows were taken from the end, or added past it.
    #[error("the chain ends at row {0}, but {1} rows had been sealed")]
    End(i64, i64),
}

impl Broken {
    /// The number of the row where it breaks.
    pub fn row(&self) -> i64 {
        match self {
            Self::Missing(row) | Self::Link(row, _) | Self::Content(row, _) | Self::End(row, _) => {
                *row
            }
        }
    }
}

/// Replays the whole chain.
pub async fn verify(db: &Db) -> Result<Report, Fault> {
    let mut report = Report::default();
    let start = Head { chain_no: 0, chain_hash: "0".repeat(64), sealed_at: 0 };
    let (mut end, mut head) = (start, store::head(db).await?);
    store::sealed(db, |row| {
        if report.first_broken.is_none() {
            report.first_broken = replay(&mut end, &row).err();
        }
        report.sealed += 1;
        report.erased += i64::from(row.salt.is_none());
        Ok(())
    })
    .await?;
    if report.first_broken.is_none() {
        // Rows may have been sealed between reading the end and reading them.
        if end.chain_no > head.chain_no {
            head = store::head(db).await?;
        }
        if end.chain_no < head.chain_no
            || end.chain_no == head.chain_no && end.chain_hash != head.chain_hash
        {
            report.first_broken = Some(Broken::End(end.chain_no, head.chain_no));
        }
    }
    (report.sealed_at, report.head) = (head.sealed_at, head.chain_hash);
    report.rows = store::count(db).await?;
    Ok(report)
}

fn replay(end: &mut Head, row: &AuditRow) -> Result<(), Broken> {
    end.chain_no += 1;
    if row.chain_no != Some(end.chain_no) {
        return Err(Broken::Missing(end.chain_no));
    }
    let at = || (end.chain_no, row.audit_id.clone());
    let hash = chain::link(&end.chain_hash, end.chain_no, row);
    if row.chain_hash.as_deref() != Some(hash.as_str()) {
        let (chain_no, id) = at();
        return Err(Broken::Link(chain_no, id));
    }
    if !is_whole(row) {
        let (chain_no, id) = at();
        return Err(Broken::Content(chain_no, id));
    }
    end.chain_hash = hash;
    Ok(())
}

/// Whether the words of a row fit its digest. Where the salt is gone nothing may stand: it could have
/// been written by anybody.
pub fn is_whole(row: &AuditRow) -> bool {
    if let Some(digest) = chain::digest(row) {
        return digest == row.digest;
    }
    let words = [&row.content, &row.actor_name, &row.address, &row.object_name];
    words.iter().all(|text| text.is_empty())
}
