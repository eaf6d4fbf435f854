//! What would be issued, in words, what it would cost, and what stands against it: the aside of every
//! form that describes a licence, and of a request somebody has to decide.

use askama::Template;
use askama::filters::HtmlSafe;
use plugin_api::form::sentence;
use plugin_api::ui::{Facts, Markup, Notice, Tone, field_id};
use plugin_api::{Cx, Fault, FieldProblem, Lang};

use super::read::field_of;
use crate::catalogue::percent;
use crate::domain::choices::{Binding, Origin, Renewal};
use crate::domain::draft::{Draft, Rejection};
use crate::domain::policy::Policy;
use crate::issue::{self, NotIssued, Order, rights};
use crate::labels;

/// What a draft comes to.
#[derive(Debug, Template)]
#[template(path = "license-generator/summary.html")]
pub(crate) struct Summary {
    lang: Lang,
    sentence: String,
    facts: Markup,
    /// What is beyond the caller's rights.
    beyond: String,
    beyond_notice: Markup,
    /// The ids of fields with what is wrong with them.
    wrong: Vec<(String, String)>,
}

impl HtmlSafe for Summary {}

impl Summary {
    /// What `draft` comes to for the caller; `n` of them at once. Nothing is written.
    pub(crate) async fn of(cx: &Cx, draft: &Draft, n: i64) -> Result<Self, Fault> {
        match issue::prepare(cx, draft, Origin::Person).await {
            Ok(order) => {
                let beyond = rights::would_refuse(cx, &order, n).await?;
                Ok(Self::of_order(cx, &order, beyond))
            }
            Err(NotIssued::Rejected(rejection)) => Ok(Self::wrong(cx, &rejection.errors)),
            Err(NotIssued::Failed(fault)) => Err(fault),
        }
    }

    /// A form that cannot be read as a draft.
    pub(crate) fn wrong(cx: &Cx, errors: &[FieldProblem]) -> Self {
        let lang = cx.lang();
        let told = |error: &FieldProblem| {
            let field = field_of(&error.pointer);
            let id = if field.is_empty() { field } else { field_id(&field) };
            (id, sentence(&lang, &error.detail))
        };
        Self {
            sentence: String::new(),
            facts: Markup::default(),
            beyond: String::new(),
            beyond_notice: Markup::default(),
            wrong: errors.iter().map(told).collect(),
            lang: lang.clone(),
        }
    }

    fn of_order(cx: &Cx, order: &Order, beyond: Option<Rejection>) -> Self {
        let lang = cx.lang();
        let beyond = beyond.map_or_else(String::new, |rejection| said(&lang, &rejection));
        let notice = Notice::new(Tone::Warn, &beyond).title(lang.t("right-beyond"));
        Self {
            sentence: in_words(&lang, order),
            facts: Markup::of(&facts(cx, order)),
            beyond_notice: if beyond.is_empty() { Markup::default() } else { Markup::of(&notice) },
            beyond,
            wrong: Vec::new(),
            lang,
        }
    }

    /// Whether nothing stands against it.
    pub(crate) fn is_fine(&self) -> bool {
        self.beyond.is_empty() && self.wrong.is_empty()
    }
}

/// What a rejection says, in one text.
pub(crate) fn said(lang: &Lang, rejection: &Rejection) -> String {
    let sentences = rejection.errors.iter().map(|error| sentence(lang, &error.detail));
    sentences.collect::<Vec<_>>().join(" ")
}

/// `Subscription: Studio 3.1 for Bianchi, until 31 Jan 2027, on 2 devices, with Base, Reports.`
pub(crate) fn in_words(lang: &Lang, order: &Order) -> String {
    let terms = &order.terms;
    let version = match terms.version {
        None => String::new(),
        Some((major, None)) => format!(" {major}"),
        Some((major, Some(minor))) => format!(" {major}.{minor}"),
    };
    let until = terms.expires_at.map_or_else(
        || lang.t("summary-for-ever"),
        |end| lang.with("summary-until", &[("date", &lang.date(end))]),
    );
    let seats = match terms.binding {
        Binding::Device => lang.n("summary-devices", terms.devices_max),
        Binding::User => lang.n("summary-users", terms.users_max.unwrap_or(1)),
        Binding::Floating => lang.n("summary-seats", terms.seats_max.unwrap_or(1)),
    };
    let active = order.grants.iter().filter(|grant| grant.active);
    let modules = active.map(|grant| grant.code.as_str()).collect::<Vec<_>>().join(", ");
    let modules = if modules.is_empty() {
        String::new()
    } else {
        lang.with("summary-modules", &[("modules", &modules)])
    };
    lang.with(
        "summary-sentence",
        &[
            ("type", &labels::licence_type(lang, terms.r#type)),
            ("product", &format!("{}{version}", order.product.name)),
            ("customer", &order.account.name),
            ("until", &until),
            ("seats", &seats),
            ("modules", &modules),
        ],
    )
}

fn facts(cx: &Cx, order: &Order) -> Facts {
    let lang = cx.lang();
    let (terms, quote) = (&order.terms, &order.quote);
    let money = |amount: i64| lang.money(amount, &quote.currency);
    let mut facts = Facts::new();
    if terms.starts_at > cx.now() {
        facts = facts.text(lang.t("label-inizio"), lang.date(terms.starts_at));
    }
    if let Some(until) = terms.maintenance_until {
        facts = facts.text(lang.t("label-manutenzione-fino-a"), lang.date(until));
    }
    for line in &quote.lines {
        facts = facts.text(&line.name, money(line.amount));
    }
    if quote.seats > 1 && !quote.lines.is_empty() {
        facts = facts.text(lang.t("summary-seats-times"), lang.number(quote.seats));
    }
    if let Some(list) = quote.list.filter(|list| Some(*list) != quote.price) {
        facts = facts.text(lang.t("summary-list-price"), money(list));
    }
    if quote.discount > 0 {
        facts = facts.text(lang.t("summary-discount"), format!("{}%", percent(quote.discount)));
    }
    let price = quote.price.map_or_else(|| lang.t("summary-no-price"), money);
    facts = facts.text(lang.t("label-prezzo"), price);
    if let Some(due) = terms.due_at {
        facts = facts.text(lang.t("label-pagamento-entro"), lang.date(due));
    }
    if terms.internal {
        facts = facts.text(lang.t("label-interna"), lang.t("yes"));
    }
    if terms.shadow != Policy::default().shadow {
        facts = facts.text(lang.t("new-ombra"), lang.t("yes"));
    }
    if terms.renewal == Renewal::Automatic {
        facts = facts.text(lang.t("new-rinnovo"), lang.t("new-renewal-automatico"));
    }
    facts
}
