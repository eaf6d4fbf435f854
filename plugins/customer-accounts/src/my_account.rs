//! `/crm/my-account`: what an end customer sees of himself; he is found by his own node.

use askama::Template;
use axum::response::{IntoResponse, Response};
use plugin_api::ui::{Action, Card, Empty, Field, FormErrors, Head, Markup};
use plugin_api::{Cx, Form, Page, Problem, SeeOther};
use serde::Deserialize;

use crate::asked::licences_of;
use crate::domain::{Customer, Draft, PartKind, Refusal, limit};
use crate::labels::{badge, label};
use crate::parts::{Home, contacts, sites};
use crate::rows::{Cell, Rows};
use crate::sheet::{Sheet, beside};
use crate::store::Change;
use crate::{facts, paths, store, transactions};

/// What he bought comes first: that is what he looks for.
#[derive(Template)]
#[template(path = "customer-accounts/my-account.html")]
struct OwnPage {
    head: Head,
    bought: Markup,
    cards: Markup,
    parts: Markup,
}

/// What he may change of his master data.
const OWN: [&str; 2] = ["email", "phone"];

/// The customer who is asking; 404 for everybody else.
pub(crate) async fn own(cx: &Cx) -> Result<Customer, Problem> {
    asking(cx).await?.ok_or_else(Problem::not_found)
}

/// The customer who is asking; none when somebody else is.
pub(crate) async fn asking(cx: &Cx) -> Result<Option<Customer>, Problem> {
    Ok(store::of_node(&cx.db(), cx.scope(), &cx.caller().organisation_id).await?)
}

/// The page; it says so to who is no customer.
pub(crate) async fn handle(cx: Cx) -> Result<Page, Problem> {
    let lang = cx.lang();
    let Some(customer) = asking(&cx).await? else { return Ok(for_others(&cx)) };
    let (db, scope, id) = (cx.db(), cx.scope(), customer.customer_id.clone());
    let people = store::parts(&db, scope, PartKind::Contact, &id).await?;
    let places = store::parts(&db, scope, PartKind::Site, &id).await?;
    let may_write = customer.is_open();
    let home = Home { customer, base: paths::MY_ACCOUNT.to_owned() };
    let downloads = Card::new("downloads", lang.t("downloads"))
        .body(&Empty::new(lang.t("downloads-empty"), lang.t("downloads-empty-hint")));
    let page = OwnPage {
        head: head(&cx, &home.customer),
        bought: licences(&cx, &id)
            .await?
            .and(&transactions::portal_card(&cx, &id).await?)
            .and(&downloads),
        cards: data(&cx, &home.customer),
        parts: Markup::of(&contacts(&cx, &home, &people, may_write))
            .and(&sites(&cx, &home, &places, false)),
    };
    Page::new(lang.t("my-account"), &page)
}

/// What who is no customer reads on these pages.
pub(crate) fn for_others(cx: &Cx) -> Page {
    let lang = cx.lang();
    let none = Empty::new(lang.t("my-account-none"), lang.t("my-account-none-hint"));
    let title = lang.t("my-account");
    let html = Markup::of(&Head::new(&title)).and(&none);
    Page::html(title, html)
}

fn head(cx: &Cx, customer: &Customer) -> Head {
    let lang = cx.lang();
    let head =
        Head::new(lang.t("my-account")).lead(customer.name()).badge(badge(&lang, customer.state));
    if customer.is_open() {
        let href = cx.url(paths::MY_ACCOUNT_EDIT);
        head.action(&Action::link(lang.t("my-account-edit"), href).icon("pencil"))
    } else {
        head
    }
}

fn data(cx: &Cx, customer: &Customer) -> Markup {
    let lang = cx.lang();
    let card = |id: &str| Card::new(id, lang.t(&format!("card-{id}")));
    Markup::of(&card("company").body(&facts::company(&lang, customer)))
        .and(&card("contact").body(&facts::contact(&lang, customer)))
        .and(&card("address").body(&facts::address(&lang, customer)))
}

/// His licences; nothing when no module keeps any.
async fn licences(cx: &Cx, id: &str) -> Result<Markup, Problem> {
    let Some(licences) = licences_of(cx, id).await? else { return Ok(Markup::default()) };
    let lang = cx.lang();
    let card = Card::new("my-licences", lang.t("tab-licences"));
    if licences.is_empty() {
        let empty = Empty::new(lang.t("my-licences-empty"), lang.t("my-licences-empty-hint"));
        return Ok(Markup::of(&card.body(&empty)));
    }
    let headers = ["my-licence-product", "my-licence-key", "customer-state", "my-licence-expires"];
    let rows = Rows::new("my-licences-title", headers.map(|key| lang.t(key)), false, &lang);
    let rows = licences.into_iter().fold(rows, |rows, licence| {
        let expires = licence.expires_at.map_or_else(|| lang.t("never"), |at| lang.date(at));
        let key = format!("licence-state-{}", licence.stato.replace('_', "-"));
        let state = if lang.has(&key) { lang.t(&key) } else { licence.stato };
        let cells = [licence.product, licence.key_hint, state, expires];
        rows.row(cells.map(Cell::Text).into(), Markup::default())
    });
    Ok(Markup::of(&card.body(&rows)))
}

/// What he sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct OwnForm {
    email: String,
    phone: String,
}

/// The form with what is known.
pub(crate) async fn form(cx: Cx) -> Result<Page, Problem> {
    let Some(customer) = asking(&cx).await? else { return Ok(for_others(&cx)) };
    if !customer.is_open() {
        return Err(Problem::conflict("customer_closed"));
    }
    let master = &customer.details.master;
    let known = OwnForm { email: master.email.clone(), phone: master.phone.clone() };
    sheet(&cx, &known, &[]).render()
}

/// Saves it, or shows the form again with what is wrong.
pub(crate) async fn save(cx: Cx, Form(form): Form<OwnForm>) -> Result<Response, Problem> {
    let before = open(&cx).await?;
    let mut draft = Draft::from(before.details.clone());
    draft.master.email.clone_from(&form.email);
    draft.master.phone.clone_from(&form.phone);
    let details = match draft.check() {
        Ok(details) => details,
        Err(mut refusals) => {
            refusals.retain(|refusal| OWN.contains(&refusal.field));
            if refusals.is_empty() {
                // Something he cannot change no longer passes; whoever looks after him must.
                return Err(Problem::conflict("customer_changed"));
            }
            return Ok(sheet(&cx, &form, &refusals).render()?.into_response());
        }
    };
    if details != before.details {
        let after = Customer { details, updated_at: cx.now(), ..before.clone() };
        if store::replace(&cx, cx.scope(), &before, &after, "").await? == Change::Stale {
            return Err(Problem::conflict("customer_changed"));
        }
    }
    let notice = cx.lang().t("customer-saved");
    Ok(SeeOther::to(cx.url(paths::MY_ACCOUNT)).saying(notice).into_response())
}

async fn open(cx: &Cx) -> Result<Customer, Problem> {
    let customer = own(cx).await?;
    if customer.is_open() { Ok(customer) } else { Err(Problem::conflict("customer_closed")) }
}

fn sheet(cx: &Cx, typed: &OwnForm, refusals: &[Refusal]) -> Sheet {
    let lang = cx.lang();
    let errors: FormErrors = beside(&lang, refusals);
    let email = Field::email("email", label(&lang, "email")).value(&typed.email);
    let phone = Field::text("phone", label(&lang, "phone")).value(&typed.phone).inputmode("tel");
    let card = Card::new("contact", lang.t("card-contact"))
        .body(&email.maxlength(limit("email")).errors(&errors))
        .body(&phone.maxlength(limit("phone")).errors(&errors));
    let back = (lang.t("my-account"), cx.url(paths::MY_ACCOUNT));
    let action = cx.url(paths::MY_ACCOUNT_EDIT);
    Sheet::new(&lang, lang.t("my-account-edit"), action, back).cards(Markup::of(&card)).refused(
        &lang,
        refusals,
        |field| label(&lang, field),
    )
}
