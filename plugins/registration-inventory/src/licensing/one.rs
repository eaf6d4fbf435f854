//! `/crm/installations/{id}/licence`: an installation gets a licence its customer has, or a new one.

use std::collections::BTreeMap;

use askama::Template;
use askama::filters::HtmlSafe;
use axum::response::{IntoResponse as _, Response};
use plugin_api::contracts::licences::{Order, Product};
use plugin_api::ui::{Action, Card, Field, FormErrors, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Form, Lang, Page, Path, Problem, Query, SeeOther};

use super::beside::{Beside, Sum};
use super::terms::{self, Terms};
use super::{LINK, PREVIEW, card, give, keeper};
use crate::mapping::sheet::{Asking, Sent, value};
use crate::paths;
use crate::store::installations::{self, Installation};

/// The question which product the licence is for.
#[derive(Debug, Template)]
#[template(path = "registration-inventory/choosing.html")]
struct Choosing {
    action: String,
    field: Field,
    button: Action,
}

impl HtmlSafe for Choosing {}

/// An installation that somebody of the caller's branch has, and its customer.
pub(super) async fn found(cx: &Cx, id: &str) -> Result<Installation, Problem> {
    let found = installations::by_id(&cx.db(), cx.scope(), id).await?;
    found.ok_or_else(Problem::not_found)
}

/// Back to its page, saying `key`.
pub(super) fn back(cx: &Cx, of: &Installation, key: &str) -> Response {
    let there = SeeOther::to(cx.url(&paths::of(paths::INSTALLATION, &of.installation_id)));
    there.saying(cx.lang().t(key)).into_response()
}

/// The page.
pub(super) async fn page(
    cx: Cx,
    Path(id): Path<String>,
    Query(asked): Query<Sent>,
) -> Result<Response, Problem> {
    let of = found(&cx, &id).await?;
    if of.account_id.is_none() {
        return Ok(back(&cx, &of, "licensing-assign-first"));
    }
    let products = keeper::products_or_404(&cx).await?;
    let product = chosen(&products, &of, &asked);
    let mut sent = terms::first(product);
    sent.extend(asked);
    let page = show(&cx, &of, &products, &sent, (&FormErrors::new(), None)).await?;
    Ok(page.into_response())
}

/// `POST …/preview`: what the form as typed would cost.
pub(super) async fn preview(
    cx: Cx,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Page, Problem> {
    let of = found(&cx, &id).await?;
    let products = keeper::products_or_404(&cx).await?;
    let sum = sum(&cx, &of, chosen(&products, &of, &sent), &sent).await?;
    Page::new(cx.lang().t("licensing-sum"), &sum)
}

/// Issues a licence and links it.
pub(super) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let of = found(&cx, &id).await?;
    let products = keeper::products_or_404(&cx).await?;
    let lang = cx.lang();
    if of.licence_id.as_deref().unwrap_or_default() != value(&sent, "aveva") {
        return Ok(back(&cx, &of, "licensing-changed"));
    }
    let Some(account_id) = &of.account_id else {
        return Ok(back(&cx, &of, "licensing-assign-first"));
    };
    let Some(product) = chosen(&products, &of, &sent) else {
        // Also where the one that was chosen is not sold any more.
        let wrong = (&FormErrors::new(), Some(lang.t("licensing-new-hint")));
        return Ok(show(&cx, &of, &products, &sent, wrong).await?.into_response());
    };
    let terms = match Terms::read(&sent, &lang) {
        Ok(terms) => terms,
        Err(errors) => {
            let page = show(&cx, &of, &products, &sent, (&errors, None)).await?;
            return Ok(page.into_response());
        }
    };
    let order = terms.order(account_id, &product.code);
    let wrong = if priced(&cx, &order).await?.seen() == value(&sent, "visto") {
        match give::issued(&cx, &of, product, &order, terms.announced).await? {
            Ok(()) => return Ok(back(&cx, &of, "licensing-issued")),
            Err(problem) => problem,
        }
    } else {
        lang.t("licensing-price-changed")
    };
    let page = show(&cx, &of, &products, &sent, (&FormErrors::new(), Some(wrong))).await?;
    Ok(page.into_response())
}

/// The product the form is about: the one it names, else that of the installation.
fn chosen<'a>(products: &'a [Product], of: &Installation, sent: &Sent) -> Option<&'a Product> {
    let asked = value(sent, "prodotto");
    let code = if asked.is_empty() { of.product_code.as_deref()? } else { asked };
    products.iter().find(|product| product.code == code && product.is_sold)
}

async fn sum(
    cx: &Cx,
    of: &Installation,
    product: Option<&Product>,
    sent: &Sent,
) -> Result<Sum, Problem> {
    let lang = cx.lang();
    let (Some(account_id), Some(product)) = (&of.account_id, product) else {
        return Ok(Sum::unreadable(&lang));
    };
    match Terms::read(sent, &lang) {
        Ok(terms) => priced(cx, &terms.order(account_id, &product.code)).await,
        Err(_) => Ok(Sum::unreadable(&lang)),
    }
}

async fn priced(cx: &Cx, order: &Order) -> Result<Sum, Problem> {
    let quoted = keeper::quote(cx, order).await?;
    let prices: BTreeMap<String, i64> =
        quoted.price.into_iter().map(|(amount, currency)| (currency, amount)).collect();
    let wrong = Some(quoted.problem).filter(|problem| !problem.is_empty());
    Ok(Sum::new(&cx.lang(), 1, &prices, wrong.into_iter().collect()))
}

async fn show(
    cx: &Cx,
    of: &Installation,
    products: &[Product],
    sent: &Sent,
    (errors, wrong): (&FormErrors, Option<String>),
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let there = paths::of(paths::INSTALLATION, &of.installation_id);
    let title = lang.t("licensing-give");
    let customer = of.customer.clone().unwrap_or_default();
    let head = Head::new(&title)
        .back(&of.software, cx.url(&there))
        .lead(lang.with("licensing-for", &[("software", &of.software), ("customer", &customer)]));
    let product = chosen(products, of, sent);
    let sum = sum(cx, of, product, sent).await?;
    let mut page = Beside::new(&lang, head, sum, errors);
    if let Some(wrong) = &wrong {
        page.before = Markup::of(&Notice::new(Tone::Bad, wrong));
        page = page.wrong();
    }
    page.before = page.before.and(&choosing(cx, &lang, of, products, product));
    page.action = cx.url(&paths::of(paths::LICENSING, &of.installation_id));
    page.preview = cx.url(&paths::of(PREVIEW, &of.installation_id));
    page.hidden = vec![
        ("aveva".to_owned(), of.licence_id.clone().unwrap_or_default()),
        ("con_moduli".to_owned(), "true".to_owned()),
    ];
    if let Some(product) = product {
        page.hidden.push(("prodotto".to_owned(), product.code.clone()));
        page.cards = terms::cards(cx, product, sent, errors);
        page.buttons.push(Action::submit(lang.t("licensing-issue")).primary());
    }
    page.buttons.push(Action::link(lang.t("cancel"), cx.url(&there)).quiet());
    page.after = link_card(cx, &lang, of, product).await?;
    page.render(title)
}

fn choosing(
    cx: &Cx,
    lang: &Lang,
    of: &Installation,
    products: &[Product],
    chosen: Option<&Product>,
) -> Card {
    let field = Field::select("prodotto", lang.t("column-prodotto"))
        .option("", lang.t("licensing-product-choose"));
    let sold = products.iter().filter(|product| product.is_sold);
    let field = sold.fold(field, |field, product| field.option(&product.code, &product.name));
    let form = Choosing {
        action: cx.url(&paths::of(paths::LICENSING, &of.installation_id)),
        field: field.value(chosen.map(|product| product.code.clone()).unwrap_or_default()),
        button: Action::submit(lang.t("licensing-product-take")),
    };
    Card::new("product", lang.t("licensing-new")).text(lang.t("licensing-new-hint")).body(&form)
}

/// The licences its customer has.
async fn link_card(
    cx: &Cx,
    lang: &Lang,
    of: &Installation,
    product: Option<&Product>,
) -> Result<Markup, Problem> {
    let card = Card::new("link", lang.t("licensing-link"));
    let wanted = product.map(|product| product.code.as_str()).or(of.product_code.as_deref());
    let account_id = of.account_id.as_deref().unwrap_or_default();
    let licences = keeper::of_account(cx, account_id, wanted).await?;
    if licences.is_empty() {
        return Ok(Markup::of(&card.text(lang.t("licensing-link-none"))));
    }
    let select = Field::select("licenza", lang.t("licensing-card")).id("link-licenza");
    let select = licences.iter().fold(select, |select, licence| {
        select.option(&licence.licence_id, card::line(lang, licence))
    });
    let announced = terms::announced(lang, &vec![("annuncia".to_owned(), "true".to_owned())]);
    let form = Asking {
        action: cx.url(&paths::of(LINK, &of.installation_id)),
        hidden: Vec::new(),
        cards: Markup::of(&select.value(of.licence_id.clone().unwrap_or_default()))
            .and(&announced.id("link-annuncia")),
        buttons: vec![Action::submit(lang.t("licensing-link-this"))],
    };
    Ok(Markup::of(&card.text(lang.t("licensing-link-hint")).body(&form)))
}
