//! What may be done with licences that were ticked in the list.

pub(super) mod each;
mod one;
pub(super) mod questions;

use std::borrow::Cow;

use axum::response::{IntoResponse as _, Response};
use plugin_api::db::Batch;
use plugin_api::table::{Selection, TableSpec};
use plugin_api::ui::Tone;
use plugin_api::{Cx, Fault, Path, Problem, SeeOther};
use serde::{Deserialize, Serialize};

use super::audit::audit;
use crate::domain::bulk::{Run, RunState};
use crate::domain::choices::SuspendedFor;
use crate::domain::transition::Change;
use crate::renewals::RENEW;
use crate::{ISSUE, labels, list, paths, store, story};

/// Why a licence is left as it is.
pub(super) const REASONS: labels::Choices = &[
    ("bulk-skip-state", "bulk-skip-state", Tone::Warn),
    ("bulk-skip-held", "bulk-skip-held", Tone::Warn),
    ("bulk-skip-changed", "bulk-skip-changed", Tone::Warn),
    ("bulk-skip-gone", "bulk-skip-gone", Tone::Warn),
    ("bulk-skip-permanent", "bulk-skip-permanent", Tone::Warn),
    ("bulk-skip-same", "bulk-skip-same", Tone::Neutral),
    ("bulk-skip-refused", "bulk-skip-refused", Tone::Warn),
    ("bulk-skip-renewal", "bulk-skip-renewal", Tone::Warn),
];

/// Something done with each of many licences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// Switched off for a while.
    Suspend,
    /// Switched on again.
    Resume,
    /// Renewed for some months.
    Renew,
    /// Given another last day.
    End,
    /// Sold by, or credited to, somebody else.
    Assign,
    /// Taken back for good.
    Revoke,
}

impl Act {
    /// Every act, in the order they are offered.
    pub(crate) const ALL: [Self; 6] =
        [Self::Renew, Self::Suspend, Self::Resume, Self::End, Self::Assign, Self::Revoke];

    /// Its name in paths and as the kind of a run.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Renew => "renew",
            Self::End => "end",
            Self::Assign => "assign",
            Self::Revoke => "revoke",
        }
    }

    /// The act of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.name() == name)
    }

    /// The text key of its verb.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Suspend => "licence-suspend",
            Self::Resume => "licence-resume",
            Self::Renew => "bulk-renew",
            Self::End => "bulk-end",
            Self::Assign => "bulk-assign",
            Self::Revoke => "licence-revoke",
        }
    }

    /// Where the form around the list sends what was ticked.
    pub(crate) fn path(self) -> Cow<'static, str> {
        paths::of(paths::BULK_ACT, self.name()).into()
    }

    /// Who may do it.
    pub(crate) fn permission(self) -> &'static str {
        match self {
            Self::Renew => RENEW,
            _ => ISSUE,
        }
    }

    /// Whether customers lose something.
    pub(crate) fn takes_away(self) -> bool {
        matches!(self, Self::Suspend | Self::Revoke)
    }

    /// The change of state it is, if it is one.
    fn change(self) -> Option<Change> {
        match self {
            Self::Suspend => Some(Change::Suspend(SuspendedFor::Person)),
            Self::Resume => Some(Change::Resume(SuspendedFor::Person)),
            Self::Revoke => Some(Change::Revoke),
            Self::Renew | Self::End | Self::Assign => None,
        }
    }

    /// What takes it back.
    pub(super) fn opposite(self) -> Option<Self> {
        match self {
            Self::Suspend => Some(Self::Resume),
            Self::Resume => Some(Self::Suspend),
            Self::Renew | Self::End | Self::Assign | Self::Revoke => None,
        }
    }

    /// SQL over the list of licences: those it can be done with.
    pub(super) fn condition(self) -> &'static str {
        match self {
            Self::Suspend => {
                "l.state_stored = 'active' \
                 or (l.state_stored = 'suspended' and l.suspended_for <> 'person')"
            }
            Self::Resume => {
                "l.state_stored = 'suspended' and coalesce(l.suspended_for, 'person') = 'person'"
            }
            Self::Revoke | Self::Assign => "l.state_stored <> 'revoked'",
            Self::End => "l.state_stored <> 'revoked' and l.type <> 'permanent'",
            Self::Renew => {
                "l.state_stored <> 'revoked' and l.type <> 'trial' \
                 and coalesce(l.expires_at, l.maintenance_until) is not null"
            }
        }
    }
}

/// What a run that changes licences is to do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Acting {
    /// Which licences.
    pub(super) selection: Selection,
    /// Those an earlier run was done with, instead.
    pub(super) of_run: Option<String>,
    /// Their new last millisecond.
    pub(super) end: Option<i64>,
    /// For how many months they are renewed.
    pub(super) months: i64,
    /// Whether that is paid later.
    pub(super) later: bool,
    /// Who is to have sold them.
    pub(super) seller_id: Option<String>,
    /// Who is to get the credit.
    pub(super) agent_id: Option<String>,
}

impl Acting {
    /// What an earlier run was done with.
    pub(super) fn of_run(bulk_id: &str) -> Self {
        Self {
            selection: Selection::matching(""),
            of_run: Some(bulk_id.to_owned()),
            ..Self::default()
        }
    }

    /// The list the licences are taken from.
    pub(super) async fn licences(&self, cx: &Cx) -> Result<TableSpec, Fault> {
        let products = store::products::all(&cx.db()).await?;
        let spec = list::of(&products, self.selection.parameter(list::RUN).as_deref());
        Ok(match &self.of_run {
            Some(run) => spec.only(
                "l.licence_id in (select i.licence_id from license_generator_bulk_item i \
                 where i.bulk_id = ? and i.outcome = 'done')",
                [run.as_str().into()],
            ),
            None => spec,
        })
    }
}

/// Keeps what was ticked as a run that waits to be confirmed.
pub(super) async fn handle(
    cx: Cx,
    Path(name): Path<String>,
    selection: Selection,
) -> Result<Response, Problem> {
    let act = Act::named(&name).ok_or_else(Problem::not_found)?;
    if !cx.may(act.permission()) {
        return Err(Problem::forbidden());
    }
    let acting = Acting { selection, ..Acting::default() };
    if acting.selection.is_empty() {
        let back = acting.selection.back(&cx, &acting.licences(&cx).await?);
        return Ok(SeeOther::to(back).saying(cx.lang().t("bulk-nothing")).into_response());
    }
    let run = prepare(&cx, act, &acting).await?;
    Ok(SeeOther::to(cx.url(&paths::of(paths::BULK_RUN, &run.bulk_id))).into_response())
}

/// Writes a run that waits to be confirmed.
pub(super) async fn prepare(cx: &Cx, act: Act, acting: &Acting) -> Result<Run, Problem> {
    let spec = acting.licences(cx).await?;
    let total = acting.selection.count(cx, &spec).await?;
    let lang = cx.lang();
    let title = format!("{}: {}", lang.t(act.key()), lang.n("bulk-licences", total));
    let run = Run {
        bulk_id: cx.fresh_id(),
        organisation_id: cx.caller().organisation_id.clone(),
        kind: act.name().to_owned(),
        state: RunState::Prepared,
        title,
        work: serde_json::to_string(acting).map_err(Fault::from)?,
        total,
        done: 0,
        skipped: 0,
        booked: 0,
        price: None,
        currency: String::new(),
        caller: cx.kept_caller(),
        job_id: String::new(),
        created_at: cx.now(),
        created_by: story::who(cx.caller()),
        finished_at: None,
    };
    let batch = Batch::new().and(store::bulk::insert(&run)).audit(audit("bulk.prepared", &run));
    cx.db().batch(batch).await?;
    Ok(run)
}
