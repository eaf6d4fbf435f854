//! `/crm/update-products/{id}`: the settings of a product, its channels, its own feeds.

use askama::Template;
use askama::filters::HtmlSafe;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::form::{Fields, Typed};
use plugin_api::ui::{
    Action, Card, Confirm, Empty, Field, FormErrors, FormPage, Head, Markup, field_id,
};
use plugin_api::{Cx, FieldProblem, Page, Path, Problem, SeeOther};

use super::feeds::KINDS;
use super::save::{self, ProductBody, Saved, wire};
use crate::form::{SmallForm, form_errors};
use crate::store::channels::{self, Channel};
use crate::store::feeds::{self, Feed};
use crate::store::products::{self, Access, Product};
use crate::tuf::pages::{banner, tabs};
use crate::{PUBLISH, paths};

/// What a product has by name, with what takes it away.
struct Named {
    name: String,
    about: String,
    remove: Option<Confirm>,
}

#[derive(Template)]
#[template(path = "update-server/named.html")]
struct NamedList {
    all: Vec<Named>,
}

impl HtmlSafe for NamedList {}

/// The product of this code in the caller's branch.
pub(crate) async fn found(cx: &Cx, code: &str) -> Result<Product, Problem> {
    products::get(&cx.db(), cx.scope(), code).await?.ok_or_else(Problem::not_found)
}

/// Which product of the catalogue of licences is set up.
pub(super) async fn new(cx: Cx) -> Result<Page, Problem> {
    let lang = cx.lang();
    let there = products::all(&cx.db(), cx.scope()).await?;
    let title = lang.t("update-product-new");
    let head = Head::new(&title)
        .back(lang.t("update-products"), cx.url(paths::PRODUCTS))
        .lead(lang.t("update-product-new-lead"));
    let sold = save::sold(&cx).await?.unwrap_or_default();
    let free: Vec<_> = sold
        .into_iter()
        .filter(|(code, _)| there.iter().all(|there| there.product_code != *code))
        .collect();
    if free.is_empty() {
        let empty = Empty::new(lang.t("update-product-none"), lang.t("update-product-none-hint"));
        return Ok(Page::html(title, Markup::of(&head).and(&empty)));
    }
    let card = Card::new("products", lang.t("release-product"));
    let card = free.iter().fold(card, |card, (code, name)| {
        let there = cx.url(&paths::of(paths::PRODUCT, code));
        card.body(&Action::post(format!("{name} ({code})"), there).with("nuovo", "true"))
    });
    Ok(Page::html(title, Markup::of(&head).and(&card)))
}

/// The page.
pub(super) async fn page(cx: Cx, Path(code): Path<String>) -> Result<Page, Problem> {
    let product = found(&cx, &code).await?;
    let typed = Typed::default()
        .with("accesso", wire(product.access))
        .with("chiave_minisign", &product.minisign_key)
        .with("chiave_sparkle", &product.sparkle_key)
        .with("stop_percentuale", product.stop_percent.to_string())
        .with("stop_minimo", product.stop_minimum.to_string())
        .with("versione", product.version.to_string());
    render(&cx, &product, &typed, &[]).await
}

/// Writes the settings, or sets the product up.
pub(super) async fn save(
    cx: Cx,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let typed = Typed::from(fields);
    let there = SeeOther::to(cx.url(&paths::of(paths::PRODUCT, &code)));
    let said = there.saying(cx.lang().t("update-product-saved"));
    if typed.ticked("nuovo") {
        return match save::create(&cx, &code, &ProductBody::default()).await? {
            Saved::Written => Ok(said.into_response()),
            Saved::Refused(errors) => Err(Problem::validation(errors)),
            Saved::Stale => Err(Problem::conflict("prodotto_cambiato")),
        };
    }
    let product = found(&cx, &code).await?;
    if typed.whole("versione") != product.version {
        return Err(Problem::conflict("prodotto_cambiato"));
    }
    let text = |name: &str| Some(typed.text(name).to_owned());
    let body = ProductBody {
        accesso: text("accesso"),
        chiave_minisign: text("chiave_minisign"),
        chiave_sparkle: text("chiave_sparkle"),
        stop_percentuale: Some(typed.whole("stop_percentuale")),
        stop_minimo: Some(typed.whole("stop_minimo")),
    };
    match save::update(&cx, &product, &body).await? {
        Saved::Written => Ok(said.into_response()),
        Saved::Refused(errors) => {
            let page = render(&cx, &product, &typed, &errors).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Saved::Stale => Err(Problem::conflict("prodotto_cambiato")),
    }
}

async fn render(
    cx: &Cx,
    product: &Product,
    typed: &Typed,
    errors: &[FieldProblem],
) -> Result<Page, Problem> {
    let (lang, code) = (cx.lang(), product.product_code.as_str());
    let errors = form_errors(&lang, errors);
    let channels = channels::of_product(&cx.db(), cx.scope(), code).await?;
    let own = feeds::of_product(&cx.db(), cx.scope(), code).await?;
    let release = cx.url(&format!("{}?prodotto={code}", paths::RELEASE_NEW));
    let head = Head::new(code)
        .back(lang.t("update-products"), cx.url(paths::PRODUCTS))
        .lead(lang.t("update-product-lead"));
    let may = cx.may(PUBLISH);
    let head = if may {
        head.action(&Action::link(lang.t("release-new"), release).primary())
    } else {
        head
    };
    let mut before = Markup::default();
    if let Some(tabs) = tabs(cx, code, paths::PRODUCT) {
        before = before.and(&tabs);
    }
    let page = FormPage {
        title: code.to_owned(),
        head,
        before: before.and(&banner::of_product(cx, code).await?),
        errors: errors.summary(&lang),
        action: cx.url(&paths::of(paths::PRODUCT, code)),
        hidden: vec![("versione", typed.text("versione").to_owned())],
        cards: settings(cx, typed, &errors),
        buttons: if may { vec![Action::submit(lang.t("save"))] } else { Vec::new() },
        after: Markup::of(&channel_card(cx, code, &channels))
            .and(&feed_card(cx, code, &channels, &own)),
    };
    page.render(&lang)
}

fn settings(cx: &Cx, typed: &Typed, errors: &FormErrors) -> Markup {
    let lang = cx.lang();
    let of = |field: Field, name: &str| field.value(typed.text(name)).errors(errors);
    let access =
        Access::ALL.iter().fold(Field::radios("accesso", lang.t("access")), |field, access| {
            let key = format!("access-{}", access.code());
            field.option_with_hint(wire(*access), lang.t(&key), lang.t(&format!("{key}-hint")))
        });
    let access = Card::new("access", lang.t("access")).body(&of(access, "accesso"));
    let keys = Card::new("vendor-keys", lang.t("vendor-keys"))
        .text(lang.t("vendor-keys-hint"))
        .body(&of(
            Field::textarea("chiave_minisign", lang.t("minisign-key"))
                .hint(lang.t("minisign-key-hint"))
                .mono(),
            "chiave_minisign",
        ))
        .body(&of(
            Field::text("chiave_sparkle", lang.t("sparkle-key"))
                .hint(lang.t("sparkle-key-hint"))
                .mono(),
            "chiave_sparkle",
        ));
    let stop = Card::new("stop", lang.t("automatic-stop"))
        .text(lang.t("automatic-stop-hint"))
        .body(&of(
            Field::number("stop_percentuale", lang.t("stop-percent")).min(0).max(100),
            "stop_percentuale",
        ))
        .body(&of(Field::number("stop_minimo", lang.t("stop-minimum")).min(1), "stop_minimo"));
    Markup::of(&access).and(&keys).and(&stop)
}

fn channel_card(cx: &Cx, code: &str, channels: &[Channel]) -> Card {
    let lang = cx.lang();
    let remove = cx.url(&paths::of(paths::PRODUCT_CHANNEL_REMOVE, code));
    let named = |channel: &Channel| {
        let name = channel.channel.as_str();
        let confirm = || {
            let told = lang.with("channel-remove-told", &[("channel", name)]);
            let verb = lang.with("channel-remove", &[("channel", name)]);
            let id = field_id(&format!("remove-{name}"));
            Confirm::new(&lang, id, verb, &remove, told).hidden("canale", name)
        };
        let about = channel.description.clone();
        Named { name: name.to_owned(), about, remove: cx.may(PUBLISH).then(confirm) }
    };
    let all = channels.iter().map(named).collect();
    let card = Card::new("channels", lang.t("release-channels"))
        .text(lang.t("channels-hint"))
        .body(&NamedList { all });
    if !cx.may(PUBLISH) {
        return card;
    }
    card.body(&SmallForm {
        action: cx.url(&paths::of(paths::PRODUCT_CHANNEL, code)),
        has_file: false,
        fields: vec![
            Field::text("canale", lang.t("channel-name"))
                .hint(lang.t("channel-name-hint"))
                .maxlength(32)
                .mono()
                .required(),
            Field::text("descrizione", lang.t("channel-description")).maxlength(200),
        ],
        button: Action::submit(lang.t("channel-add")),
    })
}

fn feed_card(cx: &Cx, code: &str, channels: &[Channel], own: &[Feed]) -> Card {
    let lang = cx.lang();
    let remove = cx.url(&paths::of(paths::PRODUCT_FEED_REMOVE, code));
    let mut card = Card::new("feeds", lang.t("feeds")).text(lang.t("feeds-hint"));
    let named = |feed: &Feed| {
        let kind = lang.t(&format!("feed-{}", feed.kind));
        let names = [("channel", feed.channel.as_str()), ("kind", kind.as_str())];
        let confirm = || {
            let id = field_id(&format!("feed-{}-{}", feed.channel, feed.kind));
            let verb = lang.with("feed-remove", &names);
            Confirm::new(&lang, id, verb, &remove, lang.t("feed-remove-told"))
                .hidden("canale", &feed.channel)
                .hidden("tipo", &feed.kind)
        };
        let name = lang.with("feed-of", &names);
        Named { name, about: String::new(), remove: cx.may(PUBLISH).then(confirm) }
    };
    if !own.is_empty() {
        card = card.body(&NamedList { all: own.iter().map(named).collect() });
    }
    if !cx.may(PUBLISH) {
        return card;
    }
    let channel = Field::select("canale", lang.t("rollout-channel")).id("f-feed-channel");
    let kind = Field::select("tipo", lang.t("feed-kind"));
    card.body(&SmallForm {
        action: cx.url(&paths::of(paths::PRODUCT_FEED, code)),
        has_file: true,
        fields: vec![
            channels.iter().fold(channel, |field, one| field.option(&one.channel, &one.channel)),
            KINDS
                .iter()
                .fold(kind, |field, kind| field.option(*kind, lang.t(&format!("feed-{kind}")))),
            Field::file("file", lang.t("feed-file")).required(),
        ],
        button: Action::submit(lang.t("feed-send")),
    })
}
