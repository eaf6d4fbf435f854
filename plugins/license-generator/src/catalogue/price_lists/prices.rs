//! `/crm/price-lists/{id}/prices`: what a list says of a product, one product at a time.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::db::Audit;
use plugin_api::form::Typed;
use plugin_api::money;
use plugin_api::ui::{Action, Card, Empty, ErrorSummary, Field, FormErrors, Head, Markup, Tabs};
use plugin_api::{Cx, Form, Lang, Page, Path, Problem, Query, SeeOther};
use serde_json::json;

use super::found;
use crate::catalogue::tabs;
use crate::domain::catalogue::{Item, ListPrices, Offer};
use crate::paths;
use crate::store::catalogue::price_lists::{self, LABEL, ListPrice, PriceList};
use crate::store::{catalogue::offers, products};

const PRODUCT: &str = "prodotto";

#[derive(Template)]
#[template(path = "license-generator/list-prices.html")]
struct PricesPage {
    head: Head,
    tabs: Tabs,
    errors: ErrorSummary,
    action: String,
    product: Field,
    choose: Action,
    hidden: Vec<(&'static str, String)>,
    card: Markup,
    save: Action,
}

/// The form.
pub(super) async fn form(
    cx: Cx,
    Path(id): Path<String>,
    query: Query<Vec<(String, String)>>,
) -> Result<Page, Problem> {
    let list = found(&cx, &id).await?;
    let asked = Typed::from(query);
    let offer = chosen(&cx, asked.text(PRODUCT)).await?;
    let typed = match &offer {
        None => Typed::default(),
        Some(offer) => {
            let said = price_lists::of_product(&cx.db(), &list, &offer.product.product_id).await?;
            first_values(&said, &list.currency)
        }
    };
    page(&cx, &list, offer.as_ref(), &typed, &FormErrors::new()).await
}

/// Writes what the list says of the product.
pub(super) async fn save(
    cx: Cx,
    Path(id): Path<String>,
    fields: Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed::from(fields);
    let list = found(&cx, &id).await?;
    let offer = chosen(&cx, typed.text(PRODUCT)).await?.ok_or_else(Problem::not_found)?;
    let lang = cx.lang();
    let mut errors = FormErrors::new();
    let mut prices = Vec::new();
    for (item, _, _) in items(&offer) {
        let name = field_name(&item);
        match typed.given(&name).map(|text| money::parse(&text, &list.currency)) {
            None => {}
            Some(None) => errors.add(name, lang.t("field-amount")),
            Some(Some(price)) => prices.push(ListPrice {
                product_id: offer.product.product_id.clone(),
                kind: item.kind().to_owned(),
                code: item.code().to_owned(),
                price,
            }),
        }
    }
    if typed.text("versione") != list.version.to_string() {
        errors.add("", lang.t("price-list-changed"));
    }
    if errors.is_empty() {
        let said = price_lists::of_product(&cx.db(), &list, &offer.product.product_id).await?;
        let before: Vec<_> = said
            .prices
            .iter()
            .map(|(item, price)| json!([item.kind(), item.code(), price]))
            .collect();
        let after: Vec<_> =
            prices.iter().map(|price| json!([price.kind, price.code, price.price])).collect();
        let audit = Audit::of("price_list.priced", &id)
            .named(&list.name)
            .before(json!({ "product": offer.product.code, "prices": before }))
            .after(json!({ "product": offer.product.code, "prices": after }));
        let products = [offer.product.product_id.clone()];
        match cx.db().batch(price_lists::pricing(&list, &products, &prices).audit(audit)).await {
            Ok(_) => {
                let there = cx.url(&paths::of(paths::LIST_PRICES, &id));
                let there = format!("{there}?{PRODUCT}={}", offer.product.product_id);
                let told = lang.t("price-list-saved");
                return Ok(SeeOther::to(there).saying(told).into_response());
            }
            Err(fault) if fault.is_mismatch(LABEL) => errors.add("", lang.t("price-list-changed")),
            Err(fault) => return Err(fault.into()),
        }
    }
    let page = page(&cx, &list, Some(&offer), &typed, &errors).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// The product asked for, or the first there is.
async fn chosen(cx: &Cx, product_id: &str) -> Result<Option<Offer>, Problem> {
    if !product_id.is_empty() {
        let offer = offers::get(&cx.db(), product_id).await?;
        return offer.map(Some).ok_or_else(Problem::not_found);
    }
    match products::all(&cx.db()).await?.into_iter().next() {
        None => Ok(None),
        Some(product) => Ok(Some(offers::of(&cx.db(), product).await?)),
    }
}

/// Something that has a price, its name, and what the catalogue asks.
type Priced<'a> = (Item, &'a str, Option<(i64, &'a str)>);

/// Everything of a product that has a price.
fn items(offer: &Offer) -> Vec<Priced<'_>> {
    let product = &offer.product;
    let priced = |amount: i64| (amount > 0).then_some(amount);
    let own = priced(product.base_price).map(|price| (price, product.currency.as_str()));
    let mut items = vec![(Item::Base, product.name.as_str(), own)];
    items.extend(offer.modules.iter().map(|module| {
        let own = priced(module.base_price).map(|price| (price, module.currency.as_str()));
        (Item::Module(module.code.clone()), module.name.as_str(), own)
    }));
    items.extend(offer.bundles.iter().map(|bundle| {
        let own = bundle.price.map(|price| (price, bundle.currency.as_str()));
        (Item::Bundle(bundle.code.clone()), bundle.name.as_str(), own)
    }));
    items
}

fn field_name(item: &Item) -> String {
    format!("{}:{}", item.kind(), item.code())
}

fn first_values(said: &ListPrices, currency: &str) -> Typed {
    said.prices.iter().fold(Typed::default(), |typed, (item, price)| {
        typed.with(&field_name(item), money::amount(*price, currency))
    })
}

async fn page(
    cx: &Cx,
    list: &PriceList,
    offer: Option<&Offer>,
    typed: &Typed,
    errors: &FormErrors,
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let path = paths::of(paths::LIST_PRICES, &list.price_list_id);
    let products = products::all(&cx.db()).await?;
    let current = offer.map_or("", |offer| offer.product.product_id.as_str());
    let choose = products
        .iter()
        .fold(Field::select(PRODUCT, lang.t("label-prodotto")).value(current), |field, product| {
            field.option(&product.product_id, &product.name)
        });
    let card = match offer {
        None => Markup::of(&Empty::new(lang.t("products-empty"), lang.t("products-empty-hint"))),
        Some(offer) => Markup::of(&card(&lang, offer, typed, errors)),
    };
    let page = PricesPage {
        head: Head::new(&list.name)
            .back(lang.t("price-lists"), cx.url(paths::PRICE_LISTS))
            .lead(lang.with("list-prices-about", &[("currency", &list.currency)])),
        tabs: tabs::price_list(cx, &list.price_list_id, &path),
        errors: errors.summary(&lang),
        action: cx.url(&path),
        product: choose,
        choose: Action::submit(lang.t("choose-product")).quiet(),
        hidden: vec![(PRODUCT, current.to_owned()), ("versione", list.version.to_string())],
        card,
        save: Action::submit(lang.t("save")),
    };
    Page::new(format!("{} – {}", list.name, lang.t("tab-prices")), &page)
}

fn card(lang: &Lang, offer: &Offer, typed: &Typed, errors: &FormErrors) -> Card {
    items(offer).into_iter().fold(
        Card::new("prices", &offer.product.name),
        |card, (item, name, own)| {
            let label = match &item {
                Item::Base => lang.t("price-base"),
                Item::Module(code) => format!("{name} ({code})"),
                Item::Bundle(code) => format!("{}: {name} ({code})", lang.t("bundle")),
            };
            let own = own.map_or_else(
                || lang.t("catalogue-price-none"),
                |(price, currency)| {
                    let amount = lang.money(price, currency);
                    lang.with("catalogue-price", &[("price", &amount)])
                },
            );
            let name = field_name(&item);
            let value = typed.text(&name).to_owned();
            let field = Field::text(name, label).inputmode("decimal").hint(own);
            card.body(&field.value(value).errors(errors))
        },
    )
}
