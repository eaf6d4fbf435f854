//! What stands between the filters and the rows: what is filtered, columns, export, views.

use askama::Template;
use askama::filters::HtmlSafe;

use super::{Place, keeps_views};
use crate::lent::SavedView;
use crate::table::address::address;
use crate::table::asked::ON_PAGE;
use crate::table::column::{Column, FilterBy, Kind};
use crate::table::filter::{End, Filter, amount, bound_key};
use crate::ui::{Confirm, Field};
use crate::{Cx, Lang};

/// The line of tools above the rows.
#[derive(Debug, Template)]
#[template(path = "components/table-tools.html")]
pub(super) struct Tools {
    lang: Lang,
    path: String,
    chips: Vec<Chip>,
    /// Hidden fields of the filter form.
    furniture: Vec<(String, String)>,
    /// Hidden fields of the column chooser.
    filters: Vec<(String, String)>,
    columns: Field,
    rows: Field,
    exports: Vec<(String, String)>,
    save: Option<Save>,
    delete: Option<Confirm>,
}

impl HtmlSafe for Tools {}

/// A filter in words, and where it leads without it.
#[derive(Debug)]
struct Chip {
    text: String,
    href: String,
}

/// The form that keeps what is shown as a view.
#[derive(Debug)]
struct Save {
    action: String,
    path: String,
    query: String,
    name: Field,
    shared: Field,
}

impl Tools {
    pub(super) fn new(cx: &Cx, place: &Place<'_>, views: &[SavedView]) -> Self {
        let (spec, asked) = (place.spec, place.asked);
        let current = place.current();
        let shown = views.iter().find(|view| place.saved(&view.query) == current);
        let mut filters = asked.pairs(spec);
        filters.retain(|(name, _)| name != "columns" && name != "limit");
        Self {
            lang: place.lang.clone(),
            path: place.path.clone(),
            chips: place.chips(),
            furniture: asked.furniture(spec),
            filters,
            columns: place.columns(),
            rows: place.rows_per_page(),
            exports: place.exports(),
            save: (shown.is_none() && keeps_views(cx)).then(|| place.save(cx)).flatten(),
            delete: shown.filter(|view| view.own).map(|view| place.deletion(cx, view)),
        }
    }
}

impl Place<'_> {
    fn chips(&self) -> Vec<Chip> {
        let mut chips = Vec::new();
        if !self.asked.q.is_empty() {
            let other = crate::table::asked::Asked { q: String::new(), ..self.asked.clone() };
            chips
                .push(Chip { text: format!("“{}”", self.asked.q), href: self.address(&other) });
        }
        for (at, filter) in &self.asked.filters {
            if let Some(column) = self.spec.columns.get(*at) {
                let label = self.lang.t(&column.label);
                let text = format!("{label}: {}", in_words(self.lang, column, filter));
                chips.push(Chip { text, href: self.address(&self.asked.without(*at)) });
            }
        }
        chips
    }

    /// The columns shown stand first, in their order.
    fn columns(&self) -> Field {
        let chosen = &self.asked.columns;
        let others = (0..self.spec.columns.len()).filter(|at| !chosen.contains(at));
        let all = chosen.iter().copied().chain(others);
        let columns = all.filter_map(|at| self.spec.columns.get(at));
        let ids = chosen.iter().filter_map(|at| self.spec.columns.get(*at)).map(|c| c.id);
        let field = Field::checkboxes("columns", self.lang.t("table-columns"))
            .hint(self.lang.t("table-columns-hint"))
            .values(ids);
        columns.fold(field, |field, column| field.option(column.id, self.lang.t(&column.label)))
    }

    fn rows_per_page(&self) -> Field {
        let mut choices = vec![10, ON_PAGE, 50, 100];
        choices.push(self.asked.limit);
        choices.sort_unstable();
        choices.dedup();
        let field = Field::select("limit", self.lang.t("table-rows-per-page"));
        let option = |field: Field, rows: usize| field.option(rows.to_string(), rows.to_string());
        choices.into_iter().fold(field, option).value(self.asked.limit.to_string())
    }

    fn exports(&self) -> Vec<(String, String)> {
        let path = format!("{}/export", self.path);
        let query = self.asked.query(self.spec);
        let link = |format: &str| {
            let query = if query.is_empty() { String::new() } else { format!("&{query}") };
            let label = self.lang.t(&format!("table-export-{format}"));
            (label, address(&path, &format!("format={format}{query}")))
        };
        ["csv", "xlsx", "json"].map(link).into()
    }

    /// None while nothing is asked for.
    fn save(&self, cx: &Cx) -> Option<Save> {
        let query = self.asked.query(self.spec);
        let name = Field::text("name", self.lang.t("table-view-name")).id("f-view-name");
        (!query.is_empty()).then(|| Save {
            action: cx.url("/views"),
            path: self.spec.path.clone().into_owned(),
            query,
            name: name.required().maxlength(80),
            shared: Field::checkbox("shared", self.lang.t("table-view-shared")).id("f-view-shared"),
        })
    }
}

/// What a filter asks for, in the reader's language.
fn in_words(lang: &Lang, column: &Column, filter: &Filter) -> String {
    match filter {
        Filter::Contains(text) => format!("“{text}”"),
        Filter::Is(yes) => lang.t(if *yes { "yes" } else { "no" }),
        Filter::OneOf(values) => {
            let Some(FilterBy::OneOf { options, .. }) = &column.filter else {
                return String::new();
            };
            let chosen = options.iter().filter(|option| values.contains(&option.value));
            chosen.map(|option| option.text(lang)).collect::<Vec<_>>().join(", ")
        }
        Filter::Between(from, to) => {
            let bound = |end: End, value: Option<i64>| {
                let text = match column.kind {
                    Kind::Date | Kind::Instant => lang.date(value?),
                    Kind::Money => amount(value?),
                    _ => lang.number(value?),
                };
                Some(format!("{} {text}", lang.t(bound_key(&column.kind, end))))
            };
            let words = [bound(End::From, *from), bound(End::To, *to)];
            words.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    }
}
