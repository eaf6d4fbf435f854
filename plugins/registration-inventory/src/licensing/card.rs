//! The card about the licence of one installation, on its page.

use askama::Template;
use askama::filters::HtmlSafe;
use plugin_api::contracts::licences::LicenceOfAccount;
use plugin_api::ui::{Action, Badge, Card, Confirm, Facts, Markup, Tone};
use plugin_api::{Cx, Lang, Problem};

use super::{HINT, UNLINK, keeper};
use crate::domain::State;
use crate::store::installations::Installation;
use crate::{LICENSE, paths};

/// Buttons in a row.
#[derive(Debug, Template)]
#[template(path = "registration-inventory/buttons.html")]
struct Buttons {
    buttons: Markup,
}

impl HtmlSafe for Buttons {}

/// The card about the licence of one installation; none where nobody keeps licences.
pub(crate) async fn card(cx: &Cx, of: &Installation) -> Result<Option<Markup>, Problem> {
    let id = of.licence_id.as_deref().unwrap_or_default();
    let Some(found) = keeper::licence(cx, id).await? else { return Ok(None) };
    let lang = cx.lang();
    let card = Card::new("licence", lang.t("licensing-card"));
    let there = cx.url(&paths::of(paths::LICENSING, &of.installation_id));
    if of.licence_id.is_none() {
        let card = if of.state != State::Assigned || of.account_id.is_none() {
            card.text(lang.t("licensing-assign-first"))
        } else if cx.may(LICENSE) {
            let give = Action::link(lang.t("licensing-give"), there).icon("key").primary();
            card.text(lang.t("licensing-none")).body(&give)
        } else {
            card.text(lang.t("licensing-none"))
        };
        return Ok(Some(Markup::of(&card)));
    }
    let card = match found {
        Some(licence) => card.body(&facts(cx, &licence)),
        None => card.text(lang.t("licensing-not-visible")),
    };
    let key = if of.licence_offered { "licensing-announced" } else { "licensing-not-announced" };
    let card = card.text(lang.t(key));
    if !cx.may(LICENSE) {
        return Ok(Some(Markup::of(&card)));
    }
    let (key, value) = if of.licence_offered {
        ("licensing-announce-stop", "")
    } else {
        ("licensing-announce-start", "true")
    };
    let hint = cx.url(&paths::of(HINT, &of.installation_id));
    let unlink = cx.url(&paths::of(UNLINK, &of.installation_id));
    let told = lang.t("licensing-unlink-hint");
    let buttons = Markup::of(&Action::post(lang.t(key), hint).with("annuncia", value).quiet())
        .and(&Action::link(lang.t("licensing-change"), there))
        .and(&Confirm::new(&lang, "unlink", lang.t("licensing-unlink"), unlink, told));
    Ok(Some(Markup::of(&card.body(&Buttons { buttons }))))
}

fn facts(cx: &Cx, licence: &LicenceOfAccount) -> Facts {
    let lang = cx.lang();
    let name = lang.t("column-prodotto");
    let facts = if licence.path.is_empty() {
        Facts::new().text(name, &licence.product)
    } else {
        Facts::new().link(name, &licence.product, cx.url(&licence.path))
    };
    facts
        .text(lang.t("licensing-type"), tipo(&lang, licence))
        .mono(lang.t("licensing-key"), &licence.key_hint)
        .with(lang.t("column-stato"), &badge(&lang, &licence.stato))
        .text(lang.t("licensing-until"), until(&lang, licence))
}

/// What a state of a licence is called.
fn badge(lang: &Lang, stato: &str) -> Badge {
    let tone = match stato {
        "attiva" | "demo" => Tone::Ok,
        "in_attesa_convalida" => Tone::Info,
        "sospesa" => Tone::Warn,
        _ => Tone::Bad,
    };
    Badge::new(tone, state(lang, stato))
}

fn state(lang: &Lang, stato: &str) -> String {
    let key = format!("licence-state-{}", stato.replace('_', "-"));
    if lang.has(&key) { lang.t(&key) } else { stato.to_owned() }
}

fn tipo(lang: &Lang, licence: &LicenceOfAccount) -> String {
    let key = format!("licence-type-{}", licence.tipo);
    if lang.has(&key) { lang.t(&key) } else { licence.tipo.clone() }
}

fn until(lang: &Lang, licence: &LicenceOfAccount) -> String {
    licence.expires_at.map_or_else(|| lang.t("licensing-for-ever"), |at| lang.date(at))
}

/// A licence in one line, for a list to choose from.
pub(super) fn line(lang: &Lang, licence: &LicenceOfAccount) -> String {
    let parts = [
        licence.product.clone(),
        licence.key_hint.clone(),
        tipo(lang, licence),
        state(lang, &licence.stato),
        until(lang, licence),
    ];
    parts.join(" · ")
}
