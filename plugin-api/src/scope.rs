//! Whose rows a caller may touch: everything, one branch of the organisation tree, or nothing.

use serde::{Deserialize, Serialize};

use crate::db::Value;

/// The branch of the organisation tree a statement is confined to.
///
/// Rows store only `organisation_id`; the host keeps `host_organisation(organisation_id, path, …)`,
/// so that moving a branch is one update. A foreign id answers exactly like one that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope(Reach);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Reach {
    Nothing,
    Everything,
    /// Materialised path of the branch's top, `/…/…/`.
    Branch(String),
}

impl Scope {
    /// No row at all: an anonymous caller.
    pub const fn nothing() -> Self {
        Self(Reach::Nothing)
    }

    /// Every row: the vendor's own people, jobs, and calls whose credential is a key that names its
    /// row by itself.
    pub const fn everything() -> Self {
        Self(Reach::Everything)
    }

    /// The node with this materialised path and all below it.
    pub fn branch(path: impl Into<String>) -> Self {
        Self(Reach::Branch(path.into()))
    }

    /// Whether a node with this path is inside.
    pub fn covers(&self, path: &str) -> bool {
        match &self.0 {
            Reach::Nothing => false,
            Reach::Everything => true,
            Reach::Branch(top) => path.starts_with(top.as_str()),
        }
    }

    /// The SQL predicate for `column`, an `organisation_id`, and its values.
    pub(crate) fn predicate(&self, column: &str, rows: Rows) -> (String, Vec<Value>) {
        let top = match &self.0 {
            Reach::Nothing => return ("1 = 0".to_owned(), Vec::new()),
            Reach::Everything => return ("1 = 1".to_owned(), Vec::new()),
            Reach::Branch(top) => top,
        };
        // A range, not LIKE: both databases use the index, and `%` needs no escape.
        let sql = match rows {
            Rows::Few => format!(
                "exists (select 1 from (select organisation_id as node_id, path as node_path \
                 from host_organisation) node \
                 where node_id = {column} and node_path >= ? and node_path < ?)"
            ),
            Rows::Many => format!(
                "{column} in (select organisation_id from host_organisation \
                 where path >= ? and path < ?)"
            ),
        };
        // '0' follows '/' in ASCII, so this is the first text after every `top…`.
        let end = format!("{}0", top.trim_end_matches('/'));
        (sql, vec![top.as_str().into(), end.into()])
    }
}

/// How many rows a scope is asked about, which decides how: both ways say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rows {
    /// Each row looks up its own node. Found or foreign, a row costs the same as none at all, however
    /// many nodes the branch has. The inner names differ from every column, so that `column` means
    /// the outer one.
    Few,
    /// The nodes of the branch look up their rows: a small branch of a large table.
    Many,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{Dialect, Statement};

    #[test]
    fn the_branch_is_bound_where_the_text_says_scope() {
        let rendered = Statement::new("select 1 from t where a = ? and {scope} and b = ?")
            .bind(1i64)
            .bind(2i64)
            .scope(&Scope::branch("/r/s/"), "t.organisation_id")
            .render(Dialect::Sqlite);
        assert_eq!(
            rendered.params,
            vec![Value::Int(1), "/r/s/".into(), "/r/s0".into(), Value::Int(2)]
        );
        assert!(rendered.sql.contains("node_id = t.organisation_id"), "{}", rendered.sql);
    }

    #[test]
    fn a_list_asks_the_branch_for_its_rows() {
        let rendered = Statement::new("select 1 from t where {scope}")
            .scope_of_many(&Scope::branch("/r/s/"), "t.organisation_id")
            .render(Dialect::MariaDb);
        assert!(rendered.sql.contains("t.organisation_id in (select"), "{}", rendered.sql);
    }

    #[test]
    fn nothing_matches_no_row() {
        let rendered = Statement::new("select 1 where {scope}")
            .scope(&Scope::nothing(), "x")
            .render(Dialect::MariaDb);
        assert_eq!(rendered.sql, "select 1 where 1 = 0");
    }

    #[test]
    fn a_sibling_with_the_same_prefix_is_outside() {
        assert!(Scope::branch("/a/b/").covers("/a/b/c/"));
        assert!(!Scope::branch("/a/b/").covers("/a/bc/"));
    }
}
