//! `/crm/customers/{id}`: everything known of one customer, and what can be done with it.

use askama::Template;
use plugin_api::contracts::accounts::{Account, AccountState};
use plugin_api::ui::{Action, Card, Confirm, Facts, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Lang, Page, Path, Problem};

use crate::domain::{Customer, state_text};
use crate::labels::{badge, kind, label, shown};
use crate::{VALIDATE, WRITE, paths, store};

#[derive(Template)]
#[template(path = "customer-accounts/show.html")]
struct ShowPage {
    head: Head,
    namesakes: Markup,
    cards: Markup,
}

/// The page.
pub(crate) async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let found = store::find(&cx.db(), cx.scope(), &id).await?;
    let customer = found.ok_or_else(Problem::not_found)?;
    let namesakes = store::namesakes(&cx.db(), cx.scope(), &customer).await?;
    let lang = cx.lang();
    let page = ShowPage {
        head: head(&cx, &customer),
        namesakes: same_vat_number(&cx, &namesakes),
        cards: cards(&lang, &customer),
    };
    Page::new(customer.name(), &page)
}

fn head(cx: &Cx, customer: &Customer) -> Head {
    let lang = cx.lang();
    let mut head = Head::new(customer.name())
        .back(lang.t("customers"), cx.url(paths::LIST))
        .badge(badge(&lang, customer.state))
        .lead(kind(&lang, customer.details.kind));
    if cx.may(VALIDATE) {
        head = match customer.state {
            AccountState::Awaiting => head
                .action(&change(cx, customer, AccountState::Suspended))
                .action(&change(cx, customer, AccountState::Validated)),
            AccountState::Validated => head.action(&change(cx, customer, AccountState::Suspended)),
            AccountState::Suspended => head.action(&change(cx, customer, AccountState::Validated)),
        };
    }
    if cx.may(WRITE) {
        let href = cx.url(&paths::edit(&customer.customer_id));
        head = head.action(&Action::link(lang.t("edit"), href).icon("pencil").primary());
    }
    head
}

/// The button that leads to `to`, which asks first.
fn change(cx: &Cx, customer: &Customer, to: AccountState) -> Confirm {
    let lang = cx.lang();
    let (verb, harmless) = match (customer.state, to) {
        (AccountState::Suspended, _) => ("resume", true),
        (_, AccountState::Suspended) => ("suspend", false),
        _ => ("validate", true),
    };
    let confirm = Confirm::new(
        &lang,
        verb,
        lang.t(&format!("customer-{verb}")),
        cx.url(&paths::state(&customer.customer_id)),
        lang.with(&format!("customer-{verb}-consequence"), &[("name", customer.name())]),
    )
    .hidden("state", state_text(to))
    .hidden("version", customer.version.to_string());
    if harmless { confirm.harmless() } else { confirm }
}

fn same_vat_number(cx: &Cx, namesakes: &[Account]) -> Markup {
    if namesakes.is_empty() {
        return Markup::default();
    }
    let links = namesakes.iter().fold(Markup::default(), |links, account| {
        let href = cx.url(&paths::customer(&account.account_id));
        links.and(&Action::link(&account.name, href).quiet())
    });
    Markup::of(&Notice::new(Tone::Warn, cx.lang().t("customer-namesakes")).with(&links))
}

fn cards(lang: &Lang, customer: &Customer) -> Markup {
    let master = &customer.details.master;
    let text = |facts: Facts, name: &str, value: &str| facts.text(label(lang, name), value);
    let code = |facts: Facts, name: &str, value: &str| {
        if value.is_empty() {
            text(facts, name, value)
        } else {
            facts.mono(label(lang, name), value)
        }
    };
    let mail = |facts: Facts, name: &str, value: &str| {
        if value.is_empty() {
            text(facts, name, value)
        } else {
            facts.link(label(lang, name), value, format!("mailto:{value}"))
        }
    };
    let company = code(Facts::new(), "vat_number", &master.vat_number);
    let company = code(company, "tax_code", &master.tax_code);
    let company = code(company, "sdi_code", &master.sdi_code);
    let company = mail(company, "pec", &master.pec);
    let contact = mail(Facts::new(), "email", &master.email);
    let contact = text(contact, "phone", &master.phone);
    let contact = text(contact, "language", &shown(lang, "language", &master.language));
    let address = text(Facts::new(), "address", &master.address);
    let address = text(address, "postal_code", &master.postal_code);
    let address = text(address, "city", &master.city);
    let address = text(address, "province", &master.province);
    let address = text(address, "country", &shown(lang, "country", &master.country));
    let other = code(Facts::new(), "external_reference", &master.external_reference);
    let other = text(other, "notes", &master.notes);
    let other = text(other, "created_at", &lang.instant(customer.created_at));
    let other = text(other, "updated_at", &lang.instant(customer.updated_at));
    let other = code(other, "id", &customer.customer_id);
    let card = |id: &str, facts: &Facts| Card::new(id, lang.t(&format!("card-{id}"))).body(facts);
    Markup::of(&card("company", &company))
        .and(&card("contact", &contact))
        .and(&card("address", &address))
        .and(&card("other", &other))
}
