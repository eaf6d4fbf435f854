//! The rows and their header.

use askama::Template;
use askama::filters::HtmlSafe;

use super::{Place, linked};
use crate::db::Value;
use crate::table::cell::{Cell, Linked};
use crate::table::column::Column;
use crate::table::load::Fetched;
use crate::table::spec::Order;
use crate::ui::{Badge, Meter, Tone};
use crate::{Cx, Lang, time};

/// The table element.
#[derive(Debug, Template)]
#[template(path = "components/table-grid.html")]
pub(super) struct Grid {
    lang: Lang,
    title: String,
    headers: Vec<Header>,
    rows: Vec<Line>,
    /// Whether rows may be ticked.
    ticked: bool,
}

impl HtmlSafe for Grid {}

#[derive(Debug)]
struct Header {
    text: String,
    numeric: bool,
    /// Where sorting by it leads.
    href: Option<String>,
    sorted: Option<Order>,
}

impl Header {
    /// The value of `aria-sort`.
    fn aria(&self) -> &'static str {
        match self.sorted {
            Some(Order::Ascending) => "ascending",
            Some(Order::Descending) => "descending",
            None => "",
        }
    }

    fn icon(&self) -> &'static str {
        if self.sorted == Some(Order::Descending) { "#i-sort-down" } else { "#i-sort-up" }
    }
}

/// A row as it is printed.
#[derive(Debug)]
struct Line {
    id: String,
    /// What it is called, for the box that ticks it.
    name: String,
    cells: Vec<Shown>,
}

/// A cell as it is printed.
#[derive(Debug)]
struct Shown {
    what: What,
    href: Option<String>,
    numeric: bool,
}

#[derive(Debug)]
enum What {
    Nothing,
    Text(String),
    Mono(String),
    Badge(Badge),
    Time { datetime: String, text: String },
    Meter(Meter),
}

impl Grid {
    pub(super) fn new(cx: &Cx, place: &Place<'_>, fetched: &Fetched) -> Self {
        let headers = place.asked.columns.iter().filter_map(|at| place.header(*at)).collect();
        let rows = fetched.rows.iter().map(|row| place.row(cx, row)).collect();
        Self {
            lang: place.lang.clone(),
            title: place.lang.t(place.spec.title),
            headers,
            rows,
            ticked: !place.spec.bulk.is_empty(),
        }
    }
}

impl Place<'_> {
    fn header(&self, at: usize) -> Option<Header> {
        let column = self.spec.columns.get(at)?;
        let (sorted_by, order) = self.asked.sort;
        Some(Header {
            text: self.lang.t(&column.label),
            numeric: column.is_numeric(),
            href: column.sort.as_ref().map(|_| self.address(&self.asked.sorted(at))),
            sorted: (sorted_by == Some(at)).then_some(order),
        })
    }

    fn row(&self, cx: &Cx, row: &[Value]) -> Line {
        let id = if let Some(Value::Text(id)) = row.get(1) { id.as_str() } else { "" };
        let mut own = self.spec.row_link.map(|path| linked(cx, path, id));
        let cells = || self.spec.cells(&self.asked.columns, row.get(2..).unwrap_or_default());
        let name = cells().next().map(|(column, linked)| linked.cell.told(column, self.lang));
        let shown = cells().map(|(column, Linked { cell, link })| {
            let there = column.link.as_ref().zip(link);
            let href = own.take().or_else(|| there.map(|((path, _), id)| linked(cx, path, &id)));
            Shown { what: self.what(column, cell), href, numeric: column.is_numeric() }
        });
        Line { id: id.to_owned(), name: name.unwrap_or_default(), cells: shown.collect() }
    }

    fn what(&self, column: &Column, cell: Cell) -> What {
        let lang = self.lang;
        match cell {
            Cell::Nothing => What::Nothing,
            Cell::Text(text) => What::Text(text),
            Cell::Mono(text) => What::Mono(text),
            Cell::Choice(value, known) => What::Badge(match column.choice_at(known) {
                Some(choice) => Badge::new(choice.tone, lang.t(choice.key)),
                None => Badge::new(Tone::Neutral, value),
            }),
            Cell::Date(ms) => What::Time { datetime: time::date(ms), text: lang.date(ms) },
            Cell::Instant(ms) => What::Time { datetime: time::rfc3339(ms), text: lang.instant(ms) },
            Cell::Meter(used, max) => What::Meter(Meter::new(used, max)),
            words => What::Text(words.told(column, lang)),
        }
    }
}
