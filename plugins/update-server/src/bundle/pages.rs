//! `/crm/update-bundles/new`: which product, for which licence, with which releases; then the file.

use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use plugin_api::form::{Fields, Typed};
use plugin_api::ui::{
    Action, Card, Empty, Field, FormErrors, FormPage, Head, Markup, Notice, Tone,
};
use plugin_api::{Cx, Page, Problem, Query};
use serde::Deserialize;

use super::{choice, download};
use crate::client::Entitled;
use crate::paths;
use crate::store::products;

/// What the form begins with.
#[derive(Debug, Deserialize)]
pub(super) struct About {
    #[serde(default)]
    prodotto: String,
    #[serde(default)]
    licenza: String,
}

/// The products, or the form of one.
pub(super) async fn page(cx: Cx, Query(about): Query<About>) -> Result<Page, Problem> {
    if about.prodotto.is_empty() {
        return which(&cx).await;
    }
    form(&cx, &about, &FormErrors::new()).await
}

/// Sends the bundle; where another licence was typed, first the form with what that one includes.
pub(super) async fn make(
    cx: Cx,
    method: Method,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Problem> {
    let typed = Typed::from(fields);
    let about = About {
        prodotto: typed.text("prodotto").to_owned(),
        licenza: typed.text("licenza").to_owned(),
    };
    if about.licenza != typed.text("mostrata") {
        let errors = FormErrors::new();
        return Ok(form(&cx, &about, &errors).await?.into_response());
    }
    let versions: Vec<String> = typed.all("versione").map(str::to_owned).collect();
    if versions.is_empty() {
        let mut errors = FormErrors::new();
        errors.add("versione", cx.lang().t("bundle-none-chosen"));
        let page = form(&cx, &about, &errors).await?;
        return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let entitled = choice::whose(&cx, &about.prodotto, &about.licenza).await?;
    download::send(&cx, &entitled, &versions, (&method, &headers)).await
}

async fn which(cx: &Cx) -> Result<Page, Problem> {
    let lang = cx.lang();
    let title = lang.t("bundle-new");
    let head = Head::new(&title)
        .back(lang.t("update-bundles"), cx.url(paths::BUNDLES))
        .lead(lang.t("bundle-new-lead"));
    let all = products::all(&cx.db(), cx.scope()).await?;
    if all.is_empty() {
        let empty = Empty::new(lang.t("bundle-no-product"), lang.t("bundle-no-product-hint"));
        return Ok(Page::html(title, Markup::of(&head).and(&empty)));
    }
    let card =
        all.iter().fold(Card::new("products", lang.t("release-product")), |card, product| {
            let code = product.product_code.as_str();
            let there = cx.url(&format!("{}?prodotto={code}", paths::BUNDLE_NEW));
            card.body(&Action::link(code, there))
        });
    Ok(Page::html(title, Markup::of(&head).and(&card)))
}

async fn form(cx: &Cx, about: &About, errors: &FormErrors) -> Result<Page, Problem> {
    let lang = cx.lang();
    let mut errors = errors.clone();
    let entitled = match choice::whose(cx, &about.prodotto, &about.licenza).await {
        Err(problem) if problem.status() == StatusCode::UNPROCESSABLE_ENTITY => {
            errors.add("licenza", problem.sentence(&lang));
            None
        }
        whose => Some(whose?),
    };
    let licence = Field::text("licenza", lang.t("bundle-licence"))
        .hint(lang.t("bundle-licence-hint"))
        .value(&about.licenza)
        .maxlength(250)
        .mono()
        .errors(&errors);
    let card = Card::new("licence", lang.t("bundle-licence")).body(&licence);
    let (releases, shown) = releases(cx, entitled.as_ref(), &errors).await?;
    let title = lang.with("bundle-of", &[("product", &about.prodotto)]);
    let page = FormPage {
        head: Head::new(&title)
            .back(lang.t("update-bundles"), cx.url(paths::BUNDLES))
            .lead(lang.t("bundle-lead")),
        title,
        before: Markup::default(),
        errors: errors.summary(&lang),
        action: cx.url(paths::BUNDLE_NEW),
        hidden: vec![
            ("prodotto", about.prodotto.clone()),
            ("mostrata", if shown { about.licenza.clone() } else { "-".to_owned() }),
        ],
        cards: Markup::of(&releases).and(&card),
        buttons: vec![Action::submit(lang.t("bundle-download")).primary()],
        after: Markup::default(),
    };
    page.render(&lang)
}

/// The releases, and whether they are those of the licence that is typed.
async fn releases(
    cx: &Cx,
    entitled: Option<&Entitled>,
    errors: &FormErrors,
) -> Result<(Card, bool), Problem> {
    let lang = cx.lang();
    let card = Card::new("releases", lang.t("bundle-releases"));
    let Some(entitled) = entitled else { return Ok((card, false)) };
    let offered = choice::offered(cx, entitled).await?;
    if offered.is_empty() {
        return Ok((card.body(&Notice::new(Tone::Info, lang.t("bundle-nothing"))), true));
    }
    Ok((card.body(&choice::field(&lang, &offered).errors(errors)), true))
}
