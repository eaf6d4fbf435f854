//! `/crm/update-products/{id}/keys`: the keys of a product, what they sign, what waits.

use plugin_api::ui::{
    Action, Badge, Card, Confirm, Empty, Field, FormErrors, Head, Markup, Notice, Tone,
};
use plugin_api::{Cx, Lang, Page, Path, Problem};

use super::grid::{Grid, KeyId, text};
use super::{banner, roles, tabs, waits};
use crate::paths;
use crate::products::page::found;
use crate::store::tuf::keys::State;
use crate::tuf::keys::Key;
use crate::tuf::overview::{Overview, of_product};

/// The page.
pub(super) async fn page(cx: Cx, Path(code): Path<String>) -> Result<Page, Problem> {
    render(&cx, &code, &FormErrors::new(), "").await
}

/// The page with what is wrong with signatures that came, and what was typed.
pub(super) async fn render(
    cx: &Cx,
    code: &str,
    errors: &FormErrors,
    typed: &str,
) -> Result<Page, Problem> {
    let code = found(cx, code).await?.product_code;
    let all = of_product(cx, &code).await?;
    let lang = cx.lang();
    let title = lang.with("update-keys-of", &[("product", &code)]);
    let begun = all.keys.root_version > 0;
    let mut head = Head::new(&title)
        .back(lang.t("update-keys"), cx.url(paths::KEYS))
        .lead(lang.t("update-keys-lead"));
    if begun {
        let version = [("version", &*all.keys.root_version.to_string())];
        head = head.badge(Badge::new(Tone::Info, lang.with("update-root-of", &version)));
        head = acts(cx, &lang, &code, &all).iter().fold(head, Head::action);
    }
    let mut html = Markup::of(&head);
    if let Some(tabs) = tabs(cx, &code, paths::PRODUCT_KEYS) {
        html = html.and(&tabs);
    }
    if !begun {
        let releases = Action::link(lang.t("release-new"), release_new(cx, &code));
        let empty = Empty::new(lang.t("update-keys-not-begun"), lang.t("problem-tuf-not-begun"));
        let empty = if cx.may(crate::PUBLISH) { empty.action(releases) } else { empty };
        return Ok(Page::html(title, html.and(&empty)));
    }
    html = html.and(&errors.summary(&lang));
    for warning in &all.warnings {
        html = html.and(&Notice::new(banner::tone(warning), warning.sentence(&lang)));
    }
    if all.keys.is_changing {
        html = html.and(&Notice::new(Tone::Info, lang.t("update-keys-changing")));
    }
    if !all.waits.is_empty() {
        html = html.and(&waits::card(cx, &code, &all.waits, errors, typed));
    }
    let html = html
        .and(&roles::cards(cx, &code, &all.keys))
        .and(&key_card(&lang, &all.keys.keys))
        .and(&metadata_card(&lang, &all));
    Ok(Page::html(title, html))
}

fn release_new(cx: &Cx, code: &str) -> String {
    cx.url(&format!("{}?prodotto={code}", paths::RELEASE_NEW))
}

fn acts(cx: &Cx, lang: &Lang, code: &str, all: &Overview) -> Vec<Markup> {
    let of = |path: &str| cx.url(&paths::of(path, code));
    let mut acts = Vec::new();
    let sign = Confirm::new(
        lang,
        "sign-anew",
        lang.t("update-sign-anew"),
        of(paths::PRODUCT_KEYS_SIGN),
        lang.t("update-sign-anew-told"),
    )
    .harmless()
    .icon("refresh");
    if all.keys.is_changing {
        let give_up = Confirm::new(
            lang,
            "give-up",
            lang.t("update-change-give-up"),
            of(paths::PRODUCT_KEYS_GIVE_UP),
            lang.t("update-change-give-up-told"),
        );
        acts.push(Markup::of(&give_up));
        acts.push(Markup::of(&sign));
    } else {
        let root = Field::checkbox("radice", lang.t("update-sign-root"))
            .hint(lang.t("update-sign-root-hint"));
        acts.push(Markup::of(&sign.field(&root)));
    }
    acts
}

/// Where a key stands.
fn state(lang: &Lang, state: State) -> Badge {
    match state {
        State::Active => Badge::new(Tone::Ok, lang.t("update-key-active")),
        State::Pending => Badge::new(Tone::Warn, lang.t("update-key-pending")),
        State::Retired => Badge::new(Tone::Neutral, lang.t("update-key-retired")),
    }
}

fn key_card(lang: &Lang, keys: &[Key]) -> Card {
    let headers = [
        "update-key",
        "update-role",
        "update-key-place",
        "release-state",
        "update-key-since",
        "update-key-until",
    ];
    let grid = keys.iter().rev().fold(Grid::new(lang, "update-keys", &headers), |grid, key| {
        let place = match (key.state, key.is_online) {
            (State::Retired, _) => "update-key-gone",
            (_, true) => "update-key-here",
            (_, false) => "update-key-elsewhere",
        };
        let cells = vec![
            text(lang.t(&format!("tuf-role-{}", key.role.name()))),
            text(lang.t(place)),
            Markup::of(&state(lang, key.state)),
            text(lang.instant(key.created_at)),
            text(key.retired_at.map_or_else(|| "–".to_owned(), |at| lang.instant(at))),
        ];
        grid.row(Markup::of(&KeyId::new(lang, &key.key_id)), cells)
    });
    Card::new("all-keys", lang.t("update-keys-all")).body(&grid)
}

fn metadata_card(lang: &Lang, all: &Overview) -> Card {
    let headers = [
        "update-metadata",
        "release-version",
        "update-metadata-count",
        "update-key-place",
        "update-metadata-ends",
    ];
    let grid = Grid::new(lang, "update-metadata", &headers);
    let grid = all.metadata.iter().fold(grid, |grid, one| {
        let place = if one.is_online { "update-key-here" } else { "update-key-elsewhere" };
        let cells = vec![
            text(one.version.to_string()),
            text(one.count.to_string()),
            text(lang.t(place)),
            text(lang.instant(one.expires_at)),
        ];
        grid.row(text(&one.role), cells)
    });
    let card = Card::new("metadata", lang.t("update-metadata"));
    card.text(lang.t("update-metadata-hint")).body(&grid)
}
