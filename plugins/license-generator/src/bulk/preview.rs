//! A run that waits to be confirmed: how many licences, what would happen, and what cannot.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use plugin_api::form::{Typed, sentence};
use plugin_api::ui::{Action, Card, Confirm, Facts, FormErrors, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Fault, FieldProblem, Lang, Page, Problem};

use super::act::{Act, Acting, questions};
use super::page::BulkPage;
use crate::domain::bulk::{Issuing, Run, Source};
use crate::form::form_errors;
use crate::issue::{self, NotIssued};
use crate::{labels, paths, store};

/// Licences and lines shown one by one.
const SHOWN: usize = 20;

/// The page again, with what is wrong.
pub(super) async fn refused(
    cx: &Cx,
    run: &Run,
    typed: &Typed,
    problems: &[FieldProblem],
) -> Result<Response, Problem> {
    let page = page(cx, run, typed, problems).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// The page.
pub(super) async fn page(
    cx: &Cx,
    run: &Run,
    typed: &Typed,
    problems: &[FieldProblem],
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let head = Head::new(&run.title).back(lang.t("bulk-runs"), cx.url(paths::BULK));
    let url = |path: &str| cx.url(&paths::of(path, &run.bulk_id));
    let forget = lang.t("bulk-forget-hint");
    let forget =
        Confirm::new(&lang, "forget", lang.t("bulk-forget"), url(paths::BULK_FORGET), forget);
    let page = BulkPage::new(&lang, head.action(&forget));
    let page = match Act::named(&run.kind) {
        None => issuing(cx, &lang, run, page, problems).await?,
        Some(act) => {
            let errors = form_errors(&lang, problems);
            let cards = acting(cx, &lang, run, act).await?;
            let fields = questions::fields(cx, act, typed, &errors).await?;
            let decide = Card::new("decide", lang.t(act.key())).text(told(&lang, act));
            let decide = fields.iter().fold(decide, Card::body);
            let submit = Action::submit(lang.t(act.key()));
            page.errors(errors.summary(&lang))
                .form(url(paths::BULK_START), Markup::of(&decide).and(&cards))
                .button(&if act.takes_away() { submit.danger() } else { submit.primary() })
        }
    };
    let cancel = Action::link(lang.t("cancel"), cx.url(paths::LICENCES));
    page.button(&cancel).render(&run.title)
}

fn told(lang: &Lang, act: Act) -> String {
    lang.t(&format!("bulk-told-{}", act.name()))
}

/// What an act would do with each licence, and how many it cannot be done with.
async fn acting(cx: &Cx, lang: &Lang, run: &Run, act: Act) -> Result<Markup, Fault> {
    let acting: Acting = serde_json::from_str(&run.work)?;
    let spec = acting.licences(cx).await?;
    let count = acting.selection.count(cx, &spec).await?;
    let possible = spec.clone().only(act.condition(), []);
    let possible = acting.selection.count(cx, &possible).await?;
    let facts = Facts::new()
        .text(lang.t("bulk-meant"), lang.number(count))
        .text(lang.t("bulk-possible"), lang.number(possible));
    let card = Card::new("what", lang.t("bulk-what")).body(&facts);
    let card = if possible < count {
        let n = lang.number(count - possible);
        let key = format!("bulk-cannot-{}", act.name());
        card.body(&Notice::new(Tone::Warn, lang.with(&key, &[("n", &n)])))
    } else {
        card
    };
    let mut first = Facts::new();
    for id in acting.selection.ids(cx, &spec, None, SHOWN).await? {
        let Some(licence) = store::licences::get(&cx.db(), cx.scope(), &id).await? else {
            continue;
        };
        let state = labels::state(lang, licence.state(cx.now()));
        let href = cx.url(&paths::of(paths::SHOW, &id));
        let text = format!("{}, {} ", licence.customer_name(), licence.product_name);
        let name = Markup::of(&Action::link(text, href).quiet()).and(&state);
        first = first.with(&licence.key_hint, &name);
    }
    let shown = lang.n("bulk-first", i64::try_from(SHOWN).unwrap_or_default().min(count));
    let first = Card::new("first", shown).body(&first);
    Ok(Markup::of(&card).and(&first))
}

/// What a run would issue.
async fn issuing(
    cx: &Cx,
    lang: &Lang,
    run: &Run,
    page: BulkPage,
    problems: &[FieldProblem],
) -> Result<BulkPage, Problem> {
    let work: Issuing = serde_json::from_str(&run.work).map_err(Fault::from)?;
    let lines = store::bulk::lines(&cx.db(), &run.bulk_id, 0, SHOWN).await?;
    let mut before = problems.iter().fold(Markup::default(), |before, problem| {
        before.and(&Notice::new(Tone::Bad, sentence(lang, &problem.detail)))
    });
    let mut facts = Facts::new().text(lang.t("bulk-count"), lang.number(run.total));
    match super::issue::prepare::order(cx, &work.draft, work.source, &lines).await {
        Ok(order) => {
            facts = facts
                .text(lang.t("label-prodotto"), &order.product.name)
                .text(lang.t("label-tipo"), labels::licence_type(lang, order.terms.r#type));
            if work.source != Source::Customers {
                facts = facts.text(lang.t("label-cliente"), &order.account.name);
            }
            if let Some(end) = order.terms.expires_at {
                facts = facts.text(lang.t("label-scadenza"), lang.date(end));
            }
            let active = order.grants.iter().filter(|grant| grant.active);
            let modules: Vec<&str> = active.map(|grant| grant.code.as_str()).collect();
            if !modules.is_empty() {
                facts = facts.text(lang.t("label-moduli"), modules.join(", "));
            }
        }
        Err(NotIssued::Rejected(rejection)) => {
            for error in rejection.errors {
                before = before.and(&Notice::new(Tone::Bad, sentence(lang, &error.detail)));
            }
        }
        Err(issue::NotIssued::Failed(fault)) => return Err(fault.into()),
    }
    if let Some(price) = run.price.filter(|price| *price > 0) {
        let total = price.saturating_mul(run.total);
        facts = facts
            .text(lang.t("bulk-price"), lang.money(price, &run.currency))
            .text(lang.t("bulk-price-total"), lang.money(total, &run.currency));
    } else if work.source == Source::Customers {
        facts = facts.text(lang.t("bulk-price"), lang.t("bulk-price-by-customer"));
    }
    let mut cards = Markup::of(&Card::new("what", lang.t("bulk-what")).body(&facts));
    if !lines.is_empty() {
        let first = lines.iter().fold(Facts::new(), |facts, line| {
            let name = if line.name.is_empty() { "–" } else { &line.name };
            let key = if work.source == Source::Devices { line.key.as_str() } else { "" };
            facts.mono(name, format!("{key} {}", line.serial).trim())
        });
        let n = i64::try_from(lines.len()).unwrap_or_default();
        cards = cards.and(&Card::new("first", lang.n("bulk-first-lines", n)).body(&first));
    }
    if work.left_out_count > 0 {
        let n = lang.number(work.left_out_count);
        let told = Notice::new(Tone::Warn, lang.with("bulk-left-out", &[("n", &n)]));
        let wrong = work.left_out.iter().fold(Facts::new(), |facts, (number, key)| {
            let line = lang.with("bulk-line", &[("n", &lang.number(*number))]);
            facts.text(line, lang.t(key))
        });
        let card = Card::new("left-out", lang.t("bulk-left-out-title")).body(&told).body(&wrong);
        cards = cards.and(&card);
    }
    let start = cx.url(&paths::of(paths::BULK_START, &run.bulk_id));
    let label = lang.n("bulk-issue-now", run.total);
    Ok(page
        .before(before)
        .errors(FormErrors::new().summary(lang))
        .form(start, cards)
        .button(&Action::submit(label).primary()))
}
