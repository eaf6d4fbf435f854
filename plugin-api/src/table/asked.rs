//! What a reader asks of a table: the query string checked against the columns there are.

use super::cursor::Cursor;
use super::filter::{End, Filter, LONGEST};
use super::query::TableQuery;
use super::selection::{ALL, MATCHING, SELECTED};
use super::spec::{Order, TableSpec};
use crate::FieldProblem;

/// Rows on a page of the browser when nobody chose.
pub(super) const ON_PAGE: usize = 25;
/// Rows in an answer of the API when nobody chose.
pub(super) const IN_API: usize = 50;
/// Rows in one answer at most.
const MOST: usize = 100;

/// The parameters that belong to the table as a whole; no column is called like that.
pub(super) const RESERVED: [&str; 9] =
    ["q", "sort", "cursor", "limit", "columns", "format", SELECTED, ALL, MATCHING];

/// What is asked, with nothing in it that the table does not know.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    pub(super) q: String,
    /// By position of the column.
    pub(super) filters: Vec<(usize, Filter)>,
    pub(super) sort: (Option<usize>, Order),
    pub(super) cursor: Option<Cursor>,
    pub(super) limit: usize,
    /// Positions of the columns shown, in order.
    pub(super) columns: Vec<usize>,
    /// The only rows meant, when somebody ticked some.
    pub(super) ids: Option<Vec<String>>,
}

impl Asked {
    /// Nothing but what the table shows by itself.
    pub(super) fn nothing(spec: &TableSpec, limit: usize) -> Self {
        Self {
            q: String::new(),
            filters: Vec::new(),
            sort: spec.sort(),
            cursor: None,
            limit,
            columns: default_columns(spec),
            ids: None,
        }
    }

    /// Reads a query for a page: what cannot be read is left out.
    pub(super) fn leniently(spec: &TableSpec, query: &TableQuery) -> Self {
        Self::read(spec, query, ON_PAGE).0
    }

    /// Reads a query; what cannot be read is left out and told.
    pub(super) fn read(
        spec: &TableSpec,
        query: &TableQuery,
        limit: usize,
    ) -> (Self, Vec<FieldProblem>) {
        let mut asked = Self::nothing(spec, limit);
        let mut mistakes = Vec::new();
        let mut columns = Vec::new();
        // A form sends its empty fields too.
        let given = query.0.iter().map(|(name, value)| (name.as_str(), value.trim()));
        for (name, value) in given.filter(|(_, value)| !value.is_empty()) {
            let read = match name {
                "columns" => read_columns(spec, value, &mut columns),
                "cursor" | "format" => Ok(()),
                _ => asked.read_one(spec, name, value),
            };
            if let Err(key) = read {
                mistakes.push(FieldProblem::new(name, key));
            }
        }
        if !columns.is_empty() {
            asked.columns = columns;
        }
        asked.filters.sort_by_key(|(at, _)| *at);
        // Read last: it must belong to the order asked for.
        if let Some(text) = query.get("cursor").filter(|text| !text.is_empty()) {
            asked.cursor =
                Cursor::decode(text).filter(|cursor| cursor.sort == asked.sort_text(spec));
            if asked.cursor.is_none() {
                mistakes.push(FieldProblem::new("cursor", "problem-malformed-cursor"));
            }
        }
        (asked, mistakes)
    }

    fn read_one(&mut self, spec: &TableSpec, name: &str, value: &str) -> Result<(), &'static str> {
        match name {
            "q" => self.q = value.chars().take(LONGEST).collect(),
            "limit" => {
                let limit: usize = value.parse().map_err(|_| "field-number")?;
                if !(1..=MOST).contains(&limit) {
                    return Err("field-range");
                }
                self.limit = limit;
            }
            "sort" => {
                let (id, order) = match value.strip_prefix('-') {
                    Some(id) => (id, Order::Descending),
                    None => (value, Order::Ascending),
                };
                let sortable = |at: &usize| spec.columns.get(*at).is_some_and(|c| c.sort.is_some());
                let at = spec.position(id).filter(sortable).ok_or("table-no-such-column")?;
                self.sort = (Some(at), order);
            }
            _ => {
                let (id, end) = match name.rsplit_once('.') {
                    Some((id, "from")) => (id, Some(End::From)),
                    Some((id, "to")) => (id, Some(End::To)),
                    _ => (name, None),
                };
                let at = spec.position(id).ok_or("table-no-such-parameter")?;
                let column = spec.columns.get(at).ok_or("table-no-such-parameter")?;
                let filter = Filter::read(column, end, value, self.filter(at).cloned())?;
                self.filters.retain(|(known, _)| *known != at);
                self.filters.push((at, filter));
            }
        }
        Ok(())
    }

    /// What is asked of the column at `at`.
    pub(super) fn filter(&self, at: usize) -> Option<&Filter> {
        self.filters.iter().find(|(known, _)| *known == at).map(|(_, filter)| filter)
    }

    /// Whether rows are left out.
    pub(super) fn is_filtered(&self) -> bool {
        !self.q.is_empty() || !self.filters.is_empty()
    }

    /// The order as the parameter `sort` says it; `-` alone for descending ids.
    pub(super) fn sort_text(&self, spec: &TableSpec) -> String {
        let (column, order) = self.sort;
        let id = column.and_then(|at| spec.columns.get(at)).map_or("", |column| column.id);
        let sign = if order == Order::Descending { "-" } else { "" };
        format!("{sign}{id}")
    }
}

pub(super) fn default_columns(spec: &TableSpec) -> Vec<usize> {
    let shown = spec.columns.iter().enumerate().filter(|(_, column)| !column.optional);
    shown.map(|(at, _)| at).collect()
}

fn read_columns(
    spec: &TableSpec,
    value: &str,
    columns: &mut Vec<usize>,
) -> Result<(), &'static str> {
    for id in value.split(',').map(str::trim).filter(|id| !id.is_empty()) {
        let at = spec.position(id).ok_or("table-no-such-column")?;
        if !columns.contains(&at) {
            columns.push(at);
        }
    }
    Ok(())
}
