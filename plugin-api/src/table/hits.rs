//! The first rows of a list that match some words, for the search across the whole cockpit.

use serde::{Deserialize, Serialize};

use super::address::address;
use super::asked::Asked;
use super::cell::Cell;
use super::column::Column;
use super::load::Fetched;
use super::query::TableQuery;
use super::spec::TableSpec;
use super::view::linked;
use crate::db::Value;
use crate::{Cx, Fault, Lang};

/// Rows told at most.
const MOST: usize = 5;
/// Columns that tell a row apart, besides the first.
const DETAILS: usize = 3;

/// What a list has for some words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hits {
    /// What the list is called.
    pub title: String,
    /// The list itself, with these words searched for.
    pub href: String,
    /// The first rows.
    pub rows: Vec<Hit>,
    /// Whether there are more.
    pub more: bool,
}

/// A row that matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// Its first column.
    pub title: String,
    /// Its next columns in words.
    pub detail: String,
    /// Its page.
    pub href: String,
}

impl TableSpec {
    /// The first rows in the caller's branch that match `words`.
    pub async fn hits(&self, cx: &Cx, words: &str) -> Result<Hits, Fault> {
        let query = TableQuery::default().with("q", words);
        let list = Asked::leniently(self, &query);
        let href = address(&cx.url(&self.path), &list.query(self));
        let asked = Asked { limit: MOST, ..list };
        let rows = self.read(cx, &self.cell_list(&asked), &asked).await?.rows;
        let found = Fetched::of(&asked, &rows);
        let lang = cx.lang();
        Ok(Hits {
            title: lang.t(self.title),
            href,
            rows: found.rows.iter().map(|row| self.hit(cx, &lang, &asked, row)).collect(),
            more: found.has_next,
        })
    }

    fn hit(&self, cx: &Cx, lang: &Lang, asked: &Asked, row: &[Value]) -> Hit {
        let id = if let Some(Value::Text(id)) = row.get(1) { id.as_str() } else { "" };
        let mut told = self
            .cells(&asked.columns, row.get(2..).unwrap_or_default())
            .map(|(column, linked)| linked.cell.told(column, lang));
        let title = told.next().filter(|title| !title.is_empty());
        let details: Vec<String> = told.filter(|text| !text.is_empty()).take(DETAILS).collect();
        Hit {
            title: title.unwrap_or_else(|| id.to_owned()),
            detail: details.join(" · "),
            href: self.row_link.map(|path| linked(cx, path, id)).unwrap_or_default(),
        }
    }
}

impl Cell {
    /// In words; empty for nothing.
    pub(super) fn told(self, column: &Column, lang: &Lang) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) | Self::Mono(text) => text,
            Self::Choice(value, known) => {
                column.choice_at(known).map_or(value, |choice| lang.t(choice.key))
            }
            Self::Number(n) => lang.number(n),
            Self::Real(n) => n.to_string(),
            Self::Money(minor, currency) => lang.money(minor, &currency),
            Self::Date(ms) => lang.date(ms),
            Self::Instant(ms) => lang.instant(ms),
            Self::Flag(yes) => lang.t(if yes { "yes" } else { "no" }),
            Self::Meter(used, None) => lang.number(used),
            Self::Meter(used, Some(max)) => format!("{used} / {max}"),
        }
    }
}
