//! Customers that are there twice, as far as one branch can see.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

/// At most so many are looked at on one page.
pub const SHOWN: u32 = 400;

/// A customer that another one resembles.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Twin {
    /// `vat_number` or `name`.
    pub why: String,
    /// What they share: those with the same value are the same group.
    pub shared: String,
    /// Its id.
    pub customer_id: String,
    /// Company name.
    pub name: String,
    /// City.
    pub city: String,
    /// VAT number.
    pub vat_number: String,
    /// When it was entered, unix milliseconds.
    pub created_at: i64,
}

/// Customers of the branch with the same VAT number and country, then those with the same name and
/// city that the VAT number has not told already; the members of a group follow one another, the
/// oldest first.
pub async fn duplicates(db: &Db, scope: &Scope) -> Result<Vec<Twin>, Fault> {
    // Everything is read from `mine`, so that no row of another branch is even counted.
    let select = "with mine as (select customer_id, name, name_folded, city, city_folded, \
            vat_number, country, created_at from customer_accounts_customer \
            where merged_into = '' and erased_at is null and {scope}), \
        numbers as (select vat_number, country from mine where vat_number <> '' \
            group by vat_number, country having count(*) > 1), \
        names as (select name_folded, city_folded from mine \
            group by name_folded, city_folded \
            having count(*) > 1 \
                and not (min(vat_number) = max(vat_number) and min(vat_number) <> '')) \
        select 'vat_number' as why, m.country || ' ' || m.vat_number as shared, m.customer_id, \
            m.name, m.city, m.vat_number, m.created_at \
        from mine m join numbers n on n.vat_number = m.vat_number and n.country = m.country \
        union all \
        select 'name' as why, m.name_folded || '|' || m.city_folded as shared, m.customer_id, \
            m.name, m.city, m.vat_number, m.created_at \
        from mine m join names n on n.name_folded = m.name_folded \
            and n.city_folded = m.city_folded \
        order by why desc, shared, created_at, customer_id limit ?";
    db.all(Statement::new(select).bind(SHOWN).scope(scope, "organisation_id")).await
}
