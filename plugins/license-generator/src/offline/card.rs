//! What the page of a licence says of machines without a network.

use plugin_api::Cx;
use plugin_api::ui::{Action, Card, Markup};

use crate::domain::choices::Binding;
use crate::domain::licence::Licence;
use crate::{ISSUE, paths};

/// The way to bring a request, and to those of this licence, for who may issue licences.
pub(crate) fn card(cx: &Cx, licence: &Licence) -> Markup {
    if !cx.may(ISSUE) || licence.binding == Binding::Floating {
        return Markup::default();
    }
    let lang = cx.lang();
    let list = format!("{}?chiave={}", cx.url(paths::OFFLINE_REQUESTS), licence.key_hint);
    let ways = Markup::of(&Action::link(lang.t("offline-bring"), cx.url(paths::OFFLINE)))
        .and(&Action::link(lang.t("offline-requests"), list).quiet());
    let card = Card::new("offline", lang.t("offline")).text(lang.t("offline-about"));
    Markup::of(&card.action(&ways))
}

/// The way to bring a request, for customers.
pub(crate) fn own_link(cx: &Cx) -> Action {
    Action::link(cx.lang().t("offline-bring"), cx.url(paths::OFFLINE)).icon("download")
}
