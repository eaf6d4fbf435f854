//! Companies as installations name them.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use super::OF_VENDOR;

const COLUMNS: &str = "company_id, name, vat_number, vat_is_valid = 1 as vat_is_valid, account_id, \
    first_seen_at";

/// A company.
#[derive(Debug, Clone, Deserialize)]
#[expect(clippy::struct_field_names, reason = "as its column is called")]
pub(crate) struct Company {
    pub(crate) company_id: String,
    pub(crate) name: String,
    pub(crate) vat_number: String,
    pub(crate) vat_is_valid: bool,
    pub(crate) account_id: Option<String>,
    pub(crate) first_seen_at: i64,
}

/// A customer and how many installations of a company were given to him.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Former {
    pub(crate) account_id: String,
    pub(crate) installations: i64,
}

#[derive(Deserialize)]
struct Id {
    id: String,
}

/// A company by id. They are nobody's: who sees the vendor's node sees all of them.
pub(crate) async fn by_id(db: &Db, scope: &Scope, id: &str) -> Result<Option<Company>, Fault> {
    let sql = format!(
        "select {COLUMNS} from registration_inventory_company where company_id = ? and {{scope}}"
    );
    db.first(Statement::new(sql).bind(id).scope(scope, OF_VENDOR)).await
}

/// Says which customer a company is, if it is still said to be `now`. Unscoped: see [`by_id`].
pub(crate) fn account_if(
    id: &str,
    now: Option<&str>,
    account: Option<&str>,
    (at, by): (i64, &str),
) -> Statement {
    Statement::new(
        "update registration_inventory_company set account_id = ?, decided_at = ?, decided_by = ?, \
         suggested_at = null where company_id = ? and coalesce(account_id, '') = ?",
    )
    .bind(account.map(str::to_owned))
    .bind(at)
    .bind(by)
    .bind(id)
    .bind(now.unwrap_or_default())
}

/// Ids of its installations that nobody decided about, behind `after`.
pub(crate) async fn pending(
    db: &Db,
    scope: &Scope,
    company_id: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<String>, Fault> {
    let sql = "select installation_id as id from registration_inventory_installation \
        where company_id = ? and installation_id > ? and state = 'pending' and {scope} \
        order by installation_id limit ?";
    let statement = Statement::new(sql).bind(company_id).bind(after).bind(limit);
    let rows: Vec<Id> = db.all(statement.scope(scope, "organisation_id")).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Customers to whom installations of this company, or of one with its right VAT number, were given
/// before, or who it was said to be. Unscoped: whoever shows them asks for each in his scope.
pub(crate) async fn former(db: &Db, company: &Company) -> Result<Vec<Former>, Fault> {
    let vat = if company.vat_is_valid { company.vat_number.as_str() } else { "" };
    let sql = "select account_id, count(*) as installations from ( \
          select i.account_id from registration_inventory_installation i \
            where i.company_id = ? and i.account_id is not null \
          union all select k.account_id from registration_inventory_company k \
            where k.company_id = ? and k.account_id is not null \
          union all select k.account_id from registration_inventory_company k \
            where k.vat_number = ? and k.vat_number <> '' and k.account_id is not null \
        ) f group by account_id order by installations desc, account_id limit 20";
    let statement = Statement::new(sql).bind(&company.company_id).bind(&company.company_id);
    db.all(statement.bind(vat)).await
}

/// Ids of its installations that the caller may see, at most `limit`.
pub(crate) async fn installations(
    db: &Db,
    scope: &Scope,
    company_id: &str,
    limit: i64,
) -> Result<Vec<String>, Fault> {
    let sql = "select installation_id as id from registration_inventory_installation \
        where company_id = ? and {scope} order by installation_id limit ?";
    let statement = Statement::new(sql).bind(company_id).bind(limit);
    let rows: Vec<Id> = db.all(statement.scope(scope, "organisation_id")).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
