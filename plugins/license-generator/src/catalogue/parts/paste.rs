//! Many modules at once: one a line, as a spreadsheet copies them.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use plugin_api::form::{Typed, sentence};
use plugin_api::money;
use plugin_api::ui::{Action, Card, Field, FormErrors, FormPage, Head, Markup};
use plugin_api::{Cx, Lang, Page, Path, Problem, SeeOther};
use serde_json::{Value, json};

use super::form::Fields;
use super::{Home, Kind};
use crate::catalogue::{Saved, save, tabs};
use crate::paths;

const LINES: &str = "righe";
const LONGEST: usize = 1_000_000;

/// The empty form.
pub(super) async fn form(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let home = Home::of_product(&cx, Kind::Module, &id).await?;
    page(&cx, &home, &Typed::default(), &FormErrors::new())
}

/// Adds the modules that are new and changes name, price and inclusion of those that are known.
pub(super) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    typed: Fields,
) -> Result<Response, Problem> {
    let home = Home::of_product(&cx, Kind::Module, &id).await?;
    let (lang, typed) = (cx.lang(), Typed::from(typed));
    let refused = |errors: &FormErrors| {
        let page = page(&cx, &home, &typed, errors)?;
        Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
    };
    let mut parts = home.parts.clone();
    // The line each part was read from, so that errors name lines.
    let mut lines: Vec<Option<usize>> = vec![None; parts.len()];
    let mut errors = FormErrors::new();
    for (number, line) in typed.text(LINES).lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        match read(line, &home.offer.product.currency) {
            None => errors.add(LINES, told(&lang, number, &lang.t("field-amount"))),
            Some(read) => merge(&mut parts, &mut lines, &read, number),
        }
    }
    if typed.text(LINES).is_empty() {
        errors.add(LINES, lang.t("field-required"));
    }
    if !errors.is_empty() {
        return refused(&errors);
    }
    match save(&cx, Some(&home.offer), &home.body(&parts)?).await? {
        Saved::Written(_) => {
            let told = lang.t("product-saved");
            Ok(SeeOther::to(cx.url(&home.list())).saying(told).into_response())
        }
        Saved::Stale => Err(Problem::conflict("product_changed")),
        Saved::Refused(wrong) => {
            let of = |pointer: &str| {
                let at = pointer.split('/').nth(2)?.parse::<usize>().ok()?;
                lines.get(at).copied().flatten()
            };
            for error in wrong {
                let text = sentence(&lang, &error.detail);
                let text = of(&error.pointer).map_or(text.clone(), |line| told(&lang, line, &text));
                errors.add(LINES, text);
            }
            refused(&errors)
        }
    }
}

fn told(lang: &Lang, number: usize, text: &str) -> String {
    lang.with("line-n", &[("n", &(number + 1).to_string()), ("text", text)])
}

/// Code, name, price and whether it is included; nothing if the price is none. Cells end at a
/// semicolon or tab, as a comma may be in a price.
fn read(line: &str, currency: &str) -> Option<Value> {
    let mut cells = line.split([';', '\t']).map(|cell| cell.trim().trim_matches('"'));
    let code = cells.next().unwrap_or_default();
    let name = cells.next().filter(|name| !name.is_empty()).unwrap_or(code);
    let price = cells.next().unwrap_or_default();
    let price = if price.is_empty() { 0 } else { money::parse(price, currency)? };
    let is_included = cells.next().is_some_and(|cell| {
        matches!(cell.to_ascii_lowercase().as_str(), "1" | "x" | "si" | "sì" | "yes" | "true")
    });
    Some(json!({
        "codice": code,
        "nome": name,
        "prezzo": { "importo": price, "valuta": currency },
        "incluso": is_included,
    }))
}

/// What a known module says besides goes on being so.
fn merge(parts: &mut Vec<Value>, lines: &mut Vec<Option<usize>>, read: &Value, number: usize) {
    let code = read.get("codice");
    let place = parts.iter().position(|part| part.get("codice") == code);
    let known = place.and_then(|at| Some((parts.get_mut(at)?.as_object_mut()?, at)));
    if let (Some((known, at)), Some(read)) = (known, read.as_object()) {
        known.extend(read.clone());
        if let Some(line) = lines.get_mut(at) {
            *line = Some(number);
        }
    } else {
        parts.push(read.clone());
        lines.push(Some(number));
    }
}

fn page(cx: &Cx, home: &Home, typed: &Typed, errors: &FormErrors) -> Result<Page, Problem> {
    let lang = cx.lang();
    let title = lang.t("modules-paste");
    let field = Field::textarea(LINES, lang.t("modules-lines"))
        .hint(lang.t("modules-lines-hint"))
        .mono()
        .rows(16)
        .maxlength(LONGEST)
        .required()
        .value(typed.text(LINES))
        .errors(errors);
    let page = FormPage {
        head: Head::new(&title).back(lang.t("modules"), cx.url(&home.list())),
        before: Markup::of(&tabs::product(cx, home.product_id(), &home.list())),
        errors: errors.summary(&lang),
        action: cx.url(&paths::of(&super::paste_path(), home.product_id())),
        hidden: Vec::new(),
        cards: Markup::of(&Card::new("paste", &title).body(&field)),
        buttons: vec![
            Action::submit(lang.t("save")),
            Action::link(lang.t("cancel"), cx.url(&home.list())),
        ],
        after: Markup::default(),
        title,
    };
    page.render(&lang)
}
