//! `/crm/customers/{id}`: everything known of one customer, and what can be done with it.

use askama::Template;
use plugin_api::contracts::accounts::{Account, AccountState};
use plugin_api::ui::{Action, Confirm, Field, Head, Markup, Notice, Tabs, Tone};
use plugin_api::{Cx, Page, Path, Problem};

use crate::domain::{Act, Customer, PartKind, state_text};
use crate::labels::{badge, kind};
use crate::parts::{Home, notes, sites};
use crate::tabs::tabs;
use crate::{MERGE, VALIDATE, WRITE, facts, paths, privacy, store};

#[derive(Template)]
#[template(path = "customer-accounts/show.html")]
struct ShowPage {
    head: Head,
    tabs: Tabs,
    notices: Markup,
    cards: Markup,
    below: Markup,
}

/// The page.
pub(crate) async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let (db, scope) = (cx.db(), cx.scope());
    let customer = store::find(&db, scope, &id).await?.ok_or_else(Problem::not_found)?;
    let namesakes = store::namesakes(&db, scope, &customer).await?;
    let places = store::parts(&db, scope, PartKind::Site, &id).await?;
    let written = store::parts(&db, scope, PartKind::Note, &id).await?;
    let may_write = cx.may(WRITE) && customer.is_open();
    let home = Home { base: paths::customer(&id), customer };
    let customer = &home.customer;
    let page = ShowPage {
        head: head(&cx, customer),
        tabs: tabs(&cx, customer, paths::SHOW).await?,
        notices: notices(&cx, customer, &namesakes),
        cards: facts::cards(&cx, customer),
        below: Markup::of(&sites(&cx, &home, &places, may_write))
            .and(&notes(&cx, &home, &written, may_write))
            .and(&privacy::card(&cx, customer)),
    };
    Page::new(customer.name(), &page)
}

/// The head of a customer's pages: its name, where it stands and what can be done with it.
fn head(cx: &Cx, customer: &Customer) -> Head {
    let lang = cx.lang();
    let mut head = Head::new(customer.name())
        .back(lang.t("customers"), cx.url(paths::LIST))
        .badge(badge(&lang, customer.state))
        .lead(kind(&lang, customer.details.kind));
    if !customer.is_open() {
        return head;
    }
    if cx.may(VALIDATE) {
        head = match customer.state {
            AccountState::Awaiting => head
                .action(&change(cx, customer, AccountState::Suspended))
                .action(&change(cx, customer, AccountState::Validated)),
            AccountState::Validated => head.action(&change(cx, customer, AccountState::Suspended)),
            AccountState::Suspended => head.action(&change(cx, customer, AccountState::Validated)),
        };
    }
    if cx.may(MERGE) {
        let href = cx.url(&paths::merge(&customer.customer_id));
        head = head.action(&Action::link(lang.t("merge"), href).icon("copy"));
    }
    if cx.may(WRITE) {
        let assign = cx.url(&paths::assign(&customer.customer_id));
        let edit = cx.url(&paths::edit(&customer.customer_id));
        head = head
            .action(&Action::link(lang.t("assign"), assign).icon("building"))
            .action(&Action::link(lang.t("edit"), edit).icon("pencil").primary());
    }
    head
}

/// The button that leads to `to`, which asks first, for a reason too where one is needed.
fn change(cx: &Cx, customer: &Customer, to: AccountState) -> Confirm {
    let lang = cx.lang();
    let act = Act::of(customer.state, to);
    let verb = match act {
        Act::Refused => "refuse",
        Act::Suspended => "suspend",
        Act::Resumed => "resume",
        _ => "validate",
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
    if !act.needs_reason() {
        return confirm.harmless();
    }
    let reason = Field::textarea("reason", lang.t("customer-reason"))
        .id(format!("reason-{verb}"))
        .maxlength(crate::state::LONGEST_REASON)
        .required();
    confirm.field(&reason)
}

fn notices(cx: &Cx, customer: &Customer, namesakes: &[Account]) -> Markup {
    let lang = cx.lang();
    if !customer.merged_into.is_empty() {
        let survivor = cx.url(&paths::customer(&customer.merged_into));
        let link = Action::link(lang.t("merged-open"), survivor);
        return Markup::of(&Notice::new(Tone::Info, lang.t("merged-notice")).with(&link));
    }
    if customer.erased_at.is_some() {
        return Markup::of(&Notice::new(Tone::Info, lang.t("erased-notice")));
    }
    if namesakes.is_empty() {
        return Markup::default();
    }
    let links = namesakes.iter().fold(Markup::default(), |links, account| {
        let href = cx.url(&paths::customer(&account.account_id));
        links.and(&Action::link(&account.name, href).quiet())
    });
    Markup::of(&Notice::new(Tone::Warn, lang.t("customer-namesakes")).with(&links))
}

/// The head of a customer's other pages: its name and where it stands.
pub(crate) fn plain_head(cx: &Cx, customer: &Customer) -> Head {
    let lang = cx.lang();
    Head::new(customer.name())
        .back(lang.t("customers"), cx.url(paths::LIST))
        .badge(badge(&lang, customer.state))
}
