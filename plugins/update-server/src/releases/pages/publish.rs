//! `/crm/releases/{id}/publish`: everything that was found of a draft, and the button that lets it out.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::form::{Fields, Typed};
use plugin_api::ui::{Action, Card, Field, FormErrors, FormPage, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Page, Path, Problem, SeeOther};

use super::acts::unchanged;
use super::plan;
use crate::domain::release::State;
use crate::form::form_errors;
use crate::paths;
use crate::releases::body::Draft;
use crate::releases::checks::Told;
use crate::releases::publish::{self, BEING_CHECKED, Outcome};
use crate::releases::{save, tabs};

/// The page; of a release that is out already, that one's.
pub(super) async fn page(cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let draft = save::found(&cx, &id).await?;
    if draft.release.state != State::Draft {
        let there = cx.url(&paths::of(paths::RELEASE, &id));
        return Ok(SeeOther::to(there).into_response());
    }
    let told = publish::examined(&cx, &draft).await?;
    let typed = Typed::default().with("versione", draft.release.row_version.to_string());
    Ok(render(&cx, &draft, &told, &typed, &FormErrors::new())?.into_response())
}

/// Lets it out, or shows what holds it.
pub(super) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let typed = Typed::from(fields);
    let draft = unchanged(&cx, &id, &typed).await?;
    let lang = cx.lang();
    let (told, errors) = match plan::read(&typed) {
        Err(errors) => (publish::examined(&cx, &draft).await?, form_errors(&lang, &errors)),
        Ok(plan) => match publish::publish(&cx, &draft, typed.ticked("conferma"), &plan).await? {
            Outcome::Published => {
                let name = tabs::title(&draft.release);
                let notice = lang.with("release-is-out", &[("name", &name)]);
                let there = cx.url(&paths::of(paths::RELEASE, &id));
                return Ok(SeeOther::to(there).saying(notice).into_response());
            }
            Outcome::Held(told) => {
                let mut errors = FormErrors::new();
                if told.iter().any(|one| one.codice == BEING_CHECKED) {
                    errors.add("", lang.t("publish-being-checked"));
                } else if told.iter().all(|one| !one.impedisce) {
                    errors.add("conferma", lang.t("publish-confirm-missing"));
                } else {
                    errors.add("", lang.t("publish-refused"));
                }
                (told, errors)
            }
        },
    };
    let page = render(&cx, &draft, &told, &typed, &errors)?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

fn render(
    cx: &Cx,
    draft: &Draft,
    told: &[Told],
    typed: &Typed,
    errors: &FormErrors,
) -> Result<Page, Problem> {
    let (lang, release) = (cx.lang(), &draft.release);
    let name = tabs::title(release);
    let title = lang.with("release-publish-title", &[("name", &name)]);
    let back = cx.url(&paths::of(paths::RELEASE, &release.release_id));
    let head = Head::new(&title).back(&name, &back);
    let is_held = told.iter().any(|one| one.impedisce && !one.riprovare);
    let findings = findings(cx, told);
    if is_held {
        let html = Markup::of(&head).and(&errors.summary(&lang)).and(&findings);
        return Ok(Page::html(title, html));
    }
    let card = Card::new("plan", lang.t("plan"))
        .text(lang.with("plan-channels", &[("channels", &draft.channels.join(", "))]));
    let card = plan::fields(&lang, typed, errors).iter().fold(card, Card::body);
    let cards = if told.iter().all(|one| one.riprovare) {
        Markup::of(&card)
    } else {
        let confirm = Field::checkbox("conferma", lang.t("publish-confirm"))
            .checked(typed.ticked("conferma"))
            .errors(errors);
        Markup::of(&card).and(&Card::new("confirm", lang.t("publish-warnings")).body(&confirm))
    };
    let page = FormPage {
        title,
        head,
        before: findings,
        errors: errors.summary(&lang),
        action: cx.url(&paths::of(paths::RELEASE_PUBLISH, &release.release_id)),
        hidden: vec![("versione", typed.text("versione").to_owned())],
        cards,
        buttons: vec![
            Action::submit(lang.t("release-publish")),
            Action::link(lang.t("cancel"), back),
        ],
        after: Markup::default(),
    };
    page.render(&lang)
}

/// What was found, one notice each.
fn findings(cx: &Cx, told: &[Told]) -> Markup {
    let lang = cx.lang();
    if told.is_empty() {
        return Markup::of(&Notice::new(Tone::Ok, lang.t("publish-fine")));
    }
    told.iter().fold(Markup::default(), |all, one| {
        let tone = match one.codice.as_str() {
            BEING_CHECKED => Tone::Info,
            _ if one.impedisce => Tone::Bad,
            _ => Tone::Warn,
        };
        let notice = Notice::new(tone, &one.testo);
        all.and(&if one.file.is_empty() { notice } else { notice.title(&one.file) })
    })
}
