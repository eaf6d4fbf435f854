//! `/crm/customers/{id}/updates`: what each licence of a customer gets now and why, what was downloaded,
//! and which of its installations asked.

use axum::response::Response;
use plugin_api::contracts::accounts::{self, Account};
use plugin_api::contracts::licences::{
    ENTITLEMENT, Entitlement, EntitlementOf, LicenceOfAccount, OF_ACCOUNT, OfAccount,
};
use plugin_api::table::{TableQuery, TableSpec, encode};
use plugin_api::time::DAY;
use plugin_api::ui::{Action, Badge, Card, Empty, Facts, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Lang, Page, Path, Problem};

use super::ACCOUNT;
use super::why::{Why, newest, why};
use crate::client::Entitled;
use crate::clients;
use crate::domain::release::Catalogue;
use crate::domain::select::{Asked, offered};
use crate::labels::bytes;
use crate::store::products::{self, Access};
use crate::store::{channels, downloads, tokens};
use crate::tokens::make::code;
use crate::{TOKENS, catalogue, paths};

/// Days that downloads are summed up of.
const DAYS: i64 = 30;

/// The page.
pub(super) async fn page(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let account = found(&cx, &id).await?;
    let tabs = cx.tabs(ACCOUNT, &id, lang.t("tabs-customer"), paths::CUSTOMER_UPDATES).await?;
    let back = cx.url(&paths::of(paths::CUSTOMER, &id));
    let head = Head::new(&account.name).back(&account.name, back);
    let mut page = Markup::of(&head).and(&tabs);
    let asked = OfAccount { account_id: account.account_id.clone() };
    let mut is_empty = true;
    for licence in cx.service(&OF_ACCOUNT, &asked).await? {
        if let Some(card) = card(&cx, &lang, &licence).await? {
            page = page.and(&card);
            is_empty = false;
        }
    }
    if is_empty {
        let (title, hint) = (lang.t("customer-updates-none"), lang.t("customer-updates-none-hint"));
        page = page.and(&Empty::new(title, hint));
    }
    let table = of(&account, &id).load(&cx, &query).await?;
    Ok(Page::html(&account.name, page.and(&table)))
}

/// Its installations as a file.
pub(super) async fn export(
    cx: Cx,
    Path(id): Path<String>,
    query: TableQuery,
) -> Result<Response, Problem> {
    let account = found(&cx, &id).await?;
    of(&account, &id).export(&cx, &query).await
}

async fn found(cx: &Cx, id: &str) -> Result<Account, Problem> {
    let asked = accounts::Find { account_id: id.to_owned() };
    cx.service(&accounts::FIND, &asked).await?.ok_or_else(Problem::not_found)
}

/// The installations of a customer that asked.
fn of(account: &Account, id: &str) -> TableSpec {
    let node = account.organisation_id.as_str().into();
    clients::listed_at(paths::of(paths::CUSTOMER_UPDATES, id)).only("u.organisation_id = ?", [node])
}

/// A licence: what it gets, its address, what it downloaded; none where its product has no updates.
async fn card(cx: &Cx, lang: &Lang, licence: &LicenceOfAccount) -> Result<Option<Card>, Problem> {
    let Some(product) = products::known(&cx.db(), &licence.product_code).await? else {
        return Ok(None);
    };
    let names = [("product", &*licence.product), ("key", &*licence.key_hint)];
    let title = lang.with("my-updates-of", &names);
    let mut card = Card::new(format!("licence-{}", licence.licence_id), title);
    if !licence.path.is_empty() {
        let open = Action::link(lang.t("customer-updates-licence"), cx.url(&licence.path));
        card = card.action(&open.quiet());
    }
    let asked = EntitlementOf::Licence(licence.licence_id.clone());
    let answer = cx.service(&ENTITLEMENT, &asked).await?;
    let card = match answer {
        _ if product.access == Access::Closed => {
            card.body(&Notice::new(Tone::Info, lang.t("customer-updates-closed")))
        }
        Err(reason) => {
            let problem = Problem::new(axum::http::StatusCode::FORBIDDEN, code(reason));
            card.body(&Notice::new(Tone::Warn, problem.sentence(lang)))
        }
        Ok(included) => {
            let entitled =
                Entitled { product, entitlement: Some(included.clone()), segment: String::new() };
            card.body(&gets(cx, lang, &entitled, &included).await?)
        }
    };
    Ok(Some(card.body(&facts(cx, lang, licence).await?)))
}

/// What it gets in each channel, and why.
async fn gets(
    cx: &Cx,
    lang: &Lang,
    entitled: &Entitled,
    included: &Entitlement,
) -> Result<Facts, Problem> {
    let product = &included.product_code;
    let known = catalogue::current(cx, product).await?;
    let everywhere = plugin_api::Scope::everything();
    let channels = channels::of_product(&cx.db(), &everywhere, product).await?;
    // As a program of the licence that does not say which one it is.
    let place = entitled.installation(cx, None, "").await?.place;
    let until = if included.until == i64::MAX {
        lang.t("customer-updates-no-end")
    } else {
        lang.date(included.until)
    };
    let mut facts = Facts::new().text(lang.t("customer-updates-until"), until);
    let Some(catalogue) = known else { return Ok(facts) };
    for channel in channels {
        let name = lang.with("customer-updates-channel", &[("channel", &channel.channel)]);
        let said = in_channel(cx, lang, &catalogue, entitled, (&channel.channel, place.as_deref()));
        if let Some(said) = said {
            facts = facts.with(name, &said);
        }
    }
    Ok(facts)
}

/// What it gets in a channel; none where nothing is out.
fn in_channel(
    cx: &Cx,
    lang: &Lang,
    catalogue: &Catalogue,
    entitled: &Entitled,
    (channel, place): (&str, Option<&str>),
) -> Option<Markup> {
    let newest = newest(catalogue, channel)?;
    let (window, now) = (entitled.window(), cx.now());
    let asked = Asked {
        channel: channel.to_owned(),
        installation: place.map(str::to_owned),
        ..Asked::default()
    };
    let gets = offered(catalogue, &asked, &window, now).first().map(|offer| offer.release);
    let why = why(catalogue, (channel, newest, gets), &window, (place, now));
    let tone = if why == Why::Newest { Tone::Ok } else { Tone::Warn };
    let version =
        gets.map_or_else(|| lang.t("customer-updates-nothing"), |r| r.version.to_string());
    let badge = Badge::new(tone, version);
    Some(Markup::of(&badge).and(&Markup::text(format!(" {}", why.said(lang, newest)))))
}

/// Its address and what it downloaded.
async fn facts(cx: &Cx, lang: &Lang, licence: &LicenceOfAccount) -> Result<Facts, Problem> {
    let (db, scope, id) = (cx.db(), cx.scope(), &licence.licence_id);
    let had = downloads::since(&db, scope, id, cx.now() - (DAYS - 1) * DAY).await?;
    let told = lang.with(
        "customer-updates-downloaded",
        &[("downloads", &lang.number(had.downloads)), ("volume", &bytes(lang, had.bytes))],
    );
    let list = |path: &str| format!("{}?licenza=%3D{}", cx.url(path), encode(id));
    let facts =
        Facts::new().link(lang.t("customer-updates-downloads"), told, list(paths::DOWNLOADS));
    let token = tokens::of_licence(&db, scope, id).await?;
    let (said, href) = match &token {
        Some(token) => {
            let used = token.last_used_at;
            let used = used.map_or_else(|| lang.t("never"), |at| lang.instant(at));
            let said = lang.with("customer-updates-address-used", &[("at", &used)]);
            (said, cx.url(&paths::of(paths::ADDRESS, &token.token_id)))
        }
        None => (
            lang.t("customer-updates-address-none"),
            format!("{}?licenza={}", cx.url(paths::ADDRESS_NEW), encode(id)),
        ),
    };
    let label = lang.t("update-address");
    Ok(if cx.may(TOKENS) { facts.link(label, said, href) } else { facts.text(label, said) })
}
