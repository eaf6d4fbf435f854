//! The list of an API: a page of structs and where to go on.

use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use super::asked::{Asked, IN_API};
use super::cursor::Cursor;
use super::query::TableQuery;
use super::spec::TableSpec;
use crate::db::{Rows, Value};
use crate::{Cx, FieldProblem, Problem};

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct List<T> {
    /// The rows.
    pub dati: Vec<T>,
    /// What to send as `cursor` to get the next page; null on the last one.
    #[schema(required)]
    pub prossimo: Option<String>,
}

impl<T> List<T> {
    /// The same page with each row as something else.
    pub fn map<U>(self, each: impl FnMut(T) -> U) -> List<U> {
        List { dati: self.dati.into_iter().map(each).collect(), prossimo: self.prossimo }
    }
}

impl TableSpec {
    /// One page of rows read into `T` by the names of `select`, a list as SQL writes it:
    /// `l.licence_id as id, c.name as cliente`.
    ///
    /// Filters, search and order are those of the page. A parameter that makes no sense is a 400
    /// that names it; [`TableQuery::take`] the handler's own ones first.
    pub async fn api_list<T: DeserializeOwned>(
        &self,
        cx: &Cx,
        query: &TableQuery,
        select: &'static str,
    ) -> Result<List<T>, Problem> {
        let (asked, mistakes) = Asked::read(self, query, IN_API);
        if !mistakes.is_empty() {
            return Err(refused(mistakes));
        }
        let list = format!(", {select}");
        let mut rows = self.read(cx, &list, &asked).await?.rows;
        let prossimo = self.continued(&asked, &mut rows);
        Ok(List { dati: rows.into_all()?, prossimo })
    }

    /// Cuts the row too many and says where to go on.
    fn continued(&self, asked: &Asked, rows: &mut Rows) -> Option<String> {
        if rows.len() <= asked.limit {
            return None;
        }
        rows.cells.truncate(asked.limit * rows.columns.len());
        let last = rows.iter().last()?;
        Some(self.cursor(asked, last, false)?.encode())
    }

    /// The place before or after a fetched row.
    pub(super) fn cursor(&self, asked: &Asked, row: &[Value], backward: bool) -> Option<Cursor> {
        let [value, Value::Text(id), ..] = row else { return None };
        let sort = asked.sort_text(self);
        Some(Cursor { sort, value: value.clone(), id: id.clone(), backward })
    }
}

/// The 400 that names each parameter that makes no sense.
fn refused(mistakes: Vec<FieldProblem>) -> Problem {
    if mistakes.iter().all(|mistake| mistake.pointer == "cursor") {
        return Problem::malformed("malformed_cursor");
    }
    Problem::malformed("malformed_query").errors(mistakes)
}
