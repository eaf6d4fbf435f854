//! `/system/keys`: the keys that sign tokens; replacing them, taking them back, rehearsing it.

use plugin_api::ui::{
    Action, Badge, Card, Confirm, CopyText, Facts, Field, Head, Markup, Notice, Tone,
};
use plugin_api::{Cx, Fault, FaultKind, Form as Sent, Lang, Page, Path, Problem, Routes, SeeOther};

use super::{Cell, Fields, Form, Rows, may};
use crate::keys::Drill;
use crate::state::{App, State};
use crate::store::keys::{KeyRow, KeyState};

const PAGE: &str = "/system/keys";
/// Longest reason, in characters.
const LONGEST_REASON: usize = 200;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(PAGE, show, may("keys"))
        .post("/system/keys/drill", drill, may("keys"))
        .post("/system/keys/certify", certify, may("keys"))
        .post("/system/keys/{kid}/rotate", rotate, may("keys"))
        .post("/system/keys/{kid}/revoke", revoke, may("keys"))
}

async fn show(App(state): App, cx: Cx) -> Result<Page, Problem> {
    page(&state, &cx, None).await
}

async fn drill(App(state): App, cx: Cx) -> Result<Page, Problem> {
    let drill = state.keys.drill(&cx, None).await?;
    page(&state, &cx, Some(&drill)).await
}

async fn certify(App(state): App, cx: Cx) -> Result<SeeOther, Problem> {
    state.keys.certify(&cx, None).await.map_err(told)?;
    Ok(SeeOther::to(cx.url(PAGE)).saying(cx.lang().t("keys-certified")))
}

async fn rotate(App(state): App, cx: Cx, Path(kid): Path<String>) -> Result<SeeOther, Problem> {
    let key = find(&state, &cx, &kid).await?;
    state.keys.rotate(&cx, &key.plugin, &key.typ, None).await.map_err(told)?;
    Ok(SeeOther::to(cx.url(PAGE)).saying(cx.lang().t("keys-rotated")))
}

async fn revoke(
    App(state): App,
    cx: Cx,
    Path(kid): Path<String>,
    Sent(form): Sent<Fields>,
) -> Result<SeeOther, Problem> {
    let key = find(&state, &cx, &kid).await?;
    let reason: String = form.get("reason").trim().chars().take(LONGEST_REASON).collect();
    state.keys.revoke(&cx, &key.kid, &reason, None).await.map_err(told)?;
    Ok(SeeOther::to(cx.url(PAGE)).saying(cx.lang().t("keys-revoked")))
}

async fn find(state: &State, cx: &Cx, kid: &str) -> Result<KeyRow, Problem> {
    let keys = state.keys.list(cx).await?;
    keys.into_iter().find(|key| key.kid == kid).ok_or_else(Problem::not_found)
}

/// A refusal is what somebody else did meanwhile, or that the root is elsewhere: a sentence for people.
fn told(fault: Fault) -> Problem {
    match fault.kind {
        FaultKind::Refused => Problem::conflict("keys_changed"),
        FaultKind::NotFound => Problem::not_found(),
        _ => fault.into(),
    }
}

async fn page(state: &State, cx: &Cx, drill: Option<&Drill>) -> Result<Page, Problem> {
    let lang = cx.lang();
    let keys = state.keys.list(cx).await?;
    let is_here = state.keys.root().is_some_and(|root| root.is_here);
    let head = Head::new(lang.t("keys-title")).lead(lang.t("keys-lead"));
    let mut html = Markup::of(&head);
    if let Some(drill) = drill {
        html = html.and(&report(drill, &lang));
    }
    html = html.and(&root(state, cx, &keys)).and(&table(cx, &keys, is_here));
    Ok(Page::html(lang.t("keys-title"), html))
}

/// The root, and what can be done with it here.
fn root(state: &State, cx: &Cx, keys: &[KeyRow]) -> Card {
    let lang = cx.lang();
    let card = Card::new("root", lang.t("keys-root"));
    let Some(root) = state.keys.root() else { return card };
    let (tone, word) =
        if root.is_here { (Tone::Warn, "keys-root-here") } else { (Tone::Ok, "keys-root-away") };
    let copied = CopyText::new(&root.kid, lang.t("keys-copy-root"));
    let facts = Facts::new()
        .with(lang.t("keys-root-name"), &copied)
        .text(lang.t("keys-since"), lang.instant(root.created_at))
        .with(lang.t("keys-root-where"), &Badge::new(tone, lang.t(word)));
    let hint = if root.is_here { "keys-root-export" } else { "keys-root-import" };
    let text = format!("{} {}", lang.t("keys-root-hint"), lang.t(hint));
    let mut card = card.text(text).body(&facts);
    let open = keys.iter().any(|key| key.certificate.is_none() && key.state != KeyState::Revoked);
    if open && root.is_here {
        card = card.body(&Form::new(cx.url("/system/keys/certify"), lang.t("keys-certify")));
    } else if open {
        card = card.body(&Notice::new(Tone::Warn, lang.t("keys-uncertified")));
    }
    card.body(&Form::new(cx.url("/system/keys/drill"), lang.t("keys-drill")))
}

fn table(cx: &Cx, keys: &[KeyRow], is_here: bool) -> Card {
    let lang = cx.lang();
    let headers = [
        "keys-column-purpose",
        "keys-column-name",
        "keys-column-state",
        "keys-since",
        "keys-column-actions",
    ];
    let mut rows = Rows::new("key-list", lang.t("keys-title"), headers.map(|key| lang.t(key)));
    for key in keys.iter().rev() {
        rows = rows.row([
            Cell::Text(format!("{} · {}", key.plugin, key.typ)),
            Cell::Mono(key.kid.chars().take(12).collect::<String>() + "…"),
            Cell::Component(state_of(key, &lang)),
            Cell::When(lang.instant(key.created_at)),
            Cell::Component(actions(cx, key, is_here)),
        ]);
    }
    Card::new("issuing-keys", lang.t("keys-issuing")).text(lang.t("keys-issuing-hint")).body(&rows)
}

fn state_of(key: &KeyRow, lang: &Lang) -> Markup {
    let (tone, word, since) = match key.state {
        KeyState::Active => (Tone::Ok, "keys-active", None),
        KeyState::Retired => (Tone::Neutral, "keys-retired", key.retired_at),
        KeyState::Revoked => (Tone::Bad, "keys-taken-back", key.revoked_at),
    };
    let text = match since {
        Some(since) => {
            lang.with("keys-state-since", &[("state", &lang.t(word)), ("date", &lang.date(since))])
        }
        None => lang.t(word),
    };
    let badge = Markup::of(&Badge::new(tone, text));
    if key.certificate.is_some() || key.state == KeyState::Revoked {
        return badge;
    }
    badge.and(&Badge::new(Tone::Warn, lang.t("keys-no-certificate")))
}

fn actions(cx: &Cx, key: &KeyRow, is_here: bool) -> Markup {
    let lang = cx.lang();
    let at = |what: &str| cx.url(&format!("{PAGE}/{}/{what}", key.kid));
    let mut actions = Markup::default();
    let may_replace = is_here && key.state == KeyState::Active;
    if may_replace {
        let rotate = Confirm::new(
            &lang,
            format!("rotate-{}", key.kid),
            lang.t("keys-rotate"),
            at("rotate"),
            lang.t("keys-rotate-consequence"),
        );
        actions = actions.and(&rotate.harmless());
    }
    if may_replace || key.state == KeyState::Retired {
        let reason = Field::text("reason", lang.t("keys-reason")).maxlength(LONGEST_REASON);
        let revoke = Confirm::new(
            &lang,
            format!("revoke-{}", key.kid),
            lang.t("keys-revoke"),
            at("revoke"),
            lang.t("keys-revoke-consequence"),
        );
        actions = actions.and(&revoke.field(&reason.id(format!("reason-{}", key.kid))));
    }
    actions
}

/// What a rehearsal found.
fn report(drill: &Drill, lang: &Lang) -> Card {
    let (tone, key) =
        if drill.is_ready() { (Tone::Ok, "drill-ready") } else { (Tone::Bad, "drill-not-ready") };
    let facts = drill.steps.iter().fold(Facts::new(), |facts, (step, worked)| {
        let (tone, word) =
            if *worked { (Tone::Ok, "drill-worked") } else { (Tone::Bad, "drill-failed") };
        facts.with(lang.t(step), &Badge::new(tone, lang.t(word)))
    });
    let counts = [
        ("active", drill.active.to_string()),
        ("retired", drill.retired.to_string()),
        ("revoked", drill.revoked.to_string()),
        ("took", format!("{}.{}", drill.took / 1000, drill.took % 1000 / 100)),
    ];
    let counts: Vec<_> = counts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    Card::new("drill", lang.t("drill-title"))
        .body(&Notice::new(tone, lang.t(key)))
        .body(&facts)
        .text(lang.with("drill-counts", &counts))
        .action(&Action::link(lang.t("drill-close"), "#issuing-keys").quiet())
}
