//! SQL under construction: text comes from the spec, whatever a reader wrote is bound.

use super::column::{Column, Kind};
use super::filter::{End, in_minor};
use super::spec::{Lookup, TableSpec};
use crate::db::{Statement, Value};
use crate::{Scope, money};

/// SQL under construction with its values.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) text: String,
    values: Vec<Value>,
    now: i64,
}

impl Draft {
    /// Nothing yet; `{now}` in what follows is `now`, unix milliseconds.
    pub(super) fn new(now: i64) -> Self {
        Self { now, ..Self::default() }
    }

    /// Appends SQL of the spec, whose `?` take `values` in order.
    pub(super) fn piece(&mut self, sql: &str, values: &[Value]) {
        let mut values = values.iter();
        let mut rest = sql;
        while let Some(at) = rest.find(['?', '{']) {
            let (before, after) = rest.split_at(at);
            self.text.push_str(before);
            rest = if let Some(after) = after.strip_prefix("{now}") {
                self.bind(self.now);
                after
            } else if let Some(after) = after.strip_prefix('?') {
                self.bind(values.next().cloned().unwrap_or_default());
                after
            } else {
                self.text.push('{');
                after.strip_prefix('{').unwrap_or(after)
            };
        }
        self.text.push_str(rest);
    }

    pub(super) fn sql(&mut self, sql: &str) -> &mut Self {
        self.piece(sql, &[]);
        self
    }

    /// Appends a placeholder with its value.
    pub(super) fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        let value = value.into();
        // MariaDB refuses to compare an ASCII column with a text beyond ASCII unless the text is
        // the result of an expression.
        let beyond = matches!(&value, Value::Text(text) if !text.is_ascii());
        self.text.push_str(if beyond { "cast(? as char)" } else { "?" });
        self.values.push(value);
        self
    }

    /// Appends one end of a range; of money in the minor units that each row's currency has.
    pub(super) fn bound(&mut self, column: &Column, bound: i64, end: End) -> &mut Self {
        let Some(currency) = column.second.as_ref().filter(|_| column.kind == Kind::Money) else {
            return self.bind(bound);
        };
        let codes = |codes: &[&str]| format!(" in ('{}') then ", codes.join("', '"));
        self.sql("case when ").sql(currency).sql(&codes(&money::WHOLE));
        self.bind(in_minor(bound, 0, end)).sql(" when ").sql(currency);
        self.sql(&codes(&money::THOUSANDTHS)).bind(in_minor(bound, 3, end));
        self.sql(" else ").bind(in_minor(bound, 2, end)).sql(" end")
    }

    /// Appends `expression like '%needle%'`; the needle is folded, the expression at least lower
    /// case, because the databases disagree about case in `like`.
    pub(super) fn contains(&mut self, expression: &str, needle: &str) {
        let mut pattern = String::with_capacity(needle.len() + 2);
        pattern.push('%');
        for c in needle.chars() {
            if matches!(c, '%' | '_' | '!') {
                pattern.push('!');
            }
            pattern.push(c);
        }
        pattern.push('%');
        self.sql("lower(").sql(expression).sql(") like ").bind(pattern).sql(" escape '!'");
    }

    /// Appends what finds the rows with `word` by an index.
    pub(super) fn lookup(&mut self, lookup: Lookup, word: &str) {
        match lookup {
            Lookup::Through(column, select, within) => {
                self.sql(column).sql(" in (").sql(select).sql(" ");
                self.contains(within, word);
                self.sql(")");
            }
            Lookup::Begins(column) => {
                // Such a column has ASCII letters only, which all stand before `~`.
                let word = if word.is_ascii() { word.to_uppercase() } else { "~".to_owned() };
                self.sql("(").sql(column).sql(" >= ").bind(word.as_str());
                self.sql(" and ").sql(column).sql(" < ").bind(format!("{word}~")).sql(")");
            }
        }
    }

    pub(super) fn finish(self, spec: &TableSpec, scope: &Scope) -> Statement {
        Statement::new(self.text).bind_all(self.values).scope_of_many(scope, spec.source.scope)
    }
}
