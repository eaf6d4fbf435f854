//! Codes of organisations: what a registrant types to be handed to one.

use plugin_api::db::{Db, Statement};
use plugin_api::table::fold;
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// A code and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Code {
    /// The code as codes are compared: no case, no accents.
    pub code_folded: String,
    /// The code as people write it.
    pub code: String,
    /// The organisation that has it.
    pub organisation_id: String,
    /// What that organisation is called.
    pub organisation: String,
}

const SELECT: &str = "select k.code_folded, k.code, k.organisation_id, \
    coalesce(o.name, '') as organisation from customer_accounts_code k \
    left join host_organisations_v1 o on o.organisation_id = k.organisation_id";

/// The codes of the branch, at most `limit`.
pub async fn all(db: &Db, scope: &Scope, limit: u32) -> Result<Vec<Code>, Fault> {
    let select = format!("{SELECT} where {{scope}} order by k.code_folded limit ?");
    db.all(Statement::new(select).bind(limit).scope(scope, "k.organisation_id")).await
}

/// Whose code this is.
///
/// Unscoped: who types a code is nobody known, and is not told whose it is.
pub async fn find(db: &Db, code: &str) -> Result<Option<Code>, Fault> {
    let folded = fold(code);
    if folded.is_empty() {
        return Ok(None);
    }
    db.first(Statement::new(format!("{SELECT} where k.code_folded = ?")).bind(folded)).await
}

/// Gives a code to an organisation; `Unique` when somebody has it.
///
/// Unscoped: the organisation was found in the caller's branch.
pub fn insertion(code: &str, organisation_id: &str, now: i64) -> Statement {
    Statement::new(
        "insert into customer_accounts_code (code_folded, code, organisation_id, created_at) \
         values (?, ?, ?, ?)",
    )
    .bind(fold(code))
    .bind(code)
    .bind(organisation_id)
    .bind(now)
}

/// Takes a code away.
pub fn removal(scope: &Scope, code_folded: &str) -> Statement {
    Statement::new("delete from customer_accounts_code where code_folded = ? and {scope}")
        .bind(code_folded)
        .scope(scope, "organisation_id")
        .expect_rows(1)
        .label("code")
}
