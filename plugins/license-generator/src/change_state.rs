//! `POST /crm/licences/{id}/state`: suspend, resume, revoke or confirm a licence; and the one
//! function every such change goes through, whoever decides it.

use plugin_api::contracts::accounts::{self, AccountState};
use plugin_api::contracts::timeline;
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault, Form, Path, Problem, SeeOther};
use serde::Deserialize;
use serde_json::json;

use crate::domain::choices::SuspendedFor;
use crate::domain::licence::Licence;
use crate::domain::state::StoredState;
use crate::domain::transition::{Change, Grounds, Standing};
use crate::store::licences::change::{self, STATE};
use crate::{paths, store, story};

/// Who may let customers in, as the plugin that keeps them calls it.
const VALIDATE: &str = "customer-accounts:validate";

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The licence stands there now.
    Done(Standing),
    /// Where it stands does not allow it, or it stood there already.
    NotNow,
    /// It is suspended for a reason that only ends by itself.
    HeldBy(SuspendedFor),
    /// The caller may not confirm it before its customer is validated.
    NotAllowed,
}

impl Outcome {
    /// The stable code of what stands against it; none when it was done.
    pub(crate) fn code(self) -> Option<&'static str> {
        match self {
            Self::Done(_) => None,
            Self::NotNow => Some("stato_cambiato"),
            Self::HeldBy(SuspendedFor::Payment) => Some("sospesa_per_pagamento"),
            Self::HeldBy(_) => Some("sospesa_col_cliente"),
            Self::NotAllowed => Some("forbidden"),
        }
    }

    /// Nothing when it was done, the problem otherwise.
    pub(crate) fn check(self) -> Result<Standing, Problem> {
        match (self, self.code()) {
            (Self::Done(standing), _) => Ok(standing),
            (Self::NotAllowed, _) => Err(Problem::forbidden()),
            (_, code) => Err(Problem::conflict(code.unwrap_or("stato_cambiato"))),
        }
    }
}

/// Text keys of the verb of a change, and of what it brings about.
pub(crate) fn texts(change: Change) -> (String, String) {
    let key = format!("licence-{}", change.name());
    let hint = format!("{key}-hint");
    (key, hint)
}

/// What is audited and told of a change.
fn action(change: Change) -> &'static str {
    match change {
        Change::Suspend(_) => "licence.suspended",
        Change::Resume(_) => "licence.resumed",
        Change::Revoke => "licence.revoked",
        Change::Confirm => "licence.confirmed",
    }
}

/// Whether the caller may confirm the licence, if it waits: who may not validate its customer may
/// not let it go ahead of him.
pub(crate) async fn may_confirm(cx: &Cx, licence: &Licence) -> Result<bool, Fault> {
    if licence.state_stored != StoredState::Awaiting || cx.may(VALIDATE) {
        return Ok(true);
    }
    Ok(account_state(cx, licence).await? == Some(AccountState::Validated))
}

async fn account_state(cx: &Cx, licence: &Licence) -> Result<Option<AccountState>, Fault> {
    let asked = accounts::Find { account_id: licence.account_id.clone() };
    let account = cx.service(&accounts::FIND, &asked).await?;
    Ok(account.map(|account| account.state))
}

/// Does what a person or a program of his decides about a licence he was shown.
pub(crate) async fn decide(cx: &Cx, licence: &Licence, change: Change) -> Result<Outcome, Fault> {
    if change == Change::Confirm && !may_confirm(cx, licence).await? {
        return Ok(Outcome::NotAllowed);
    }
    if let (Change::Resume(SuspendedFor::Person), Standing::Suspended(held)) =
        (change, Standing::of(licence))
        && held != SuspendedFor::Person
    {
        return Ok(Outcome::HeldBy(held));
    }
    let account = match change {
        // Only these may bring a licence into force.
        Change::Resume(_) | Change::Confirm => {
            account_state(cx, licence).await? == Some(AccountState::Suspended)
        }
        Change::Suspend(_) | Change::Revoke => false,
    };
    apply(cx, licence, change, account).await
}

/// Changes where a licence stands, with its audit row and the line of the timeline; `account` says
/// whether its customer is suspended.
pub(crate) async fn apply(
    cx: &Cx,
    licence: &Licence,
    change: Change,
    account: bool,
) -> Result<Outcome, Fault> {
    let from = Standing::of(licence);
    let grounds = Grounds { account, payment: licence.payment_suspends(cx.now()) };
    let Some(to) = from.after(change, grounds) else { return Ok(Outcome::NotNow) };
    let told = |standing: Standing| {
        let reason = standing.suspended_for().map(SuspendedFor::as_str);
        json!({ "state": standing.state().as_str(), "suspended_for": reason })
    };
    let audit = Audit::of(action(change), &licence.licence_id)
        .named(format!("{} {}", licence.product_name, licence.key_hint))
        .in_organisation(&licence.organisation_id)
        .before(told(from))
        .after(told(to));
    let line = story::entry(cx, licence.into(), action(change), "");
    let batch = Batch::new()
        .and(change::standing(cx.scope(), &licence.licence_id, from, to))
        .audit(audit)
        .emit(timeline::HAPPENED, line);
    match cx.db().batch(batch).await {
        Ok(_) => Ok(Outcome::Done(to)),
        // Somebody was faster, or an event came twice.
        Err(fault) if fault.is_mismatch(STATE) => Ok(Outcome::NotNow),
        Err(fault) => Err(fault),
    }
}

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(crate) struct StateForm {
    azione: String,
}

/// Changes the state; 409 when somebody was faster.
pub(crate) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<StateForm>,
) -> Result<SeeOther, Problem> {
    let licence = store::licences::get(&cx.db(), cx.scope(), &id).await?;
    let licence = licence.ok_or_else(Problem::not_found)?;
    let change = Change::by_person(&form.azione).ok_or_else(|| Problem::malformed("azione"))?;
    decide(&cx, &licence, change).await?.check()?;
    let notice = format!("{}-done", texts(change).0);
    let there = cx.url(&paths::of(paths::SHOW, &id));
    Ok(SeeOther::to(there).saying(cx.lang().t(&notice)))
}
