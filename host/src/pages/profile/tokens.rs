//! The own API tokens: made, shown once, revoked.

use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, StatusCode};
use plugin_api::time::DAY;
use plugin_api::ui::{Card, CopyText, Empty, Field, FormErrors, Markup, Notice, Tone};
use plugin_api::{Access, Cx, Fault, Form as Sent, Path, Problem, Routes, SeeOther};

use super::own;
use super::show::{Shown, page};
use crate::pages::{Fields, Form, form_errors, permissions, tokens as tokens_table};
use crate::people::{NewToken, tokens};
use crate::state::{App, State};
use crate::store::users::UserRow;
use crate::store::{organisations, tokens as store};

pub(super) fn routes() -> Routes {
    Routes::new().post("/profile/tokens", create, Access::SignedIn).post(
        "/profile/tokens/{token_id}/revoke",
        revoke,
        Access::SignedIn,
    )
}

/// How many days a token may last; 0 is for ever.
const LIFETIMES: [(&str, i64); 4] = [("30", 30), ("90", 90), ("365", 365), ("0", 0)];

pub(super) async fn card(
    state: &State,
    cx: &Cx,
    user: &UserRow,
    shown: &Shown,
) -> Result<Card, Problem> {
    let lang = cx.lang();
    let found = store::of_user(&cx.db(), cx.scope(), &user.user_id).await?;
    let card = Card::new("tokens", lang.t("tokens-title")).text(lang.t("tokens-lead"));
    let card = if found.is_empty() {
        card.body(&Empty::new(lang.t("tokens-none"), lang.t("tokens-none-hint")))
    } else {
        card.body(&tokens_table::table(cx, &found, &cx.url("/profile/tokens")))
    };
    Ok(card.body(&form(state, cx, user, shown).await?))
}

async fn form(state: &State, cx: &Cx, user: &UserRow, shown: &Shown) -> Result<Form, Fault> {
    let (lang, sent, errors) = (cx.lang(), &shown.token, &shown.errors);
    let or = |name: &str, default: &str| match sent.get(name) {
        "" => default.to_owned(),
        value => value.to_owned(),
    };
    let name = Field::text("token_name", lang.t("token-name")).hint(lang.t("token-name-hint"));
    let name = name.value(sent.get("token_name")).maxlength(100).autocomplete("off");
    let mut days = Field::select("days", lang.t("token-lifetime")).value(or("days", "90"));
    for (value, count) in LIFETIMES {
        let text = if count == 0 { lang.t("token-for-ever") } else { lang.n("token-days", count) };
        days = days.option(value, text);
    }
    let reach = Field::radios("reach", lang.t("token-reach"))
        .option_with_hint("all", lang.t("token-reach-all"), lang.t("token-reach-all-hint"))
        .option_with_hint("some", lang.t("token-reach-some"), lang.t("token-reach-some-hint"))
        .value(or("reach", "some"));
    let mut form = Form::new(cx.url("/profile/tokens"), lang.t("token-create"))
        .field(&name.errors(errors).required())
        .field(&days.errors(errors));
    let nodes = organisations::choices(&cx.db(), cx.scope(), "").await?;
    if nodes.len() > 1 {
        let mut branch = Field::select("branch", lang.t("token-branch"))
            .hint(lang.t("token-branch-hint"))
            .value(or("branch", &user.organisation_id));
        for node in nodes {
            branch = branch.option(node.organisation_id, node.name);
        }
        form = form.field(&branch.errors(errors));
    }
    let chosen = sent.all("permissions").into_iter().collect();
    Ok(permissions::fields(state, cx, form.field(&reach.errors(errors)), &chosen, errors))
}

async fn create(
    App(state): App,
    cx: Cx,
    headers: HeaderMap,
    Sent(form): Sent<Fields>,
) -> Result<Response, Problem> {
    let lang = cx.lang();
    let user = own(&cx).await?;
    let errors = match read(&cx, &user, &form) {
        Err(errors) => errors,
        Ok(new) => match tokens::create(&state, &cx, &new).await {
            Ok((_, token)) => {
                // Shown in this answer and never again: nothing of it is kept.
                let copy = CopyText::new(token, lang.t("token-copy")).block();
                let notice = Notice::new(Tone::Ok, lang.t("token-once"));
                let above = notice.title(lang.with("token-created", &[("name", &new.name)]));
                let above = Markup::of(&above.with(&copy));
                let shown = Shown { above, ..Shown::default() };
                return Ok(page(&state, &cx, &headers, shown).await?.into_response());
            }
            Err(problem) => form_errors(problem, &lang)?,
        },
    };
    let shown = Shown { errors, token: form, ..Shown::default() };
    let page = page(&state, &cx, &headers, shown).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// Reads the form of a new token.
fn read(cx: &Cx, user: &UserRow, form: &Fields) -> Result<NewToken, FormErrors> {
    let lang = cx.lang();
    let mut errors = FormErrors::new();
    let name = form.get("token_name").trim();
    match name.chars().count() {
        0 => errors.add("token_name", lang.t("field-required")),
        1..=100 => {}
        _ => errors.add("token_name", lang.t("field-too-long")),
    }
    let days = LIFETIMES.iter().find(|(value, _)| *value == form.get("days"));
    if days.is_none() {
        errors.add("days", lang.t("field-option"));
    }
    let permissions = match form.get("reach") {
        "all" => None,
        "some" => Some(form.all("permissions")),
        _ => {
            errors.add("reach", lang.t("field-option"));
            None
        }
    };
    if permissions.as_ref().is_some_and(Vec::is_empty) {
        errors.add("permissions", lang.t("token-needs-permission"));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let lasting = days.map(|(_, days)| *days).filter(|days| *days > 0);
    Ok(NewToken {
        user_id: user.user_id.clone(),
        name: name.to_owned(),
        permissions,
        expires_at: lasting.map(|days| cx.now() + days * DAY),
        branch_id: form.get("branch").to_owned(),
    })
}

async fn revoke(cx: Cx, Path(token_id): Path<String>) -> Result<SeeOther, Problem> {
    let user = own(&cx).await?;
    tokens::revoke(&cx, &user, &token_id).await?;
    Ok(SeeOther::to(cx.url("/profile")).saying(cx.lang().t("token-revoked")))
}
