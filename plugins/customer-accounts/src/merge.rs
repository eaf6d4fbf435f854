//! `/crm/customers/{id}/merge`: make one customer of two, field by field; `id` survives.

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Response};
use plugin_api::contracts::people::{MOVE, Move};
use plugin_api::ui::{Action, Card, Facts, Field, FormErrors, Markup, Notice, Tone};
use plugin_api::{Cx, Fault, FaultKind, Form, Page, Path, Problem, Query, SeeOther};
use serde::Deserialize;

use crate::asked::if_there;
use crate::domain::{Customer, Details, Refusal, THEIRS, is_disputed, united};
use crate::found::open;
use crate::labels::{label, shown};
use crate::sheet::Sheet;
use crate::store::Change;
use crate::{paths, store};

/// The answers: `other`, both versions, a choice for each disputed field, and `confirm`.
type Answers = BTreeMap<String, String>;

/// With whom it is to be merged, or words of his name.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    other: String,
    q: String,
}

/// The comparison; the choice of the other one first.
pub(crate) async fn form(
    cx: Cx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let into = open(&cx, &id).await?;
    if asked.other.is_empty() {
        return choice(&cx, &into, asked.q.trim()).await;
    }
    let from = other(&cx, &into, &asked.other).await?;
    comparison(&cx, (&into, &from), &Answers::new(), &[]).render()
}

/// Merges them, unless either changed since they were compared.
pub(crate) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(answers): Form<Answers>,
) -> Result<Response, Problem> {
    let answer = |name: &str| answers.get(name).map_or("", String::as_str);
    let into = open(&cx, &id).await?;
    let from = other(&cx, &into, answer("other")).await?;
    let mut refusals = Vec::new();
    if answer("confirm") != "true" {
        refusals.push(Refusal { field: "confirm", key: "field-merge-confirm" });
    }
    let seen = [(&into, "version"), (&from, "other_version")];
    if seen.iter().any(|(customer, name)| answer(name) != customer.version.to_string()) {
        return Err(Problem::conflict("customer_changed"));
    }
    let details = match united(&into.details, &from.details, &answers) {
        Ok(details) if refusals.is_empty() => details,
        outcome => {
            refusals.extend(outcome.err().into_iter().flatten());
            let sheet = comparison(&cx, (&into, &from), &answers, &refusals);
            return Ok(sheet.render()?.into_response());
        }
    };
    match unite(&cx, (&into, &from), details).await? {
        Change::Stale => Err(Problem::conflict("customer_changed")),
        Change::Done => {
            let named = [("from", from.name()), ("into", into.name())];
            let notice = cx.lang().with("merge-done", &named);
            Ok(SeeOther::to(cx.url(&paths::customer(&id))).saying(notice).into_response())
        }
    }
}

/// The record that goes: another one, which may still change.
pub(crate) async fn other(cx: &Cx, into: &Customer, id: &str) -> Result<Customer, Problem> {
    if id == into.customer_id {
        return Err(Problem::unprocessable("merge_with_itself"));
    }
    open(cx, id).await
}

/// Makes one of both, in one transaction with the people who sign in for the one that goes.
pub(crate) async fn unite(
    cx: &Cx,
    (into, from): (&Customer, &Customer),
    details: Details,
) -> Result<Change, Problem> {
    let moving = Move { from: from.organisation_id.clone(), into: into.organisation_id.clone() };
    let done = cx.transaction(|tx| {
        let (details, moving) = (details.clone(), moving.clone());
        async move {
            store::merge(&tx, tx.scope(), (into, from), details).await?;
            if_there(tx.service(&MOVE, &moving).await).map_err(told_of_people)?;
            Ok(())
        }
    });
    match done.await {
        Ok(()) => Ok(Change::Done),
        Err(problem) if problem.fault().is_some_and(|f| f.kind == FaultKind::Mismatch) => {
            Ok(Change::Stale)
        }
        Err(problem) => Err(problem),
    }
}

/// What the host's refusal to touch people means to who asked.
pub(crate) fn told_of_people(fault: Fault) -> Problem {
    if fault.kind == FaultKind::Refused { Problem::conflict("people_beyond") } else { fault.into() }
}

async fn choice(cx: &Cx, into: &Customer, words: &str) -> Result<Page, Problem> {
    let lang = cx.lang();
    let path = cx.url(&paths::merge(&into.customer_id));
    let found = if words.is_empty() {
        store::namesakes(&cx.db(), cx.scope(), into).await?
    } else {
        store::search(&cx.db(), cx.scope(), words, 20).await?
    };
    let links = found.iter().filter(|account| account.account_id != into.customer_id).fold(
        Markup::default(),
        |links, account| {
            let href = format!("{path}?other={}", account.account_id);
            links.and(&Action::link(&account.name, href))
        },
    );
    let title = lang.with("merge-title", &[("name", into.name())]);
    let head = plugin_api::ui::Head::new(&title)
        .back(into.name(), cx.url(&paths::customer(&into.customer_id)))
        .lead(lang.t("merge-lead"));
    let search = Search {
        path,
        words: words.to_owned(),
        label: lang.t("merge-search"),
        button: lang.t("search"),
    };
    let mut card = Card::new("other", lang.t("merge-other")).body(&search);
    card = if links.is_empty() {
        card.text(lang.t(if words.is_empty() { "merge-other-hint" } else { "merge-other-none" }))
    } else {
        card.body(&links)
    };
    Ok(Page::html(title, Markup::of(&head).and(&card)))
}

/// The box for words of a name.
#[derive(Debug, askama::Template)]
#[template(path = "customer-accounts/find.html")]
struct Search {
    path: String,
    words: String,
    label: String,
    button: String,
}

impl askama::filters::HtmlSafe for Search {}

fn comparison(
    cx: &Cx,
    (into, from): (&Customer, &Customer),
    answers: &Answers,
    refusals: &[Refusal],
) -> Sheet {
    let lang = cx.lang();
    let errors: FormErrors = refusals.iter().map(|r| (r.field, lang.t(r.key))).collect();
    let mut disputed =
        Card::new("disputed", lang.t("merge-disputed")).text(lang.t("merge-disputed-hint"));
    let mut kept = Facts::new();
    let pairs = into.details.master.fields().into_iter().zip(from.details.master.fields());
    for ((field, ours), (_, theirs)) in pairs {
        if is_disputed(field, ours, theirs) {
            let chosen = answers.get(field).map_or("into", String::as_str);
            let radios = Field::radios(field, label(&lang, field))
                .option("into", shown(&lang, field, ours))
                .option(THEIRS, shown(&lang, field, theirs))
                .value(chosen)
                .errors(&errors);
            disputed = disputed.body(&radios);
        } else if !(ours.is_empty() && theirs.is_empty()) {
            kept = kept.text(label(&lang, field), united_text(&lang, field, ours, theirs));
        }
    }
    let confirm = Field::checkbox("confirm", lang.t("merge-confirm")).errors(&errors).required();
    let named = [("from", from.name()), ("into", into.name())];
    let swapped = format!("{}?other={}", paths::merge(&from.customer_id), into.customer_id);
    let swap = Action::link(lang.with("merge-swap", &[("name", from.name())]), cx.url(&swapped));
    let card = Card::new("confirm-card", lang.t("merge"))
        .text(lang.with("merge-consequence", &named))
        .body(&confirm)
        .danger();
    let title = lang.with("merge-title", &[("name", into.name())]);
    let back = (into.name().to_owned(), cx.url(&paths::customer(&into.customer_id)));
    let notice = Notice::new(Tone::Warn, lang.with("merge-notice", &named)).with(&swap);
    Sheet::new(&lang, title, cx.url(&paths::merge(&into.customer_id)), back)
        .before(Markup::of(&notice))
        .hidden("other", &from.customer_id)
        .hidden("version", into.version.to_string())
        .hidden("other_version", from.version.to_string())
        .cards(
            Markup::of(&disputed)
                .and(&Card::new("kept", lang.t("merge-kept")).body(&kept))
                .and(&card),
        )
        .refused(&lang, refusals, |field| {
            if field == "confirm" { lang.t("merge") } else { label(&lang, field) }
        })
}

/// What the survivor has of a field nobody must choose.
fn united_text(lang: &plugin_api::Lang, field: &str, ours: &str, theirs: &str) -> String {
    let known: Vec<&str> = [ours, theirs].into_iter().filter(|text| !text.is_empty()).collect();
    match known.as_slice() {
        [ours, theirs] if ours != theirs => format!("{ours}, {theirs}"),
        _ => shown(lang, field, known.first().copied().unwrap_or_default()),
    }
}
