//! What the rules would do: with somebody made up, and with those who wait now.

use plugin_api::ui::{Action, Card, Confirm, Facts, Field, Markup, Notice, Tone};
use plugin_api::{Cx, Lang, Problem};
use serde::Deserialize;

use super::decide::{Decision, Map, Why};
use super::rule::{Known, LONGEST_CODE};
use crate::domain::Customer;
use crate::registration::received;
use crate::{paths, store};

/// How many are shown by name.
const SHOWN: usize = 20;

/// Somebody made up, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    code: String,
    province: String,
    country: String,
    product: String,
    /// Present when something was asked.
    preview: Option<String>,
}

/// A waiting customer whom the rules would hand on.
#[derive(Debug, Clone)]
pub(super) struct Moving {
    /// Who.
    pub customer: Customer,
    /// What is known of him.
    pub known: Known,
    /// Who would receive.
    pub decision: Decision,
}

/// Customers who wait with the caller's own organisation and would be handed on.
pub(super) async fn moving(cx: &Cx, map: &Map) -> Result<Vec<Moving>, Problem> {
    let own = &cx.caller().organisation_id;
    let waiting = store::registrations::waiting(&cx.db(), cx.scope(), own).await?;
    let mut moving = Vec::new();
    for one in waiting {
        let found = store::find(&cx.db(), cx.scope(), &one.customer_id).await?;
        let Some(customer) = found else { continue };
        let known = received(&customer, one.reseller_code, one.product);
        let decision = map.decide(own, &known);
        if decision.organisation_id != *own {
            moving.push(Moving { customer, known, decision });
        }
    }
    Ok(moving)
}

/// The card that asks and answers.
pub(super) fn card(cx: &Cx, map: &Map, asked: &Asked) -> Card {
    let lang = cx.lang();
    let known = Known {
        code: asked.code.trim().to_owned(),
        province: asked.province.trim().to_owned(),
        country: asked.country.trim().to_owned(),
        product: asked.product.trim().to_owned(),
    };
    let card = Card::new("preview", lang.t("rules-preview")).text(lang.t("rules-preview-hint"));
    let card = card.body(&form(cx, &lang, &known));
    if asked.preview.is_none() {
        return card;
    }
    let decision = map.decide(&cx.caller().organisation_id, &known);
    card.body(&Notice::new(Tone::Info, sentence(&lang, &decision)))
}

fn form(cx: &Cx, lang: &Lang, known: &Known) -> Markup {
    let ask = |name: &str, key: &str, value: &str| {
        Field::text(name, lang.t(key)).value(value).maxlength(LONGEST_CODE).id(format!("p-{name}"))
    };
    let fields = Markup::of(&ask("code", "rule-reseller-code", &known.code).mono())
        .and(&ask("province", "customer-province", &known.province))
        .and(&ask("country", "customer-country", &known.country).hint(lang.t("rules-country-hint")))
        .and(&ask("product", "rule-product", &known.product).mono());
    super::page::asking(
        cx.url(paths::RULES),
        fields,
        Action::submit(lang.t("rules-try")).with("preview", "1"),
    )
}

/// Who receives and why, in one sentence.
pub(super) fn sentence(lang: &Lang, decision: &Decision) -> String {
    if decision.steps.is_empty() {
        return lang.t("decision-default");
    }
    let steps = decision.steps.iter().map(|step| match &step.why {
        Why::Code => lang.with("decision-code", &[("to", &step.to.name)]),
        Why::Rule(rule) => {
            lang.with("decision-rule", &[("to", &step.to.name), ("rule", &rule.name)])
        }
    });
    steps.collect::<Vec<_>>().join(" ")
}

/// Who would be handed on now, and the button that does it; nothing when nobody would.
pub(super) fn would_move(cx: &Cx, moving: &[Moving]) -> Markup {
    if moving.is_empty() {
        return Markup::default();
    }
    let lang = cx.lang();
    let apply = Confirm::new(
        &lang,
        "apply",
        lang.t("rules-apply"),
        cx.url(paths::RULES_APPLY),
        lang.n("rules-apply-consequence", i64::try_from(moving.len()).unwrap_or(i64::MAX)),
    )
    .harmless();
    let facts = moving.iter().take(SHOWN).fold(Facts::new(), |facts, one| {
        let href = cx.url(&paths::customer(&one.customer.customer_id));
        let name = Action::link(one.customer.name(), href).quiet();
        facts.with(sentence(&lang, &one.decision), &name)
    });
    let title = lang.n("rules-would-move", i64::try_from(moving.len()).unwrap_or(i64::MAX));
    Markup::of(&Card::new("moving", title).action(&apply).body(&facts))
}
