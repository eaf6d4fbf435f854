//! `/crm/licences/{id}/why`: what would happen to a device now, rule by rule.

use plugin_api::form::Typed;
use plugin_api::ui::{Action, Badge, Card, Field, FormErrors, Head, Markup, Notice, Tone};
use plugin_api::{Cx, FieldProblem, Lang, Page, Path, Problem, Query};
use serde_json::Value as Json;

use super::explain::{Told, Trace, explain};
use super::facts::Asked;
use super::parts::{InlineForm, Rows, text};
use crate::domain::choices::Binding;
use crate::domain::decision::{Check, Question};
use crate::domain::device::{Device, Fingerprint};
use crate::domain::licence::Licence;
use crate::domain::program::Program;
use crate::domain::user::UserName;
use crate::domain::verdict::Verdict;
use crate::form::form_errors;
use crate::store::log::KeyKind;
use crate::{paths, store};

/// Reads a fingerprint as it stands in a form or an address: a text, or JSON with components; none
/// if it is empty.
pub(crate) fn fingerprint(typed: &str) -> Result<Option<Fingerprint>, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let sent = Some(typed)
        .filter(|typed| typed.starts_with('{'))
        .and_then(|typed| serde_json::from_str(typed).ok())
        .unwrap_or_else(|| Json::from(typed));
    let problem = FieldProblem::new("/impronta", "field-fingerprint");
    Fingerprint::read(&sent).map(Some).ok_or_else(|| Problem::validation(vec![problem]))
}

/// The page: the form, and below it the answer.
pub(super) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    typed: Query<Vec<(String, String)>>,
) -> Result<Page, Problem> {
    let licence = store::licences::get(&cx.db(), cx.scope(), &id).await?;
    let licence = licence.ok_or_else(Problem::not_found)?;
    let typed = Typed::from(typed);
    let lang = cx.lang();
    let title = lang.t("why");
    let back = format!("{} · {}", licence.product_name, licence.key_hint);
    let head = Head::new(&title)
        .back(back, cx.url(&paths::of(paths::SHOW, &id)))
        .lead(lang.t("why-about"));
    let (asked, errors) = read(&typed);
    let errors = form_errors(&lang, &errors);
    let page =
        Markup::of(&head).and(&errors.summary(&lang)).and(&form(&cx, &licence, &typed, &errors));
    let Some(asked) = asked else { return Ok(Page::html(title, page)) };
    let traces = explain(&cx, &licence, &asked).await?;
    let page = traces.iter().fold(page, |page, (question, trace)| {
        // Whoever has a seat asks for no other.
        page.and(&card(&lang, *question, trace))
    });
    Ok(Page::html(title, page))
}

fn read(typed: &Typed) -> (Option<Asked>, Vec<FieldProblem>) {
    let mut errors = Vec::new();
    let device = fingerprint(typed.text("impronta")).unwrap_or_else(|_| {
        errors.push(FieldProblem::new("/impronta", "field-fingerprint"));
        None
    });
    let (product, version) = (typed.given("prodotto"), typed.given("versione"));
    let program = Program::parse(product.as_deref(), version.as_deref());
    if program.is_none() {
        errors.push(FieldProblem::new("/versione", "field-version"));
    }
    let user = typed.given("utente");
    let name = user.as_deref().and_then(UserName::parse);
    if user.is_some() && name.is_none() {
        errors.push(FieldProblem::new("/utente", "field-too-long"));
    }
    let none = String::new;
    let asked = program.filter(|_| errors.is_empty()).map(|program| Asked {
        key_kind: KeyKind::Activation,
        device: device.map(|fingerprint| Device { fingerprint, name: none(), platform: none() }),
        user: name,
        token: None,
        program,
    });
    (asked, errors)
}

fn form(cx: &Cx, licence: &Licence, typed: &Typed, errors: &FormErrors) -> InlineForm {
    let lang = cx.lang();
    let field = |name: &str, label: &str| {
        Field::text(name, lang.t(label)).value(typed.text(name)).errors(errors)
    };
    let mut fields = Markup::of(&field("impronta", "label-impronta").mono())
        .and(&field("versione", "label-version"))
        .and(&field("prodotto", "label-product-code"));
    if licence.binding == Binding::User {
        fields = fields.and(&field("utente", "label-user"));
    }
    InlineForm {
        method: "get",
        action: cx.url(&paths::of(paths::WHY, &licence.licence_id)),
        fields,
        button: Action::submit(lang.t("why-ask")),
    }
}

fn card(lang: &Lang, question: Question, trace: &Trace) -> Card {
    let (id, title, fine) = match question {
        Question::Validation => ("why-validation", "why-validation", "valid"),
        Question::Activation => ("why-activation", "why-activation", "activatable"),
    };
    let outcome = match trace.verdict {
        Verdict::Admitted => Notice::new(Tone::Ok, lang.t(fine)),
        Verdict::Shadowed(refusal) => {
            let reason = Problem::from(refusal).sentence(lang);
            Notice::new(Tone::Warn, lang.with("why-shadowed", &[("reason", &reason)]))
        }
        Verdict::Refused(refusal) => Notice::new(Tone::Bad, Problem::from(refusal).sentence(lang)),
    };
    let headers = ["column-rule", "column-esito", "column-reason", "column-facts"];
    let rows = Rows::new(lang.t(title), headers.map(|header| lang.t(header)).into());
    let rows = trace.steps.iter().fold(rows, |rows, told| {
        let cells = vec![
            Markup::of(&badge(lang, told)),
            text(&told.sentence(lang)),
            text(&facts(lang, told)),
        ];
        rows.row(lang.t(&step_key(told)), cells)
    });
    Card::new(id, lang.t(title)).body(&outcome).body(&rows)
}

fn step_key(told: &Told) -> String {
    format!("step-{}", told.step.name().replace('_', "-"))
}

fn badge(lang: &Lang, told: &Told) -> Badge {
    match told.check {
        Check::NotAsked => Badge::new(Tone::Neutral, lang.t("step-skipped")),
        Check::Passed => Badge::new(Tone::Ok, lang.t("yes")),
        Check::Refused(_) => Badge::new(Tone::Bad, lang.t("no")),
    }
}

/// What the rule looked at; what is not known is left out.
fn facts(lang: &Lang, told: &Told) -> String {
    let fact = |(name, value): &(&'static str, Json)| {
        let value = match value {
            Json::Null => return None,
            Json::String(text) => text.clone(),
            other => other.to_string(),
        };
        let label = lang.t(&format!("fact-{}", name.replace('_', "-")));
        Some(format!("{label}: {value}"))
    };
    told.facts.iter().filter_map(fact).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use plugin_api::lang::{Catalogue, LANGUAGES};

    use super::*;
    use crate::domain::decision::Step;

    #[test]
    fn every_rule_has_its_name() {
        for code in LANGUAGES {
            let lang = Catalogue::new(crate::LOCALES).lang(code);
            for step in Step::ALL {
                let key = format!("step-{}", step.name().replace('_', "-"));
                assert!(lang.has(&key), "{key}");
            }
        }
    }

    #[test]
    fn a_fingerprint_is_typed_as_text_or_as_components() {
        let read = |typed| fingerprint(typed).ok().flatten();
        assert_eq!(read(" pc-1 ").unwrap().as_str(), "pc-1");
        assert_eq!(read(r#"{"componenti":{"b":1,"a":2}}"#).unwrap().components().len(), 2);
        assert!(read("").is_none());
        assert!(fingerprint(r#"{"componenti":{}}"#).is_err());
    }
}
