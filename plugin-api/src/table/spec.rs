//! The description of a table: its rows, its columns, and what stands around it.

use std::borrow::Cow;

use super::bulk::BulkAction;
use super::column::Column;
use crate::db::Value;

/// Where the rows come from.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// Tables and joins, without `from`; a join must not repeat a row.
    pub from: &'static str,
    /// The column that identifies a row: text, unique, never NULL.
    pub id: &'static str,
    /// The row's `organisation_id`. There is no table without one.
    pub scope: &'static str,
}

/// In which direction a table is sorted; NULL comes before everything when ascending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Smallest, earliest, A first.
    Ascending,
    /// Largest, latest, Z first.
    Descending,
}

/// How an index finds the rows that a word is searched in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup {
    /// The word stands in a column of a smaller table: the column of this table that has an index,
    /// the select of its values that ends in a condition (`select … from … where`), the column that
    /// condition is about.
    Through(&'static str, &'static str, &'static str),
    /// A column with an index begins with the word, in upper case. The search asks the same.
    Begins(&'static str),
}

/// A table.
#[derive(Debug, Clone)]
pub struct TableSpec {
    pub(super) path: Cow<'static, str>,
    pub(super) title: &'static str,
    pub(super) source: Source,
    pub(super) columns: Vec<Column>,
    pub(super) search: Vec<&'static str>,
    pub(super) lookups: Vec<Lookup>,
    pub(super) conditions: Vec<(&'static str, Vec<Value>)>,
    pub(super) kept: Vec<(&'static str, String)>,
    pub(super) row_link: Option<&'static str>,
    /// Id of the column, none for the id of the row.
    pub(super) default_sort: (Option<&'static str>, Order),
    pub(super) presets: Vec<(&'static str, &'static str)>,
    pub(super) primary: Option<Primary>,
    pub(super) bulk: Vec<BulkAction>,
    pub(super) below: Option<(&'static str, &'static str)>,
    pub(super) empty: (&'static str, &'static str),
    pub(super) live: Option<&'static str>,
}

/// What makes a new row.
#[derive(Debug, Clone)]
pub(super) struct Primary {
    pub(super) key: &'static str,
    pub(super) path: Cow<'static, str>,
    pub(super) permission: &'static str,
}

impl TableSpec {
    /// A table on the page at `path` (without the base path), called by the text key `title`. Its
    /// export answers at `<path>/export`. Sorted by descending id until told otherwise.
    pub fn new(path: impl Into<Cow<'static, str>>, title: &'static str, source: Source) -> Self {
        Self {
            path: path.into(),
            title,
            source,
            columns: Vec::new(),
            search: Vec::new(),
            lookups: Vec::new(),
            conditions: Vec::new(),
            kept: Vec::new(),
            row_link: None,
            default_sort: (None, Order::Descending),
            presets: Vec::new(),
            primary: None,
            bulk: Vec::new(),
            below: None,
            empty: ("table-empty", ""),
            live: None,
        }
    }

    /// One more column. The first one shown is the row's header and carries its link.
    #[must_use]
    pub fn column(mut self, column: Column) -> Self {
        self.columns.push(column);
        self
    }

    /// What the search box looks through: columns that hold [`fold`](super::fold)ed text, or keys
    /// and codes of ASCII letters. Each word must be found in one of them.
    #[must_use]
    pub fn search(mut self, columns: &[&'static str]) -> Self {
        self.search = columns.to_vec();
        self
    }

    /// Says how an index finds what [`search`](Self::search) looks for, so that a search of a large
    /// table that finds little is quick: together they must find the same rows.
    #[must_use]
    pub fn lookups(mut self, lookups: &[Lookup]) -> Self {
        self.lookups = lookups.to_vec();
        self
    }

    /// Shows only rows for which the condition holds; `values` are bound to its `?`.
    #[must_use]
    pub fn only(mut self, sql: &'static str, values: impl IntoIterator<Item = Value>) -> Self {
        self.conditions.push((sql, values.into_iter().collect()));
        self
    }

    /// A parameter of the page's own that all addresses of the table keep, with its value;
    /// [taken](super::TableQuery::take) from the query before it is read.
    #[must_use]
    pub fn keeping(mut self, parameter: &'static str, value: impl Into<String>) -> Self {
        self.kept.push((parameter, value.into()));
        self
    }

    /// The page of a row: a path where `{id}` is the row's id.
    #[must_use]
    pub fn row_link(mut self, path: &'static str) -> Self {
        self.row_link = Some(path);
        self
    }

    /// How the table is sorted when nobody chose; the column must be sortable.
    #[must_use]
    pub fn default_sort(mut self, column: &'static str, order: Order) -> Self {
        self.default_sort = (Some(column), order);
        self
    }

    /// A view that everybody has: text key and query string.
    #[must_use]
    pub fn preset(mut self, key: &'static str, query: &'static str) -> Self {
        self.presets.push((key, query));
        self
    }

    /// What makes a new row: text key, path, and the permission without which it is not offered.
    #[must_use]
    pub fn primary(
        mut self,
        key: &'static str,
        path: impl Into<Cow<'static, str>>,
        permission: &'static str,
    ) -> Self {
        self.primary = Some(Primary { key, path: path.into(), permission });
        self
    }

    /// The page it stands below, for a link back: the text key of its name, and its path.
    #[must_use]
    pub fn below(mut self, key: &'static str, path: &'static str) -> Self {
        self.below = Some((key, path));
        self
    }

    /// The live topic that says that rows came or changed: a page fetches them again by itself, unless
    /// its reader is choosing or has ticked rows.
    #[must_use]
    pub fn live(mut self, topic: &'static str) -> Self {
        self.live = Some(topic);
        self
    }

    /// What stands there before the first row exists: text keys of a title and of a sentence.
    #[must_use]
    pub fn empty(mut self, title: &'static str, sentence: &'static str) -> Self {
        self.empty = (title, sentence);
        self
    }

    /// Position of the column the table is sorted by when nobody chose.
    pub(super) fn sort(&self) -> (Option<usize>, Order) {
        let (id, order) = self.default_sort;
        let sortable = |at: &usize| self.columns.get(*at).is_some_and(|c| c.sort.is_some());
        (id.and_then(|id| self.position(id)).filter(sortable), order)
    }

    pub(super) fn position(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.id == id)
    }
}
