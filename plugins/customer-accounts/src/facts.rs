//! The cards of master data, as people read them.

use plugin_api::ui::{Card, Facts, Markup};
use plugin_api::{Cx, Lang};

use crate::chips::Chips;
use crate::domain::Customer;
use crate::labels::{label, shown};

/// The cards of one customer.
pub(crate) fn cards(cx: &Cx, customer: &Customer) -> Markup {
    let lang = cx.lang();
    let card = |id: &str, facts: &Facts| Card::new(id, lang.t(&format!("card-{id}"))).body(facts);
    Markup::of(&card("company", &company(&lang, customer)))
        .and(&card("contact", &contact(&lang, customer)))
        .and(&card("address", &address(&lang, customer)))
        .and(&card("care", &care(cx, customer)))
        .and(&card("other", &other(&lang, customer)))
}

/// What an authority asks for.
pub(crate) fn company(lang: &Lang, customer: &Customer) -> Facts {
    let master = &customer.details.master;
    let facts = given(lang, Facts::new(), "legal_form", &master.legal_form);
    let facts = code(lang, facts, "vat_number", &master.vat_number);
    let facts = code(lang, facts, "tax_code", &master.tax_code);
    let facts = code(lang, facts, "sdi_code", &master.sdi_code);
    let facts = mail(lang, facts, "pec", &master.pec);
    let facts = given(lang, facts, "fiscal_regime", &master.fiscal_regime);
    given(lang, facts, "currency", &master.currency)
}

/// How it is reached.
pub(crate) fn contact(lang: &Lang, customer: &Customer) -> Facts {
    let master = &customer.details.master;
    let facts = mail(lang, Facts::new(), "email", &master.email);
    let facts = text(lang, facts, "phone", &master.phone);
    let facts = if master.website.is_empty() {
        facts
    } else {
        facts.link(label(lang, "website"), &master.website, &master.website)
    };
    text(lang, facts, "language", &shown(lang, "language", &master.language))
}

/// Where it is.
pub(crate) fn address(lang: &Lang, customer: &Customer) -> Facts {
    let master = &customer.details.master;
    let facts = text(lang, Facts::new(), "address", &master.address);
    let facts = given(lang, facts, "address_line_2", &master.address_line_2);
    let facts = text(lang, facts, "postal_code", &master.postal_code);
    let facts = text(lang, facts, "city", &master.city);
    let facts = text(lang, facts, "province", &master.province);
    text(lang, facts, "country", &shown(lang, "country", &master.country))
}

/// Who looks after it, and what it is filed under.
fn care(cx: &Cx, customer: &Customer) -> Facts {
    let lang = cx.lang();
    let facts = text(&lang, Facts::new(), "organisation", &customer.organisation);
    let facts = text(&lang, facts, "agent", &customer.agent);
    let chips = Chips::of(cx, customer.tags());
    if chips.is_empty() { facts } else { facts.with(label(&lang, "tags"), &chips) }
}

fn other(lang: &Lang, customer: &Customer) -> Facts {
    let master = &customer.details.master;
    let facts = code(lang, Facts::new(), "external_reference", &master.external_reference);
    let facts = given(lang, facts, "notes", &master.notes);
    let facts = text(lang, facts, "created_at", &lang.instant(customer.created_at));
    let facts = text(lang, facts, "updated_at", &lang.instant(customer.updated_at));
    code(lang, facts, "id", &customer.customer_id)
}

fn text(lang: &Lang, facts: Facts, name: &str, value: &str) -> Facts {
    facts.text(label(lang, name), value)
}

/// What few customers have: without it the page says nothing about it.
fn given(lang: &Lang, facts: Facts, name: &str, value: &str) -> Facts {
    if value.is_empty() { facts } else { text(lang, facts, name, value) }
}

fn code(lang: &Lang, facts: Facts, name: &str, value: &str) -> Facts {
    if value.is_empty() {
        text(lang, facts, name, value)
    } else {
        facts.mono(label(lang, name), value)
    }
}

fn mail(lang: &Lang, facts: Facts, name: &str, value: &str) -> Facts {
    if value.is_empty() {
        text(lang, facts, name, value)
    } else {
        facts.link(label(lang, name), value, format!("mailto:{value}"))
    }
}
