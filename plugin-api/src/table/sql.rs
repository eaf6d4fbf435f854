//! The statements of a table.

use std::fmt::Write as _;

use super::asked::Asked;
use super::column::{Column, FilterBy};
use super::cursor::Cursor;
use super::draft::Draft;
use super::filter::{End, Filter};
use super::fold::fold;
use super::spec::{Lookup, Order, TableSpec};
use crate::Scope;
use crate::db::{Statement, Value};

/// Begins a text that a column is to be, not only to contain; alone it asks for columns without one.
const EXACTLY: char = '=';
/// Further words of a search are ignored: each costs a look at every row.
const MOST_WORDS: usize = 8;

impl TableSpec {
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

    /// The cells as [`Column::expressions`] says, to follow sort value and id of each row.
    pub(super) fn cell_list(&self, asked: &Asked) -> String {
        let chosen = asked.columns.iter().filter_map(|at| self.columns.get(*at));
        let mut list = String::new();
        for (n, expression) in chosen.flat_map(Column::expressions).enumerate() {
            let _ = write!(list, ", {expression} as cell_{n}");
        }
        list
    }

    /// Sort value, id and `list` (SQL that begins with a comma) of the rows that match.
    pub(super) fn selected(
        &self,
        list: &str,
        asked: &Asked,
        scope: &Scope,
        now: i64,
        at_most: Option<usize>,
    ) -> Statement {
        self.selected_by(list, asked, scope, now, at_most, Way::default())
    }

    /// The same in one of several ways.
    pub(super) fn selected_by(
        &self,
        list: &str,
        asked: &Asked,
        scope: &Scope,
        now: i64,
        at_most: Option<usize>,
        way: Way,
    ) -> Statement {
        let mut draft = Draft::new(now);
        let sort = self.sort_expression(asked);
        let key = sort.unwrap_or("null");
        draft.sql("select ").sql(key).sql(" as sort_key, ").sql(self.source.id).sql(" as row_id");
        draft.sql(list);
        if way.few {
            draft.sql(" from ").sql(self.source.from).sql(" where ").sql(self.source.id);
            draft.sql(" in (select ").sql(self.source.id);
            self.matching(&mut draft, asked, true);
            draft.sql(")");
        } else {
            self.matching(&mut draft, asked, false);
        }
        let mut descending = asked.sort.1 == Order::Descending;
        if let Some(cursor) = &asked.cursor {
            descending ^= cursor.backward;
            draft.sql(" and ");
            after(&mut draft, sort, self.source.id, cursor, descending, way.part);
        }
        let direction = if descending { " desc" } else { "" };
        draft.sql(" order by ");
        if sort.is_some() {
            draft.sql("sort_key").sql(direction).sql(", ");
        }
        if self.sort_column(asked).is_some_and(|column| column.is_scanned) {
            // As an expression, no index promises to have it in order.
            draft.sql(self.source.id).sql(" || ''").sql(direction);
        } else {
            draft.sql("row_id").sql(direction);
        }
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
        let mut draft = Draft::new(now);
        draft.sql("select count(*)");
        if at_most.is_some() {
            draft.sql(" from (select 1 as found");
        }
        self.matching(&mut draft, asked, true);
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
        let mut draft = Draft::new(now);
        draft.sql("select ").sql(list);
        self.matching(&mut draft, asked, false);
        draft.sql(" group by ").sql(group).sql(" order by ").sql(group);
        draft.finish(self, scope)
    }

    fn sort_column(&self, asked: &Asked) -> Option<&Column> {
        self.columns.get(asked.sort.0?)
    }

    fn sort_expression(&self, asked: &Asked) -> Option<&str> {
        self.sort_column(asked)?.sort.as_deref()
    }

    /// In how many parts the rows after the cursor are read: those with a sort value and those
    /// without cannot be found in one range of an index.
    pub(super) fn parts(&self, asked: &Asked) -> u8 {
        let Some(cursor) = &asked.cursor else { return 1 };
        if self.sort_expression(asked).is_none() {
            return 1;
        }
        let descending = (asked.sort.1 == Order::Descending) ^ cursor.backward;
        let ends_without = descending != (cursor.value == Value::Null);
        if ends_without { 2 } else { 1 }
    }

    /// Whether an index may find what is asked.
    pub(super) fn is_narrowed(&self, asked: &Asked) -> bool {
        let narrows = |(at, filter): &(usize, Filter)| {
            self.columns.get(*at).is_some_and(|column| !narrowing(column, filter).is_empty())
        };
        (!asked.q.is_empty() && !self.lookups.is_empty()) || asked.filters.iter().any(narrows)
    }

    /// Appends `from … where …`; `narrowed` as indexes find it.
    fn matching(&self, draft: &mut Draft, asked: &Asked, narrowed: bool) {
        draft.sql(" from ").sql(self.source.from).sql(" where {scope}");
        for (condition, values) in &self.conditions {
            draft.sql(" and (");
            draft.piece(condition, values);
            draft.sql(")");
        }
        if let Some(ids) = &asked.ids {
            draft.sql(" and ").sql(self.source.id).sql(" in (");
            for (n, id) in ids.iter().enumerate() {
                draft.sql(if n > 0 { ", " } else { "" }).bind(id.as_str());
            }
            draft.sql(if ids.is_empty() { "null)" } else { ")" });
        }
        for word in fold(&asked.q).split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS) {
            if narrowed && !self.lookups.is_empty() {
                draft.sql(" and (");
                for (n, lookup) in self.lookups.iter().enumerate() {
                    draft.sql(if n > 0 { " or " } else { "" });
                    draft.lookup(*lookup, word);
                }
                draft.sql(")");
                continue;
            }
            draft.sql(" and (");
            for (n, column) in self.search.iter().enumerate() {
                draft.sql(if n > 0 { " or " } else { "" });
                draft.contains(column, word);
            }
            for (n, column) in self.beginnings().enumerate() {
                draft.sql(if n > 0 || !self.search.is_empty() { " or " } else { "" });
                draft.lookup(Lookup::Begins(column), word);
            }
            let nothing = self.search.is_empty() && self.beginnings().next().is_none();
            draft.sql(if nothing { "1 = 1)" } else { ")" });
        }
        for (at, filter) in &asked.filters {
            if let Some(column) = self.columns.get(*at) {
                draft.sql(" and (");
                filtered(draft, column, filter);
                draft.sql(")");
                let narrowing = if narrowed { narrowing(column, filter) } else { Vec::new() };
                for (n, condition) in narrowing.iter().enumerate() {
                    draft.sql(if n > 0 { " or (" } else { " and ((" }).sql(condition).sql(")");
                }
                draft.sql(if narrowing.is_empty() { "" } else { ")" });
            }
        }
    }

    fn beginnings(&self) -> impl Iterator<Item = &'static str> {
        self.lookups.iter().filter_map(|lookup| match lookup {
            Lookup::Begins(column) => Some(*column),
            Lookup::Through(..) => None,
        })
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
            let Some(exactly) = text.strip_prefix(EXACTLY) else {
                return draft.contains(expression, &fold(text));
            };
            let exactly = if column.folded.is_some() { fold(exactly) } else { exactly.to_owned() };
            draft.sql("coalesce(").sql(expression).sql(", '') = ").bind(exactly);
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
                draft.sql(&column.sql).sql(" >= ").bound(column, *from, End::From);
            }
            if from.is_some() && to.is_some() {
                draft.sql(" and ");
            }
            if let Some(to) = to {
                draft.sql(&column.sql).sql(" <= ").bound(column, *to, End::To);
            }
        }
        Filter::Is(yes) => {
            draft.sql("coalesce(").sql(&column.sql).sql(", 0) = ").bind(*yes);
        }
    }
}

/// The conditions that hold where `filter` does, one of them; none if not every value has one.
fn narrowing(column: &Column, filter: &Filter) -> Vec<&'static str> {
    let Filter::OneOf(values) = filter else { return Vec::new() };
    let condition = |value: &String| {
        column.narrowed.iter().find(|(known, _)| known == value).map(|(_, condition)| *condition)
    };
    let mut found: Vec<&'static str> = values.iter().filter_map(condition).collect();
    if found.len() < values.len() {
        return Vec::new();
    }
    found.dedup();
    found
}

/// How a page is selected.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Way {
    /// By the ids that indexes find: right when they are few.
    pub(super) few: bool,
    /// Which of the [`parts`](TableSpec::parts).
    pub(super) part: u8,
}

/// Appends "comes after the row of the cursor", the one or the other part of it. Both databases put
/// NULL before everything when ascending and after everything when descending; an index finds the
/// rows with a value in one range, hence the outer comparison.
fn after(
    draft: &mut Draft,
    sort: Option<&str>,
    id: &str,
    cursor: &Cursor,
    descending: bool,
    part: u8,
) {
    let beyond = if descending { " < " } else { " > " };
    let Some(sort) = sort else {
        draft.sql(id).sql(beyond).bind(cursor.id.as_str());
        return;
    };
    match (&cursor.value, part) {
        (Value::Null, 0) => {
            draft.sql(sort).sql(" is null and ").sql(id).sql(beyond).bind(cursor.id.as_str());
        }
        (Value::Null, _) => {
            draft.sql(sort).sql(" is not null");
        }
        (value, 0) => {
            let reached = if descending { " <= " } else { " >= " };
            draft.sql(sort).sql(reached).bind(value.clone()).sql(" and (");
            draft.sql(sort).sql(beyond).bind(value.clone()).sql(" or ");
            draft.sql(id).sql(beyond).bind(cursor.id.as_str()).sql(")");
        }
        (_, _) => {
            draft.sql(sort).sql(" is null");
        }
    }
}
