//! The parts of a licence's page.

use plugin_api::ui::{
    Action, Badge, Card, CopyText, Empty, Event, Facts, Markup, Meter, Timeline, Tone,
};
use plugin_api::{Cx, Lang};
use serde_json::json;

use super::Shown;
use crate::domain::licence::{Licence, ModuleGrant};
use crate::domain::product::Module;
use crate::{labels, paths};

/// The activation key with a command that uses it, for who may see it.
pub(super) fn key(cx: &Cx, shown: &Shown) -> Markup {
    let lang = cx.lang();
    let card = Card::new("key", lang.t("card-key"));
    let Some(key) = shown.key.map(|key| key.to_string()) else {
        let hint = format!("{}-…", shown.licence.key_hint);
        let facts = Facts::new().mono(lang.t("label-key-hint"), hint);
        return Markup::of(&card.text(lang.t("key-hidden")).body(&facts));
    };
    let body = json!({
        "chiave_licenza": key,
        "dispositivo": {"impronta": "pc-0001", "nome": "PC 1"},
    });
    let command = format!(
        "curl -sS {} -H 'Content-Type: application/json' -d '{body}'",
        shown.api.replace('\'', "")
    );
    let facts = Facts::new()
        .with(lang.t("card-key"), &CopyText::new(key, lang.t("copy-key")))
        .with(lang.t("label-curl"), &CopyText::new(command, lang.t("copy-curl")).block());
    Markup::of(&card.body(&facts))
}

/// The terms of the licence and its modules.
pub(super) fn facts(cx: &Cx, shown: &Shown) -> Markup {
    let lang = cx.lang();
    let Licence { r#type, internal, .. } = shown.licence;
    let licence = &shown.licence;
    let day = |ms: Option<i64>, none: &str| ms.map_or_else(|| lang.t(none), |ms| lang.date(ms));
    let customer = cx.url(&paths::of(paths::CUSTOMER, &licence.account_id));
    let terms = Facts::new()
        .link(lang.t("label-cliente"), licence.customer_name(), customer)
        .text(lang.t("label-prodotto"), &licence.product_name)
        .text(lang.t("label-tipo"), labels::licence_type(&lang, r#type))
        .text(lang.t("label-versione-inclusa"), licence.covered_version())
        .text(lang.t("label-legata-a"), lang.t(&format!("new-binding-{}", licence.binding.wire())))
        .with(lang.t("label-dispositivi"), &devices_used(licence))
        .text(
            lang.t("label-utenti"),
            licence.users_max.map_or_else(|| lang.t("unlimited"), |n| lang.number(n)),
        )
        .text(lang.t("label-inizio"), lang.date(licence.starts_at))
        .text(lang.t("label-scadenza"), day(licence.expires_at, "never"))
        .text(lang.t("label-alla-scadenza"), labels::at_expiry(&lang, licence.at_expiry))
        .text(lang.t("label-tolleranza"), lang.n("days", licence.grace_days))
        .text(lang.t("label-offline"), lang.n("days", licence.offline_days))
        .text(
            lang.t("label-manutenzione-fino-a"),
            day(licence.maintenance_until, "maintenance-unlimited"),
        )
        .text(lang.t("label-interna"), lang.t(if internal { "yes" } else { "no" }))
        .text(lang.t("label-note"), &licence.note)
        .text(lang.t("label-creata"), lang.instant(licence.created_at))
        .text(lang.t("label-creata-da"), &licence.created_by)
        .mono(lang.t("label-id"), &licence.licence_id);
    let terms = match licence.suspended_for {
        Some(reason) => terms.text(
            lang.t("label-sospesa-per"),
            lang.t(&format!("suspended-for-{}", reason.as_str())),
        ),
        None => terms,
    };
    let mut all = Markup::of(&Card::new("terms", lang.t("card-terms")).body(&terms));
    all = all.and(&modules(&lang, licence, &shown.modules));
    if !licence.payload.is_empty() {
        let text = serde_json::to_string_pretty(&licence.payload).unwrap_or_default();
        let payload = CopyText::new(text, lang.t("copy-payload")).block();
        all = all.and(&Card::new("payload", lang.t("label-payload")).body(&payload));
    }
    all
}

/// The modules of a licence, as its product lists them; nothing when it has none.
pub(crate) fn modules(lang: &Lang, licence: &Licence, known: &[Module]) -> Markup {
    if licence.modules.is_empty() {
        return Markup::default();
    }
    let place = |code: &str| known.iter().position(|module| module.code == code);
    let mut granted: Vec<_> = licence.modules.iter().collect();
    // The database gives them in no order.
    granted.sort_by_key(|module| (place(&module.code), &module.code));
    let facts = granted.into_iter().fold(Facts::new(), |facts, module| {
        let named = known.iter().find(|known| known.code == module.code);
        let name = named.map_or(&module.code, |known| &known.name);
        facts.with(name, &module_state(lang, module))
    });
    Markup::of(&Card::new("modules", lang.t("card-modules")).body(&facts))
}

/// How many devices have a seat, of how many.
pub(crate) fn devices_used(licence: &Licence) -> Meter {
    Meter::new(licence.devices_used, Some(licence.devices_max))
}

fn module_state(lang: &Lang, module: &ModuleGrant) -> Markup {
    let badge = if module.active {
        Badge::new(Tone::Ok, lang.t("module-active"))
    } else {
        Badge::new(Tone::Neutral, lang.t("module-inactive"))
    };
    let mut state = Markup::of(&badge);
    if let Some(until) = module.until {
        let text = lang.with("module-until", &[("date", &lang.date(until))]);
        state = state.and(&Badge::new(Tone::Info, text));
    }
    if let Some(max) = module.max {
        let text = lang.with("module-max", &[("max", &lang.number(max))]);
        state = state.and(&Badge::new(Tone::Info, text));
    }
    state
}

/// The newest lines of the log, for who may read it.
pub(super) fn log(cx: &Cx, shown: &Shown) -> Markup {
    let Some(lines) = &shown.lines else { return Markup::default() };
    let lang = cx.lang();
    let card = Card::new("log", lang.t("card-log"));
    if lines.is_empty() {
        let empty = Empty::new(lang.t("activations-empty"), lang.t("log-empty-hint"));
        return Markup::of(&card.body(&empty));
    }
    let timeline = lines.iter().fold(Timeline::new(&lang), |timeline, line| {
        let action = lang.t(&format!("action-{}", line.action.as_str().replace('_', "-")));
        let known = labels::OUTCOMES.iter().find(|(value, ..)| *value == line.outcome);
        let (outcome, tone) = known
            .map_or((line.outcome.clone(), Tone::Neutral), |(_, key, tone)| (lang.t(key), *tone));
        let detail = [line.device.as_str(), line.address.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · ");
        timeline
            .event(Event::new(line.at, format!("{action}: {outcome}")).detail(detail).tone(tone))
    });
    let href = format!("{}?chiave={}", cx.url(paths::LOG), shown.licence.key_hint);
    Markup::of(&card.action(&Action::link(lang.t("show-all"), href).quiet()).body(&timeline))
}
