//! What taking reports in reads and writes. Unscoped throughout: software that reports itself has no
//! branch, and everything is addressed by ids computed from what it said.

mod counts;
mod history;
mod installations;
mod names;
mod reports;
mod rules;

pub(crate) use counts::{Activity, activity};
pub(crate) use history::{DayRow, FaceRow, days, faces, faces_of};
pub(crate) use installations::{Change, Row, insertions, product, rows, updates};
pub(crate) use names::{CompanyRow, SoftwareRow, companies, software};
pub(crate) use reports::{
    RELEASED, ReportRow, Written, forget_key, forget_keys, insertions as reports, quarantined,
    released, unquarantined, written,
};
pub(crate) use rules::{Rule, all as rules};

use plugin_api::db::{Sql, Statement, Value};

/// Rows written by one statement at most; what is over is written by halves of it, so that there are
/// few different texts and the database keeps them prepared.
const MOST: usize = 64;

/// Inserts `rows` of as many values as `columns` names, with `sqlite` or `mariadb` behind them, which
/// say what happens to those that are there.
fn inserted(
    table: &str,
    columns: &str,
    (sqlite, mariadb): (&str, &str),
    rows: Vec<Vec<Value>>,
) -> Vec<Statement> {
    let width = columns.split(',').count();
    let place = format!("({})", vec!["?"; width].join(", "));
    let mut left = rows.into_iter();
    let mut statements = Vec::new();
    while left.len() > 0 {
        let count = chunk(left.len());
        let places = vec![place.as_str(); count].join(", ");
        let insert = format!("insert into {table} ({columns}) values {places}");
        let sql = Sql::per(format!("{insert} {sqlite}"), format!("{insert} {mariadb}"));
        statements.push(Statement::new(sql).bind_all(left.by_ref().take(count).flatten()));
    }
    statements
}

/// A power of two: at most [`MOST`], at most `left`.
fn chunk(left: usize) -> usize {
    let mut count = MOST;
    while count > left.max(1) {
        count /= 2;
    }
    count
}

/// Statements that each read or change the rows of some of `ids`: `{ids}` in `sql` becomes as many
/// places.
fn about<'a>(sql: &str, ids: impl IntoIterator<Item = &'a str>) -> Vec<Statement> {
    let mut left = ids.into_iter().collect::<Vec<_>>().into_iter();
    let mut statements = Vec::new();
    while left.len() > 0 {
        let count = chunk(left.len());
        let text = sql.replace("{ids}", &vec!["?"; count].join(", "));
        statements.push(Statement::new(text).bind_all(left.by_ref().take(count).map(Value::from)));
    }
    statements
}

#[cfg(test)]
mod tests {
    use super::*;
    use plugin_api::db::Dialect;

    #[test]
    fn rows_are_written_by_powers_of_two() {
        let rows = (0..200i64).map(|n| vec![n.into(), n.into()]).collect();
        let statements = inserted("t", "a, b", ("", ""), rows);
        let counts: Vec<usize> = statements
            .into_iter()
            .map(|statement| statement.render(Dialect::Sqlite).params.len() / 2)
            .collect();
        assert_eq!(counts, [64, 64, 64, 8]);
        assert!(about("{ids}", []).is_empty());
    }
}
