//! Addresses of a table: what is asked, written as a query string that says no more than needed.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::asked::{Asked, ON_PAGE, default_columns};
use super::spec::{Order, TableSpec};

/// Everything but what RFC 3986 §2.3 calls unreserved, and the comma of lists.
const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b',');

/// `text` as one segment of a path or one value of a query.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

impl Asked {
    /// The parameters that ask the same again, without the place in the list.
    pub(super) fn pairs(&self, spec: &TableSpec) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        if !self.q.is_empty() {
            pairs.push(("q".to_owned(), self.q.clone()));
        }
        for (at, filter) in &self.filters {
            if let Some(column) = spec.columns.get(*at) {
                pairs.extend(filter.pairs(column));
            }
        }
        pairs.extend(self.furniture(spec));
        pairs
    }

    /// The parameters that leave no row out: order, columns, rows per page.
    pub(super) fn furniture(&self, spec: &TableSpec) -> Vec<(String, String)> {
        let kept = spec.kept.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        let mut pairs: Vec<(String, String)> = kept.collect();
        if self.sort != spec.sort() {
            pairs.push(("sort".to_owned(), self.sort_text(spec)));
        }
        if self.columns != default_columns(spec) {
            let ids = self.columns.iter().filter_map(|at| spec.columns.get(*at)).map(|c| c.id);
            pairs.push(("columns".to_owned(), ids.collect::<Vec<_>>().join(",")));
        }
        if self.limit != ON_PAGE {
            pairs.push(("limit".to_owned(), self.limit.to_string()));
        }
        pairs
    }

    /// The query string that asks the same again, from the first row.
    pub(super) fn query(&self, spec: &TableSpec) -> String {
        query(&self.pairs(spec))
    }

    /// The same without what is asked of the column at `at`.
    pub(super) fn without(&self, at: usize) -> Self {
        let mut other = self.clone();
        other.filters.retain(|(known, _)| *known != at);
        other
    }

    /// The same, sorted by the column at `at`: ascending first, the other way when it is already.
    pub(super) fn sorted(&self, at: usize) -> Self {
        let order = match self.sort {
            (Some(known), Order::Ascending) if known == at => Order::Descending,
            _ => Order::Ascending,
        };
        Self { sort: (Some(at), order), ..self.clone() }
    }
}

/// `pairs` as a query string.
pub(super) fn query(pairs: &[(String, String)]) -> String {
    let pair = |(name, value): &(String, String)| format!("{}={}", encode(name), encode(value));
    pairs.iter().map(pair).collect::<Vec<_>>().join("&")
}

/// `path?query`, or the path alone.
pub(super) fn address(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
