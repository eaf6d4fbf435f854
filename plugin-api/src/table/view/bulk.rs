//! The bar above the rows that were ticked: how many, and what may be done with them.

use askama::Template;
use askama::filters::HtmlSafe;

use super::Place;
use crate::table::reading::COUNTED;
use crate::{Cx, Lang};

/// The bar; without a script it appears as soon as a row is ticked, too.
#[derive(Debug, Template)]
#[template(path = "components/table-bulk.html")]
pub(super) struct Bulk {
    lang: Lang,
    /// What the page asks for, to be sent along.
    matching: String,
    /// Offers every row that matches, when they are more than the page shows.
    all: Option<String>,
    buttons: Vec<Button>,
    export: String,
}

impl HtmlSafe for Bulk {}

#[derive(Debug)]
struct Button {
    label: String,
    path: String,
    danger: bool,
}

impl Bulk {
    /// What the bar is called.
    pub(super) fn name(&self) -> String {
        self.lang.t("table-actions")
    }

    fn export_label(&self, format: &str) -> String {
        self.lang.t(&format!("table-export-{format}"))
    }

    /// None for a table whose rows cannot be ticked, or that has none.
    pub(super) fn new(cx: &Cx, place: &Place<'_>, shown: usize, count: usize) -> Option<Self> {
        let (spec, lang) = (place.spec, place.lang);
        if spec.bulk.is_empty() || shown == 0 {
            return None;
        }
        let allowed = spec.bulk.iter().filter(|action| cx.may(action.permission));
        let button = |action: &crate::table::BulkAction| Button {
            label: lang.t(action.key),
            path: cx.url(&action.path),
            danger: action.danger,
        };
        Some(Self {
            lang: lang.clone(),
            matching: place.asked.query(spec),
            all: (count > shown).then(|| every(lang, count)),
            buttons: allowed.map(button).collect(),
            export: format!("{}/export", place.path),
        })
    }
}

fn every(lang: &Lang, count: usize) -> String {
    let number = |n: usize| lang.number(i64::try_from(n).unwrap_or(i64::MAX));
    if count > COUNTED {
        return lang.with("table-bulk-all-many", &[("n", &number(COUNTED))]);
    }
    lang.with("table-bulk-all", &[("n", &number(count))])
}
