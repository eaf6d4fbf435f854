//! SQL with its values: one text for both databases, or one each; `{scope}` where the branch goes.

use std::borrow::Cow;

use super::Value;
use crate::Scope;
use crate::scope::Rows;

/// Which database the host runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `SQLite`, embedded in the host.
    Sqlite,
    /// `MariaDB` ≥ 10.6.
    MariaDb,
}

/// The text of a statement with `?` placeholders, before a database is known.
#[derive(Debug, Clone)]
pub struct Sql {
    sqlite: Cow<'static, str>,
    mariadb: Option<Cow<'static, str>>,
}

impl Sql {
    /// The same text on both databases.
    pub fn both(text: impl Into<Cow<'static, str>>) -> Self {
        Self { sqlite: text.into(), mariadb: None }
    }

    /// A text for each database, with the same placeholders in the same order.
    pub fn per(
        sqlite: impl Into<Cow<'static, str>>,
        mariadb: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { sqlite: sqlite.into(), mariadb: Some(mariadb.into()) }
    }

    fn text(self, dialect: Dialect) -> Cow<'static, str> {
        match (dialect, self.mariadb) {
            (Dialect::MariaDb, Some(text)) => text,
            _ => self.sqlite,
        }
    }
}

impl From<&'static str> for Sql {
    fn from(text: &'static str) -> Self {
        Self::both(text)
    }
}
impl From<String> for Sql {
    fn from(text: String) -> Self {
        Self::both(text)
    }
}

/// A statement and the values bound to its placeholders.
///
/// ```
/// # use plugin_api::{Scope, db::Statement};
/// # let (scope, id) = (Scope::everything(), "x");
/// let statement = Statement::new("select name from thing where thing_id = ? and {scope}")
///     .bind(id)
///     .scope(&scope, "organisation_id");
/// ```
#[derive(Debug, Clone)]
pub struct Statement {
    sql: Sql,
    params: Vec<Value>,
    scope: Option<(Scope, Cow<'static, str>, Rows)>,
    pub(super) label: Cow<'static, str>,
    pub(super) expect_rows: Option<u64>,
}

impl Statement {
    /// A statement without values yet.
    pub fn new(sql: impl Into<Sql>) -> Self {
        Self {
            sql: sql.into(),
            params: Vec::new(),
            scope: None,
            label: Cow::Borrowed(""),
            expect_rows: None,
        }
    }

    /// Binds the next `?`.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.params.push(value.into());
        self
    }

    /// Binds several values in order.
    #[must_use]
    pub fn bind_all(mut self, values: impl IntoIterator<Item = Value>) -> Self {
        self.params.extend(values);
        self
    }

    /// Puts the predicate "`column` lies in the caller's branch" where the text says `{scope}`.
    #[must_use]
    pub fn scope(mut self, scope: &Scope, column: impl Into<Cow<'static, str>>) -> Self {
        self.scope = Some((scope.clone(), column.into(), Rows::Few));
        self
    }

    /// The same for a list that may look at any number of rows: quicker where the caller's branch is
    /// a small part of the table, slower where single rows are looked up in a large branch.
    #[must_use]
    pub fn scope_of_many(mut self, scope: &Scope, column: impl Into<Cow<'static, str>>) -> Self {
        self.scope = Some((scope.clone(), column.into(), Rows::Many));
        self
    }

    /// Names the statement in a batch, so that a [mismatch](crate::Fault::is_mismatch) can be told.
    #[must_use]
    pub fn label(mut self, label: impl Into<Cow<'static, str>>) -> Self {
        self.label = label.into();
        self
    }

    /// In a batch: aborts the whole batch unless exactly `rows` rows are changed. `MariaDB` counts
    /// rows found, not rows whose values differ, as `SQLite` does.
    #[must_use]
    pub fn expect_rows(mut self, rows: u64) -> Self {
        self.expect_rows = Some(rows);
        self
    }

    /// The text and values as the database of `dialect` gets them.
    pub fn render(self, dialect: Dialect) -> Rendered {
        let mut text = self.sql.text(dialect);
        let mut params = self.params;
        if let Some((scope, column, rows)) = self.scope
            && let Some(at) = text.find("{scope}")
        {
            let before = text[..at].matches('?').count();
            let (predicate, values) = scope.predicate(&column, rows);
            text = Cow::Owned(text.replacen("{scope}", &predicate, 1));
            let before = before.min(params.len());
            params.splice(before..before, values);
        }
        Rendered {
            sql: text.into_owned(),
            params,
            label: self.label.into_owned(),
            expect_rows: self.expect_rows,
        }
    }
}

/// A statement ready for one database: what crosses the border.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rendered {
    /// SQL text of that database's dialect, `?` placeholders.
    pub sql: String,
    /// One value per placeholder.
    pub params: Vec<Value>,
    /// Its name in a batch; empty if it has none.
    pub label: String,
    /// How many rows it must change in a batch, if that matters.
    pub expect_rows: Option<u64>,
}
