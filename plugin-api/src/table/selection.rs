//! Rows of a table that somebody ticked, or all that match what he asked for.

use axum::extract::{FromRequest, Request};
use serde::{Deserialize, Serialize};

use super::address::address;
use super::asked::Asked;
use super::cursor::Cursor;
use super::query::TableQuery;
use super::spec::{Order, TableSpec};
use crate::db::Value;
use crate::{Cx, Fault, Form, Problem};

/// Rows that may be ticked one by one; a page shows no more than a tenth of it.
const MOST: usize = 1_000;

/// The fields of the form around the rows.
pub(super) const SELECTED: &str = "selected";
pub(super) const ALL: &str = "all";
pub(super) const MATCHING: &str = "matching";

/// Rows of a table: those ticked, or all that match the filters the page had.
///
/// It is what the form of a [`BulkAction`](super::BulkAction) posts, and may be kept as JSON until a
/// job gets to it. Ids in it are only wishes: whatever is read goes through the table and its scope,
/// so that rows of others are not there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// Ids of the rows ticked.
    ids: Vec<String>,
    /// Whether every row that matches is meant instead.
    all: bool,
    /// What the page asked for, as a query string.
    matching: String,
}

impl Selection {
    /// These rows.
    pub fn of(ids: impl IntoIterator<Item = String>) -> Self {
        Self { ids: ids.into_iter().collect(), ..Self::default() }
    }

    /// Every row that a query string matches.
    pub fn matching(query: impl Into<String>) -> Self {
        Self { all: true, matching: query.into(), ..Self::default() }
    }

    /// What a form or an address says; more than 1,000 rows ticked are refused.
    pub fn read(pairs: &[(String, String)]) -> Result<Self, Problem> {
        let values = |wanted: &'static str| {
            pairs.iter().filter(move |(name, _)| name == wanted).map(|(_, value)| value.clone())
        };
        let ids: Vec<String> = values(SELECTED).collect();
        if ids.len() > MOST {
            return Err(Problem::unprocessable("too_many_selected"));
        }
        let all = values(ALL).any(|value| !value.is_empty());
        Ok(Self { ids, all, matching: values(MATCHING).next().unwrap_or_default() })
    }

    /// Whether nothing was ticked.
    pub fn is_empty(&self) -> bool {
        !self.all && self.ids.is_empty()
    }

    /// A parameter of the page's own that its addresses keep.
    pub fn parameter(&self, name: &str) -> Option<String> {
        TableQuery::parse(&self.matching).get(name).map(str::to_owned)
    }

    /// How many rows there are of it now.
    pub async fn count(&self, cx: &Cx, spec: &TableSpec) -> Result<i64, Fault> {
        let asked = self.asked(spec);
        cx.db().scalar(spec.counted(&asked, cx.scope(), cx.now(), None)).await
    }

    /// Ids of the rows behind the id `after`, ascending, at most `limit`. Rows that no longer match,
    /// because of what was done with the ones before, are passed over.
    pub async fn ids(
        &self,
        cx: &Cx,
        spec: &TableSpec,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<String>, Fault> {
        let cursor = after.map(|id| Cursor {
            sort: String::new(),
            value: Value::Null,
            id: id.to_owned(),
            backward: false,
        });
        let asked = Asked { sort: (None, Order::Ascending), cursor, ..self.asked(spec) };
        let rows =
            cx.db().rows(spec.selected("", &asked, cx.scope(), cx.now(), Some(limit))).await?;
        let id = |row: &[Value]| match row {
            [_, Value::Text(id), ..] => Some(id.clone()),
            _ => None,
        };
        Ok(rows.iter().filter_map(id).collect())
    }

    /// The address of the page it was made on.
    pub fn back(&self, cx: &Cx, spec: &TableSpec) -> String {
        let asked = Asked::leniently(spec, &TableQuery::parse(&self.matching));
        address(&cx.url(&spec.path), &asked.query(spec))
    }

    /// What the table is asked for: its columns and its order are those of the page.
    pub(super) fn asked(&self, spec: &TableSpec) -> Asked {
        let asked = Asked::leniently(spec, &TableQuery::parse(&self.matching));
        if self.all {
            return asked;
        }
        Asked { q: String::new(), filters: Vec::new(), ids: Some(self.ids.clone()), ..asked }
    }
}

impl<S: Send + Sync> FromRequest<S> for Selection {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let Form(pairs) = Form::<Vec<(String, String)>>::from_request(request, state).await?;
        Self::read(&pairs)
    }
}
