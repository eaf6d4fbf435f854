//! The parts of a node's page: what is known of it, its people, what stands below it, its acts.

use plugin_api::contracts::people::{Person, PersonState};
use plugin_api::ui::{Action, Badge, Card, Confirm, Empty, Facts, Field, FormErrors, Markup, Tone};
use plugin_api::{Cx, Lang};

use super::{address, labels};
use crate::pages::form::Hidden;
use crate::pages::{Cell, Form, Rows};
use crate::people::organisations::is_own;
use crate::state::State;
use crate::store::organisations::{Counts, Organisation};

pub(super) fn facts(
    state: &State,
    cx: &Cx,
    node: &Organisation,
    above: Option<&Organisation>,
    counts: Counts,
) -> Facts {
    let lang = cx.lang();
    let mut facts = Facts::new().text(lang.t("organisation-kind"), labels::kind(&lang, &node.kind));
    if let Some(above) = above {
        let href = address(cx, &above.organisation_id, "");
        facts = facts.link(lang.t("organisation-above"), &above.name, href);
    }
    let customers = lang.number(counts.customers);
    let label = lang.t("column-customers");
    facts = if counts.customers > 0 && sees_customers(cx, state) {
        facts.link(label, customers, self::customers(cx, &node.organisation_id))
    } else {
        facts.text(label, customers)
    };
    // The root was there before there was a clock.
    let when = |at| if at > 0 { lang.instant(at) } else { String::new() };
    facts
        .text(lang.t("column-below"), lang.number(counts.organisations - 1))
        .text(lang.t("organisation-people-of-branch"), lang.number(counts.people))
        .text(lang.t("column-created"), when(node.created_at))
        .text(lang.t("organisation-changed"), when(node.changed_at))
        .mono("Id", &node.organisation_id)
}

/// Whether there is a list of customers the caller may see.
pub(super) fn sees_customers(cx: &Cx, state: &State) -> bool {
    let is_there = state.registry.enabled().iter().any(|plugin| plugin.id == "customer-accounts");
    is_there && cx.may("customer-accounts:read")
}

/// The list of customers, those below the node `id`.
pub(super) fn customers(cx: &Cx, id: &str) -> String {
    cx.url(&format!("/crm/customers?sotto={id}"))
}

pub(super) fn people_card(cx: &Cx, id: &str, people: Vec<Person>) -> Card {
    let lang = cx.lang();
    let card = Card::new("people", lang.t("column-people"));
    if !cx.may("host:users") {
        return card.text(lang.n("organisation-people", people.len()));
    }
    let href = cx.url(&format!("/system/users/invite?organisation={id}"));
    let invite = Action::link(lang.t("organisation-invite"), href).icon("mail");
    if people.is_empty() {
        let empty = Empty::new(lang.t("organisation-nobody"), lang.t("organisation-nobody-hint"));
        return card.body(&empty.action(invite));
    }
    let headers = [lang.t("column-name"), lang.t("email"), lang.t("column-state")];
    let rows = people.into_iter().fold(
        Rows::new("people-rows", lang.t("column-people"), headers),
        |rows, person| {
            let name = match person.state {
                PersonState::Invited => Cell::Text(person.name),
                _ => linked(person.name, cx.url(&format!("/system/users/{}", person.id))),
            };
            let state = Cell::Component(Markup::of(&person_state(&lang, person.state)));
            rows.row([name, Cell::Text(person.email), state])
        },
    );
    card.action(&invite).body(&rows)
}

fn person_state(lang: &Lang, state: PersonState) -> Badge {
    match state {
        PersonState::Active => Badge::new(Tone::Ok, lang.t("user-active")),
        PersonState::Barred => Badge::new(Tone::Bad, lang.t("user-disabled")),
        PersonState::Invited => Badge::new(Tone::Info, lang.t("organisation-invited")),
    }
}

fn linked(text: String, href: String) -> Cell {
    Cell::Component(Markup::of(&Link { text, href }))
}

pub(super) fn below_card(cx: &Cx, below: &[Organisation]) -> Card {
    let lang = cx.lang();
    let card = Card::new("below", lang.t("organisation-directly-below"));
    if below.is_empty() {
        return card.text(lang.t("organisation-nothing-below"));
    }
    let headers = [lang.t("column-name"), lang.t("column-kind"), lang.t("column-state")];
    let rows = Rows::new("below-rows", lang.t("organisation-directly-below"), headers);
    card.body(&below.iter().fold(rows, |rows, node| {
        let name = linked(node.name.clone(), address(cx, &node.organisation_id, ""));
        let state = match labels::suspension(&lang, node.suspended_at.is_some(), false) {
            Some(badge) => badge,
            None => Badge::new(Tone::Ok, lang.t("organisation-active")),
        };
        let kind = Cell::Text(labels::kind(&lang, &node.kind));
        rows.row([name, kind, Cell::Component(Markup::of(&state))])
    }))
}

pub(super) fn renaming(cx: &Cx, node: &Organisation, name: &str, errors: &FormErrors) -> Card {
    let lang = cx.lang();
    let field = Field::text("name", lang.t("column-name")).autocomplete("off").maxlength(255);
    let form = Form::new(address(cx, &node.organisation_id, ""), lang.t("save"))
        .field(&Hidden::new("version", &node.version.to_string()))
        .field(&field.value(name).errors(errors).required());
    Card::new("rename", lang.t("organisation-rename")).body(&form)
}

/// Barring everybody of the branch, or letting them in again; both are asked first.
pub(super) fn standing(cx: &Cx, node: &Organisation) -> Confirm {
    let lang = cx.lang();
    let act = if node.suspended_at.is_some() { "resume" } else { "suspend" };
    let consequence = format!("organisation-{act}-consequence");
    let confirm = Confirm::new(
        &lang,
        act,
        lang.t(&format!("organisation-{act}")),
        address(cx, &node.organisation_id, &format!("/{act}")),
        lang.with(&consequence, &[("name", &node.name)]),
    )
    .hidden("version", node.version.to_string());
    if node.suspended_at.is_some() { confirm.harmless() } else { confirm }
}

pub(super) fn deletion(cx: &Cx, node: &Organisation, is_empty: bool) -> Markup {
    let lang = cx.lang();
    if node.parent_id.is_none() || is_own(cx, node) {
        return Markup::default();
    }
    let card = Card::new("delete", lang.t("organisation-delete")).danger();
    if !is_empty {
        return Markup::of(&card.text(lang.t("problem-organisation-not-empty")));
    }
    let path = address(cx, &node.organisation_id, "/delete");
    let consequence = lang.with("organisation-delete-consequence", &[("name", &node.name)]);
    let confirm = Confirm::new(&lang, "delete-node", lang.t("delete"), path, consequence)
        .hidden("version", node.version.to_string());
    Markup::of(&card.text(lang.t("organisation-delete-hint")).body(&confirm))
}

/// A link in a cell.
#[derive(askama::Template)]
#[template(source = r#"<a href="{{ href }}">{{ text }}</a>"#, ext = "html")]
struct Link {
    text: String,
    href: String,
}

impl askama::filters::HtmlSafe for Link {}
