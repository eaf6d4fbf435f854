//! Reads the rows of one page, in the way that looks at the fewest others.

use super::asked::Asked;
use super::spec::TableSpec;
use super::sql::Way;
use crate::db::Rows;
use crate::{Cx, Fault};

/// Counting stops here: beyond it a page says "more than", and an order is followed until a page is
/// full, because many rows match. Up to it, the rows that match are found first and sorted.
pub(super) const COUNTED: usize = 1_000;

/// The rows of a page and, if they were counted on the way, how many there are.
pub(super) struct Read {
    pub(super) rows: Rows,
    pub(super) count: Option<usize>,
}

impl TableSpec {
    /// Sort value, id and `list` of one page, and one row more, which tells whether there are more.
    pub(super) async fn read(&self, cx: &Cx, list: &str, asked: &Asked) -> Result<Read, Fault> {
        let (db, wanted) = (cx.db(), asked.limit + 1);
        let count =
            if self.is_narrowed(asked) { Some(self.count_to(cx, asked).await?) } else { None };
        let few = count.is_some_and(|count| count <= COUNTED);
        let mut rows = Rows::default();
        if count == Some(0) {
            return Ok(Read { rows, count });
        }
        for part in 0..self.parts(asked) {
            let missing = wanted - rows.len().min(wanted);
            let (scope, now, way) = (cx.scope(), cx.now(), Way { few, part });
            let statement = self.selected_by(list, asked, scope, now, Some(missing), way);
            let more = db.rows(statement).await?;
            // An empty answer may come without the names of its columns.
            if more.is_empty() {
                continue;
            }
            rows.columns = more.columns;
            rows.cells.extend(more.cells);
            if rows.len() >= wanted {
                break;
            }
        }
        Ok(Read { rows, count })
    }

    /// How many rows match, counted no further than one beyond [`COUNTED`].
    pub(super) async fn count_to(&self, cx: &Cx, asked: &Asked) -> Result<usize, Fault> {
        let statement = self.counted(asked, cx.scope(), cx.now(), Some(COUNTED + 1));
        Ok(usize::try_from(cx.db().scalar(statement).await?).unwrap_or_default())
    }
}
