//! The pages of an address: made, shown with what each client asks, exchanged, revoked.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::form::{Fields, Typed};
use plugin_api::ui::{
    Action, Badge, Card, Confirm, CopyText, Facts, Field, FormPage, Head, Markup, Tone,
};
use plugin_api::{Cx, FieldProblem, Form, Lang, Page, Path, Problem, Query, SeeOther};
use serde::Deserialize;

use super::secret::Secret;
use super::{addresses, make};
use crate::form::form_errors;
use crate::paths;
use crate::store::channels;
use crate::store::tokens::Token;

/// Which licence the form is about, if a page led here.
#[derive(Debug, Deserialize)]
pub(super) struct About {
    #[serde(default)]
    licenza: String,
}

/// What is asked before an exchange.
#[derive(Debug, Deserialize)]
pub(super) struct Exchange {
    #[serde(default)]
    giorni: i64,
}

/// The empty form.
pub(super) async fn new(cx: Cx, Query(about): Query<About>) -> Result<Page, Problem> {
    form(&cx, &Typed::default().with("licenza", about.licenza), &[])
}

/// Makes the address.
pub(super) async fn create(cx: Cx, fields: Fields) -> Result<Response, Problem> {
    let typed = Typed::from(fields);
    let made = match make::licence(&cx, typed.text("licenza")).await {
        Ok(licence) => make::create(&cx, &licence, typed.text("nota")).await,
        Err(problem) => Err(problem),
    };
    match made {
        Ok(token) => Ok(to(&cx, &token.token_id, "update-address-made")),
        Err(problem) if problem.fault().is_none() => {
            let said = FieldProblem::new("/licenza", problem.sentence(&cx.lang()));
            let page = form(&cx, &typed, &[said])?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(problem) => Err(problem),
    }
}

fn form(cx: &Cx, typed: &Typed, problems: &[FieldProblem]) -> Result<Page, Problem> {
    let lang = cx.lang();
    let errors = form_errors(&lang, problems);
    let licence = Field::text("licenza", lang.t("update-address-licence"))
        .hint(lang.t("update-address-licence-hint"))
        .value(typed.text("licenza"))
        .required()
        .mono()
        .maxlength(250)
        .errors(&errors);
    let note = Field::text("nota", lang.t("update-address-note"))
        .value(typed.text("nota"))
        .maxlength(200)
        .errors(&errors);
    let card = Card::new("address", lang.t("update-address")).body(&licence).body(&note);
    let title = lang.t("update-address-new");
    let page = FormPage {
        head: Head::new(&title)
            .back(lang.t("update-addresses"), cx.url(paths::ADDRESSES))
            .lead(lang.t("update-address-new-lead")),
        title,
        before: Markup::default(),
        errors: errors.summary(&lang),
        action: cx.url(paths::ADDRESS_NEW),
        hidden: Vec::new(),
        cards: Markup::of(&card),
        buttons: vec![
            Action::submit(lang.t("update-address-new")).primary(),
            Action::link(lang.t("cancel"), cx.url(paths::ADDRESSES)),
        ],
        after: Markup::default(),
    };
    page.render(&lang)
}

/// The address with what each client asks.
pub(super) async fn show(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let token = make::found(&cx, &id).await?;
    let lang = cx.lang();
    let mut head = Head::new(&token.product_code)
        .back(lang.t("update-addresses"), cx.url(paths::ADDRESSES))
        .badge(state(&lang, &token, cx.now()));
    if token.revoked_at.is_none() {
        head = head.action(&exchange(&cx, &lang, &token));
    }
    if token.holds(cx.now()) {
        let path = cx.url(&paths::of(paths::ADDRESS_REVOKE, &token.token_id));
        let (label, hint) = (lang.t("update-address-revoke"), lang.t("update-address-revoke-hint"));
        head = head.action(&Confirm::new(&lang, "revoke", label, path, hint));
    }
    let mut page = Markup::of(&head);
    if token.holds(cx.now()) {
        page = page.and(&card(&cx, &lang, &token).await?);
    }
    Ok(Page::html(&token.product_code, page.and(&facts(&cx, &lang, &token))))
}

fn exchange(cx: &Cx, lang: &Lang, token: &Token) -> Confirm {
    let path = cx.url(&paths::of(paths::ADDRESS_ROTATE, &token.token_id));
    let (label, hint) = (lang.t("update-address-rotate"), lang.t("update-address-rotate-hint"));
    let days = Field::number("giorni", lang.t("update-address-days")).min(0).max(365).value("7");
    Confirm::new(lang, "rotate", label, path, hint).harmless().field(&days)
}

/// The address itself; who may see this page may see it again.
pub(crate) async fn card(cx: &Cx, lang: &Lang, token: &Token) -> Result<Card, Problem> {
    let address = addresses::address(cx, Secret::of(cx, token).await?.text());
    let known =
        channels::of_product(&cx.db(), &plugin_api::Scope::everything(), &token.product_code)
            .await?;
    let channel = known.first().map_or("stable", |channel| channel.channel.as_str());
    let copy = CopyText::new(&address, lang.t("copy-address"));
    Ok(Card::new(format!("address-{}", token.token_id), lang.t("update-address"))
        .text(lang.t("update-address-hint"))
        .body(&Facts::new().with(lang.t("update-address"), &copy))
        .body(&addresses::facts(lang, &address, channel)))
}

fn facts(cx: &Cx, lang: &Lang, token: &Token) -> Card {
    let instant = |at: Option<i64>| at.map_or_else(|| lang.t("never"), |at| lang.instant(at));
    let licence = cx.url(&paths::of(paths::LICENCE, &token.licence_id));
    let mut facts = Facts::new()
        .link(lang.t("column-licenza"), &token.licence_id, licence)
        .text(lang.t("column-nota"), &token.note)
        .text(lang.t("column-creato"), lang.instant(token.created_at))
        .text(lang.t("column-creato-da"), &token.created_by)
        .text(lang.t("column-ultimo-uso"), instant(token.last_used_at));
    if let Some(end) = token.revoked_at {
        facts = facts
            .text(lang.t("update-address-ends"), lang.instant(end))
            .text(lang.t("update-address-ended-by"), &token.revoked_by);
    }
    Card::new("facts", lang.t("update-address-facts")).body(&facts)
}

fn state(lang: &Lang, token: &Token, now: i64) -> Badge {
    match token.revoked_at {
        None => Badge::new(Tone::Ok, lang.t("address-state-active")),
        Some(end) if now < end => Badge::new(Tone::Warn, lang.t("address-state-ending")),
        Some(_) => Badge::new(Tone::Bad, lang.t("address-state-revoked")),
    }
}

/// Gives the licence another address.
pub(super) async fn rotate(
    cx: Cx,
    Path(id): Path<String>,
    Form(asked): Form<Exchange>,
) -> Result<Response, Problem> {
    let token = make::found(&cx, &id).await?;
    let made = make::rotate(&cx, &token, asked.giorni).await?;
    Ok(to(&cx, &made.token_id, "update-address-rotated"))
}

/// Lets the address lead nowhere.
pub(super) async fn revoke(cx: Cx, Path(id): Path<String>) -> Result<Response, Problem> {
    let token = make::found(&cx, &id).await?;
    make::revoke(&cx, &token).await?;
    Ok(to(&cx, &token.token_id, "update-address-revoked"))
}

fn to(cx: &Cx, id: &str, key: &str) -> Response {
    let there = cx.url(&paths::of(paths::ADDRESS, id));
    SeeOther::to(there).saying(cx.lang().t(key)).into_response()
}
