//! Which modules the licences in force have: counted every hour, because it takes a look at each.
//!
//! Unscoped: the scope is part of what each function is asked within.

use std::collections::BTreeMap;

use plugin_api::Fault;
use plugin_api::db::{Batch, Db, Statement, Value};
use serde::Deserialize;

use super::{Within, fold};

/// Rows of one statement.
const TOGETHER: usize = 100;
/// Statements of one batch.
const BATCH: usize = 20;

/// How many licences in force have a module.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Used {
    /// The product.
    pub product_id: String,
    /// The module's code.
    pub code: String,
    /// How many.
    pub n: i64,
}

/// Organisation, product and code.
type Key = (String, String, String);

#[derive(Deserialize)]
struct Row {
    organisation_id: String,
    product_id: String,
    code: String,
    n: i64,
}

impl Row {
    fn pair(self) -> (Key, i64) {
        ((self.organisation_id, self.product_id, self.code), self.n)
    }
}

/// With `coalesce`, here and where it is grouped, so that licences issued since are found by when they
/// were issued and not by their state or product.
const COUNTED: &str = "from license_generator_licence l \
    join license_generator_licence_module m on m.licence_id = l.licence_id \
    where coalesce(l.state_stored, '') = 'active' and m.active = 1 and l.starts_at <= ? \
    and coalesce(l.expires_at, 9223372036854775807) >= ? \
    and (m.active_until is null or m.active_until >= ?)";

/// How many licences have each module: as it was counted last, and those issued since then.
pub async fn read(db: &Db, within: &Within, now: i64) -> Result<Vec<Used>, Fault> {
    let mark = fold::mark(db).await?.map_or(0, |mark| mark.counted_at);
    let head = "select u.product_id, u.code, cast(sum(u.n) as signed) as n \
        from license_generator_module_use u where 1 = 1";
    let columns = ("u.organisation_id", "u.product_id");
    let tail = "group by u.product_id, u.code";
    let mut used: Vec<Used> = db.all(within.select((head, Vec::new()), columns, tail)).await?;
    let head = format!(
        "select coalesce(l.product_id, '') as product_id, m.code, count(*) as n {COUNTED} \
         and l.created_at >= ?"
    );
    let values = vec![now.into(), now.into(), now.into(), mark.into()];
    let columns = ("l.organisation_id", "l.product_id");
    let tail = "group by coalesce(l.product_id, ''), m.code";
    let newer: Vec<Used> = db.all(within.select((&head, values), columns, tail)).await?;
    for more in newer {
        let known =
            used.iter_mut().find(|u| u.product_id == more.product_id && u.code == more.code);
        match known {
            Some(known) => known.n += more.n,
            None => used.push(more),
        }
    }
    Ok(used)
}

/// Counts them anew and writes what is different. Answers how many rows were.
///
/// Unscoped: counted for everybody.
pub async fn recount(db: &Db, before: i64, now: i64) -> Result<usize, Fault> {
    // Licences issued in this millisecond count as newer.
    let sql = format!(
        "select l.organisation_id, l.product_id, m.code, count(*) as n {COUNTED} \
         and l.created_at < ? group by l.organisation_id, l.product_id, m.code"
    );
    let statement = Statement::new(sql).bind(now).bind(now).bind(now).bind(now);
    let mut found: BTreeMap<Key, i64> = BTreeMap::new();
    let collect = |row: Row| {
        found.extend([row.pair()]);
        Ok(())
    };
    db.for_each(statement, collect).await?;
    let sql = "select organisation_id, product_id, code, n from license_generator_module_use";
    let mut gone: Vec<Key> = Vec::new();
    let compare = |row: Row| {
        let (key, n) = row.pair();
        match found.get(&key) {
            Some(new) if *new == n => drop(found.remove(&key)),
            _ => gone.push(key),
        }
        Ok(())
    };
    db.for_each(Statement::new(sql), compare).await?;
    let different = found.len().max(gone.len());
    let new: Vec<(Key, i64)> = found.into_iter().collect();
    let deletions = gone.chunks(TOGETHER).map(deletion);
    let statements: Vec<Statement> = deletions.chain(new.chunks(TOGETHER).map(insertion)).collect();
    let mut rest = statements.into_iter().peekable();
    loop {
        let batch = rest.by_ref().take(BATCH).fold(Batch::new(), Batch::and);
        if rest.peek().is_some() {
            db.batch(batch).await?;
        } else {
            db.batch(batch.and(fold::counted(before, now))).await?;
            return Ok(different);
        }
    }
}

fn deletion(keys: &[Key]) -> Statement {
    let one = "(organisation_id = ? and product_id = ? and code = ?)";
    let sql = format!(
        "delete from license_generator_module_use where {}",
        vec![one; keys.len()].join(" or ")
    );
    let values = keys.iter().flat_map(|(a, b, c)| [a, b, c].map(Value::from));
    Statement::new(sql).bind_all(values)
}

fn insertion(rows: &[(Key, i64)]) -> Statement {
    let sql = format!(
        "insert into license_generator_module_use (organisation_id, product_id, code, n) \
         values {}",
        vec!["(?, ?, ?, ?)"; rows.len()].join(", ")
    );
    let values =
        rows.iter().flat_map(|((a, b, c), n)| [a.into(), b.into(), c.into(), Value::from(*n)]);
    Statement::new(sql).bind_all(values)
}
