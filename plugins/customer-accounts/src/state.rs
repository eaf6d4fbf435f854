//! `POST /crm/customers/{id}/state`: validate, suspend or resume a customer.

use plugin_api::contracts::accounts::AccountState;
use plugin_api::{Cx, Form, Path, Problem, SeeOther};
use serde::Deserialize;

use crate::domain::{Customer, may_follow, state_text};
use crate::store::Change;
use crate::{paths, store};

/// The answer to the question.
#[derive(Debug, Deserialize)]
pub(crate) struct StateForm {
    state: AccountState,
    /// The version of the customer the question was asked about.
    version: i64,
}

/// Changes the state of the customer as it was when the question was asked.
pub(crate) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<StateForm>,
) -> Result<SeeOther, Problem> {
    let found = store::find(&cx.db(), cx.scope(), &id).await?;
    let before = found.ok_or_else(Problem::not_found)?;
    if before.version != form.version || !may_follow(before.state, form.state) {
        return Err(Problem::conflict("customer_changed"));
    }
    let after = Customer { state: form.state, updated_at: cx.now(), ..before.clone() };
    match store::replace(&cx.db(), cx.scope(), &before, &after).await? {
        Change::Stale => Err(Problem::conflict("customer_changed")),
        Change::Done => {
            let key = format!("customer-now-{}", state_text(after.state));
            let notice = cx.lang().with(&key, &[("name", after.name())]);
            Ok(SeeOther::to(cx.url(&paths::customer(&id))).saying(notice))
        }
    }
}
