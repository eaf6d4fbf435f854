//! The lists runs are given, and the customers a list names.

use plugin_api::contracts::accounts::AccountState;
use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use crate::domain::bulk::{Line, TOGETHER};

/// The statements that keep the lines of a run.
///
/// Unscoped: part of writing the run.
pub fn keep_lines(bulk_id: &str, lines: &[Line]) -> Result<Vec<Statement>, Fault> {
    let block = |(n, lines): (usize, &[Line])| {
        Ok(Statement::new(
            "insert into license_generator_bulk_list (bulk_id, block, entries) values (?, ?, ?)",
        )
        .bind(bulk_id)
        .bind(i64::try_from(n).unwrap_or(i64::MAX))
        .bind(serde_json::to_string(lines)?))
    };
    lines.chunks(TOGETHER).enumerate().map(block).collect()
}

/// The lines of a run from the one numbered `from` (0 is the first), at most `most` and no further
/// than their block.
///
/// Unscoped: the run was found in the caller's branch before.
pub async fn lines(db: &Db, bulk_id: &str, from: usize, most: usize) -> Result<Vec<Line>, Fault> {
    #[derive(Deserialize)]
    struct Block {
        #[serde(with = "plugin_api::db::json")]
        entries: Vec<Line>,
    }
    let block: Option<Block> = db
        .first(
            Statement::new(
                "select entries from license_generator_bulk_list where bulk_id = ? and block = ?",
            )
            .bind(bulk_id)
            .bind(i64::try_from(from / TOGETHER).unwrap_or(i64::MAX)),
        )
        .await?;
    let entries = block.map(|block| block.entries).unwrap_or_default();
    Ok(entries.into_iter().skip(from % TOGETHER).take(most).collect())
}

/// A customer as a list may name it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Named {
    /// Its id.
    pub account_id: String,
    /// Its name.
    pub name: String,
    /// The name as it is compared.
    pub name_folded: String,
    /// Whether it may be served.
    pub state: AccountState,
}

/// The customers in the caller's branch with one of these ids or folded names; ask for some hundred
/// at a time.
pub async fn customers(db: &Db, scope: &Scope, names: &[String]) -> Result<Vec<Named>, Fault> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let marks = vec!["cast(? as char)"; names.len()].join(", ");
    let sql = format!(
        "select account_id, name, name_folded, state from customer_accounts_v1 \
         where (account_id in ({marks}) or name_folded in ({marks})) and {{scope}} \
         order by account_id"
    );
    let values = || names.iter().map(|name| name.as_str().into());
    let statement = Statement::new(sql).bind_all(values()).bind_all(values());
    db.all(statement.scope_of_many(scope, "organisation_id")).await
}
