//! A page whose form has beside it what it comes to, priced while somebody types.

use std::collections::BTreeMap;

use askama::Template;
use askama::filters::HtmlSafe;
use axum::http::StatusCode;
use plugin_api::ui::{Action, ErrorSummary, Facts, FormErrors, Head, Markup};
use plugin_api::{Lang, Page, Problem};

use crate::mapping::sheet::Sent;

/// What a form comes to.
#[derive(Debug, Template)]
#[template(path = "registration-inventory/sum.html")]
pub(super) struct Sum {
    lang: Lang,
    facts: Markup,
    heading: &'static str,
    wrong: Vec<String>,
    /// What somebody saw when he pressed the button, so that nothing is made at another price.
    seen: String,
}

impl HtmlSafe for Sum {}

impl Sum {
    /// Licences at these prices (minor units by currency), and what stands against them.
    pub(super) fn new(
        lang: &Lang,
        licences: i64,
        prices: &BTreeMap<String, i64>,
        wrong: Vec<String>,
    ) -> Self {
        let mut facts = Facts::new();
        if licences > 0 {
            facts = facts.text(lang.t("licensing-licences"), lang.number(licences));
        }
        for (currency, amount) in prices {
            facts = facts.text(lang.t("licensing-price"), lang.money(*amount, currency));
        }
        if licences > 0 && prices.is_empty() {
            facts = facts.text(lang.t("licensing-price"), lang.t("licensing-price-none"));
        }
        let seen = prices.iter().map(|(currency, amount)| format!("{amount} {currency}"));
        let seen = [format!("{licences}")].into_iter().chain(seen).collect::<Vec<_>>().join(" + ");
        Self {
            lang: lang.clone(),
            facts: Markup::of(&facts),
            heading: "licensing-sum-wrong",
            wrong,
            seen,
        }
    }

    /// A form that cannot be read.
    pub(super) fn unreadable(lang: &Lang) -> Self {
        Self::new(lang, 0, &BTreeMap::new(), vec![lang.t("licensing-sum-unreadable")])
    }

    /// What single parts of it cost, above the whole.
    pub(super) fn lines(mut self, lines: Vec<(String, String)>) -> Self {
        let parts =
            lines.into_iter().fold(Facts::new(), |facts, (name, price)| facts.text(name, price));
        self.facts = Markup::of(&parts).and(&self.facts);
        self
    }

    /// What is wrong concerns parts of it, which are left out.
    pub(super) fn left_out(mut self) -> Self {
        self.heading = "licensing-sum-left-out";
        self
    }

    /// What somebody who sees this sends along.
    pub(super) fn seen(&self) -> &str {
        &self.seen
    }
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "registration-inventory/beside.html")]
pub(super) struct Beside {
    pub(super) head: Head,
    pub(super) before: Markup,
    errors: ErrorSummary,
    is_wrong: bool,
    pub(super) action: String,
    pub(super) preview: String,
    pub(super) hidden: Sent,
    pub(super) cards: Markup,
    sum: Sum,
    pub(super) buttons: Vec<Action>,
    pub(super) after: Markup,
}

impl Beside {
    /// A page with this head, what its form comes to, and what is wrong with what was typed.
    pub(super) fn new(lang: &Lang, head: Head, sum: Sum, errors: &FormErrors) -> Self {
        Self {
            head,
            before: Markup::default(),
            errors: errors.summary(lang),
            is_wrong: !errors.is_empty(),
            action: String::new(),
            preview: String::new(),
            hidden: Vec::new(),
            cards: Markup::default(),
            sum,
            buttons: Vec::new(),
            after: Markup::default(),
        }
    }

    /// Says that something is wrong besides what was typed.
    pub(super) fn wrong(mut self) -> Self {
        self.is_wrong = true;
        self
    }

    /// The page; 422 when something is wrong.
    pub(super) fn render(&self, title: impl Into<String>) -> Result<Page, Problem> {
        let page = Page::new(title, self)?;
        Ok(if self.is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
    }
}
