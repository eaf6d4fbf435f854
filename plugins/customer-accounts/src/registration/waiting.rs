//! `/crm/customers/waiting/{id}`: one who waits: where he came from, and what to do with him.

use askama::Template;
use plugin_api::contracts::accounts::{Account, AccountState};
use plugin_api::ui::{Action, Card, Confirm, Facts, Field, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Lang, Page, Path, Problem};

use crate::domain::{Customer, state_text};
use crate::labels::{badge, label, shown};
use crate::licences_tab::licences_card;
use crate::store::registrations::Registration;
use crate::{WRITE, paths, store};

#[derive(Template)]
#[template(path = "customer-accounts/waiting.html")]
struct WaitingPage {
    head: Head,
    namesakes: Markup,
    cards: Markup,
    licences: Markup,
}

/// The page; of somebody who waits no longer, the way to his own page.
pub(super) async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let found = store::find(&cx.db(), cx.scope(), &id).await?;
    let customer = found.ok_or_else(Problem::not_found)?;
    let registration = store::registrations::find(&cx.db(), cx.scope(), &id).await?;
    let twice = store::namesakes(&cx.db(), cx.scope(), &customer).await?;
    let lang = cx.lang();
    let page = WaitingPage {
        head: head(&cx, &lang, &customer),
        namesakes: same(&cx, &lang, &twice),
        cards: Markup::of(&who(&lang, &customer)).and(&origin(
            &lang,
            &customer,
            registration.as_ref(),
        )),
        licences: licences_card(&cx, &id).await?,
    };
    Page::new(customer.name(), &page)
}

fn head(cx: &Cx, lang: &Lang, customer: &Customer) -> Head {
    let id = &customer.customer_id;
    let head = Head::new(customer.name())
        .back(lang.t("waiting"), cx.url(paths::WAITING))
        .badge(badge(lang, customer.state))
        .action(&Action::link(lang.t("waiting-record"), cx.url(&paths::customer(id))));
    if customer.state != AccountState::Awaiting || !customer.is_open() {
        return head;
    }
    let ask = |id: &str, verb: &str, to: AccountState| {
        Confirm::new(
            lang,
            id,
            lang.t(&format!("waiting-{verb}")),
            cx.url(&paths::state(&customer.customer_id)),
            lang.with(&format!("waiting-{verb}-consequence"), &[("name", customer.name())]),
        )
        .hidden("state", state_text(to))
        .hidden("version", customer.version.to_string())
    };
    let reason = Field::textarea("reason", lang.t("waiting-reason"))
        .hint(lang.t("waiting-reason-hint"))
        .maxlength(1_000)
        .required();
    let refuse = ask("refuse", "refuse", AccountState::Suspended).field(&reason);
    let head = head.action(&refuse);
    let head = if cx.may(WRITE) {
        head.action(&Action::link(lang.t("waiting-assign"), cx.url(&paths::assign(id))))
    } else {
        head
    };
    head.action(&ask("validate", "validate", AccountState::Validated).primary())
}

fn same(cx: &Cx, lang: &Lang, accounts: &[Account]) -> Markup {
    if accounts.is_empty() {
        return Markup::default();
    }
    let links = accounts.iter().fold(Markup::default(), |links, account| {
        let href = cx.url(&paths::customer(&account.account_id));
        links.and(&Action::link(&account.name, href).quiet())
    });
    Markup::of(&Notice::new(Tone::Warn, lang.t("customer-namesakes")).with(&links))
}

fn who(lang: &Lang, customer: &Customer) -> Card {
    let master = &customer.details.master;
    let wanted = [
        "vat_number",
        "tax_code",
        "email",
        "phone",
        "address",
        "city",
        "province",
        "country",
        "notes",
    ];
    let fields = master.fields().into_iter().filter(|(field, _)| wanted.contains(field));
    let facts = fields.fold(Facts::new(), |facts, (field, value)| {
        facts.text(label(lang, field), shown(lang, field, value))
    });
    Card::new("who", lang.t("waiting-who")).body(&facts)
}

fn origin(lang: &Lang, customer: &Customer, registration: Option<&Registration>) -> Card {
    let card = Card::new("origin", lang.t("waiting-origin"));
    let since = lang.instant(customer.created_at);
    let Some(registration) = registration else {
        let facts = Facts::new().text(lang.t("waiting-since"), since);
        return card.text(lang.t("origin-entered")).body(&facts);
    };
    let code = &registration.reseller_code;
    let unknown = !code.is_empty() && registration.reseller_code_known == 0;
    let reason = lang.with(
        &format!("received-{}", registration.reason),
        &[("rule", registration.rule_name.as_str())],
    );
    let facts = Facts::new()
        .text(lang.t("waiting-since"), since)
        .text(lang.t("rule-reseller-code"), code.as_str())
        .text(lang.t("rule-product"), registration.product.as_str())
        .text(lang.t("waiting-why"), reason);
    let card = card.body(&facts);
    if unknown { card.body(&Notice::new(Tone::Warn, lang.t("waiting-code-unknown"))) } else { card }
}
