//! A figure of a dashboard: its chart, the same as a table, and as a file.

use askama::Template;
use askama::filters::HtmlSafe;

use super::Markup;
use crate::Lang;
use crate::table::{Item, Sheet};

/// A chart, the numbers behind it as a table, and links to them as files.
#[derive(Debug, Clone, Template)]
#[template(path = "components/figure.html")]
pub struct Figure {
    lang: Lang,
    title: String,
    chart: Markup,
    sheet: Sheet,
    has_table: bool,
    exports: Vec<(String, String)>,
}

impl Figure {
    /// What `chart` draws is in `sheet`; `export` is the address of the file of a format: `csv`,
    /// `xlsx` or `json`.
    pub fn new(
        lang: &Lang,
        title: impl Into<String>,
        chart: &(impl HtmlSafe + ?Sized),
        sheet: Sheet,
        export: impl Fn(&str) -> String,
    ) -> Self {
        let link = |format: &str| (lang.t(&format!("table-export-{format}")), export(format));
        Self {
            lang: lang.clone(),
            title: title.into(),
            chart: Markup::of(chart),
            sheet,
            has_table: true,
            exports: ["csv", "xlsx", "json"].map(link).into(),
        }
    }

    /// The chart tells its numbers itself, as [`super::chart::Lines`] do.
    #[must_use]
    pub fn without_table(mut self) -> Self {
        self.has_table = false;
        self
    }

    fn cell(&self, item: &Item) -> String {
        match item {
            Item::Text(text) => text.clone(),
            Item::Number(n) => self.lang.number(*n),
            Item::Amount(minor, currency) => self.lang.amount(*minor, currency),
            Item::Date(ms) => self.lang.date(*ms),
        }
    }

    fn is_numeric(item: &Item) -> bool {
        matches!(item, Item::Number(_) | Item::Amount(..))
    }
}

impl HtmlSafe for Figure {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalogue;

    fn figure() -> Figure {
        let lang = Catalogue::new(&[]).lang("en");
        let sheet = Sheet {
            name: "sold".to_owned(),
            columns: vec![("nome", "Name".to_owned()), ("venduto", "Sold".to_owned())],
            rows: vec![vec![
                Item::Text("<b>".to_owned()),
                Item::Amount(1_234_500, "JPY".to_owned()),
            ]],
        };
        let export = |format: &str| format!("/export?format={format}&figura=sold");
        Figure::new(&lang, "Sold", &Markup::default(), sheet, export)
    }

    #[test]
    fn its_numbers_stand_in_a_table_and_in_three_files() {
        let html = figure().to_string();
        assert!(html.contains("<td class=\"num\">1,234,500</td>"), "{html}");
        assert!(!html.contains("<b>"), "{html}");
        for format in ["csv", "xlsx", "json"] {
            assert!(html.contains(&format!("format={format}")), "{html}");
        }
        let without = figure().without_table().to_string();
        assert!(!without.contains("<table"), "{without}");
    }
}
