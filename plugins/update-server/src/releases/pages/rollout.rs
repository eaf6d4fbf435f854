//! `/crm/releases/{id}/rollout`: how a release reaches the installations of its channels.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::form::{Fields, Typed};
use plugin_api::ui::{Action, Card, Field, FormErrors, FormPage, Markup, Notice, Tone};
use plugin_api::{Cx, Page, Path, Problem, SeeOther};

use super::acts::unchanged;
use super::plan;
use crate::domain::release::State;
use crate::form::form_errors;
use crate::releases::body::Draft;
use crate::releases::{save, tabs};
use crate::rollouts::page::{Live, buttons, card};
use crate::rollouts::start::start as begin;
use crate::store::rollouts::{self, Rollout};
use crate::{ROLLOUT, paths};

/// The page.
pub(super) async fn page(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let draft = save::found(&cx, &id).await?;
    let typed = Typed::default().with("versione", draft.release.row_version.to_string());
    render(&cx, &draft, &typed, &FormErrors::new()).await
}

/// Begins another rollout.
pub(super) async fn start(
    cx: Cx,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let typed = Typed::from(fields);
    let draft = unchanged(&cx, &id, &typed).await?;
    match plan::read(&typed) {
        Ok(plan) => {
            begin(&cx, &draft, typed.text("canale"), &plan).await?;
            let there = cx.url(&paths::of(paths::RELEASE_ROLLOUT, &id));
            Ok(SeeOther::to(there).saying(cx.lang().t("rollout-begun")).into_response())
        }
        Err(errors) => {
            let errors = form_errors(&cx.lang(), &errors);
            let page = render(&cx, &draft, &typed, &errors).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

async fn render(
    cx: &Cx,
    draft: &Draft,
    typed: &Typed,
    errors: &FormErrors,
) -> Result<Page, Problem> {
    let (lang, release) = (cx.lang(), &draft.release);
    let all = rollouts::of_release(&cx.db(), cx.scope(), &release.release_id).await?;
    let head = tabs::head(cx, release);
    let mut before = Markup::of(&tabs::tabs(cx, release, paths::RELEASE_ROLLOUT));
    if release.state == State::Draft {
        before = before.and(&Notice::new(Tone::Info, lang.t("rollout-draft-hint")));
    }
    for channel in &draft.channels {
        let last = all.iter().find(|rollout| rollout.channel == *channel);
        if last.is_none() && release.state == State::Published {
            let text = lang.with("rollout-everybody", &[("channel", channel)]);
            before = before.and(&Notice::new(Tone::Ok, text));
        }
    }
    let mut cards = Markup::default();
    for rollout in &all {
        let actions = buttons(cx, rollout, "rilascio");
        cards = cards.and(&actions.iter().fold(card(cx, rollout).await?, Card::action));
    }
    if !all.is_empty() {
        before = before.and(&Live::of(cards));
    }
    let title = format!("{}: {}", lang.t("tab-release-rollout"), tabs::title(release));
    let free = free(draft, &all);
    if release.state != State::Published || free.is_empty() || !cx.may(ROLLOUT) {
        return Ok(Page::html(title, Markup::of(&head).and(&before)));
    }
    let channel = Field::select("canale", lang.t("rollout-channel")).value(typed.text("canale"));
    let channel = free.into_iter().fold(channel, |field, name| field.option(name, name));
    let card = Card::new("begin", lang.t("rollout-begin")).text(lang.t("rollout-begin-hint"));
    let card = plan::fields(&lang, typed, errors).iter().fold(card.body(&channel), Card::body);
    let page = FormPage {
        title,
        head,
        before,
        errors: errors.summary(&lang),
        action: cx.url(&paths::of(paths::RELEASE_ROLLOUT, &release.release_id)),
        hidden: vec![("versione", typed.text("versione").to_owned())],
        cards: Markup::of(&card),
        buttons: vec![Action::submit(lang.t("rollout-begin"))],
        after: Markup::default(),
    };
    page.render(&lang)
}

/// The channels where no rollout is going on.
fn free<'a>(draft: &'a Draft, all: &[Rollout]) -> Vec<&'a str> {
    let is_busy =
        |channel: &str| all.iter().any(|rollout| rollout.channel == channel && rollout.is_open());
    draft.channels.iter().map(String::as_str).filter(|channel| !is_busy(channel)).collect()
}
