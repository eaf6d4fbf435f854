//! The statements of a table. Text comes from the spec, whatever a reader wrote is bound.

use std::fmt::Write as _;

use super::asked::Asked;
use super::column::{Column, FilterBy};
use super::cursor::Cursor;
use super::filter::Filter;
use super::fold::fold;
use super::spec::{Order, TableSpec};
use crate::Scope;
use crate::db::{Statement, Value};

/// Further words of a search are ignored: each costs a look at every row.
const MOST_WORDS: usize = 8;

/// SQL under construction with its values.
#[derive(Debug, Default)]
struct Draft {
    text: String,
    values: Vec<Value>,
    now: i64,
}

impl Draft {
    /// Appends SQL of the spec, whose `?` take `values` in order.
    fn piece(&mut self, sql: &str, values: &[Value]) {
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

    fn sql(&mut self, sql: &str) -> &mut Self {
        self.piece(sql, &[]);
        self
    }

    /// Appends a placeholder with its value.
    fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        let value = value.into();
        // MariaDB refuses to compare an ASCII column with a text beyond ASCII unless the text is
        // the result of an expression.
        let beyond = matches!(&value, Value::Text(text) if !text.is_ascii());
        self.text.push_str(if beyond { "cast(? as char)" } else { "?" });
        self.values.push(value);
        self
    }

    /// Appends `expression like '%needle%'`; the needle is folded, the expression at least lower
    /// case, because the databases disagree about case in `like`.
    fn contains(&mut self, expression: &str, needle: &str) {
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

    fn finish(self, spec: &TableSpec, scope: &Scope) -> Statement {
        Statement::new(self.text).bind_all(self.values).scope_of_many(scope, spec.source.scope)
    }
}

impl TableSpec {
    /// One page: sort value and id of each row, then its cells as [`Column::expressions`] says. One
    /// row more than asked for tells whether there are more.
    pub(super) fn page(&self, asked: &Asked, scope: &Scope, now: i64) -> Statement {
        self.selected(&self.cell_list(asked), asked, scope, now, Some(asked.limit + 1))
    }

    /// The same for every row there is, for an export.
    pub(super) fn everything(
        &self,
        asked: &Asked,
        scope: &Scope,
        now: i64,
        at_most: Option<usize>,
    ) -> Statement {
        let all = Asked { cursor: None, ..asked.clone() };
        self.selected(&self.cell_list(&all), &all, scope, now, at_most)
    }

    fn cell_list(&self, asked: &Asked) -> String {
        let chosen = asked.columns.iter().filter_map(|at| self.columns.get(*at));
        let mut list = String::new();
        for (n, expression) in chosen.flat_map(Column::expressions).enumerate() {
            let _ = write!(list, ", {expression} as cell_{n}");
        }
        list
    }

    /// Sort value, id and `list` (SQL that begins with a comma) of one page.
    pub(super) fn selected(
        &self,
        list: &str,
        asked: &Asked,
        scope: &Scope,
        now: i64,
        at_most: Option<usize>,
    ) -> Statement {
        let mut draft = Draft { now, ..Draft::default() };
        let sort = self.sort_expression(asked);
        let key = sort.unwrap_or("null");
        draft.sql("select ").sql(key).sql(" as sort_key, ").sql(self.source.id).sql(" as row_id");
        draft.sql(list);
        self.matching(&mut draft, asked);
        let mut descending = asked.sort.1 == Order::Descending;
        if let Some(cursor) = &asked.cursor {
            descending ^= cursor.backward;
            draft.sql(" and ");
            after(&mut draft, sort, self.source.id, cursor, descending);
        }
        let direction = if descending { " desc" } else { "" };
        draft.sql(" order by ");
        if sort.is_some() {
            draft.sql("sort_key").sql(direction).sql(", ");
        }
        draft.sql("row_id").sql(direction);
        if let Some(rows) = at_most {
            let _ = write!(draft.text, " limit {rows}");
        }
        draft.finish(self, scope)
    }

    /// How many rows match, counted no further than `at_most`.
    pub(super) fn counted(
        &self,
        asked: &Asked,
        scope: &Scope,
        now: i64,
        at_most: Option<usize>,
    ) -> Statement {
        let mut draft = Draft { now, ..Draft::default() };
        draft.sql("select count(*)");
        if at_most.is_some() {
            draft.sql(" from (select 1 as found");
        }
        self.matching(&mut draft, asked);
        if let Some(rows) = at_most {
            let _ = write!(draft.text, " limit {rows}) counted");
        }
        draft.finish(self, scope)
    }

    /// `list` for each different value of `group` among the rows that match, by that value.
    pub(super) fn grouped(
        &self,
        list: &str,
        group: &str,
        asked: &Asked,
        scope: &Scope,
        now: i64,
    ) -> Statement {
        let mut draft = Draft { now, ..Draft::default() };
        draft.sql("select ").sql(list);
        self.matching(&mut draft, asked);
        draft.sql(" group by ").sql(group).sql(" order by ").sql(group);
        draft.finish(self, scope)
    }

    fn sort_expression(&self, asked: &Asked) -> Option<&str> {
        self.columns.get(asked.sort.0?)?.sort.as_deref()
    }

    /// Appends `from … where …`.
    fn matching(&self, draft: &mut Draft, asked: &Asked) {
        draft.sql(" from ").sql(self.source.from).sql(" where {scope}");
        for (condition, values) in &self.conditions {
            draft.sql(" and (");
            draft.piece(condition, values);
            draft.sql(")");
        }
        for word in fold(&asked.q).split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS) {
            draft.sql(" and (");
            for (n, column) in self.search.iter().enumerate() {
                if n > 0 {
                    draft.sql(" or ");
                }
                draft.contains(column, word);
            }
            draft.sql(if self.search.is_empty() { "1 = 1)" } else { ")" });
        }
        for (at, filter) in &asked.filters {
            if let Some(column) = self.columns.get(*at) {
                draft.sql(" and (");
                filtered(draft, column, filter);
                draft.sql(")");
            }
        }
    }
}

impl Column {
    /// What a select lists for this column: its value, then its second value and the id of its
    /// link if it has them.
    pub(super) fn expressions(&self) -> impl Iterator<Item = &str> {
        let link = self.link.as_ref().map(|(_, sql)| sql.as_ref());
        [Some(self.sql.as_ref()), self.second.as_deref(), link].into_iter().flatten()
    }
}

fn filtered(draft: &mut Draft, column: &Column, filter: &Filter) {
    match filter {
        Filter::Contains(text) => {
            let expression = column.folded.as_ref().unwrap_or(&column.sql);
            draft.contains(expression, &fold(text));
        }
        Filter::OneOf(values) => {
            let Some(FilterBy::OneOf { sql, .. }) = &column.filter else { return };
            draft.sql(sql).sql(" in (");
            for (n, value) in values.iter().enumerate() {
                draft.sql(if n > 0 { ", " } else { "" }).bind(value);
            }
            draft.sql(")");
        }
        Filter::Between(from, to) => {
            if let Some(from) = from {
                draft.sql(&column.sql).sql(" >= ").bind(*from);
            }
            if from.is_some() && to.is_some() {
                draft.sql(" and ");
            }
            if let Some(to) = to {
                draft.sql(&column.sql).sql(" <= ").bind(*to);
            }
        }
        Filter::Is(yes) => {
            draft.sql("coalesce(").sql(&column.sql).sql(", 0) = ").bind(*yes);
        }
    }
}

/// Appends "comes after the row of the cursor". Both databases put NULL before everything when
/// ascending and after everything when descending.
fn after(draft: &mut Draft, sort: Option<&str>, id: &str, cursor: &Cursor, descending: bool) {
    let beyond = if descending { " < " } else { " > " };
    let Some(sort) = sort else {
        draft.sql(id).sql(beyond).bind(cursor.id.as_str());
        return;
    };
    draft.sql("(");
    match (&cursor.value, descending) {
        (Value::Null, true) => {
            draft.sql(sort).sql(" is null");
        }
        (Value::Null, false) => {
            draft.sql(sort).sql(" is not null or ").sql(sort).sql(" is null");
        }
        (value, _) => {
            draft.sql(sort).sql(beyond).bind(value.clone()).sql(" or ");
            if descending {
                draft.sql(sort).sql(" is null or ");
            }
            draft.sql(sort).sql(" = ").bind(value.clone());
        }
    }
    draft.sql(" and ").sql(id).sql(beyond).bind(cursor.id.as_str()).sql(")");
}
