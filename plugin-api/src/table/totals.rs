//! What the rows of a table sum up to, per currency: the figures above a list of amounts.

use serde::Deserialize;

use super::asked::Asked;
use super::query::TableQuery;
use super::spec::TableSpec;
use crate::{Cx, Problem};

/// The sum of one currency.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Total {
    /// ISO 4217.
    pub currency: String,
    /// Minor units.
    pub minor: i64,
    /// How many rows it is the sum of.
    pub entries: i64,
}

impl TableSpec {
    /// The sums of `minor` per `currency`, both SQL of the spec's tables, over every row that the
    /// query matches; by currency.
    pub async fn totals(
        &self,
        cx: &Cx,
        query: &TableQuery,
        minor: &str,
        currency: &str,
    ) -> Result<Vec<Total>, Problem> {
        let asked = Asked::leniently(self, query);
        let list = format!(
            "{currency} as currency, cast(coalesce(sum({minor}), 0) as signed) as minor, \
             count(*) as entries"
        );
        let statement = self.grouped(&list, currency, &asked, cx.scope(), cx.now());
        Ok(cx.db().all(statement).await?)
    }
}
