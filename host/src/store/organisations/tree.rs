//! The tree as pages show it: nodes that are no customers, and what is counted of each.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use super::Organisation;

/// A node of the tree with what belongs to it directly.
#[derive(Debug, Clone, Deserialize)]
pub struct TreeRow {
    /// Its id.
    pub organisation_id: String,
    /// The node above it.
    pub parent_id: Option<String>,
    /// `vendor`, `reseller`, `sub_company` or `agent`.
    pub kind: String,
    /// What people call it.
    pub name: String,
    /// [Folded](plugin_api::table::fold) for searching.
    pub name_folded: String,
    /// Since when it is suspended itself, unix milliseconds.
    pub suspended_at: Option<i64>,
    /// How many customers stand directly below it.
    pub customers: i64,
    /// How many people belong to it or to those customers.
    pub people: i64,
}

/// At most `limit` nodes that are no customers, tops first and then by name, so that what stands
/// above a node comes before it.
pub async fn tree(db: &Db, scope: &Scope, limit: i64) -> Result<Vec<TreeRow>, Fault> {
    // Counted once for all nodes: a count per node would cost a search each.
    let statement = Statement::new(
        "select o.organisation_id, o.parent_id, o.kind, o.name, o.name_folded, o.suspended_at, \
           coalesce(c.n, 0) as customers, coalesce(u.n, 0) as people \
         from host_organisation o \
         left join (select parent_id, count(*) as n from host_organisation \
           where kind = 'customer' group by parent_id) c on c.parent_id = o.organisation_id \
         left join (select case when n.kind = 'customer' then n.parent_id \
             else n.organisation_id end as node, count(*) as n \
           from host_user p join host_organisation n on n.organisation_id = p.organisation_id \
           group by case when n.kind = 'customer' then n.parent_id \
             else n.organisation_id end) u on u.node = o.organisation_id \
         where o.kind <> 'customer' and {scope} \
         order by length(o.path), o.name_folded, o.organisation_id limit ?",
    );
    db.all(statement.bind(limit).scope(scope, "o.organisation_id")).await
}

/// What a branch holds, its top included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub struct Counts {
    /// Nodes that are no customers.
    pub organisations: i64,
    /// Customers.
    pub customers: i64,
    /// People.
    pub people: i64,
    /// How many bytes the longest path of a node that is no customer has.
    pub longest: i64,
}

/// What the branch whose top is `node` holds, as far as it lies in `scope`.
pub async fn counts(db: &Db, scope: &Scope, node: &Organisation) -> Result<Counts, Fault> {
    let statement = Statement::new(
        "select cast(coalesce(sum(case when kind = 'customer' then 0 else 1 end), 0) as signed) \
             as organisations, \
           cast(coalesce(sum(case when kind = 'customer' then 1 else 0 end), 0) as signed) \
             as customers, \
           cast(coalesce(sum((select count(*) from host_user u \
             where u.organisation_id = o.organisation_id)), 0) as signed) as people, \
           coalesce(max(case when kind = 'customer' then 0 else length(path) end), 0) as longest \
         from host_organisation o where path >= ? and path < ? and {scope}",
    );
    let [first, end] = range(&node.path);
    let statement = statement.bind(first).bind(end).scope(scope, "o.organisation_id");
    Ok(db.first(statement).await?.unwrap_or_default())
}

/// The first path of a branch and the first one after it: '0' follows '/' in ASCII.
fn range(path: &str) -> [String; 2] {
    [path.to_owned(), format!("{}0", path.trim_end_matches('/'))]
}

/// The nodes directly below `id` that are no customers, by name.
pub async fn below(db: &Db, scope: &Scope, id: &str) -> Result<Vec<Organisation>, Fault> {
    let sql = format!(
        "{} where parent_id = ? and kind <> 'customer' and {{scope}} \
         order by name_folded, organisation_id limit 200",
        super::COLUMNS
    );
    db.all(Statement::new(sql).bind(id).scope(scope, "organisation_id")).await
}
