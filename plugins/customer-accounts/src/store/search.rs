//! Customers found by what is known of them.

use plugin_api::contracts::accounts::Account;
use plugin_api::db::{Db, Statement};
use plugin_api::table::fold;
use plugin_api::{Fault, Scope};

use super::customers::{COLUMNS, SOURCE};
use crate::domain::{Customer, is_id};

/// Other customers with the same VAT number and country, at most five.
pub async fn namesakes(db: &Db, scope: &Scope, customer: &Customer) -> Result<Vec<Account>, Fault> {
    let master = &customer.details.master;
    if master.vat_number.is_empty() {
        return Ok(Vec::new());
    }
    let select = format!(
        "{ACCOUNT} where merged_into = '' and vat_number = ? and country = ? and customer_id <> ? and {{scope}} \
         order by name_folded, customer_id limit 5"
    );
    let select = Statement::new(select)
        .bind(&master.vat_number)
        .bind(&master.country)
        .bind(&customer.customer_id)
        .scope(scope, "organisation_id");
    db.all(select).await
}

/// The columns an [`Account`] is read from.
const ACCOUNT: &str = "select customer_id as account_id, name, organisation_id, kind, state \
    from customer_accounts_customer";

/// Accounts one word of whose name begins with `text`, those that begin with it first; the most
/// recent ones for an empty text.
pub async fn search(db: &Db, scope: &Scope, text: &str, limit: u32) -> Result<Vec<Account>, Fault> {
    let limit = limit.clamp(1, 100);
    let text = fold(text.trim());
    let select = if text.is_empty() {
        Statement::new(format!(
            "{ACCOUNT} where merged_into = '' and erased_at is null and {{scope}} \
             order by created_at desc, customer_id desc limit ?"
        ))
    } else {
        let start = format!("{}%", escaped(&text));
        let word = format!("% {start}");
        Statement::new(format!(
            "{ACCOUNT} where (name_folded like ? escape '!' or name_folded like ? escape '!') \
             and merged_into = '' and erased_at is null and {{scope}} \
             order by case when name_folded like ? escape '!' then 0 else 1 end, \
             name_folded, customer_id limit ?"
        ))
        .bind(&start)
        .bind(word)
        .bind(&start)
    };
    db.all(select.bind(limit).scope(scope, "organisation_id")).await
}

/// The customer whose own node this is.
pub async fn of_node(db: &Db, scope: &Scope, node: &str) -> Result<Option<Customer>, Fault> {
    let select =
        format!("select {COLUMNS} from {SOURCE} where c.organisation_id = ? and {{scope}}");
    db.first(Statement::new(select).bind(node).scope(scope, "c.organisation_id")).await
}

/// The customer with this id, or the one it was merged into, when that lies in the branch.
pub async fn survivor(db: &Db, scope: &Scope, id: &str) -> Result<Option<Customer>, Fault> {
    if !is_id(id) {
        return Ok(None);
    }
    let select = format!(
        "with recursive same as (select customer_id, merged_into from customer_accounts_customer \
           where customer_id = ? union select c.customer_id, c.merged_into \
           from customer_accounts_customer c join same on c.customer_id = same.merged_into) \
         select {COLUMNS} from {SOURCE} join same on same.customer_id = c.customer_id \
         where c.merged_into = '' and {{scope}}"
    );
    db.first(Statement::new(select).bind(id).scope(scope, "c.organisation_id")).await
}

/// Those that were merged into this customer.
pub async fn merged(db: &Db, scope: &Scope, id: &str) -> Result<Vec<Customer>, Fault> {
    let select = format!("select {COLUMNS} from {SOURCE} where c.merged_into = ? and {{scope}}");
    db.all(Statement::new(select).bind(id).scope(scope, "c.organisation_id")).await
}

/// Whether there is any customer in the branch.
pub async fn any(db: &Db, scope: &Scope) -> Result<bool, Fault> {
    let select = "select 1 as found from customer_accounts_customer where {scope} limit 1";
    let rows = db.rows(Statement::new(select).scope(scope, "organisation_id")).await?;
    Ok(!rows.is_empty())
}

/// `text` as a pattern of `like … escape '!'` that matches only itself.
fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '!' | '%' | '_') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern
}
