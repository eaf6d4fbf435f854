//! The form of a release: a new one, and what may change of one there is.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::form::{Fields, Typed};
use plugin_api::ui::{Action, Card, Empty, Field, FormPage, Head, Markup};
use plugin_api::{Cx, FieldProblem, Page, Path, Problem, Query, SeeOther};
use serde::Deserialize;

use super::acts::unchanged;
use crate::domain::release::State;
use crate::form::form_errors;
use crate::paths;
use crate::releases::body::{Draft, PLATFORMS, ReleaseBody};
use crate::releases::save::{self, Saved};
use crate::releases::tabs;
use crate::store::products;

/// The product of a new release.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Of {
    prodotto: String,
}

/// The empty form, or the question of which product it is.
pub(super) async fn new(cx: Cx, Query(of): Query<Of>) -> Result<Page, Problem> {
    let known = products::all(&cx.db(), cx.scope()).await?;
    let product = match known.as_slice() {
        [only] if of.prodotto.is_empty() => only.product_code.clone(),
        _ => of.prodotto,
    };
    if known.iter().any(|known| known.product_code == product) {
        let typed = Typed::default().with("prodotto", &product);
        return page(&cx, None, &typed, &[]).await;
    }
    let lang = cx.lang();
    let title = lang.t("release-new");
    let head = Head::new(&title).back(lang.t("releases"), cx.url(paths::RELEASES));
    if known.is_empty() {
        let action = Action::link(lang.t("update-products"), cx.url(paths::PRODUCTS)).primary();
        let empty = Empty::new(lang.t("release-new-none"), lang.t("release-new-none-hint"));
        return Ok(Page::html(title, Markup::of(&head).and(&empty.action(action))));
    }
    let card =
        known.iter().fold(Card::new("products", lang.t("release-new-product")), |card, product| {
            let code = &product.product_code;
            let there = cx.url(&format!("{}?prodotto={code}", paths::RELEASE_NEW));
            card.body(&Action::link(code, there))
        });
    Ok(Page::html(title, Markup::of(&head).and(&card)))
}

/// Writes a new draft.
pub(super) async fn create(cx: Cx, fields: Fields) -> Result<Response, Problem> {
    let typed = Typed::from(fields);
    let mut body = body(&typed);
    body.prodotto = Some(typed.text("prodotto").to_owned());
    let saved = save::create(&cx, &body).await?;
    answer(&cx, None, &typed, saved, paths::RELEASE_FILES).await
}

/// The form of a release.
pub(super) async fn form(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let draft = save::found(&cx, &id).await?;
    let release = &draft.release;
    let tick = |yes: bool| if yes { "true" } else { "" };
    let mut typed = Typed::default()
        .with("prodotto", &release.product_code)
        .with("versione_rilascio", &release.version)
        .with("tappa", tick(release.is_step))
        .with("critico", tick(release.is_critical))
        .with("versione", release.row_version.to_string());
    for channel in &draft.channels {
        typed = typed.with("canali", channel);
    }
    for (platform, version) in draft.minimum() {
        typed = typed.with(&format!("sistema_minimo.{platform}"), version);
    }
    for module in draft.modules() {
        typed = typed.with("moduli", module);
    }
    page(&cx, Some(&draft), &typed, &[]).await
}

/// Writes a changed release.
pub(super) async fn update(
    cx: Cx,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Problem> {
    let typed = Typed::from(fields);
    let draft = unchanged(&cx, &id, &typed).await?;
    let mut body = body(&typed);
    if draft.release.state != State::Draft {
        (body.versione, body.canali) = (None, None);
    }
    let saved = save::update(&cx, &draft, &body).await?;
    answer(&cx, Some(&draft), &typed, saved, paths::RELEASE).await
}

fn body(typed: &Typed) -> ReleaseBody {
    let all = |name: &str| typed.all(name).map(str::to_owned).collect();
    let minimum = typed.with_prefix("sistema_minimo.");
    ReleaseBody {
        versione: Some(typed.text("versione_rilascio").to_owned()),
        canali: Some(all("canali")),
        tappa: Some(typed.ticked("tappa")),
        critico: Some(typed.ticked("critico")),
        sistema_minimo: Some(
            minimum.map(|(name, text)| (name.to_owned(), text.to_owned())).collect(),
        ),
        moduli: Some(all("moduli")),
        ..ReleaseBody::default()
    }
}

async fn answer(
    cx: &Cx,
    known: Option<&Draft>,
    typed: &Typed,
    saved: Saved,
    next: &str,
) -> Result<Response, Problem> {
    let errors = match saved {
        Saved::Written(id) => {
            let notice = cx.lang().t("release-saved");
            let there = SeeOther::to(cx.url(&paths::of(next, &id)));
            return Ok(there.saying(notice).into_response());
        }
        Saved::Refused(errors) => errors,
        Saved::Stale => return Err(Problem::conflict("rilascio_cambiato")),
    };
    // The field of the version of a release is not that of its row.
    let errors: Vec<FieldProblem> = errors
        .into_iter()
        .map(|error| match error.pointer.as_str() {
            "/versione" => FieldProblem::new("/versione_rilascio", error.detail),
            _ => error,
        })
        .collect();
    let page = page(cx, known, typed, &errors).await?;
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

async fn page(
    cx: &Cx,
    known: Option<&Draft>,
    typed: &Typed,
    errors: &[FieldProblem],
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let errors = form_errors(&lang, errors);
    let product = typed.text("prodotto");
    let offered = save::offered(cx, product).await?.unwrap_or_default();
    let is_draft = known.is_none_or(|known| known.release.state == State::Draft);
    let (title, back, action) = match known {
        None => (lang.t("release-new"), cx.url(paths::RELEASES), cx.url(paths::RELEASE_NEW)),
        Some(known) => {
            let of = |path: &str| cx.url(&paths::of(path, &known.release.release_id));
            (tabs::title(&known.release), of(paths::RELEASE), of(paths::RELEASE_EDIT))
        }
    };
    let label = if known.is_some() { title.clone() } else { lang.t("releases") };
    let mut first = Card::new("data", product);
    if is_draft {
        let channels = Field::checkboxes("canali", lang.t("release-channels"))
            .hint(lang.t("release-channels-hint"))
            .values(typed.all("canali"))
            .errors(&errors);
        let channels =
            offered.channels.iter().fold(channels, |field, name| field.option(name, name));
        first = first
            .body(
                &Field::text("versione_rilascio", lang.t("release-version"))
                    .hint(lang.t("release-version-hint"))
                    .value(typed.text("versione_rilascio"))
                    .errors(&errors)
                    .maxlength(64)
                    .mono()
                    .required(),
            )
            .body(&channels);
    } else {
        first = first.text(lang.t("release-out-hint"));
    }
    let rules = Card::new("rules", lang.t("release-rules"))
        .body(&checkbox(&lang, typed, "tappa", "release-step"))
        .body(&checkbox(&lang, typed, "critico", "release-critical"));
    let rules = PLATFORMS.iter().fold(rules, |card, platform| {
        let name = format!("sistema_minimo.{platform}");
        let label =
            lang.with("release-minimum-of", &[("platform", &lang.t(&format!("place-{platform}")))]);
        card.body(
            &Field::text(&*name, label).value(typed.text(&name)).errors(&errors).maxlength(40),
        )
    });
    let mut cards = Markup::of(&first).and(&rules);
    let modules = offered.modules.unwrap_or_default();
    if !modules.is_empty() {
        let field = Field::checkboxes("moduli", lang.t("release-modules"))
            .hint(lang.t("release-modules-hint"))
            .values(typed.all("moduli"))
            .errors(&errors);
        let field = modules.iter().fold(field, |field, code| field.option(code, code));
        cards = cards.and(&Card::new("modules", lang.t("release-modules")).body(&field));
    }
    let page = FormPage {
        head: Head::new(&title).back(label, &back).lead(lang.t("required-hint")),
        before: Markup::default(),
        errors: errors.summary(&lang),
        action,
        hidden: vec![
            ("prodotto", product.to_owned()),
            ("versione", typed.text("versione").to_owned()),
        ],
        cards,
        buttons: vec![Action::submit(lang.t("save")), Action::link(lang.t("cancel"), back)],
        after: Markup::default(),
        title,
    };
    page.render(&lang)
}

fn checkbox(lang: &plugin_api::Lang, typed: &Typed, name: &str, key: &str) -> Field {
    Field::checkbox(name, lang.t(key))
        .hint(lang.t(&format!("{key}-hint")))
        .checked(typed.ticked(name))
}
