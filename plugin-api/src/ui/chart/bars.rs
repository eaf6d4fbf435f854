//! One number per name, as horizontal bars.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::Lang;

/// One number per name, as horizontal bars with their values in words.
#[derive(Debug, Clone, Template)]
#[template(path = "components/chart-bars.html")]
pub struct Bars {
    lang: Lang,
    id: String,
    title: String,
    rows: Vec<Bar>,
    words: fn(&Lang, i64) -> String,
}

#[derive(Debug, Clone)]
struct Bar {
    label: String,
    value: i64,
    href: String,
}

impl Bars {
    /// `id` is unique in the page.
    pub fn new(lang: &Lang, id: impl Into<String>, title: impl Into<String>) -> Self {
        let (id, title, rows) = (id.into(), title.into(), Vec::new());
        Self { lang: lang.clone(), id, title, rows, words: |lang, value| lang.number(value) }
    }

    /// How a value is written, where it is no plain number.
    #[must_use]
    pub fn written(self, words: fn(&Lang, i64) -> String) -> Self {
        Self { words, ..self }
    }

    /// One more bar.
    #[must_use]
    pub fn bar(self, label: impl Into<String>, value: i64) -> Self {
        self.bar_with_link(label, value, "")
    }

    /// One more bar whose label leads to what it counts.
    #[must_use]
    pub fn bar_with_link(
        mut self,
        label: impl Into<String>,
        value: i64,
        href: impl Into<String>,
    ) -> Self {
        self.rows.push(Bar { label: label.into(), value, href: href.into() });
        self
    }

    /// Tenths of a per cent of the longest bar.
    fn width(&self, bar: &Bar) -> i64 {
        let longest = self.rows.iter().map(|bar| bar.value).max().unwrap_or(1).max(1);
        bar.value.max(0).saturating_mul(1000) / longest
    }

    fn number(&self, bar: &Bar) -> String {
        (self.words)(&self.lang, bar.value)
    }
}

impl HtmlSafe for Bars {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalogue;

    #[test]
    fn the_longest_bar_is_full_and_nothing_divides_by_zero() {
        let lang = Catalogue::new(&[]).lang("en");
        let bars = Bars::new(&lang, "b", "Bars").bar("a", 10).bar("b", 5).bar("c", -1);
        let widths: Vec<i64> = bars.rows.iter().map(|bar| bars.width(bar)).collect();
        assert_eq!(widths, [1000, 500, 0]);
        let html = Bars::new(&lang, "z", "Zero").bar("a", 0).to_string();
        assert!(html.contains("width=\"0\""), "{html}");
    }
}
