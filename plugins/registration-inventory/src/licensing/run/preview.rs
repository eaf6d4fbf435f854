//! A run that waits to be confirmed: what its licences are, what they cost, who is left out.

use std::collections::BTreeMap;

use plugin_api::contracts::licences::Quoted;
use plugin_api::db::Batch;
use plugin_api::table::TableQuery;
use plugin_api::ui::{Action, Card, Field, FormErrors, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Fault, Form, Lang, Page, Path, Problem};

use super::plan::Plan;
use super::{PREVIEW, START, found, report};
use crate::licensing::beside::{Beside, Sum};
use crate::licensing::{keeper, terms};
use crate::mapping::sheet::{Sent, value};
use crate::paths;
use crate::store::runs::{self, Group, Run};

/// Customers and products priced one by one beside the form; of more, only the sum.
const SHOWN: usize = 20;

/// What the licences of a run come to.
pub(super) struct Priced {
    /// The groups that can get theirs.
    pub(super) fine: Vec<Group>,
    /// The others, with the reason.
    pub(super) refused: Vec<(Group, String)>,
    /// The whole.
    pub(super) sum: Sum,
}

impl Priced {
    /// What the licences of `run` would cost by `plan`. Nothing is written.
    pub(super) async fn of(cx: &Cx, run: &Run, plan: &Plan) -> Result<Self, Fault> {
        let lang = cx.lang();
        let (mut fine, mut refused) = (Vec::new(), Vec::new());
        let (mut licences, mut prices) = (0, BTreeMap::<String, i64>::new());
        let mut lines = Vec::new();
        for group in runs::groups(&cx.db(), &run.run_id).await? {
            let Quoted { price, problem } = keeper::quote(cx, &plan.order(&group)).await?;
            if !problem.is_empty() {
                refused.push((group, problem));
                continue;
            }
            let n = plan.licences(group.n);
            licences += n;
            let said = match price {
                Some((amount, currency)) => {
                    let amount = amount.saturating_mul(n);
                    let said = lang.money(amount, &currency);
                    let sum = prices.entry(currency).or_default();
                    *sum = sum.saturating_add(amount);
                    said
                }
                None => lang.t("licensing-price-none"),
            };
            if lines.len() < SHOWN {
                lines.push((named(&lang, &group), said));
            }
            fine.push(group);
        }
        let wrong = refused.iter().map(|(group, why)| format!("{}: {why}", named(&lang, group)));
        let sum = Sum::new(&lang, licences, &prices, wrong.collect()).lines(lines);
        Ok(Self { fine, refused, sum: sum.left_out() })
    }

    /// How many licences there will be.
    pub(super) fn licences(&self, plan: &Plan) -> i64 {
        self.fine.iter().map(|group| plan.licences(group.n)).sum()
    }

    /// Adds what leaves out the groups that cannot get theirs.
    pub(super) fn leaving_out(&self, batch: Batch, run: &Run, now: i64) -> Batch {
        self.refused.iter().fold(batch, |batch, (group, why)| {
            batch.and(runs::refused(&run.run_id, group, why, now))
        })
    }
}

fn named(lang: &Lang, group: &Group) -> String {
    let n = lang.number(group.n);
    let (customer, product) = (group.customer.as_str(), group.product_code.as_str());
    lang.with("run-group", &[("customer", customer), ("product", product), ("n", &n)])
}

/// `POST …/preview`: what the form as typed would cost.
pub(super) async fn priced(
    cx: Cx,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Page, Problem> {
    let run = found(&cx, &id).await?;
    let lang = cx.lang();
    let sum = match Plan::read(&sent, &lang) {
        Ok(plan) => Priced::of(&cx, &run, &plan).await?.sum,
        Err(_) => Sum::unreadable(&lang),
    };
    Page::new(lang.t("licensing-sum"), &sum)
}

/// The page as it is shown first.
pub(super) async fn page(cx: &Cx, run: &Run, query: &TableQuery) -> Result<Page, Problem> {
    show(cx, run, &terms::first(None), (&FormErrors::new(), None), query).await
}

/// The page with what was typed, and what is wrong.
pub(super) async fn show(
    cx: &Cx,
    run: &Run,
    sent: &Sent,
    (errors, wrong): (&FormErrors, Option<&str>),
    query: &TableQuery,
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let title = lang.t("installations-regularise");
    let head = Head::new(&title)
        .back(lang.t("installations"), cx.url(paths::INSTALLATIONS))
        .lead(lang.t("run-lead"));
    let (sum, any) = match Plan::read(sent, &lang) {
        Ok(plan) => {
            let priced = Priced::of(cx, run, &plan).await?;
            // With other terms those that are refused now may get theirs.
            let any = !priced.fine.is_empty() || !priced.refused.is_empty();
            (priced.sum, any)
        }
        Err(_) => (Sum::unreadable(&lang), true),
    };
    let mut page = Beside::new(&lang, head, sum, errors);
    if let Some(key) = wrong {
        page.before = Markup::of(&Notice::new(Tone::Bad, lang.t(key)));
        page = page.wrong();
    }
    page.action = cx.url(&paths::of(START, &run.run_id));
    page.preview = cx.url(&paths::of(PREVIEW, &run.run_id));
    page.cards = cards(&lang, sent, errors);
    if any {
        page.buttons.push(Action::submit(lang.t("run-start")).primary());
    } else {
        page.before = page.before.and(&Notice::new(Tone::Warn, lang.t("run-none")));
    }
    page.buttons.push(Action::link(lang.t("cancel"), cx.url(paths::INSTALLATIONS)).quiet());
    let table = report::spec(&run.run_id).load(cx, query).await?;
    page.after = Markup::of(&table);
    page.render(title)
}

fn cards(lang: &Lang, sent: &Sent, errors: &FormErrors) -> Markup {
    let mut card = Card::new("terms", lang.t("licensing-terms"));
    for field in terms::fields(lang, sent, errors) {
        card = card.body(&field);
    }
    let how = match value(sent, "licenze") {
        "" => "cliente",
        typed => typed,
    };
    let shared = Field::radios("licenze", lang.t("run-shared"))
        .option_with_hint("cliente", lang.t("run-shared-one"), lang.t("run-shared-one-hint"))
        .option_with_hint(
            "installazione",
            lang.t("run-shared-each"),
            lang.t("run-shared-each-hint"),
        )
        .value(how);
    let told = sent.iter().filter(|(name, _)| name == "avvisa").map(|(_, whom)| whom);
    let tell = Field::checkboxes("avvisa", lang.t("run-tell"))
        .hint(lang.t("run-tell-hint"))
        .option("cliente", lang.t("run-tell-customer"))
        .option("rivenditore", lang.t("run-tell-seller"))
        .values(told);
    Markup::of(&card.body(&shared))
        .and(&Card::new("told", lang.t("run-told")).body(&terms::announced(lang, sent)).body(&tell))
}
