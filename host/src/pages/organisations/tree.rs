//! The tree: a list within a list, which opens and closes without a script.

use std::collections::BTreeMap;

use askama::Template;
use askama::filters::HtmlSafe;
use plugin_api::table::fold;
use plugin_api::ui::{Action, Badge, Empty, Field, Head, Notice, Tone};
use plugin_api::{Cx, Lang, Page, Problem, Query, Routes};
use serde::Deserialize;

use super::{TREE, address, labels};
use crate::pages::form::SearchForm;
use crate::pages::may;
use crate::state::{App, State};
use crate::store::organisations::{TreeRow, tree};

pub(super) fn routes() -> Routes {
    Routes::new().get(TREE, handle, may("organisations"))
}

/// How many nodes are drawn; the list holds any number.
const MOST: usize = 3000;

/// How many levels are open when nobody searched.
const OPEN: usize = 3;

#[derive(Debug, Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "host/tree.html")]
struct TreePage {
    lang: Lang,
    head: Head,
    search: SearchForm,
    more: Option<Notice>,
    nodes: Vec<Node>,
    empty: Option<Empty>,
}

/// A node with what stands below it.
#[derive(Template)]
#[template(path = "host/tree-node.html")]
struct Node {
    name: String,
    href: String,
    kind: Badge,
    suspension: Option<Badge>,
    people: String,
    customers: String,
    customers_href: String,
    nodes: String,
    open: bool,
    below: Vec<Node>,
}

impl HtmlSafe for Node {}

async fn handle(App(state): App, cx: Cx, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    let lang = cx.lang();
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let mut rows = tree(&cx.db(), cx.scope(), most + 1).await?;
    let is_more = rows.len() > MOST;
    rows.truncate(MOST);
    let is_alone = rows.len() <= 1;
    let words: Vec<String> = fold(&asked.q).split(' ').map(str::to_owned).collect();
    let nodes = Forest::of(&cx, &state, rows).nodes(&words);
    let new = Action::link(lang.t("organisation-new"), cx.url("/system/organisations/new"));
    let empty = match (nodes.is_empty(), is_alone) {
        (true, _) => Some(Empty::new(
            lang.t("organisations-not-found"),
            lang.t("organisations-not-found-hint"),
        )),
        (false, true) => Some(
            Empty::new(lang.t("organisations-empty"), lang.t("organisations-empty-hint"))
                .action(new.clone().primary()),
        ),
        (false, false) => None,
    };
    let list = Action::link(lang.t("organisations-as-list"), cx.url("/system/organisations/list"));
    let head = Head::new(lang.t("organisations-title"))
        .lead(lang.t("organisations-lead"))
        .action(&list.icon("list"))
        .action(&new.icon("plus").primary());
    let field = Field::search("q", lang.t("organisations-search")).value(asked.q);
    let search = SearchForm::new(cx.url(TREE), field, lang.t("search"));
    let more = is_more.then(|| Notice::new(Tone::Info, lang.n("organisations-more", most)));
    let title = lang.t("organisations-title");
    Page::new(title, &TreePage { lang, head, search, more, nodes, empty })
}

/// The rows by the node above them.
struct Forest<'a> {
    cx: &'a Cx,
    lang: Lang,
    customers: bool,
    tops: Vec<TreeRow>,
    below: BTreeMap<String, Vec<TreeRow>>,
}

impl<'a> Forest<'a> {
    fn of(cx: &'a Cx, state: &State, rows: Vec<TreeRow>) -> Self {
        let customers = super::cards::sees_customers(cx, state);
        let mut forest =
            Self { cx, lang: cx.lang(), customers, tops: Vec::new(), below: BTreeMap::new() };
        let mut known = std::collections::BTreeSet::new();
        for row in rows {
            known.insert(row.organisation_id.clone());
            match &row.parent_id {
                Some(above) if known.contains(above) => {
                    forest.below.entry(above.clone()).or_default().push(row);
                }
                _ => forest.tops.push(row),
            }
        }
        forest
    }

    /// What is drawn: every node, or those that have all `words` in their names and what stands
    /// above those.
    fn nodes(mut self, words: &[String]) -> Vec<Node> {
        let tops = std::mem::take(&mut self.tops);
        tops.into_iter().filter_map(|row| self.node(row, words, 1, false).1).collect()
    }

    /// The counts of a branch, and its top unless the search leaves it out.
    fn node(
        &mut self,
        row: TreeRow,
        words: &[String],
        level: usize,
        barred: bool,
    ) -> (Counted, Option<Node>) {
        let itself = row.suspended_at.is_some();
        let mut counted = Counted { people: row.people, customers: row.customers, nodes: 0 };
        let mut below = Vec::new();
        for child in self.below.remove(&row.organisation_id).unwrap_or_default() {
            let (inner, node) = self.node(child, words, level + 1, barred || itself);
            counted.people += inner.people;
            counted.customers += inner.customers;
            counted.nodes += inner.nodes + 1;
            below.extend(node);
        }
        let is_searched = words.iter().any(|word| !word.is_empty());
        if below.is_empty() && !words.iter().all(|word| row.name_folded.contains(word.as_str())) {
            return (counted, None);
        }
        let customers_href = if self.customers && counted.customers > 0 {
            super::cards::customers(self.cx, &row.organisation_id)
        } else {
            String::new()
        };
        let node = Node {
            href: address(self.cx, &row.organisation_id, ""),
            kind: labels::kind_badge(&self.lang, &row.kind),
            suspension: labels::suspension(&self.lang, itself, barred),
            people: self.lang.n("organisation-people", counted.people),
            customers: self.lang.n("organisation-customers", counted.customers),
            customers_href,
            nodes: self.lang.n("organisation-below", counted.nodes),
            open: is_searched || level < OPEN,
            name: row.name,
            below,
        };
        (counted, Some(node))
    }
}

/// What is counted of a branch.
struct Counted {
    people: i64,
    customers: i64,
    nodes: i64,
}
