//! `/crm/customers/{id}/licences`: what was issued to a customer, as whoever keeps licences tells.

use askama::Template;
use askama::filters::HtmlSafe;
use plugin_api::contracts::licences::LicenceOfAccount;
use plugin_api::ui::{Card, Empty, Head, Markup};
use plugin_api::{Cx, Lang, Page, Path, Problem};

use crate::asked::licences_of;
use crate::labels::badge;
use crate::tabs::tabs;
use crate::{paths, store};

#[derive(Template)]
#[template(path = "customer-accounts/ledger.html")]
struct LicencesPage {
    head: Head,
    tabs: Markup,
    totals: Markup,
    table: Markup,
}

/// The licences of a customer as a table.
#[derive(Template)]
#[template(path = "customer-accounts/licences.html")]
struct Licences {
    lang: Lang,
    rows: Vec<Row>,
}

impl HtmlSafe for Licences {}

struct Row {
    licence: LicenceOfAccount,
    href: String,
    state: String,
    until: String,
}

/// The page.
pub(crate) async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let found = store::find(&cx.db(), cx.scope(), &id).await?;
    let customer = found.ok_or_else(Problem::not_found)?;
    let lang = cx.lang();
    let page = LicencesPage {
        head: Head::new(customer.name())
            .back(lang.t("customers"), cx.url(paths::LIST))
            .badge(badge(&lang, customer.state)),
        tabs: Markup::of(&tabs(&cx, &customer, paths::LICENCES).await?),
        totals: Markup::default(),
        table: licences_card(&cx, &id).await?,
    };
    Page::new(customer.name(), &page)
}

/// A card with the licences of a customer in the caller's branch; nothing when nobody keeps any.
pub(crate) async fn licences_card(cx: &Cx, customer_id: &str) -> Result<Markup, Problem> {
    let lang = cx.lang();
    let card = Card::new("licences", lang.t("tab-licences"));
    let Some(licences) = licences_of(cx, customer_id).await? else {
        let empty = Empty::new(lang.t("licences-absent"), lang.t("licences-absent-hint"));
        return Ok(Markup::of(&card.body(&empty)));
    };
    if licences.is_empty() {
        return Ok(Markup::of(&card.body(&Empty::new(lang.t("licences-none"), ""))));
    }
    let row = |licence: LicenceOfAccount| Row {
        href: if licence.path.is_empty() { String::new() } else { cx.url(&licence.path) },
        state: state(&lang, &licence.stato),
        until: licence.expires_at.map_or_else(|| lang.t("unlimited"), |at| lang.date(at)),
        licence,
    };
    let rows = licences.into_iter().map(row).collect();
    Ok(Markup::of(&card.body(&Licences { lang: lang.clone(), rows })))
}

/// What a state of a licence is called.
fn state(lang: &Lang, stato: &str) -> String {
    let key = format!("licence-state-{}", stato.replace('_', "-"));
    if lang.has(&key) { lang.t(&key) } else { stato.to_owned() }
}
