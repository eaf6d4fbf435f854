//! `POST /crm/licences/{id}/state`: suspend, resume, revoke or confirm a licence.

use plugin_api::contracts::accounts::{self, AccountState};
use plugin_api::contracts::timeline;
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault, Form, Path, Problem, SeeOther};
use serde::Deserialize;
use serde_json::json;

use crate::domain::licence::Licence;
use crate::domain::state::StoredState;
use crate::{paths, store, story};

/// What somebody may decide about a licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Change {
    /// Switch it off for a while.
    Suspend,
    /// Switch it on again.
    Resume,
    /// Take it back for good.
    Revoke,
    /// Let a licence that was waiting come into force.
    Confirm,
}

impl Change {
    const ALL: [Self; 4] = [Self::Suspend, Self::Resume, Self::Confirm, Self::Revoke];

    /// What may be decided about a licence in this state.
    pub(crate) fn from(state: StoredState) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |change| change.target(state).is_some())
    }

    /// The state it leads to from `from`; none where it makes no sense.
    fn target(self, from: StoredState) -> Option<StoredState> {
        match (self, from) {
            (Self::Suspend, StoredState::Active) => Some(StoredState::Suspended),
            (Self::Resume, StoredState::Suspended) | (Self::Confirm, StoredState::Awaiting) => {
                Some(StoredState::Active)
            }
            (Self::Revoke, StoredState::Revoked) => None,
            (Self::Revoke, _) => Some(StoredState::Revoked),
            _ => None,
        }
    }

    /// Its name in forms.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Revoke => "revoke",
            Self::Confirm => "confirm",
        }
    }

    /// Text keys of its verb and of what it brings about.
    pub(crate) fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::Suspend => ("licence-suspend", "licence-suspend-hint"),
            Self::Resume => ("licence-resume", "licence-resume-hint"),
            Self::Revoke => ("licence-revoke", "licence-revoke-hint"),
            Self::Confirm => ("licence-confirm", "licence-confirm-hint"),
        }
    }

    /// Whether the customer loses something.
    pub(crate) fn takes_away(self) -> bool {
        matches!(self, Self::Suspend | Self::Revoke)
    }

    /// Audit action and text key of the notice.
    fn done(self) -> (&'static str, &'static str) {
        match self {
            Self::Suspend => ("licence.suspended", "licence-suspended"),
            Self::Resume => ("licence.resumed", "licence-resumed"),
            Self::Revoke => ("licence.revoked", "licence-revoked"),
            Self::Confirm => ("licence.confirmed", "licence-confirmed"),
        }
    }
}

/// Who may let customers in, as the plugin that keeps them calls it.
const VALIDATE: &str = "customer-accounts:validate";

/// Whether the caller may confirm the licence, if it waits: who may not validate its customer may
/// not let it go ahead of him.
pub(crate) async fn may_confirm(cx: &Cx, licence: &Licence) -> Result<bool, Fault> {
    if licence.state_stored != StoredState::Awaiting || cx.may(VALIDATE) {
        return Ok(true);
    }
    let asked = accounts::Find { account_id: licence.account_id.clone() };
    let account = cx.service(&accounts::FIND, &asked).await?;
    Ok(account.is_some_and(|account| account.state == AccountState::Validated))
}

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(crate) struct StateForm {
    azione: Change,
}

/// Changes the state; 409 when somebody was faster.
pub(crate) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    Form(form): Form<StateForm>,
) -> Result<SeeOther, Problem> {
    let (db, scope) = (cx.db(), cx.scope());
    let licence = store::licences::get(&db, scope, &id).await?.ok_or_else(Problem::not_found)?;
    let from = licence.state_stored;
    let Some(to) = form.azione.target(from) else {
        return Err(Problem::conflict("stato_cambiato"));
    };
    if form.azione == Change::Confirm && !may_confirm(&cx, &licence).await? {
        return Err(Problem::forbidden());
    }
    let (action, notice) = form.azione.done();
    let audit = Audit::of(action, &id)
        .named(format!("{} {}", licence.product_name, licence.key_hint))
        .in_organisation(&licence.organisation_id)
        .before(json!({ "state": from.as_str() }))
        .after(json!({ "state": to.as_str() }));
    let batch = Batch::new()
        .and(store::licences::transition(scope, &id, from, to))
        .audit(audit)
        .emit(timeline::HAPPENED, story::entry(&cx, (&licence).into(), action, ""));
    match db.batch(batch).await {
        Ok(_) => {}
        Err(fault) if fault.is_mismatch("state") => {
            return Err(Problem::conflict("stato_cambiato"));
        }
        Err(fault) => return Err(fault.into()),
    }
    let there = cx.url(&paths::of(paths::SHOW, &id));
    Ok(SeeOther::to(there).saying(cx.lang().t(notice)))
}
