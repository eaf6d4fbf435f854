//! `/crm/rollouts/{id}`: how far a rollout is, how it goes, and its buttons.

use askama::Template;
use askama::filters::HtmlSafe;
use axum::response::{IntoResponse, Response};
use plugin_api::form::{Fields, Typed};
use plugin_api::ui::{Card, Confirm, Facts, Field, Head, Markup, Notice, Progress, Tone};
use plugin_api::{Cx, Page, Path, Problem, SeeOther};

use super::act::{self, Act};
use super::tend::automatic;
use crate::domain::rollout::State;
use crate::releases::changed::TOPIC;
use crate::store::releases;
use crate::store::rollouts::{self, Rollout};
use crate::{ROLLOUT, labels, paths};

/// What is fetched again when a rollout moves.
#[derive(Template)]
#[template(path = "update-server/live.html")]
pub(crate) struct Live {
    /// What it follows.
    topic: &'static str,
    content: Markup,
}

impl HtmlSafe for Live {}

impl Live {
    /// This, kept as it is now.
    pub(crate) fn of(content: Markup) -> Self {
        Self { topic: TOPIC, content }
    }
}

/// The page.
pub(super) async fn page(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let rollout = found(&cx, &id).await?;
    let release = releases::get(&cx.db(), cx.scope(), &rollout.release_id).await?;
    let release = release.ok_or_else(Problem::not_found)?;
    let lang = cx.lang();
    let title = lang.with(
        "rollout-title",
        &[
            ("product", &rollout.product_code),
            ("version", &release.version),
            ("channel", &rollout.channel),
        ],
    );
    let head = Head::new(&title)
        .back(lang.t("rollouts"), cx.url(paths::ROLLOUTS))
        .badge(labels::rollout_state(&lang, rollout.state));
    let head = buttons(&cx, &rollout, "").iter().fold(head, Head::action);
    let content = Markup::of(&head).and(&card(&cx, &rollout).await?);
    Page::new(title, &Live::of(content))
}

/// Presses a button.
pub(super) async fn act(
    cx: Cx,
    Path((id, name)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Problem> {
    let what = Act::of(&name).ok_or_else(Problem::not_found)?;
    let rollout = found(&cx, &id).await?;
    let typed = Typed::from(fields);
    // A page that is out of date decides nothing.
    if typed.whole("versione") != rollout.row_version {
        return Err(Problem::conflict("distribuzione_cambiata"));
    }
    act::act(&cx, &rollout, what, typed.text("motivo")).await?;
    let notice = cx.lang().t(&format!("rollout-done-{name}"));
    let there = match typed.text("da") {
        "rilascio" => paths::of(paths::RELEASE_ROLLOUT, &rollout.release_id),
        _ => paths::of(paths::ROLLOUT, &id),
    };
    Ok(SeeOther::to(cx.url(&there)).saying(notice).into_response())
}

async fn found(cx: &Cx, id: &str) -> Result<Rollout, Problem> {
    rollouts::get(&cx.db(), cx.scope(), id).await?.ok_or_else(Problem::not_found)
}

/// What can be done with a rollout by who is looking; `from` says where the reader goes afterwards.
pub(crate) fn buttons(cx: &Cx, rollout: &Rollout, from: &str) -> Vec<Confirm> {
    let lang = cx.lang();
    let offered = Act::ALL.iter().filter(|(_, act)| act.fits(rollout.state) && cx.may(ROLLOUT));
    let button = |(name, act): &(&str, Act)| {
        let path = paths::of(paths::ROLLOUT_ACT, &rollout.rollout_id).replace("{act}", name);
        let id = format!("{name}-{}", rollout.rollout_id);
        let verb = lang.t(&format!("rollout-{name}"));
        let told = lang.t(&format!("rollout-{name}-told"));
        let confirm = Confirm::new(&lang, id, verb, cx.url(&path), told)
            .hidden("versione", rollout.row_version.to_string())
            .hidden("da", from);
        match act {
            Act::Stop => {
                let id = format!("f-motivo-{}", rollout.rollout_id);
                confirm.field(&Field::text("motivo", lang.t("rollout-reason")).id(id).required())
            }
            _ => confirm.harmless(),
        }
    };
    offered.map(button).collect()
}

/// How far a rollout is, and how it goes.
pub(crate) async fn card(cx: &Cx, rollout: &Rollout) -> Result<Card, Problem> {
    let (lang, now) = (cx.lang(), cx.now());
    let reach = rollouts::reach(&cx.db(), cx.scope(), rollout).await?;
    let have = [("have", &*lang.number(reach.have)), ("known", &*lang.number(reach.known))];
    let percent = rollout.percent(now);
    let reached = u8::try_from(percent).unwrap_or_default();
    let id = format!("progress-{}", rollout.rollout_id);
    let progress = Progress::new(&lang, id, lang.t("rollout-reached"), reached);
    let next = rollout.next(now).filter(|_| rollout.state == State::Running);
    let progress = match next {
        Some(stage) => progress.message(lang.with(
            "rollout-next",
            &[("percent", &stage.percent.to_string()), ("when", &lang.instant(stage.at))],
        )),
        None => progress,
    };
    let started = [("when", &*lang.instant(rollout.started_at)), ("by", &*rollout.started_by)];
    let facts = Facts::new()
        .with(lang.t("release-state"), &labels::rollout_state(&lang, rollout.state))
        .mono(lang.t("rollout-channel"), &rollout.channel)
        .text(lang.t("rollout-started"), lang.with("done-by", &started))
        .text(
            lang.t("rollout-ended"),
            rollout.ended_at.map_or_else(String::new, |at| lang.instant(at)),
        )
        .text(lang.t("rollout-have"), lang.with("rollout-have-of", &have))
        .text(lang.t("rollout-succeeded"), lang.number(rollout.succeeded))
        .text(lang.t("rollout-failed"), lang.number(rollout.failed));
    let title = lang.with("rollout-in", &[("channel", &rollout.channel)]);
    let card = Card::new(format!("rollout-{}", rollout.rollout_id), title);
    let card = match automatic(&rollout.reason) {
        Some((failed, outcomes)) => {
            let text = lang.with("rollout-automatic", &[("failed", failed), ("all", outcomes)]);
            card.body(&Notice::new(Tone::Bad, text))
        }
        None if !rollout.reason.is_empty() => {
            card.body(&Notice::new(Tone::Warn, &rollout.reason).title(lang.t("rollout-reason")))
        }
        None => card,
    };
    Ok(card.body(&progress).body(&facts))
}
