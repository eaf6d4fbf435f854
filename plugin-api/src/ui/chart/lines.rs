//! Numbers over time, as lines; the letters are HTML, so that they keep their size on a phone.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::Lang;

/// Width and height of the drawing, in its own units; the page stretches it.
const WIDTH: i64 = 1000;
const HEIGHT: i64 = 400;
/// Horizontal lines above the base line.
const LEVELS: i64 = 4;
/// Characters that fit side by side below a drawing on a phone and on a wide screen.
const CHARACTERS_ON_A_PHONE: usize = 36;
const CHARACTERS: usize = 72;
/// Characters of space between two labels.
const GAP: usize = 2;

/// Numbers over time, as lines, with the same numbers as a table below.
#[derive(Debug, Clone, Template)]
#[template(path = "components/chart-lines.html")]
pub struct Lines {
    lang: Lang,
    id: String,
    title: String,
    description: String,
    period: String,
    labels: Vec<String>,
    series: Vec<Series>,
}

#[derive(Debug, Clone)]
struct Series {
    name: String,
    values: Vec<i64>,
}

struct Drawing {
    line: String,
    area: String,
    marks: Vec<Mark>,
}

struct Mark {
    x: i64,
    y: i64,
    label: String,
}

impl Lines {
    /// `id` is unique in the page; `period` heads the column of `labels` in the table ("Week").
    pub fn new<T: Into<String>>(
        lang: &Lang,
        id: impl Into<String>,
        title: impl Into<String>,
        period: impl Into<String>,
        labels: impl IntoIterator<Item = T>,
    ) -> Self {
        Self {
            lang: lang.clone(),
            id: id.into(),
            title: title.into(),
            description: String::new(),
            period: period.into(),
            labels: labels.into_iter().map(Into::into).collect(),
            series: Vec::new(),
        }
    }

    /// What the chart shows, in one sentence, for who cannot see it.
    #[must_use]
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = text.into();
        self
    }

    /// One more line: a value for each label; missing ones count as 0. At most four are told
    /// apart by colour and dashes.
    #[must_use]
    pub fn series(
        mut self,
        name: impl Into<String>,
        values: impl IntoIterator<Item = i64>,
    ) -> Self {
        let mut values: Vec<i64> = values.into_iter().collect();
        values.resize(self.labels.len(), 0);
        self.series.push(Series { name: name.into(), values });
        self
    }

    fn top(&self) -> i64 {
        round_up(
            self.series.iter().flat_map(|series| series.values.iter().copied()).max().unwrap_or(0),
        )
    }

    fn x(&self, index: usize) -> i64 {
        let gaps = i64::try_from(self.labels.len()).unwrap_or(i64::MAX).saturating_sub(1).max(1);
        i64::try_from(index).unwrap_or(0) * WIDTH / gaps
    }

    fn y(&self, value: i64) -> i64 {
        let value = i128::from(value.clamp(0, self.top()));
        let up = value * i128::from(HEIGHT) / i128::from(self.top());
        HEIGHT - i64::try_from(up).unwrap_or(HEIGHT)
    }

    fn drawing(&self, series: &Series) -> Drawing {
        let marks: Vec<Mark> = (self.labels.iter().zip(&series.values).enumerate())
            .map(|(index, (label, value))| Mark {
                x: self.x(index),
                y: self.y(*value),
                label: format!("{label}: {} {}", self.lang.number(*value), series.name),
            })
            .collect();
        let points: Vec<String> =
            marks.iter().map(|mark| format!("{} {}", mark.x, mark.y)).collect();
        let line = if points.is_empty() { String::new() } else { format!("M{}", points.join("L")) };
        let area = match marks.last() {
            Some(last) => format!("{line}L{} {HEIGHT}L0 {HEIGHT}Z", last.x),
            None => String::new(),
        };
        Drawing { line, area, marks }
    }

    /// The numbers of the vertical axis, from the top down.
    fn levels(&self) -> Vec<(i64, String)> {
        (0..=LEVELS)
            .rev()
            .map(|level| {
                let value = self.top() / LEVELS * level;
                (self.y(value), self.lang.number(value))
            })
            .collect()
    }

    /// How many points go by from one label to the next, so that labels do not touch.
    fn step(&self, characters: usize) -> usize {
        let longest = self.labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
        let gaps = self.labels.len().saturating_sub(1);
        ((longest + GAP) * gaps).div_ceil(characters).max(1)
    }

    /// Whether the label of this index is shown.
    fn is_labelled(&self, index: usize) -> bool {
        index.is_multiple_of(self.step(CHARACTERS))
    }

    /// Whether the label of this index is shown on a phone too.
    fn is_major(&self, index: usize) -> bool {
        let step = self.step(CHARACTERS_ON_A_PHONE).next_multiple_of(self.step(CHARACTERS));
        index.is_multiple_of(step)
    }

    fn rows(&self) -> Vec<(&str, Vec<String>)> {
        (self.labels.iter().enumerate())
            .map(|(index, label)| {
                let value = |series: &Series| {
                    self.lang.number(series.values.get(index).copied().unwrap_or(0))
                };
                (label.as_str(), self.series.iter().map(value).collect())
            })
            .collect()
    }
}

/// The next round number, divisible by [`LEVELS`].
fn round_up(max: i64) -> i64 {
    let mut power = 1i64;
    loop {
        for step in [4, 8, 12, 16, 20, 24, 32, 40, 48, 60] {
            let top = step * power;
            if top >= max {
                return top;
            }
        }
        match power.checked_mul(10) {
            Some(next) if next <= i64::MAX / 60 => power = next,
            _ => return max,
        }
    }
}

impl HtmlSafe for Lines {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalogue;

    #[test]
    fn the_axis_ends_at_a_round_number_of_four_equal_levels() {
        assert_eq!([0, 4, 5, 13, 118, 430].map(round_up), [4, 4, 8, 16, 120, 480]);
        assert!(round_up(i64::MAX) > 0);
    }

    #[test]
    fn lines_span_the_drawing() {
        let lang = Catalogue::new(&[]).lang("en");
        let chart = Lines::new(&lang, "c", "Chart", "Week", ["W1", "W2", "W3"])
            .series("Activations", [0, 2, 4]);
        let drawing = chart.drawing(&chart.series[0]);
        assert_eq!(drawing.line, "M0 400L500 200L1000 0");
        assert_eq!(drawing.marks[2].label, "W3: 4 Activations");
    }

    #[test]
    fn labels_do_not_touch() {
        let lang = Catalogue::new(&[]).lang("en");
        let shown = |labels: &[&str], is_shown: fn(&Lines, usize) -> bool| {
            let chart = Lines::new(&lang, "c", "Chart", "Day", labels.to_vec());
            (0..labels.len()).filter(|index| is_shown(&chart, *index)).collect::<Vec<_>>()
        };
        assert_eq!(shown(&["25 Oct 2026"; 30], Lines::is_labelled), [0, 6, 12, 18, 24]);
        assert_eq!(shown(&["25 Oct 2026"; 30], Lines::is_major), [0, 12, 24]);
        assert_eq!(shown(&["W36"; 12], Lines::is_labelled).len(), 12);
        assert_eq!(shown(&["W36"; 12], Lines::is_major).len(), 6);
        assert_eq!(shown(&["W36"], Lines::is_major), [0]);
    }

    #[test]
    fn a_chart_of_nothing_or_one_point_is_drawn() {
        let lang = Catalogue::new(&[]).lang("it");
        let none: [&str; 0] = [];
        assert!(
            Lines::new(&lang, "c", "C", "W", none).series("s", []).to_string().contains("<figure")
        );
        assert!(
            Lines::new(&lang, "c", "C", "W", ["1"])
                .series("s", [i64::MAX])
                .to_string()
                .contains("M0 0")
        );
    }
}
