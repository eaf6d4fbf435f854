//! What a change of a policy would do to the licences that exist, before anybody keeps it.

use askama::Template;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use plugin_api::ui::{Action, Badge, Card, Confirm, Empty, Facts, Head, Markup, Notice, Tone};
use plugin_api::{Cx, Lang, Page, Problem};

use super::evaluate::{Found, MOST, evaluate};
use super::grid::{Grid, Row, comparison};
use super::values::{choice, compared};
use super::{csv, read};
use crate::domain::policy_draft::PolicyDraft;
use crate::domain::what_if::Effect;
use crate::paths;
use crate::store::policies::Stored;

/// Licences the page names.
const LISTED: usize = 100;

/// The page.
#[derive(Template)]
#[template(path = "license-generator/what-if.html")]
struct WhatIfPage {
    head: Head,
    told: Markup,
    counts: Markup,
    licences: Markup,
    values: Markup,
    acts: Markup,
    /// Where its buttons lead.
    action: String,
    /// The values that are being tried.
    hidden: Vec<(String, String)>,
    back: Action,
    download: Action,
    save: Action,
}

/// The page of what `policy`, which `draft` asks for, would do in the place of `known`.
pub(super) async fn page(
    cx: &Cx,
    known: &Stored,
    policy: &Stored,
    draft: &PolicyDraft,
) -> Result<Page, Problem> {
    let lang = cx.lang();
    let found = evaluate(cx, policy, LISTED).await?;
    let title = lang.with("what-if-title", &[("name", &policy.name)]);
    let action = cx.url(&paths::of(paths::POLICY, &known.policy_id));
    let mut hidden = read::pairs(draft);
    hidden.push(("versione".to_owned(), known.version.to_string()));
    let names = [lang.t("policy-now"), lang.t("policy-then")];
    let mut values = compared(&lang, &known.document, &policy.document);
    values.retain(|compared| compared.differs);
    let values = if values.is_empty() {
        Markup::of(&Empty::new(lang.t("what-if-same"), lang.t("what-if-same-hint")))
    } else {
        let comparison = comparison(&lang, names, values);
        Markup::of(&Card::new("values", lang.t("what-if-values")).body(&comparison))
    };
    let page = WhatIfPage {
        head: Head::new(&title).back(&known.name, &action).lead(lang.t("what-if-lead")),
        told: told(&lang, &found),
        counts: counts(&lang, &found),
        licences: licences(cx, &found),
        values,
        acts: Markup::of(&apply(&lang, &action, &hidden, &found)),
        action,
        hidden,
        back: Action::submit(lang.t("what-if-back")).with("passo", "modifica").quiet(),
        download: Action::submit(lang.t("what-if-download")).with("passo", "csv").quiet(),
        save: Action::submit(lang.t("policy-save-new")).with("passo", "salva"),
    };
    Page::new(title, &page)
}

/// The same licences as a file.
pub(super) async fn download(cx: &Cx, policy: &Stored) -> Result<Response, Problem> {
    let found = evaluate(cx, policy, MOST).await?;
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"what-if.csv\""),
    ];
    Ok((headers, csv::file(&cx.lang(), &found)).into_response())
}

fn told(lang: &Lang, found: &Found) -> Markup {
    let number = |n: i64| lang.number(n);
    let (affected, total, looked_at) =
        (number(found.affected), number(found.total), number(found.looked_at));
    let arguments: [(&str, &str); 3] =
        [("n", &affected), ("total", &total), ("looked", &looked_at)];
    let (tone, key) = match (found.total, found.affected) {
        (0, _) => (Tone::Info, "what-if-none"),
        (_, 0) => (Tone::Ok, "what-if-no-change"),
        _ => (Tone::Warn, "what-if-some"),
    };
    let mut told = Markup::of(&Notice::new(tone, lang.with(key, &arguments)));
    if found.looked_at < found.total {
        told = told.and(&Notice::new(Tone::Info, lang.with("what-if-sample", &arguments)));
    }
    if found.counts.contains_key(&Effect::IniziaARifiutare) {
        let refused = number(found.refused);
        let text = lang.with("what-if-refused", &[("n", &refused)]);
        told = told.and(&Notice::new(Tone::Warn, text));
    }
    told
}

fn name(lang: &Lang, effect: Effect) -> String {
    lang.t(&choice("effect-", effect.wire()))
}

fn counts(lang: &Lang, found: &Found) -> Markup {
    if found.counts.is_empty() {
        return Markup::default();
    }
    let facts = found.counts.iter().fold(Facts::new(), |facts, (effect, count)| {
        facts.text(name(lang, *effect), lang.number(*count))
    });
    Markup::of(&Card::new("counts", lang.t("what-if-counts")).body(&facts))
}

/// The colour of what takes something away, of what gives, and of what is only different.
fn tone(effect: Effect) -> Tone {
    match effect {
        Effect::IniziaARifiutare | Effect::Sospesa | Effect::SiFerma | Effect::OltreIPosti => {
            Tone::Bad
        }
        Effect::OltreIlMassimo
        | Effect::OltreLaDurata
        | Effect::TipoNonAmmesso
        | Effect::OfflinePiuBreve
        | Effect::RinnovoAutomatico => Tone::Warn,
        Effect::SmetteDiRifiutare | Effect::Riattivata | Effect::Riprende => Tone::Ok,
        _ => Tone::Info,
    }
}

fn licences(cx: &Cx, found: &Found) -> Markup {
    if found.licences.is_empty() {
        return Markup::default();
    }
    let lang = cx.lang();
    let headers = ["column-chiave", "column-cliente", "column-prodotto", "policy-effects"];
    let rows = found.licences.iter().map(|affected| {
        let licence = &affected.licence;
        let effects = affected.effects.iter().fold(Markup::default(), |all, effect| {
            all.and(&Badge::new(tone(*effect), name(&lang, *effect)))
        });
        Row::new(&licence.key_hint)
            .href(cx.url(&paths::of(paths::SHOW, &licence.licence_id)))
            .text(licence.customer.clone().unwrap_or_default())
            .text(&licence.product_name)
            .with(effects)
    });
    let headers = headers.map(|key| lang.t(key)).to_vec();
    let title = if found.affected > count(found.licences.len()) {
        let shown = lang.number(count(found.licences.len()));
        lang.with("what-if-licences-first", &[("n", &shown)])
    } else {
        lang.t("what-if-licences")
    };
    let grid = Grid::new("affected", title.clone(), headers).rows(rows);
    Markup::of(&Card::new("licences", title).body(&grid))
}

fn apply(lang: &Lang, action: &str, hidden: &[(String, String)], found: &Found) -> Confirm {
    let total = lang.number(found.total);
    let consequence = lang.with("policy-apply-hint", &[("n", &total)]);
    let confirm = Confirm::new(lang, "apply", lang.t("policy-apply"), action, consequence)
        .hidden("passo", "applica");
    hidden.iter().fold(confirm, |confirm, (name, value)| confirm.hidden(name, value))
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
