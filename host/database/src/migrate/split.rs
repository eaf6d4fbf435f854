//! Where one statement of a migration ends and the next begins.

/// The statements of `sql`: each ends with a `;` at the end of a line that is no comment.
pub(super) fn split(sql: &str) -> Vec<&str> {
    let mut statements = Vec::new();
    let mut rest = sql;
    let mut at = 0;
    for line in sql.split_inclusive('\n') {
        at += line.len();
        let text = line.trim();
        if text.ends_with(';') && !text.starts_with("--") {
            let (statement, after) = rest.split_at(at);
            statements.push(statement);
            (rest, at) = (after, 0);
        }
    }
    statements.push(rest);
    statements
        .into_iter()
        .map(|statement| statement.trim().trim_end_matches(';').trim_end())
        .filter(|statement| statement.lines().any(is_sql))
        .collect()
}

fn is_sql(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with("--")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_end_with_a_semicolon_at_the_end_of_a_line() {
        let sql = "-- why: this;\ncreate table a (\n  b text default ';' -- x\n);\r\n\n-- two;\n\
                   insert into a values ('x; y');  \nselect 1";
        assert_eq!(
            split(sql),
            [
                "-- why: this;\ncreate table a (\n  b text default ';' -- x\n)",
                "-- two;\ninsert into a values ('x; y')",
                "select 1"
            ]
        );
        assert!(split("-- nothing;\n;\n\n").is_empty());
    }
}
