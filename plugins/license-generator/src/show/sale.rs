//! What a licence was sold for, by whom, and under which policy.

use plugin_api::money;
use plugin_api::ui::{Card, Facts, Markup};
use plugin_api::{Cx, Fault};

use crate::domain::licence::Licence;
use crate::store;

/// The card.
pub(super) async fn card(cx: &Cx, licence: &Licence) -> Result<Markup, Fault> {
    let lang = cx.lang();
    let mut facts = Facts::new();
    let money = |minor: i64| lang.money(minor, &licence.currency);
    if let Some(list) = licence.list_price.filter(|list| Some(*list) != licence.price) {
        facts = facts.text(lang.t("label-listino"), money(list));
    }
    if licence.discount > 0 {
        let percent = format!("{} %", money::decimal(licence.discount, 2));
        facts = facts.text(lang.t("label-sconto-percento"), percent);
    }
    let price = licence.price.map_or_else(|| "—".to_owned(), money);
    facts = facts.text(lang.t("label-prezzo"), price);
    let nodes =
        [("label-venduta-da", &licence.seller_id), ("label-accreditata-a", &licence.agent_id)];
    for (label, id) in nodes {
        let Some(id) = id else { continue };
        // A node outside the reader's branch has no name for him.
        if let Some(node) = store::nodes::find(&cx.db(), cx.scope(), id).await? {
            facts = facts.text(lang.t(label), node.name);
        }
    }
    if !licence.site.is_empty() {
        facts = facts.text(lang.t("label-sede-cliente"), &licence.site);
    }
    for (name, value) in &licence.parameters {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        facts = facts.text(name, text);
    }
    if let Some(version) = licence.policy_version {
        facts = facts.text(lang.t("label-condizioni-di"), lang.number(version));
    }
    if licence.shadow {
        facts = facts.text(lang.t("column-ombra"), lang.t("yes"));
    }
    Ok(Markup::of(&Card::new("sale", lang.t("card-sale")).body(&facts)))
}
