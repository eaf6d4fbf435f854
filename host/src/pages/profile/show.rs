//! The page itself.

use http::HeaderMap;
use plugin_api::lang::LANGUAGES;
use plugin_api::ui::{Card, Facts, Field, FormErrors, Head, Markup};
use plugin_api::{Access, Cx, Page, Problem, Routes};

use super::{own, password, second_factor, sessions, tokens};
use crate::frame::THEMES;
use crate::pages::form::Hidden;
use crate::pages::{Fields, Form};
use crate::state::{App, State};
use crate::store::roles;
use crate::store::users::UserRow;

pub(super) fn routes() -> Routes {
    Routes::new().get("/profile", show, Access::SignedIn)
}

async fn show(App(state): App, cx: Cx, headers: HeaderMap) -> Result<Page, Problem> {
    page(&state, &cx, &headers, Shown::default()).await
}

/// What the page says besides what is always there.
#[derive(Default)]
pub(super) struct Shown {
    /// What was wrong with the form that was sent.
    pub(super) errors: FormErrors,
    /// The form of a new token as it was sent.
    pub(super) token: Fields,
    /// Shown above everything, such as a token just made.
    pub(super) above: Markup,
}

pub(super) async fn page(
    state: &State,
    cx: &Cx,
    headers: &HeaderMap,
    shown: Shown,
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let user = own(cx).await?;
    let head = Head::new(lang.t("profile-title")).lead(lang.t("profile-lead"));
    let html = Markup::of(&head)
        .and(&shown.errors.summary(&lang))
        .and(&shown.above)
        .and(&Card::new("account", lang.t("profile-account")).body(&account(cx, &user).await?))
        .and(&Card::new("preferences", lang.t("profile-look")).body(&look(cx, &user)))
        .and(&password::card(cx, &user, &shown.errors))
        .and(&second_factor::card(state, cx, &user).await?)
        .and(&sessions::card(state, cx, &user, headers).await?)
        .and(&tokens::card(state, cx, &user, &shown).await?);
    Ok(Page::html(lang.t("profile-title"), html))
}

async fn account(cx: &Cx, user: &UserRow) -> Result<Facts, Problem> {
    let (lang, node) = (cx.lang(), &user.organisation_id);
    let roles = roles::titles(&cx.db(), cx.scope(), node, &user.roles(), &lang).await?;
    let facts = Facts::new()
        .text(lang.t("column-name"), &user.name)
        .text(lang.t("email"), &user.email)
        .text(lang.t("user-roles"), roles.join(", "))
        .text(lang.t("column-organisation"), &user.organisation_name);
    Ok(facts)
}

fn look(cx: &Cx, user: &UserRow) -> Form {
    let lang = cx.lang();
    let code = if user.language.is_empty() { lang.code } else { &user.language };
    let mut language = Field::select("lang", lang.t("profile-language")).value(code);
    for code in LANGUAGES {
        language = language.option(code, lang.t(&format!("language-{code}")));
    }
    let chosen = if user.theme.is_empty() { "auto" } else { &user.theme };
    let mut theme = Field::select("theme", lang.t("profile-theme")).value(chosen);
    for name in THEMES {
        theme = theme.option(name, lang.t(&format!("theme-{name}")));
    }
    Form::new(cx.url("/preferences"), lang.t("save"))
        .field(&Hidden::new("back", &cx.url("/profile")))
        .field(&language)
        .field(&theme)
}
