//! Which tables a statement touches: a plugin owns those with its prefix and nothing else.

/// The first table of `sql` that is neither `plugin`'s own, nor a published view, nor the
/// organisation tree inside the predicate of a scope.
pub(crate) fn foreign(plugin: &str, sql: &str) -> Option<String> {
    let prefix = format!("{}_", plugin.replace('-', "_"));
    let tokens = tokens(sql);
    let named = names_of_expressions(&tokens);
    let mut tables = touched(&tokens).into_iter();
    tables
        .find(|(at, table)| {
            let allowed = table.starts_with(&prefix)
                || is_published_view(table)
                || named.contains(table)
                || (table == "host_organisation" && is_scope(&tokens, *at));
            !allowed
        })
        .map(|(_, table)| table)
}

/// The statements of a migration, which end with `;` at the end of a line; comments left out.
pub(crate) fn statements(sql: &str) -> Vec<String> {
    let lines = sql.lines().filter(|line| !line.trim_start().starts_with("--"));
    let text = lines.map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n";
    let statements = text.split(";\n").map(str::trim);
    statements.filter(|statement| !statement.is_empty()).map(str::to_owned).collect()
}

/// The tables, views and indexes a statement of a migration creates, changes or drops.
pub(crate) fn defined(sql: &str) -> Vec<String> {
    let tokens = tokens(sql);
    let verb = tokens.first().map_or("", String::as_str);
    if !matches!(verb, "create" | "alter" | "drop") {
        return Vec::new();
    }
    let Some(kind) =
        tokens.iter().position(|token| matches!(token.as_str(), "table" | "view" | "index"))
    else {
        return Vec::new();
    };
    let mut rest =
        tokens.iter().skip(kind + 1).skip_while(|t| matches!(t.as_str(), "if" | "not" | "exists"));
    let mut names: Vec<String> = rest.next().cloned().into_iter().collect();
    if tokens.get(kind).is_some_and(|kind| kind == "index") {
        names.extend(rest.skip_while(|t| *t != "on").nth(1).cloned());
    }
    names
}

/// `…_v1`, `…_v2` and so on.
fn is_published_view(table: &str) -> bool {
    let version = table.rsplit_once("_v").map_or("", |(_, version)| version);
    !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit())
}

/// Whether the table at `at` stands where the predicate of a scope has it, in one of its two forms.
fn is_scope(tokens: &[String], at: usize) -> bool {
    const FEW: (&str, &str) = (
        "exists ( select 1 from ( select organisation_id as node_id , path as node_path from",
        ") node where node_id =",
    );
    const MANY: (&str, &str) = ("in ( select organisation_id from", "where path");
    [FEW, MANY].into_iter().any(|(before, after)| {
        let before: Vec<&str> = before.split(' ').collect();
        let after: Vec<&str> = after.split(' ').collect();
        let head = tokens.get(at.saturating_sub(before.len())..at).unwrap_or_default();
        let tail = tokens.get(at + 1..at + 1 + after.len()).unwrap_or_default();
        head == before && tail == after
    })
}

/// Words, lower case, and single signs; texts and comments are left out.
fn tokens(sql: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut chars = sql.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\'' => while chars.next().is_some_and(|c| c != '\'') {},
            '-' if chars.peek() == Some(&'-') => while chars.next().is_some_and(|c| c != '\n') {},
            '"' | '`' => {
                let mut name = String::new();
                while let Some(part) = chars.next().filter(|part| *part != c) {
                    name.push(part);
                }
                tokens.push(name.to_lowercase());
            }
            c if is_word(c) => {
                let mut word = String::from(c);
                while let Some(part) = chars.next_if(|c| is_word(*c)) {
                    word.push(part);
                }
                tokens.push(word.to_lowercase());
            }
            c if c.is_whitespace() => {}
            c => tokens.push(c.to_string()),
        }
    }
    tokens
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '$')
}

/// What `with name as (…)` defines.
fn names_of_expressions(tokens: &[String]) -> Vec<String> {
    if !tokens.iter().any(|token| token == "with") {
        return Vec::new();
    }
    let defined = tokens.windows(3).filter_map(|three| match three {
        [name, a, b] if a == "as" && b == "(" => Some(name.clone()),
        _ => None,
    });
    defined.collect()
}

/// The tables after `from`, `join`, `into` and `update`, each with its position.
fn touched(tokens: &[String]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    // Per open parenthesis: whether a select began in it, and whether its list of tables is open.
    let mut depths = vec![(false, false)];
    let mut expects = false;
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at)).map_or("", String::as_str);
        let next = tokens.get(at + 1).map_or("", String::as_str);
        let Some((selects, lists)) = depths.last_mut() else { break };
        match token.as_str() {
            "(" => {
                expects = false;
                depths.push((false, false));
            }
            ")" => {
                depths.pop();
            }
            "select" | "delete" => *selects = true,
            "from" if *selects && before != "distinct" => (expects, *lists) = (true, true),
            "join" | "into" => expects = true,
            "update" if !matches!(before, "key" | "for" | "do") => expects = true,
            "," if *lists => expects = true,
            "where" | "group" | "order" | "limit" | "having" | "union" | "set" | "on" => {
                *lists = false;
            }
            "or" | "ignore" | "replace" | "lateral" | "rollback" | "abort" if expects => {}
            // A table-valued function, not the columns of an insert.
            name if expects => {
                expects = false;
                if next != "(" || matches!(before, "into" | "update") {
                    found.push((at, name.to_owned()));
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use plugin_api::Scope;
    use plugin_api::db::{Dialect, Statement};

    use super::*;

    fn foreign_in(sql: &str) -> Option<String> {
        foreign("license-generator", sql)
    }

    #[test]
    fn own_tables_and_published_views_are_free() {
        for sql in [
            "select l.a from license_generator_licence l \
             left join customer_accounts_v1 c on c.x = l.x where l.a = 'from other'",
            "insert into license_generator_licence (a) values (?) on conflict (a) do update set a = 1",
            "insert into license_generator_licence (a) values (?) on duplicate key update a = ?",
            "insert or ignore into license_generator_product (a) select b from license_generator_x",
            "update license_generator_licence set a = 1 where b in (select c from license_generator_d)",
            "delete from license_generator_licence where a = ?",
            "with t as (select 1 as a from license_generator_licence) select a from t, json_each(?)",
            "select extract(year from created_at), trim(' ' from x) from license_generator_licence",
            "select a from license_generator_licence where a is distinct from b for update",
            "select a, (select count(*) from license_generator_y y where y.a = l.a), b \
             from license_generator_licence l, license_generator_z z order by a, b",
            "select 1 -- from other\n from \"license_generator_a\"",
        ] {
            assert_eq!(foreign_in(sql), None, "{sql}");
        }
    }

    #[test]
    fn every_other_table_is_foreign_wherever_it_stands() {
        for (sql, table) in [
            ("select 1 from customer_accounts_customer", "customer_accounts_customer"),
            ("SELECT 1 FROM `Host_User`", "host_user"),
            ("select 1 from license_generator_a a, host_user u", "host_user"),
            ("select 1 from license_generator_a join host_user on 1 = 1", "host_user"),
            ("insert into host_audit (a) values (1)", "host_audit"),
            ("insert into host_audit(a) values (1)", "host_audit"),
            ("update host_user set a = 1", "host_user"),
            ("update license_generator_a set b = (select c from host_user)", "host_user"),
            ("delete from host_user", "host_user"),
            ("replace into host_user values (1)", "host_user"),
            ("select 1 from license_generator", "license_generator"),
            ("select 1 from sqlite_master", "sqlite_master"),
            ("select 1 from information_schema.tables", "information_schema.tables"),
            ("select path from host_organisation where organisation_id = ?", "host_organisation"),
            ("select 1 from x_v", "x_v"),
        ] {
            assert_eq!(foreign_in(sql).as_deref(), Some(table), "{sql}");
        }
    }

    #[test]
    fn the_predicate_of_a_scope_may_read_the_tree() {
        let select = || Statement::new("select 1 from license_generator_licence l where {scope}");
        let (branch, column) = (Scope::branch("/a/"), "l.organisation_id");
        for scoped in [select().scope(&branch, column), select().scope_of_many(&branch, column)] {
            let sql = scoped.render(Dialect::Sqlite).sql;
            assert_eq!(foreign_in(&sql), None, "{sql}");
        }
    }
}
