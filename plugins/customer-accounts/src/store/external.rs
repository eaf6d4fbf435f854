//! What other systems call customers: each organisation's system calls one customer by a reference.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use super::{COLUMNS, SOURCE};
use crate::domain::Customer;

/// Customers that take changes.
const OPEN: &str = "c.merged_into = '' and c.erased_at is null";

/// The customer the system of `owner` means by `reference`, or the one it was merged into, when
/// that lies in the branch.
pub async fn named(
    db: &Db,
    scope: &Scope,
    (owner, reference): (&str, &str),
) -> Result<Option<Customer>, Fault> {
    let select = format!(
        "with recursive same as (select customer_id from customer_accounts_external \
           where owner_id = ? and reference = ? union \
           select c.merged_into from customer_accounts_customer c \
           join same on c.customer_id = same.customer_id where c.merged_into <> '') \
         select {COLUMNS} from {SOURCE} join same on same.customer_id = c.customer_id \
         where c.merged_into = '' and {{scope}}"
    );
    let select =
        Statement::new(select).bind(owner).bind(reference).scope(scope, "c.organisation_id");
    db.first(select).await
}

/// Open customers of the branch with this reference that no other system than that of `owner`
/// calls so, at most two.
pub async fn unclaimed(
    db: &Db,
    scope: &Scope,
    (owner, reference): (&str, &str),
) -> Result<Vec<Customer>, Fault> {
    let select = format!(
        "select {COLUMNS} from {SOURCE} where c.external_reference = ? and {OPEN} \
         and not exists (select 1 from customer_accounts_external e \
           where e.customer_id = c.customer_id and e.owner_id <> ?) \
         and {{scope}} order by c.customer_id limit 2"
    );
    let select =
        Statement::new(select).bind(reference).bind(owner).scope(scope, "c.organisation_id");
    db.all(select).await
}

/// Open customers of the branch with this VAT number and country, at most two.
pub async fn of_vat_number(
    db: &Db,
    scope: &Scope,
    (vat_number, country): (&str, &str),
) -> Result<Vec<Customer>, Fault> {
    let select = format!(
        "select {COLUMNS} from {SOURCE} where c.vat_number = ? and c.country = ? and {OPEN} \
         and {{scope}} order by c.customer_id limit 2"
    );
    let select =
        Statement::new(select).bind(vat_number).bind(country).scope(scope, "c.organisation_id");
    db.all(select).await
}

#[derive(Debug, Deserialize)]
struct Found {
    organisation_id: String,
}

/// Ids of nodes of the branch called `name_folded` that are no customers, at most two.
pub async fn nodes_called(db: &Db, scope: &Scope, name_folded: &str) -> Result<Vec<String>, Fault> {
    let select = "select organisation_id from host_organisations_v1 \
        where kind <> 'customer' and name_folded = ? and {scope} order by organisation_id limit 2";
    let select = Statement::new(select).bind(name_folded).scope(scope, "organisation_id");
    let found: Vec<Found> = db.all(select).await?;
    Ok(found.into_iter().map(|found| found.organisation_id).collect())
}

/// From now on the system of `owner` means `customer_id` by `reference`; `Unique` when it means
/// another already.
///
/// Unscoped: the customer was found in the caller's branch or is new.
pub fn claim((owner, reference): (&str, &str), customer_id: &str, now: i64) -> Statement {
    Statement::new(
        "insert into customer_accounts_external (owner_id, reference, customer_id, created_at) \
         values (?, ?, ?, ?)",
    )
    .bind(owner)
    .bind(reference)
    .bind(customer_id)
    .bind(now)
}
