//! `/profile/second-factor`: an app is set up with a QR code, recovery codes are shown once.

use std::sync::Arc;

use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, StatusCode};
use plugin_api::ui::{
    Action, Badge, Card, Confirm, CopyText, Field, FormErrors, Head, Markup, Notice, Qr, Tone,
};
use plugin_api::{Access, Cx, Form as Sent, Page, Problem, Routes, SeeOther};

use super::own;
use super::password::proven;
use crate::pages::{Fields, Form, form_errors};
use crate::people::second_factor::{self, Enrolment, PAGE, Standing};
use crate::people::sessions;
use crate::state::{App, State};
use crate::store::users::UserRow;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/profile/second-factor", show, Access::SignedIn)
        .post("/profile/second-factor/begin", begin, Access::SignedIn)
        .post("/profile/second-factor/confirm", confirm, Access::SignedIn)
        .post("/profile/second-factor/codes", renew, Access::SignedIn)
        .post("/profile/second-factor/off", off, Access::SignedIn)
}

/// How it stands, on the page of the account.
pub(super) async fn card(state: &State, cx: &Cx, user: &UserRow) -> Result<Card, Problem> {
    let lang = cx.lang();
    let card = Card::new("second-factor", lang.t("second-factor-title"));
    let to = |key: &str| Action::link(lang.t(key), cx.url(PAGE));
    Ok(match second_factor::standing(state, cx, user).await? {
        Standing::On { since, codes_left } => {
            let on =
                Badge::new(Tone::Ok, lang.with("second-factor-on", &[("at", &lang.date(since))]));
            card.body(&on)
                .text(lang.n("second-factor-codes-left", codes_left))
                .body(&to("second-factor-manage"))
        }
        Standing::Off | Standing::Begun(_) => {
            card.text(lang.t("second-factor-why")).body(&to("second-factor-set-up").primary())
        }
    })
}

async fn show(App(state): App, cx: Cx) -> Result<Page, Problem> {
    page(&state, &cx, &FormErrors::new()).await
}

async fn begin(App(state): App, cx: Cx) -> Result<SeeOther, Problem> {
    let user = own(&cx).await?;
    second_factor::begin(&state, &cx, &user).await?;
    Ok(SeeOther::to(cx.url(PAGE)))
}

async fn confirm(
    App(state): App,
    cx: Cx,
    headers: HeaderMap,
    Sent(form): Sent<Fields>,
) -> Result<Response, Problem> {
    let user = own(&cx).await?;
    // A stolen session must not become a way to guess codes.
    let account = format!("enrol\0{}", user.user_id);
    let tried = state.people.throttle.attempt(&account, None, cx.now());
    tried.map_err(Problem::too_many_requests)?;
    let kept = sessions::current(&state, &headers);
    let confirmed = second_factor::confirm(&state, &cx, &user, form.get("code"), &kept).await;
    if confirmed.is_ok() {
        state.people.throttle.forgive(&account, None);
    }
    codes_or_errors(&state, &cx, confirmed).await
}

async fn renew(App(state): App, cx: Cx, Sent(form): Sent<Fields>) -> Result<Response, Problem> {
    let user = own(&cx).await?;
    let mut errors = proven(&state, &cx, &user, &form).await?;
    let standing = second_factor::standing(&state, &cx, &user).await?;
    if !matches!(standing, Standing::On { .. }) {
        errors.add("", cx.lang().t("problem-second-factor-not-begun"));
    }
    if !errors.is_empty() {
        return refused(&state, &cx, &errors).await;
    }
    let codes = second_factor::renew_codes(&state, &cx, &user).await;
    codes_or_errors(&state, &cx, codes).await
}

async fn off(App(state): App, cx: Cx, Sent(form): Sent<Fields>) -> Result<Response, Problem> {
    let user = own(&cx).await?;
    let mut errors = proven(&state, &cx, &user, &form).await?;
    if second_factor::is_required(&cx, &user).await? {
        errors.add("", cx.lang().t("problem-totp-required"));
    }
    if !errors.is_empty() {
        return refused(&state, &cx, &errors).await;
    }
    second_factor::remove(&state, &cx, &user, "user.second_factor_disabled").await?;
    let said = cx.lang().t("second-factor-off-now");
    Ok(SeeOther::to(cx.url("/profile")).saying(said).into_response())
}

async fn codes_or_errors(
    state: &Arc<State>,
    cx: &Cx,
    codes: Result<Vec<String>, Problem>,
) -> Result<Response, Problem> {
    match codes {
        Ok(codes) => Ok(codes_page(cx, &codes).into_response()),
        Err(problem) => refused(state, cx, &form_errors(problem, &cx.lang())?).await,
    }
}

async fn refused(state: &State, cx: &Cx, errors: &FormErrors) -> Result<Response, Problem> {
    let page = page(state, cx, errors).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// Shown in this answer and never again: only hashes are kept.
fn codes_page(cx: &Cx, codes: &[String]) -> Page {
    let lang = cx.lang();
    let title = lang.t("recovery-title");
    let copy = CopyText::new(codes.join("\n"), lang.t("recovery-copy")).block();
    let warning = Notice::new(Tone::Warn, lang.t("recovery-once")).title(lang.t("recovery-keep"));
    let done = Action::link(lang.t("recovery-done"), cx.url("/profile")).primary();
    let card = Card::new("codes", lang.t("recovery-card")).text(lang.t("recovery-lead"));
    let html = Markup::of(&Head::new(&title)).and(&warning).and(&card.body(&copy).body(&done));
    Page::html(title, html)
}

async fn page(state: &State, cx: &Cx, errors: &FormErrors) -> Result<Page, Problem> {
    let lang = cx.lang();
    let user = own(cx).await?;
    let is_required = second_factor::is_required(cx, &user).await?;
    let standing = second_factor::standing(state, cx, &user).await?;
    let title = lang.t("second-factor-title");
    let head = Head::new(&title)
        .back(lang.t("profile-title"), cx.url("/profile"))
        .lead(lang.t("second-factor-lead"));
    let mut html = Markup::of(&head).and(&errors.summary(&lang));
    if is_required && !matches!(standing, Standing::On { .. }) {
        html = html.and(&Notice::new(Tone::Warn, lang.t("problem-totp-required")));
    }
    let html = match standing {
        Standing::Off => html.and(&off_card(cx)),
        Standing::Begun(enrolment) => html.and(&enrol_card(cx, &enrolment, errors)?),
        Standing::On { codes_left, .. } => {
            let html = html.and(&codes_card(cx, codes_left));
            if is_required {
                html.and(&Notice::new(Tone::Info, lang.t("second-factor-stays")))
            } else {
                html.and(&switch_off_card(cx))
            }
        }
    };
    Ok(Page::html(title, html))
}

fn off_card(cx: &Cx) -> Card {
    let lang = cx.lang();
    let begin = Action::post(lang.t("second-factor-begin"), cx.url(&format!("{PAGE}/begin")));
    Card::new("begin", lang.t("second-factor-step-app"))
        .text(lang.t("second-factor-app"))
        .body(&begin.primary())
}

fn enrol_card(cx: &Cx, enrolment: &Enrolment, errors: &FormErrors) -> Result<Card, Problem> {
    let lang = cx.lang();
    let qr = Qr::new(&enrolment.address, lang.t("second-factor-qr"))?;
    let secret = CopyText::new(&enrolment.secret, lang.t("second-factor-copy")).block();
    let code = Field::text("code", lang.t("second-factor-code"))
        .hint(lang.t("second-factor-confirm-hint"))
        .autocomplete("one-time-code")
        .inputmode("numeric")
        .maxlength(16)
        .mono()
        .errors(errors);
    let form = Form::new(cx.url(&format!("{PAGE}/confirm")), lang.t("second-factor-confirm"));
    Ok(Card::new("enrol", lang.t("second-factor-step-scan"))
        .text(lang.t("second-factor-scan"))
        .body(&qr)
        .body(&Notice::new(Tone::Info, lang.t("second-factor-by-hand")).with(&secret))
        .body(&Action::link(lang.t("second-factor-open-app"), &enrolment.address).quiet())
        .body(&form.field(&code.required())))
}

fn codes_card(cx: &Cx, left: i64) -> Card {
    let lang = cx.lang();
    let renew = Confirm::new(
        &lang,
        "renew",
        lang.t("recovery-renew"),
        cx.url(&format!("{PAGE}/codes")),
        lang.t("recovery-renew-consequence"),
    );
    Card::new("codes", lang.t("recovery-title"))
        .text(lang.n("second-factor-codes-left", left))
        .body(&renew.harmless().field(&password(cx, "renew-current")))
}

fn switch_off_card(cx: &Cx) -> Card {
    let lang = cx.lang();
    let off = Confirm::new(
        &lang,
        "off",
        lang.t("second-factor-off"),
        cx.url(&format!("{PAGE}/off")),
        lang.t("second-factor-off-consequence"),
    );
    Card::new("off", lang.t("second-factor-off-title"))
        .danger()
        .text(lang.t("second-factor-off-hint"))
        .body(&off.field(&password(cx, "off-current")))
}

/// Two of these stand in one page, so each has an id of its own.
fn password(cx: &Cx, id: &str) -> Field {
    Field::password("current", cx.lang().t("password-current"))
        .autocomplete("current-password")
        .id(id)
        .required()
}
