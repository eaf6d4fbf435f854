//! `POST /crm/customers/{id}/state`: validate, refuse, suspend or resume a customer.

use plugin_api::contracts::accounts::AccountState;
use plugin_api::{Cx, FieldProblem, Form, Path, Problem, SeeOther};
use serde::Deserialize;

use crate::domain::{Act, Customer, may_follow, state_text};
use crate::store::Change;
use crate::{paths, store};

/// The most characters of a reason.
pub(crate) const LONGEST_REASON: usize = 1_000;

/// The answer to the question.
#[derive(Debug, Deserialize)]
pub(crate) struct StateForm {
    state: AccountState,
    /// The version of the customer the question was asked about.
    version: i64,
    #[serde(default)]
    reason: String,
}

/// Changes the state of the customer as it was when the question was asked.
pub(crate) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<StateForm>,
) -> Result<SeeOther, Problem> {
    let found = store::find(&cx.db(), cx.scope(), &id).await?;
    let before = found.ok_or_else(Problem::not_found)?;
    let is_stale = before.version != form.version || !before.is_open();
    if is_stale || !may_follow(before.state, form.state) {
        return Err(Problem::conflict("customer_changed"));
    }
    let reason = reason(Act::of(before.state, form.state), &form.reason)
        .map_err(|key| Problem::validation(vec![FieldProblem::new("reason", key)]))?;
    let after = Customer { state: form.state, updated_at: cx.now(), ..before.clone() };
    match store::replace(&cx, cx.scope(), &before, &after, &reason).await? {
        Change::Stale => Err(Problem::conflict("customer_changed")),
        Change::Done => {
            let key = format!("customer-now-{}", state_text(after.state));
            let notice = cx.lang().with(&key, &[("name", after.name())]);
            Ok(SeeOther::to(cx.url(&paths::customer(&id))).saying(notice))
        }
    }
}

/// The reason as it is kept, or the key of the text that says what is wrong with it.
pub(crate) fn reason(act: Act, typed: &str) -> Result<String, &'static str> {
    let reason = typed.trim().replace("\r\n", "\n");
    if reason.is_empty() && act.needs_reason() {
        return Err("field-reason");
    }
    if reason.chars().count() > LONGEST_REASON {
        return Err("field-too-long");
    }
    if reason.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Err("field-control");
    }
    Ok(reason)
}
