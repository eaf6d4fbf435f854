//! Codes of organisations are given and taken away.

use plugin_api::db::{Audit, Batch};
use plugin_api::table::fold;
use plugin_api::{Cx, FaultKind, Form, Path, Problem, SeeOther};
use serde::Deserialize;
use serde_json::json;

use super::LISTED;
use super::rule::LONGEST_CODE;
use crate::{paths, store};

/// A code for an organisation.
#[derive(Debug, Deserialize)]
pub(super) struct CodeForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    organisation: String,
}

/// `POST /crm/customers/rules/codes`.
pub(super) async fn add(cx: Cx, Form(form): Form<CodeForm>) -> Result<SeeOther, Problem> {
    let code = form.code.trim();
    let fits = (1..=2 * LONGEST_CODE).contains(&fold(code).chars().count())
        && code.chars().count() <= LONGEST_CODE
        && !code.chars().any(char::is_control);
    if !fits {
        return Err(Problem::unprocessable("reseller_code"));
    }
    let node = store::node(&cx.db(), cx.scope(), &form.organisation).await?;
    let node = node.ok_or_else(|| Problem::unprocessable("reseller_code_whose"))?;
    let audit = Audit::of("code.added", &node.organisation_id)
        .named(&node.name)
        .in_organisation(&node.organisation_id)
        .after(json!({ "code": code }));
    let insertion = store::codes::insertion(code, &node.organisation_id, cx.now());
    match cx.db().batch(Batch::new().and(insertion).audit(audit)).await {
        Err(fault) if fault.kind == FaultKind::Unique => {
            return Err(Problem::conflict("reseller_code_taken"));
        }
        written => drop(written?),
    }
    Ok(back(&cx, "code-added", code))
}

/// `POST /crm/customers/rules/codes/{code}/delete`.
pub(super) async fn remove(cx: Cx, Path(code): Path<String>) -> Result<SeeOther, Problem> {
    let codes = store::codes::all(&cx.db(), cx.scope(), LISTED).await?;
    let code = codes.into_iter().find(|one| one.code_folded == code);
    let code = code.ok_or_else(Problem::not_found)?;
    let audit = Audit::of("code.removed", &code.organisation_id)
        .named(&code.organisation)
        .in_organisation(&code.organisation_id)
        .before(json!({ "code": code.code }));
    let removal = store::codes::removal(cx.scope(), &code.code_folded);
    match cx.db().batch(Batch::new().and(removal).audit(audit)).await {
        Err(fault) if fault.is_mismatch("code") => return Err(Problem::not_found()),
        written => drop(written?),
    }
    Ok(back(&cx, "code-removed", &code.code))
}

fn back(cx: &Cx, key: &str, code: &str) -> SeeOther {
    SeeOther::to(cx.url(paths::RULES)).saying(cx.lang().with(key, &[("code", code)]))
}
