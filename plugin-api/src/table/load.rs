//! Fetches what a page of a table shows.

use futures_util::future::try_join;

use super::asked::Asked;
use super::query::TableQuery;
use super::spec::TableSpec;
use super::view::TableView;
use crate::db::{Rows, Value};
use crate::{Cx, Problem};

/// One page of rows as they came: sort value, id, cells.
#[derive(Debug, Default)]
pub(super) struct Fetched {
    pub(super) rows: Vec<Vec<Value>>,
    pub(super) has_previous: bool,
    pub(super) has_next: bool,
    /// How many rows match, if they were counted on the way.
    pub(super) count: Option<usize>,
}

impl TableSpec {
    /// What the page at the table's path shows: rows, count and saved views. Parameters that make
    /// no sense are ignored.
    pub async fn load(&self, cx: &Cx, query: &TableQuery) -> Result<TableView, Problem> {
        let asked = Asked::leniently(self, query);
        let views = async { Ok(cx.saved_views(&self.path).await?) };
        let ((asked, fetched), views) = try_join(self.fetch(cx, asked), views).await?;
        let alone = asked.cursor.is_none() && !fetched.has_next;
        let count = match fetched.count {
            _ if alone => fetched.rows.len(),
            Some(count) => count,
            None => self.count_to(cx, &asked).await?,
        };
        Ok(TableView::new(cx, self, &asked, &fetched, count, &views))
    }

    /// How many rows match, for a badge or a figure.
    pub async fn count(&self, cx: &Cx, query: &TableQuery) -> Result<i64, Problem> {
        let asked = Asked::leniently(self, query);
        Ok(cx.db().scalar(self.counted(&asked, cx.scope(), cx.now(), None)).await?)
    }

    /// The page asked for, or the first one when rows went away and it would be empty or short.
    async fn fetch(&self, cx: &Cx, asked: Asked) -> Result<(Asked, Fetched), Problem> {
        let fetched = self.fetch_once(cx, &asked).await?;
        let is_first = |cursor: &super::cursor::Cursor| {
            fetched.rows.is_empty() || (cursor.backward && !fetched.has_previous)
        };
        if !asked.cursor.as_ref().is_some_and(is_first) {
            return Ok((asked, fetched));
        }
        let first = Asked { cursor: None, ..asked };
        let fetched = self.fetch_once(cx, &first).await?;
        Ok((first, fetched))
    }

    async fn fetch_once(&self, cx: &Cx, asked: &Asked) -> Result<Fetched, Problem> {
        let read = self.read(cx, &self.cell_list(asked), asked).await?;
        Ok(Fetched { count: read.count, ..Fetched::of(asked, &read.rows) })
    }
}

impl Fetched {
    pub(super) fn of(asked: &Asked, rows: &Rows) -> Self {
        let mut rows: Vec<Vec<Value>> = rows.iter().map(<[Value]>::to_vec).collect();
        let more = rows.len() > asked.limit;
        rows.truncate(asked.limit);
        let backward = asked.cursor.as_ref().is_some_and(|cursor| cursor.backward);
        if backward {
            rows.reverse();
        }
        Self {
            rows,
            has_previous: if backward { more } else { asked.cursor.is_some() },
            has_next: backward || more,
            count: None,
        }
    }
}
