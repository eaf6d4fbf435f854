//! `/crm/customers/{id}/people`: whom to talk to, and who of the customer may sign in.

use plugin_api::contracts::people::{
    OF_ORGANISATION, OfOrganisation, Person, PersonState, SET_BARRED, SetBarred,
};
use plugin_api::ui::{Action, Badge, Card, Confirm, Empty, Markup, Tone};
use plugin_api::{Cx, Fault, FaultKind, Form, Page, Path, Problem, SeeOther};
use serde::Deserialize;

use crate::domain::{Customer, PartKind};
use crate::found::found;
use crate::parts::{Home, contacts};
use crate::rows::{Cell, Rows};
use crate::show::plain_head;
use crate::tabs::tabs;
use crate::{WRITE, paths, store};

/// The page.
pub(crate) async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let (db, scope) = (cx.db(), cx.scope());
    let customer = found(&cx, &id).await?;
    let known = store::parts(&db, scope, PartKind::Contact, &id).await?;
    let users = users(&cx, &customer).await?;
    let may_write = cx.may(WRITE) && customer.is_open();
    let home = Home { base: paths::customer(&id), customer };
    let customer = &home.customer;
    let html = Markup::of(&plain_head(&cx, customer))
        .and(&tabs(&cx, customer, paths::PEOPLE).await?)
        .and(&contacts(&cx, &home, &known, may_write));
    let html = match users {
        Some(users) => html.and(&portal(&cx, customer, &users, may_write)),
        None => html,
    };
    let title = cx.lang().with("people-of", &[("name", customer.name())]);
    Ok(Page::html(title, html))
}

/// Bars somebody, lets him in again, or withdraws an invitation.
#[derive(Debug, Deserialize)]
pub(crate) struct BarForm {
    person: String,
    barred: bool,
}

/// Does it, for people of this customer alone.
pub(crate) async fn bar(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<BarForm>,
) -> Result<SeeOther, Problem> {
    let customer = found(&cx, &id).await?;
    let people = users(&cx, &customer).await?.unwrap_or_default();
    let person = people.iter().find(|person| person.id == form.person);
    let person = person.ok_or_else(Problem::not_found)?;
    let asked = SetBarred { id: form.person.clone(), barred: form.barred };
    if let Err(fault) = cx.service(&SET_BARRED, &asked).await {
        return Err(match fault.kind {
            FaultKind::NotFound => Problem::not_found(),
            FaultKind::Refused => Problem::unprocessable("refused").detail(fault.message),
            _ => fault.into(),
        });
    }
    let key = match (person.state, form.barred) {
        (PersonState::Invited, _) => "person-withdrawn",
        (_, true) => "person-barred",
        (_, false) => "person-let-in",
    };
    let notice = cx.lang().with(key, &[("name", person.name.as_str())]);
    Ok(SeeOther::to(cx.url(&paths::people(&id))).saying(notice))
}

/// The users of the portal; none when nobody keeps them or the caller may not see them.
pub(crate) async fn users(cx: &Cx, customer: &Customer) -> Result<Option<Vec<Person>>, Fault> {
    let asked = OfOrganisation { organisation_id: customer.organisation_id.clone() };
    match cx.service(&OF_ORGANISATION, &asked).await {
        Ok(people) => Ok(Some(people)),
        Err(fault) if matches!(fault.kind, FaultKind::Unavailable | FaultKind::Refused) => Ok(None),
        Err(fault) => Err(fault),
    }
}

fn portal(cx: &Cx, customer: &Customer, people: &[Person], may_write: bool) -> Card {
    let lang = cx.lang();
    let mut card = Card::new("users", lang.t("users")).text(lang.t("users-hint"));
    if may_write {
        let href = cx.url(&paths::invite(&customer.customer_id));
        card = card.action(&Action::link(lang.t("person-invite"), href).icon("mail"));
    }
    if people.is_empty() {
        return card.body(&Empty::new(lang.t("users-empty"), lang.t("users-empty-hint")));
    }
    let headers = ["person-name", "customer-email", "person-signed-in"].map(|key| lang.t(key));
    let rows = Rows::new("users-title", headers, may_write, &lang);
    card.body(&people.iter().fold(rows, |rows, person| {
        let named = Markup::text(&person.name).and(&Markup::text(" ")).and(&badge(cx, person));
        let signed_in = person.signed_in_at.map_or_else(|| lang.t("never"), |at| lang.instant(at));
        let cells = vec![Cell::Component(named), Cell::mail(&person.email), Cell::Text(signed_in)];
        rows.row(cells, Markup::of(&button(cx, customer, person)))
    }))
}

fn badge(cx: &Cx, person: &Person) -> Badge {
    let (tone, key) = match person.state {
        PersonState::Active => (Tone::Ok, "person-state-active"),
        PersonState::Barred => (Tone::Bad, "person-state-barred"),
        PersonState::Invited => (Tone::Warn, "person-state-invited"),
    };
    Badge::new(tone, cx.lang().t(key))
}

fn button(cx: &Cx, customer: &Customer, person: &Person) -> Confirm {
    let lang = cx.lang();
    let (verb, barred) = match person.state {
        PersonState::Active => ("bar", true),
        PersonState::Barred => ("let-in", false),
        PersonState::Invited => ("withdraw", true),
    };
    let confirm = Confirm::new(
        &lang,
        format!("person-{}", person.id),
        lang.t(&format!("person-{verb}")),
        cx.url(&paths::bar(&customer.customer_id)),
        lang.with(&format!("person-{verb}-consequence"), &[("name", person.name.as_str())]),
    )
    .hidden("person", &person.id)
    .hidden("barred", barred.to_string());
    if barred { confirm } else { confirm.harmless() }
}
