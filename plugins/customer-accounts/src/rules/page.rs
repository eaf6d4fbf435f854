//! `/crm/customers/rules`: rules in their order, codes of organisations, what rules would do.

use askama::Template;
use askama::filters::HtmlSafe;
use plugin_api::ui::{Action, Badge, Card, Confirm, Empty, Field, Head, Markup, Tone};
use plugin_api::{Cx, Lang, Page, Problem, Query};

use super::LISTED;
use super::decide::Map;
use super::preview::{Asked, card, moving, would_move};
use super::rule::{LONGEST_CODE, Rule};
use crate::paths;
use crate::store::codes::Code;
use crate::store::{self, Node};

#[derive(Template)]
#[template(path = "customer-accounts/rules.html")]
struct RulesPage {
    lang: Lang,
    head: Head,
    rows: Vec<Row>,
    empty: Empty,
    moving: Markup,
    preview: Card,
    codes: Card,
}

struct Row {
    name: String,
    href: String,
    owner: String,
    conditions: String,
    receiver: String,
    state: Badge,
    actions: Markup,
}

/// A form that asks by its address, inside a card.
#[derive(Template)]
#[template(path = "customer-accounts/asking.html")]
struct Asking {
    method: &'static str,
    action: String,
    fields: Markup,
    submit: Action,
}

impl HtmlSafe for Asking {}

/// A form whose questions are part of the address.
pub(super) fn asking(action: String, fields: Markup, submit: Action) -> Markup {
    Markup::of(&Asking { method: "get", action, fields, submit })
}

/// The page.
pub(super) async fn handle(cx: Cx, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    let (lang, db) = (cx.lang(), cx.db());
    let rules = store::rules::all(&db, cx.scope(), LISTED).await?;
    let codes = store::codes::all(&db, cx.scope(), LISTED).await?;
    let nodes = store::nodes(&db, cx.scope()).await?;
    let map = Map::load(&cx).await?;
    let moving = moving(&cx, &map).await?;
    let new = Action::link(lang.t("rule-new"), cx.url(paths::RULE_NEW)).icon("plus").primary();
    let page = RulesPage {
        head: Head::new(lang.t("rules"))
            .back(lang.t("waiting"), cx.url(paths::WAITING))
            .lead(lang.t("rules-lead"))
            .action(&new),
        rows: rules.iter().map(|rule| row(&cx, &lang, rule)).collect(),
        empty: Empty::new(lang.t("rules-empty"), lang.t("rules-empty-hint")),
        moving: would_move(&cx, &moving),
        preview: card(&cx, &map, &asked),
        codes: codes_card(&cx, &lang, &codes, &nodes),
        lang,
    };
    Page::new(page.lang.t("rules"), &page)
}

fn row(cx: &Cx, lang: &Lang, rule: &Rule) -> Row {
    let id = &rule.rule_id;
    let shift = |way: &str, key: &str| {
        let action = Action::post(lang.t(key), cx.url(&paths::rule_move(id))).with("way", way);
        action.icon(if way == "up" { "sort-up" } else { "sort-down" }).quiet()
    };
    let version = rule.version.to_string();
    let (tone, state, flip) = if rule.is_enabled() {
        (Tone::Ok, "rule-on", "disable")
    } else {
        (Tone::Neutral, "rule-off", "enable")
    };
    let delete = Confirm::new(
        lang,
        format!("delete-{id}"),
        lang.t("delete"),
        cx.url(&paths::rule_delete(id)),
        lang.with("rule-delete-consequence", &[("name", &rule.name)]),
    )
    .hidden("version", &version);
    let switch = Action::post(lang.t(flip), cx.url(&paths::rule_switch(id)));
    Row {
        name: rule.name.clone(),
        href: cx.url(&paths::rule(id)),
        owner: rule.organisation.clone(),
        conditions: conditions(lang, rule),
        receiver: rule.receiver.clone(),
        state: Badge::new(tone, lang.t(state)),
        actions: Markup::of(&shift("up", "rule-up"))
            .and(&shift("down", "rule-down"))
            .and(&switch.with("version", &version).quiet())
            .and(&delete),
    }
}

/// The conditions in words.
fn conditions(lang: &Lang, rule: &Rule) -> String {
    let told = [
        ("rule-reseller-code", &rule.reseller_code),
        ("rule-provinces", &rule.provinces),
        ("rule-country", &rule.country),
        ("rule-products", &rule.products),
    ];
    let told = told.into_iter().filter(|(_, value)| !value.is_empty());
    let told: Vec<String> = told.map(|(key, value)| format!("{}: {value}", lang.t(key))).collect();
    if told.is_empty() { lang.t("rule-always") } else { told.join("; ") }
}

fn codes_card(cx: &Cx, lang: &Lang, codes: &[Code], nodes: &[Node]) -> Card {
    let card = Card::new("codes", lang.t("codes")).text(lang.t("codes-hint"));
    let card = if codes.is_empty() {
        card.body(&Empty::new(lang.t("codes-empty"), ""))
    } else {
        let facts =
            codes.iter().enumerate().fold(plugin_api::ui::Facts::new(), |facts, (n, code)| {
                let remove = Confirm::new(
                    lang,
                    format!("code-{n}"),
                    lang.t("remove"),
                    cx.url(&paths::code_delete(&code.code_folded)),
                    lang.with("code-remove-consequence", &[("code", &code.code)]),
                );
                facts.with(format!("{}: {}", code.code, code.organisation), &remove)
            });
        card.body(&facts)
    };
    let code = Field::text("code", lang.t("rule-reseller-code")).mono().maxlength(LONGEST_CODE);
    let whose = nodes
        .iter()
        .fold(Field::select("organisation", lang.t("code-organisation")), |field, node| {
            field.option(&node.organisation_id, &node.name)
        });
    card.body(&Asking {
        method: "post",
        action: cx.url(paths::CODES),
        fields: Markup::of(&code.required()).and(&whose.required()),
        submit: Action::submit(lang.t("code-add")),
    })
}
