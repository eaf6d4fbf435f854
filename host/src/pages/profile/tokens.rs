//! The own API tokens: made, shown once, revoked.

use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, StatusCode};
use plugin_api::time::DAY;
use plugin_api::ui::{Card, Confirm, CopyText, Empty, Field, FormErrors, Markup, Notice, Tone};
use plugin_api::{Access, Cx, Form as Sent, Path, Problem, Routes, SeeOther};

use super::own;
use super::show::{Shown, page};
use crate::pages::{Cell, Fields, Form, Rows, form_errors};
use crate::people::{NewToken, roles, tokens};
use crate::state::{App, State};
use crate::store::tokens::{self as store, TokenRow};
use crate::store::users::UserRow;

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
        card.body(&table(cx, &found))
    };
    Ok(card.body(&form(state, cx, shown)))
}

fn table(cx: &Cx, found: &[TokenRow]) -> Rows {
    let lang = cx.lang();
    let columns = ["token-name", "token-prefix", "token-expires", "token-used", "actions"];
    let mut rows =
        Rows::new("tokens-table", lang.t("tokens-title"), columns.map(|key| lang.t(key)));
    for token in found {
        let never = || lang.t("never");
        let expires = token.expires_at.map_or_else(never, |at| lang.date(at));
        let used = token.used_at.map_or_else(never, |at| lang.instant(at));
        let revoke = Confirm::new(
            &lang,
            format!("revoke-{}", token.prefix),
            lang.t("token-revoke"),
            cx.url(&format!("/profile/tokens/{}/revoke", token.token_id)),
            lang.with("token-revoke-consequence", &[("name", &token.name)]),
        );
        rows = rows.row([
            Cell::Text(token.name.clone()),
            Cell::Mono(format!("cpk_{}…", token.prefix)),
            Cell::When(expires),
            Cell::When(used),
            Cell::Component(Markup::of(&revoke)),
        ]);
    }
    rows
}

fn form(state: &State, cx: &Cx, shown: &Shown) -> Form {
    let (lang, sent, errors) = (cx.lang(), &shown.token, &shown.errors);
    let or = |name: &str, default: &str| match sent.get(name) {
        "" => default.to_owned(),
        value => value.to_owned(),
    };
    let name = Field::text("token_name", lang.t("token-name")).hint(lang.t("token-name-hint"));
    let mut days = Field::select("days", lang.t("token-lifetime")).value(or("days", "90"));
    for (value, count) in LIFETIMES {
        let text = if count == 0 { lang.t("token-for-ever") } else { lang.n("token-days", count) };
        days = days.option(value, text);
    }
    let reach = Field::radios("reach", lang.t("token-reach"))
        .option_with_hint("all", lang.t("token-reach-all"), lang.t("token-reach-all-hint"))
        .option_with_hint("some", lang.t("token-reach-some"), lang.t("token-reach-some-hint"))
        .value(or("reach", "some"));
    let mut chosen = Field::checkboxes("permissions", lang.t("token-permissions"))
        .values(sent.all("permissions"));
    for permission in roles::all(state).into_iter().filter(|permission| cx.may(&permission.id)) {
        let sentence = lang.pick(&permission.sentence).to_owned();
        chosen = chosen.option_with_hint(permission.id.clone(), sentence, permission.id);
    }
    Form::new(cx.url("/profile/tokens"), lang.t("token-create"))
        .field(
            &name
                .value(sent.get("token_name"))
                .maxlength(100)
                .autocomplete("off")
                .errors(errors)
                .required(),
        )
        .field(&days.errors(errors))
        .field(&reach.errors(errors))
        .field(&chosen.errors(errors))
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
    })
}

async fn revoke(cx: Cx, Path(token_id): Path<String>) -> Result<SeeOther, Problem> {
    let user = own(&cx).await?;
    tokens::revoke(&cx, &user.user_id, &token_id).await?;
    Ok(SeeOther::to(cx.url("/profile")).saying(cx.lang().t("token-revoked")))
}
