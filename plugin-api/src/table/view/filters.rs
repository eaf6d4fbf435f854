//! The form that filters: an ordinary GET form, which a script may send without a new page.

use askama::Template;
use askama::filters::HtmlSafe;

use super::Place;
use crate::Lang;
use crate::table::column::{Column, FilterBy, Kind};
use crate::table::filter::{self, End, Filter};
use crate::ui::{Field, Markup};

/// So few filters need no button of their own.
const FEW: usize = 3;

/// The filter form above the rows.
#[derive(Debug, Template)]
#[template(path = "components/table-filters.html")]
pub(super) struct FilterForm {
    lang: Lang,
    path: String,
    search: Option<Field>,
    parts: Vec<Part>,
    /// The filters of columns that are not shown, behind a button of their own.
    more: Vec<Part>,
    filtered: bool,
}

impl HtmlSafe for FilterForm {}

/// The filter of one column, opened by a button.
#[derive(Debug)]
struct Part {
    /// Of the column.
    id: &'static str,
    label: String,
    active: bool,
    /// Whether its column is shown, or it filters now.
    is_near: bool,
    fields: Markup,
}

impl FilterForm {
    pub(super) fn new(place: &Place<'_>) -> Self {
        let lang = place.lang;
        let search = (!place.spec.search.is_empty())
            .then(|| Field::search("q", lang.t("table-search")).value(place.asked.q.as_str()));
        let columns = place.spec.columns.iter().enumerate();
        let parts = columns.filter_map(|(at, column)| part(place, at, column));
        let (mut parts, mut more): (Vec<Part>, Vec<Part>) = parts.partition(|part| part.is_near);
        if more.len() < FEW {
            parts.append(&mut more);
        }
        Self {
            lang: lang.clone(),
            path: place.path.clone(),
            search,
            parts,
            more,
            filtered: place.asked.is_filtered(),
        }
    }

    fn is_needed(&self) -> bool {
        self.search.is_some() || !self.parts.is_empty()
    }

    /// How many columns are filtered.
    fn active(&self) -> usize {
        self.parts.iter().filter(|part| part.active).count()
    }
}

fn part(place: &Place<'_>, at: usize, column: &Column) -> Option<Part> {
    let lang = place.lang;
    let label = lang.t(&column.label);
    let asked = place.asked.filter(at);
    let fields = match column.filter.as_ref()? {
        FilterBy::Contains => {
            let text = if let Some(Filter::Contains(text)) = asked { text.as_str() } else { "" };
            let told = format!("{label} {}", lang.t("table-filter-contains"));
            Markup::of(&Field::text(column.id, told).value(text))
        }
        FilterBy::Flag => {
            let value =
                if let Some(Filter::Is(yes)) = asked { yes.to_string() } else { String::new() };
            let field = Field::select(column.id, label.as_str()).option("", lang.t("any"));
            let field = field.option("true", lang.t("yes")).option("false", lang.t("no"));
            Markup::of(&field.value(value))
        }
        FilterBy::OneOf { options, .. } => {
            let chosen =
                if let Some(Filter::OneOf(values)) = asked { values.clone() } else { Vec::new() };
            let field = Field::checkboxes(column.id, label.as_str()).values(chosen);
            let option = |field: Field, option: &crate::table::column::FilterOption| {
                field.option(option.value.as_str(), option.text(lang))
            };
            Markup::of(&options.iter().fold(field, option))
        }
        FilterBy::Range => Markup::of(&bound(lang, column, asked, End::From)).and(&bound(
            lang,
            column,
            asked,
            End::To,
        )),
    };
    let active = asked.is_some();
    let is_near = active || place.asked.columns.contains(&at);
    Some(Part { id: column.id, label, active, is_near, fields })
}

/// One end of a range; its label says which column, because the popup's button is not part of it.
fn bound(lang: &Lang, column: &Column, asked: Option<&Filter>, end: End) -> Field {
    let name = filter::name(column.id, end);
    let id = format!("f-{}", name.replace('.', "-"));
    let label =
        format!("{} {}", lang.t(&column.label), lang.t(filter::bound_key(&column.kind, end)));
    let field = match column.kind {
        Kind::Date | Kind::Instant => Field::date(name, label),
        Kind::Money => Field::text(name, label).inputmode("decimal"),
        _ => Field::number(name, label),
    };
    let value = asked.and_then(|filter| filter.bound_text(&column.kind, end));
    field.id(id).value(value.unwrap_or_default())
}
