//! A page that is one form: transactions, rules and whatever else is a handful of questions.

use askama::Template;
use axum::http::StatusCode;
use plugin_api::ui::{Action, ErrorSummary, FormErrors, Head, Markup};
use plugin_api::{Lang, Page, Problem};

use crate::domain::Refusal;

/// A page that is one form.
#[derive(Debug, Template)]
#[template(path = "customer-accounts/sheet.html")]
pub(crate) struct Sheet {
    title: String,
    head: Head,
    errors: ErrorSummary,
    before: Markup,
    action: String,
    hidden: Vec<(&'static str, String)>,
    cards: Markup,
    submit: Action,
    cancel: Action,
    refused: bool,
    error: String,
}

impl Sheet {
    /// A form called `title` that is sent to `action`; who cancels goes `back`, a name and an
    /// address.
    pub(crate) fn new(lang: &Lang, title: String, action: String, back: (String, String)) -> Self {
        let (above, href) = back;
        Self {
            head: Head::new(&title).back(above, &href).lead(lang.t("required-hint")),
            errors: FormErrors::new().summary(lang),
            before: Markup::default(),
            action,
            hidden: Vec::new(),
            cards: Markup::default(),
            submit: Action::submit(lang.t("save")),
            cancel: Action::link(lang.t("cancel"), href),
            refused: false,
            error: lang.t("error"),
            title,
        }
    }

    /// Sends `name=value` along.
    #[must_use]
    pub(crate) fn hidden(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.hidden.push((name, value.into()));
        self
    }

    /// The questions.
    #[must_use]
    pub(crate) fn cards(mut self, cards: Markup) -> Self {
        self.cards = cards;
        self
    }

    /// What to know before answering them.
    #[must_use]
    pub(crate) fn before(mut self, before: Markup) -> Self {
        self.before = before;
        self
    }

    /// What is wrong with what was sent; `label` names the field of a refusal, because far from
    /// its field a message must.
    #[must_use]
    pub(crate) fn refused(
        mut self,
        lang: &Lang,
        refusals: &[Refusal],
        label: impl Fn(&str) -> String,
    ) -> Self {
        let told = |refusal: &Refusal| {
            (refusal.field, format!("{}: {}", label(refusal.field), lang.t(refusal.key)))
        };
        let errors: FormErrors = refusals.iter().map(told).collect();
        self.refused = !errors.is_empty();
        self.errors = errors.summary(lang);
        self
    }

    /// The page: 422 when something is wrong, and its title says so.
    pub(crate) fn render(&self) -> Result<Page, Problem> {
        if !self.refused {
            return Page::new(&self.title, self);
        }
        let page = Page::new(format!("{}: {}", self.error, self.title), self)?;
        Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY))
    }
}

/// What is wrong, beside each field.
pub(crate) fn beside(lang: &Lang, refusals: &[Refusal]) -> FormErrors {
    refusals.iter().map(|refusal| (refusal.field, lang.t(refusal.key))).collect()
}
