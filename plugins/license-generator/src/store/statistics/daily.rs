//! The daily figures: read for a span of days, replaced one day at a time, handed over.
//!
//! Unscoped: the scope is part of what each function is asked within.

use plugin_api::db::{Batch, Db, Sql, Statement, Value};
use plugin_api::{Fault, Scope};

use super::Within;
use super::history::Count;

/// Rows of one insert.
const TOGETHER: usize = 50;

/// The figures of the days from `from` to before `to`, all organisations together.
pub async fn read(db: &Db, within: &Within, (from, to): (i64, i64)) -> Result<Vec<Count>, Fault> {
    let head = "select d.day, '' as organisation_id, d.measure, d.product_id, d.subject, \
        d.currency, cast(sum(d.n) as signed) as n, cast(sum(d.amount) as signed) as amount \
        from license_generator_daily d where d.day >= ? and d.day < ?";
    let tail = "group by d.day, d.measure, d.product_id, d.subject, d.currency";
    let values = vec![from.into(), to.into()];
    db.all(within.select((head, values), ("d.organisation_id", "d.product_id"), tail)).await
}

/// The batch that puts `counts` in place of what is there for the days from `from` to before `to`.
///
/// Unscoped: days are folded for everybody.
pub fn replacing((from, to): (i64, i64), counts: &[Count]) -> Batch {
    let delete = "delete from license_generator_daily where day >= ? and day < ?";
    let batch = Batch::new().and(Statement::new(delete).bind(from).bind(to));
    counts.chunks(TOGETHER).fold(batch, |batch, rows| batch.and(insertion(rows)))
}

fn insertion(rows: &[Count]) -> Statement {
    let places = vec!["(?, ?, ?, ?, ?, ?, ?, ?)"; rows.len()].join(", ");
    // Two ways to count may find the same: licences sold and trials converted on one day.
    let insert = format!(
        "insert into license_generator_daily \
         (day, organisation_id, measure, product_id, subject, currency, n, amount) \
         values {places}"
    );
    let values = rows.iter().flat_map(|row| -> [Value; 8] {
        [
            row.day.into(),
            row.organisation_id.as_str().into(),
            row.measure.as_str().into(),
            row.product_id.as_str().into(),
            row.subject.as_str().into(),
            row.currency.as_str().into(),
            row.n.into(),
            row.amount.into(),
        ]
    });
    Statement::new(added(&insert)).bind_all(values)
}

/// `insert`, adding to the row that is there already.
fn added(insert: &str) -> Sql {
    const KEY: &str = "(day, measure, organisation_id, product_id, subject, currency)";
    Sql::per(
        format!(
            "{insert} on conflict {KEY} do update set n = n + excluded.n, \
             amount = amount + excluded.amount"
        ),
        format!(
            "{insert} on duplicate key update n = license_generator_daily.n + values(n), \
             amount = license_generator_daily.amount + values(amount)"
        ),
    )
}

/// The batch that adds the figures of one node to those of another.
pub fn handing_over(batch: Batch, scope: &Scope, from: &str, into: &str) -> Batch {
    let insert = "insert into license_generator_daily \
        (day, organisation_id, measure, product_id, subject, currency, n, amount) \
        select f.day, ?, f.measure, f.product_id, f.subject, f.currency, f.n, f.amount \
        from license_generator_daily f where f.organisation_id = ? and {scope}";
    let add = Statement::new(added(insert)).bind(into).bind(from);
    let delete =
        Statement::new("delete from license_generator_daily where organisation_id = ? and {scope}")
            .bind(from);
    batch.and(add.scope(scope, "f.organisation_id")).and(delete.scope(scope, "organisation_id"))
}
