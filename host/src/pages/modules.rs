//! `/system/modules`: every plugin and where it stands; unlock keys; switching on and off.

use http::StatusCode;
use plugin_api::ui::{
    Action, Badge, Card, Confirm, CopyText, Empty, Facts, Field, FormErrors, Head, Markup, Notice,
    Tone,
};
use plugin_api::{Cx, Form as Sent, Lang, Page, Path, Problem, Routes, SeeOther};

use super::{Fields, Form, form_errors, may};
use crate::plugins::{ModuleRow, Origin, SignatureState, Status};
use crate::state::{App, State};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/system/modules", show, may("modules"))
        .post("/system/modules/unlock", unlock, may("modules"))
        .post("/system/modules/{id}/switch", switch, may("modules"))
}

async fn show(App(state): App, cx: Cx) -> Page {
    page(&state, &cx, "", &FormErrors::new())
}

async fn unlock(
    App(state): App,
    cx: Cx,
    Sent(form): Sent<Fields>,
) -> Result<Result<SeeOther, Page>, Problem> {
    let lang = cx.lang();
    // Mail programs break long lines; a key has no blanks of its own.
    let key: String = form.get("key").split_whitespace().collect();
    match state.registry.enter_unlock_key(&cx, &state, &key).await {
        Ok(opened) => {
            let rows = state.registry.list(cx.now());
            let called = |id: &String| {
                let row = rows.iter().find(|row| row.id == *id);
                row.map_or_else(|| id.clone(), |row| name(row, &lang))
            };
            let names: Vec<String> = opened.iter().map(called).collect();
            let said = lang.with("modules-unlocked", &[("names", &names.join(", "))]);
            Ok(Ok(SeeOther::to(cx.url("/system/modules")).saying(said)))
        }
        Err(problem) => {
            let errors = form_errors(problem, &lang)?;
            // Whatever is wrong is wrong with the only field there is.
            let errors = errors.iter().map(|(_, sentence)| ("key", sentence)).collect();
            Ok(Err(page(&state, &cx, &key, &errors).status(StatusCode::UNPROCESSABLE_ENTITY)))
        }
    }
}

async fn switch(
    App(state): App,
    cx: Cx,
    Path(id): Path<String>,
    Sent(form): Sent<Fields>,
) -> Result<SeeOther, Problem> {
    let lang = cx.lang();
    let on = form.get("on") == "true";
    state.registry.switch(&cx, &state, &id, on).await?;
    let rows = state.registry.list(cx.now());
    let name = rows.iter().find(|row| row.id == id).map_or_else(|| id.clone(), |r| name(r, &lang));
    let key = if on { "modules-switched-on" } else { "modules-switched-off" };
    let said = lang.with(key, &[("name", &name)]);
    Ok(SeeOther::to(cx.url("/system/modules")).saying(said))
}

fn page(state: &State, cx: &Cx, key: &str, errors: &FormErrors) -> Page {
    let lang = cx.lang();
    let rows = state.registry.list(cx.now());
    let head = Head::new(lang.t("modules-title")).lead(lang.t("modules-lead"));
    let mut html = Markup::of(&head).and(&errors.summary(&lang));
    if rows.is_empty() {
        let empty = Empty::new(lang.t("modules-none"), lang.t("modules-none-hint"));
        html = html.and(&Card::new("none", lang.t("modules-title")).body(&empty));
    }
    for row in &rows {
        html = html.and(&card(cx, row, &rows));
    }
    let field = Field::textarea("key", lang.t("modules-key")).hint(lang.t("modules-key-hint"));
    let form = Form::new(cx.url("/system/modules/unlock"), lang.t("modules-unlock"))
        .field(&field.rows(5).value(key).mono().autocomplete("off").errors(errors).required());
    let installation = CopyText::new(&state.installation_id, lang.t("modules-copy-id"));
    let installation = Facts::new().with(lang.t("modules-installation"), &installation);
    let unlock = Card::new("unlock", lang.t("modules-enter"))
        .text(lang.t("modules-enter-hint"))
        .body(&installation)
        .body(&form);
    Page::html(lang.t("modules-title"), html.and(&unlock))
}

fn name(row: &ModuleRow, lang: &Lang) -> String {
    match lang.pick(&row.manifest.name) {
        "" => row.id.clone(),
        name => name.to_owned(),
    }
}

fn card(cx: &Cx, row: &ModuleRow, all: &[ModuleRow]) -> Card {
    let lang = cx.lang();
    let (tone, word) = match &row.status {
        Status::Locked => (Tone::Neutral, "status-locked"),
        Status::Disabled => (Tone::Neutral, "status-disabled"),
        Status::Enabled => (Tone::Ok, "status-enabled"),
        Status::Failed(_) => (Tone::Bad, "status-failed"),
    };
    let mut card = Card::new(format!("module-{}", row.id), name(row, &lang))
        .text(lang.pick(&row.manifest.description))
        .action(&Badge::new(tone, lang.t(word)));
    if let Some(notice) = notice(row, &lang, cx.now()) {
        card = card.body(&notice);
    }
    card = card.body(&facts(row, &lang));
    match row.status {
        Status::Enabled => card.body(&switch_off(cx, row, all)),
        Status::Disabled => card.body(&switch_on(cx, row, "enable")),
        // What failed by itself may be tried again once its cause is gone.
        Status::Failed(_) if row.unlocked_until.is_some() => {
            card.body(&switch_on(cx, row, "modules-retry"))
        }
        Status::Failed(_) | Status::Locked => card,
    }
}

fn notice(row: &ModuleRow, lang: &Lang, now: i64) -> Option<Notice> {
    let until = row.unlocked_until;
    let date = until.map(|until| lang.date(until)).unwrap_or_default();
    match &row.status {
        Status::Failed(reason) => Some(Notice::new(Tone::Bad, reason.sentence(lang))),
        Status::Locked if until.is_some_and(|until| until <= now) => {
            Some(Notice::new(Tone::Warn, lang.with("modules-ended", &[("date", &date)])))
        }
        Status::Locked => Some(Notice::new(Tone::Info, lang.t("modules-locked-hint"))),
        _ if row.in_grace => {
            Some(Notice::new(Tone::Warn, lang.with("modules-in-grace", &[("date", &date)])))
        }
        Status::Enabled | Status::Disabled => None,
    }
}

fn facts(row: &ModuleRow, lang: &Lang) -> Facts {
    let origin = match &row.origin {
        Origin::CompiledIn => lang.t("origin-compiled-in"),
        Origin::Library(path) => {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            lang.with("origin-library", &[("file", &file)])
        }
    };
    let signature = match row.signature {
        SignatureState::CompiledIn => Badge::new(Tone::Neutral, lang.t("signature-compiled-in")),
        SignatureState::Valid => Badge::new(Tone::Ok, lang.t("signature-valid")),
        SignatureState::Refused => Badge::new(Tone::Bad, lang.t("signature-refused")),
    };
    let until = match row.unlocked_until {
        None => lang.t("modules-not-unlocked"),
        Some(until) => match lang.date(until) {
            // Out of the calendar's range: it never ends.
            date if date.is_empty() => lang.t("modules-no-end"),
            date => date,
        },
    };
    Facts::new()
        .mono(lang.t("modules-id"), &row.id)
        .text(lang.t("modules-version"), &row.manifest.version)
        .text(lang.t("modules-origin"), origin)
        .with(lang.t("modules-signature"), &signature)
        .text(lang.t("modules-requires"), row.manifest.requires.join(", "))
        .text(lang.t("modules-until"), until)
}

fn address(cx: &Cx, row: &ModuleRow) -> String {
    cx.url(&format!("/system/modules/{}/switch", row.id))
}

fn switch_on(cx: &Cx, row: &ModuleRow, label: &str) -> Action {
    let lang = cx.lang();
    Action::post(lang.t(label), address(cx, row)).with("on", "true").primary()
}

/// Asks first, and names who goes with it.
fn switch_off(cx: &Cx, row: &ModuleRow, all: &[ModuleRow]) -> Confirm {
    let lang = cx.lang();
    let needs = |other: &&ModuleRow| {
        other.status == Status::Enabled && other.manifest.requires.contains(&row.id)
    };
    let dependents: Vec<String> = all.iter().filter(needs).map(|row| name(row, &lang)).collect();
    let name = name(row, &lang);
    let mut consequence = lang.with("modules-off-consequence", &[("name", &name)]);
    if !dependents.is_empty() {
        consequence.push(' ');
        let names = dependents.join(", ");
        consequence.push_str(&lang.with("modules-off-dependents", &[("names", &names)]));
    }
    Confirm::new(&lang, format!("off-{}", row.id), lang.t("disable"), address(cx, row), consequence)
        .hidden("on", "false")
}
