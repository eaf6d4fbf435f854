//! Customers, as their keeper publishes them.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// The id of the customer whose own node this is.
pub async fn of_node(
    db: &Db,
    scope: &Scope,
    organisation_id: &str,
) -> Result<Option<String>, Fault> {
    #[derive(Deserialize)]
    struct Id {
        account_id: String,
    }
    let sql = "select account_id from customer_accounts_v1 \
         where organisation_id = ? and {scope} order by account_id limit 1";
    let statement = Statement::new(sql).bind(organisation_id).scope(scope, "organisation_id");
    let found: Option<Id> = db.first(statement).await?;
    Ok(found.map(|id| id.account_id))
}
