//! Customers that companies may be.

use plugin_api::Fault;
use plugin_api::db::{Batch, Db, Statement};
use serde::Deserialize;

/// A customer that a company may be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Suggestion {
    pub(crate) account_id: String,
    /// `decision`, `same_vat_number`, `same_name`, `similar_name`.
    pub(crate) reason: String,
    /// 0 to 100.
    pub(crate) score: i64,
}

#[derive(Deserialize)]
struct Id {
    company_id: String,
}

/// Companies nobody looked for since `before`, those never looked for first. Unscoped: for a job.
pub(crate) async fn due(db: &Db, before: i64, limit: i64) -> Result<Vec<String>, Fault> {
    // Two selects, so that each walks the index.
    let never = "select company_id from registration_inventory_company \
        where suggested_at is null limit ?";
    let rows: Vec<Id> = db.all(Statement::new(never).bind(limit)).await?;
    let mut ids: Vec<String> = rows.into_iter().map(|row| row.company_id).collect();
    let left = limit - i64::try_from(ids.len()).unwrap_or(limit);
    if left > 0 {
        let old = "select company_id from registration_inventory_company \
            where suggested_at < ? order by suggested_at limit ?";
        let rows: Vec<Id> = db.all(Statement::new(old).bind(before).bind(left)).await?;
        ids.extend(rows.into_iter().map(|row| row.company_id));
    }
    Ok(ids)
}

/// Puts `suggestions` in the place of those a company had. Unscoped: for a job.
pub(crate) fn replaced(batch: Batch, company_id: &str, found: &[Suggestion], at: i64) -> Batch {
    let batch = batch.and(
        Statement::new("delete from registration_inventory_suggestion where company_id = ?")
            .bind(company_id),
    );
    let batch = found.iter().fold(batch, |batch, one| {
        batch.and(
            Statement::new(
                "insert into registration_inventory_suggestion (company_id, account_id, reason, \
                 score) values (?, ?, ?, ?)",
            )
            .bind(company_id)
            .bind(&one.account_id)
            .bind(&one.reason)
            .bind(one.score),
        )
    });
    let looked = "update registration_inventory_company set suggested_at = ? where company_id = ?";
    batch.and(Statement::new(looked).bind(at).bind(company_id))
}

/// Has every company looked at again that nobody mapped. Unscoped: accounts changed.
pub(crate) fn forgotten() -> Statement {
    Statement::new(
        "update registration_inventory_company set suggested_at = 0 \
         where account_id is null and suggested_at > 0",
    )
}
