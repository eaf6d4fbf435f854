//! The form that puts keys kept elsewhere in the place of those of root or targets.

use axum::response::{IntoResponse, Response};
use plugin_api::form::{Fields, Typed};
use plugin_api::ui::{Action, Card, Field, FormPage, Head, Markup, Notice, Tone};
use plugin_api::{Cx, FieldProblem, Page, Path, Problem};

use super::{acts, role};
use crate::domain::tuf::key::PublicKey;
use crate::domain::tuf::public;
use crate::domain::tuf::role::Role;
use crate::form::form_errors;
use crate::paths;
use crate::products::page::found;
use crate::tuf::keys;

/// The empty form.
pub(super) async fn page(
    cx: Cx,
    Path((code, name)): Path<(String, String)>,
) -> Result<Page, Problem> {
    let (code, role) = (found(&cx, &code).await?.product_code, may_leave(&name)?);
    form(&cx, &code, role, &Typed::default().with("soglia", "1"), &[])
}

/// Changes the keys, or shows the form again with the reason.
pub(super) async fn handle(
    cx: Cx,
    Path((code, name)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Problem> {
    let (code, role) = (found(&cx, &code).await?.product_code, may_leave(&name)?);
    let typed = Typed::from(fields);
    let problem = match wanted(&cx, &typed) {
        Ok((keys, threshold)) => {
            match keys::take_offline(&cx, &code, role, &keys, threshold).await {
                Ok(()) => {
                    let done = acts::done(&cx, &code, "update-keys-changed").await?;
                    return Ok(done.into_response());
                }
                Err(problem) if problem.fault().is_some() => return Err(problem),
                Err(problem) => {
                    let field = match problem.codice() {
                        "tuf_threshold" => "/soglia",
                        "tuf_key" | "tuf_key_known" => "/chiavi",
                        _ => return Err(problem),
                    };
                    FieldProblem::new(field, problem.sentence(&cx.lang()))
                }
            }
        }
        Err(problem) => problem,
    };
    let page = form(&cx, &code, role, &typed, &[problem])?;
    Ok(page.status(axum::http::StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// The role of this name, if its keys may be kept elsewhere.
fn may_leave(name: &str) -> Result<Role, Problem> {
    Some(role(name)?).filter(|role| role.may_be_offline()).ok_or_else(Problem::not_found)
}

fn wanted(cx: &Cx, typed: &Typed) -> Result<(Vec<String>, usize), FieldProblem> {
    let keys = public::read(typed.text("chiavi")).map_err(|line| {
        let said = cx.lang().with("field-public-key", &[("line", &line.to_string())]);
        FieldProblem::new("/chiavi", said)
    })?;
    if keys.is_empty() {
        return Err(FieldProblem::new("/chiavi", "problem-tuf-key"));
    }
    if !typed.ticked("conferma") {
        return Err(FieldProblem::new("/conferma", "field-secrets-elsewhere"));
    }
    let threshold = usize::try_from(typed.whole("soglia"))
        .map_err(|_| FieldProblem::new("/soglia", "problem-tuf-threshold"))?;
    Ok((keys.iter().map(PublicKey::hex).map(str::to_owned).collect(), threshold))
}

fn form(
    cx: &Cx,
    code: &str,
    role: Role,
    typed: &Typed,
    problems: &[FieldProblem],
) -> Result<Page, Problem> {
    let (lang, name) = (cx.lang(), role.name());
    let errors = form_errors(&lang, problems);
    let role = lang.t(&format!("tuf-role-{name}"));
    let title = lang.with("update-keys-elsewhere-of", &[("role", &role), ("product", code)]);
    let back = cx.url(&paths::of(paths::PRODUCT_KEYS, code));
    let card = Card::new("elsewhere", lang.t("update-keys"))
        .body(
            &Field::textarea("chiavi", lang.t("update-public-keys"))
                .hint(lang.t("update-public-keys-hint"))
                .value(typed.text("chiavi"))
                .rows(5)
                .mono()
                .required()
                .errors(&errors),
        )
        .body(
            &Field::number("soglia", lang.t("update-signatures-needed"))
                .hint(lang.t("update-threshold-hint"))
                .min(1)
                .value(typed.text("soglia"))
                .required()
                .errors(&errors),
        )
        .body(
            &Field::checkbox("conferma", lang.t("update-secrets-elsewhere"))
                .checked(typed.ticked("conferma"))
                .required()
                .errors(&errors),
        );
    let page = FormPage {
        head: Head::new(&title)
            .back(lang.with("update-keys-of", &[("product", code)]), &back)
            .lead(lang.t("update-keys-elsewhere-lead")),
        title,
        before: Markup::of(&Notice::new(
            Tone::Warn,
            lang.t(&format!("update-keys-elsewhere-{name}")),
        )),
        errors: errors.summary(&lang),
        action: cx.url(&paths::of_role(paths::PRODUCT_KEYS_ELSEWHERE, code, name)),
        hidden: Vec::new(),
        cards: Markup::of(&card),
        buttons: vec![
            Action::submit(lang.t("update-key-take-elsewhere")).primary(),
            Action::link(lang.t("cancel"), back),
        ],
        after: Markup::default(),
    };
    page.render(&lang)
}
