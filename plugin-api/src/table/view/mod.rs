//! A page of a table as HTML, and the furniture around it.

mod bulk;
mod filters;
mod grid;
mod tools;

use askama::Template;
use askama::filters::HtmlSafe;

use self::bulk::Bulk;
use self::filters::FilterForm;
use self::grid::Grid;
use self::tools::Tools;
use super::address::{address, encode, query};
use super::asked::Asked;
use super::load::Fetched;
use super::reading::COUNTED;
use super::spec::TableSpec;
use crate::lent::SavedView;
use crate::ui::{Action, Confirm, Empty, Head, Pager, Tabs};
use crate::{Actor, Cx, Lang};

/// The element that a script swaps instead of loading a whole page.
const RESULTS: &str = "results";
/// The filter form; what stands in the results belongs to it by this id.
const FORM: &str = "table-filters";

/// A page of a table, ready to print: views, filters, rows, pager.
#[derive(Debug, Template)]
#[template(path = "components/table.html")]
pub struct TableView {
    tabs: Option<Tabs>,
    filters: FilterForm,
    tools: Tools,
    bulk: Option<Bulk>,
    grid: Grid,
    empty: Option<Empty>,
    pager: Pager,
    count: usize,
    /// Not even the furniture is of use: there is no row at all.
    bare: bool,
    /// The topic it follows.
    live: Option<&'static str>,
}

impl HtmlSafe for TableView {}

impl TableView {
    pub(super) fn new(
        cx: &Cx,
        spec: &TableSpec,
        asked: &Asked,
        fetched: &Fetched,
        count: usize,
        views: &[SavedView],
    ) -> Self {
        let lang = cx.lang();
        let place = Place { path: cx.url(&spec.path), spec, asked, lang: &lang };
        Self {
            tabs: place.tabs(views),
            filters: FilterForm::new(&place),
            tools: Tools::new(cx, &place, views),
            bulk: Bulk::new(cx, &place, fetched.rows.len(), count),
            grid: Grid::new(cx, &place, fetched),
            empty: fetched.rows.is_empty().then(|| place.empty(cx)),
            pager: place.pager(fetched, count),
            count,
            bare: count == 0 && !asked.is_filtered(),
            live: spec.live.filter(|_| asked.cursor.is_none()),
        }
    }

    /// How many rows match; 1,001 stands for any number above 1,000.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Whether no row matches.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

/// What every part of the page is drawn from.
struct Place<'a> {
    /// Path of the page, base path included.
    path: String,
    spec: &'a TableSpec,
    asked: &'a Asked,
    lang: &'a Lang,
}

impl Place<'_> {
    fn address(&self, asked: &Asked) -> String {
        address(&self.path, &asked.query(self.spec))
    }

    /// The address of what is shown now, from the first row.
    fn current(&self) -> String {
        self.address(self.asked)
    }

    /// The address of a saved query, as the table itself would write it.
    fn saved(&self, saved: &str) -> String {
        let query = super::query::TableQuery::parse(saved);
        self.address(&Asked::leniently(self.spec, &query))
    }

    fn tabs(&self, views: &[SavedView]) -> Option<Tabs> {
        let presets = self.spec.presets.iter().map(|(key, query)| (self.lang.t(key), *query));
        let saved = views.iter().map(|view| (view.name.clone(), view.query.as_str()));
        let named: Vec<_> =
            presets.chain(saved).map(|(name, query)| (name, self.saved(query))).collect();
        if named.is_empty() {
            return None;
        }
        let mut current = self.current();
        // Another order or other columns make no other view of everything.
        if !self.asked.is_filtered() && named.iter().all(|(_, href)| *href != current) {
            current.clone_from(&self.path);
        }
        let tabs = Tabs::new(self.lang.t("table-views"), current)
            .tab(self.lang.t("table-view-all"), self.path.clone());
        Some(named.into_iter().fold(tabs, |tabs, (name, href)| tabs.tab(name, href)))
    }

    fn pager(&self, fetched: &Fetched, count: usize) -> Pager {
        let status = if count > COUNTED {
            let counted = i64::try_from(COUNTED).unwrap_or(i64::MAX);
            self.lang.with("table-found-many", &[("n", &self.lang.number(counted))])
        } else {
            self.lang.n("table-found", i64::try_from(count).unwrap_or(i64::MAX))
        };
        let turned = |there: bool, row: Option<&Vec<_>>, backward: bool| {
            let cursor = self.spec.cursor(self.asked, row.filter(|_| there)?, backward)?;
            let mut pairs = self.asked.pairs(self.spec);
            pairs.push(("cursor".to_owned(), cursor.encode()));
            Some(address(&self.path, &query(&pairs)))
        };
        Pager::new(self.lang, status)
            .previous(turned(fetched.has_previous, fetched.rows.first(), true))
            .next(turned(fetched.has_next, fetched.rows.last(), false))
            .partial(RESULTS)
    }

    fn empty(&self, cx: &Cx) -> Empty {
        let lang = self.lang;
        if self.asked.is_filtered() {
            let hint = lang.t("table-empty-filtered-hint");
            return Empty::new(lang.t("table-empty-filtered"), hint)
                .action(Action::link(lang.t("table-clear"), self.path.clone()));
        }
        let (title, sentence) = self.spec.empty;
        let sentence = if sentence.is_empty() { String::new() } else { lang.t(sentence) };
        let empty = Empty::new(lang.t(title), sentence);
        match self.spec.primary_action(cx) {
            Some(action) => empty.action(action),
            None => empty,
        }
    }

    /// The question before a saved view of one's own is deleted.
    fn deletion(&self, cx: &Cx, view: &SavedView) -> Confirm {
        let lang = self.lang;
        let told = lang.with("table-view-delete-told", &[("name", &view.name)]);
        let label = lang.t("table-view-delete");
        Confirm::new(lang, "table-view-delete", label, cx.url("/views/delete"), told)
            .hidden("view_id", view.view_id.as_str())
            .hidden("path", self.spec.path.as_ref())
            .icon("trash")
    }
}

impl TableSpec {
    /// The head of the table's page: its title, the way back, what makes a new row for who may.
    pub fn head(&self, cx: &Cx) -> Head {
        let head = Head::new(cx.lang().t(self.title));
        let head = match self.below {
            Some((key, path)) => head.back(cx.lang().t(key), cx.url(path)),
            None => head,
        };
        match self.primary_action(cx) {
            Some(action) => head.action(&action),
            None => head,
        }
    }

    fn primary_action(&self, cx: &Cx) -> Option<Action> {
        let primary = self.primary.as_ref().filter(|primary| cx.may(primary.permission))?;
        let label = cx.lang().t(primary.key);
        Some(Action::link(label, cx.url(&primary.path)).primary().icon("plus"))
    }
}

/// `path` with `{id}` filled in.
pub(super) fn linked(cx: &Cx, path: &str, id: &str) -> String {
    cx.url(&path.replace("{id}", &encode(id)))
}

/// Whether a person is signed in, who may keep views.
fn keeps_views(cx: &Cx) -> bool {
    matches!(cx.caller().actor, Actor::User { .. })
}
