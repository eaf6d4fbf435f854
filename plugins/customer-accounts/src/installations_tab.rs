//! `/crm/customers/{id}/installations`: the installations of a customer, as whoever keeps the
//! inventory tells.

use askama::Template;
use askama::filters::HtmlSafe;
use plugin_api::contracts::inventory::{InstallationOfAccount, OF_ACCOUNT, OfAccount};
use plugin_api::ui::{Card, Empty, Head, Markup};
use plugin_api::{Cx, Lang, Page, Path, Problem};

use crate::asked::if_there;
use crate::labels::badge;
use crate::tabs::tabs;
use crate::{paths, store};

#[derive(Template)]
#[template(path = "customer-accounts/ledger.html")]
struct InstallationsPage {
    head: Head,
    tabs: Markup,
    totals: Markup,
    table: Markup,
}

/// The installations of a customer as a table.
#[derive(Template)]
#[template(path = "customer-accounts/installations.html")]
struct Installations {
    lang: Lang,
    rows: Vec<Row>,
}

impl HtmlSafe for Installations {}

struct Row {
    installation: InstallationOfAccount,
    href: String,
    seen: String,
    licence: String,
}

/// The page.
pub(crate) async fn handle(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let found = store::find(&cx.db(), cx.scope(), &id).await?;
    let customer = found.ok_or_else(Problem::not_found)?;
    let lang = cx.lang();
    let page = InstallationsPage {
        head: Head::new(customer.name())
            .back(lang.t("customers"), cx.url(paths::LIST))
            .badge(badge(&lang, customer.state)),
        tabs: Markup::of(&tabs(&cx, &customer, paths::INSTALLATIONS).await?),
        totals: Markup::default(),
        table: card(&cx, &lang, id).await?,
    };
    Page::new(customer.name(), &page)
}

async fn card(cx: &Cx, lang: &Lang, account_id: String) -> Result<Markup, Problem> {
    let card = Card::new("installations", lang.t("tab-installations"));
    let told = if_there(cx.service(&OF_ACCOUNT, &OfAccount { account_id }).await)?;
    let Some(told) = told else {
        let empty = Empty::new(lang.t("installations-absent"), lang.t("installations-absent-hint"));
        return Ok(Markup::of(&card.body(&empty)));
    };
    if told.is_empty() {
        let empty = Empty::new(lang.t("installations-none"), lang.t("installations-none-hint"));
        return Ok(Markup::of(&card.body(&empty)));
    }
    let row = |installation: InstallationOfAccount| Row {
        href: Some(&installation.path)
            .filter(|path| !path.is_empty())
            .map_or_else(String::new, |path| cx.url(path)),
        seen: lang.instant(installation.last_seen_at),
        licence: lang.t(if installation.licence_id.is_some() { "yes" } else { "no" }),
        installation,
    };
    let rows = told.into_iter().map(row).collect();
    Ok(Markup::of(&card.body(&Installations { lang: lang.clone(), rows })))
}
