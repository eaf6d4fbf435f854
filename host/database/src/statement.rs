//! What both databases check of a statement before and after they run it.

use plugin_api::db::Rendered;
use plugin_api::{Fault, FaultKind};

/// What a statement may begin with. Everything else would change the connection or the transaction
/// it runs in (`commit`, `set`, `pragma`), and connections are shared.
const VERBS: [&str; 13] = [
    "select", "with", "values", "insert", "replace", "update", "delete", "create", "alter", "drop",
    "truncate", "rename", "explain",
];

/// How many rows a stream hands over at once.
pub(crate) const CHUNK: usize = 500;

/// Refuses a statement that would reach beyond itself.
pub(crate) fn check_verb(sql: &str) -> Result<(), Fault> {
    let verb = first_word(sql);
    if VERBS.iter().any(|known| known.eq_ignore_ascii_case(verb)) {
        return Ok(());
    }
    Err(Fault::new(FaultKind::Refused, format!("a statement cannot begin with {verb:?}")))
}

/// Refuses a batch in which a statement would reach beyond itself.
pub(crate) fn check_verbs(statements: &[Rendered]) -> Result<(), Fault> {
    statements.iter().try_for_each(|statement| check_verb(&statement.sql))
}

/// Compares the rows a statement changed with those it had to change.
pub(crate) fn check_rows(statement: &Rendered, changed: u64) -> Result<(), Fault> {
    match statement.expect_rows {
        Some(expected) if expected != changed => Err(Fault::new(
            FaultKind::Mismatch,
            format!("{:?} changed {changed} rows instead of {expected}", statement.label),
        )
        .about(statement.label.as_str())),
        _ => Ok(()),
    }
}

/// The first word after blanks, comments and opening brackets.
fn first_word(sql: &str) -> &str {
    let mut rest = sql;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '(');
        if let Some(comment) = rest.strip_prefix("--") {
            rest = comment.split_once('\n').map_or("", |(_, after)| after);
        } else if let Some(comment) = rest.strip_prefix("/*") {
            // MariaDB runs what stands in `/*! … */`, so that is no comment to skip.
            if comment.starts_with(['!', 'M']) {
                return "/*!";
            }
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
        } else {
            let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
            return rest.get(..end).unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_that_reach_beyond_themselves_are_refused() {
        for sql in
            ["commit", "  -- why\n commit", "/* x */ SET a = 1", "/*! commit */", "", "pragma x"]
        {
            assert_eq!(check_verb(sql).unwrap_err().kind, FaultKind::Refused, "{sql}");
        }
        for sql in ["select 1", " -- why\n\tInsert into a", "(select 1) union (select 2)"] {
            assert_eq!(check_verb(sql), Ok(()), "{sql}");
        }
    }

    #[test]
    fn a_mismatch_names_the_statement() {
        let mut statement = Rendered { label: "seat".into(), ..Rendered::default() };
        assert_eq!(check_rows(&statement, 7), Ok(()));
        statement.expect_rows = Some(1);
        assert_eq!(check_rows(&statement, 1), Ok(()));
        assert!(check_rows(&statement, 0).unwrap_err().is_mismatch("seat"));
    }
}
