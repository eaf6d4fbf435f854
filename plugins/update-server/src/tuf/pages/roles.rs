//! A card for each role: what it says, how many must sign it, what can be done with its keys.

use plugin_api::Cx;
use plugin_api::ui::{Action, Card, Confirm, Facts, Markup};

use crate::domain::tuf::role::Role;
use crate::paths;
use crate::store::tuf::keys::State;
use crate::tuf::keys::Keys;

/// The cards.
pub(super) fn cards(cx: &Cx, code: &str, keys: &Keys) -> Columns {
    let cards = keys.thresholds.iter().map(|(role, threshold)| {
        let active: Vec<_> = keys
            .keys
            .iter()
            .filter(|key| key.role == *role && key.state == State::Active)
            .collect();
        let here = active.iter().filter(|key| key.is_online).count();
        let card = card(cx, *role, *threshold, active.len(), here);
        if keys.is_changing { card } else { with_acts(cx, card, code, *role, here < *threshold) }
    });
    Columns { cards: cards.fold(Markup::default(), |all, card| all.and(&card)) }
}

/// Cards beside each other.
#[derive(askama::Template)]
#[template(source = "<div class=\"cols\">{{ cards }}</div>", ext = "html")]
pub(super) struct Columns {
    cards: Markup,
}

impl askama::filters::HtmlSafe for Columns {}

fn card(cx: &Cx, role: Role, threshold: usize, keys: usize, here: usize) -> Card {
    let (lang, name) = (cx.lang(), role.name());
    let (threshold, keys, here) = (threshold.to_string(), keys.to_string(), here.to_string());
    let count = [("threshold", threshold.as_str()), ("keys", keys.as_str())];
    let facts = Facts::new()
        .text(lang.t("update-signatures-needed"), lang.with("update-threshold", &count))
        .text(lang.t("update-keys-here"), here);
    Card::new(format!("role-{name}"), lang.t(&format!("tuf-role-{name}")))
        .text(lang.t(&format!("tuf-role-{name}-hint")))
        .body(&facts)
}

fn with_acts(cx: &Cx, card: Card, code: &str, role: Role, is_elsewhere: bool) -> Card {
    let (lang, name) = (cx.lang(), role.name());
    let of = |path: &str| cx.url(&paths::of_role(path, code, name));
    let (verb, told) = if is_elsewhere {
        ("update-key-bring-back", "update-key-bring-back-told")
    } else {
        ("update-key-rotate", "update-key-rotate-told")
    };
    let named = lang.t(&format!("tuf-role-{name}"));
    let rotate = Confirm::new(
        &lang,
        format!("rotate-{name}"),
        lang.t(verb),
        of(paths::PRODUCT_KEYS_ROTATE),
        lang.with(told, &[("role", &named)]),
    )
    .harmless();
    let card = card.action(&rotate);
    if !role.may_be_offline() {
        return card;
    }
    let verb = if is_elsewhere { "update-key-replace" } else { "update-key-take-elsewhere" };
    card.action(&Action::link(lang.t(verb), of(paths::PRODUCT_KEYS_ELSEWHERE)))
}
