//! Steering a rollout: pause, resume, stop, finish.

use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, FieldProblem, Problem};
use serde_json::json;

use crate::domain::rollout::{Stage, State};
use crate::releases::changed;
use crate::store::rollouts::{self, LABEL, Rollout};

/// Longest reason, characters.
const LONGEST: usize = 1000;

/// What is done with a rollout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// It stays at the share it has reached.
    Pause,
    /// It goes on, as much later as it was paused.
    Resume,
    /// It ends; the release is taken back in its channel.
    Stop,
    /// Everybody gets it now.
    Finish,
}

impl Act {
    /// Each with its name in addresses.
    pub(crate) const ALL: [(&'static str, Self); 4] = [
        ("pause", Self::Pause),
        ("resume", Self::Resume),
        ("stop", Self::Stop),
        ("finish", Self::Finish),
    ];

    /// The one of this name.
    pub(crate) fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, act)| *act)
    }

    /// Whether it can be done with a rollout that stands so.
    pub(crate) fn fits(self, state: State) -> bool {
        match self {
            Self::Pause => state == State::Running,
            Self::Resume => state == State::Paused,
            Self::Stop | Self::Finish => matches!(state, State::Running | State::Paused),
        }
    }

    fn audit(self) -> &'static str {
        match self {
            Self::Pause => "rollout.paused",
            Self::Resume => "rollout.resumed",
            Self::Stop => "rollout.stopped",
            Self::Finish => "rollout.finished",
        }
    }

    fn applied(self, rollout: Rollout, now: i64, reason: &str) -> Rollout {
        let percent = rollout.percent(now);
        match self {
            Self::Pause => Rollout {
                state: State::Paused,
                frozen_percent: Some(percent),
                schedule: paused(&rollout.schedule, percent, now),
                ..rollout
            },
            Self::Resume => Rollout {
                state: State::Running,
                frozen_percent: None,
                schedule: resumed(&rollout.schedule, now),
                ..rollout
            },
            Self::Stop => Rollout {
                state: State::Stopped,
                frozen_percent: Some(0),
                reason: reason.to_owned(),
                ended_at: Some(now),
                ..rollout
            },
            Self::Finish => {
                Rollout { state: State::Done, frozen_percent: None, ended_at: Some(now), ..rollout }
            }
        }
    }
}

/// The schedule from when it was paused, which is when its first stage begins.
fn paused(schedule: &[Stage], percent: i64, now: i64) -> Vec<Stage> {
    let reached = Stage { at: now, percent };
    let to_come = schedule.iter().filter(|stage| stage.at > now).copied();
    std::iter::once(reached).chain(to_come).collect()
}

/// The same, as much later as it was paused.
fn resumed(schedule: &[Stage], now: i64) -> Vec<Stage> {
    let since = schedule.first().map_or(now, |stage| stage.at);
    let later = |stage: &Stage| Stage {
        at: stage.at.saturating_add(now.saturating_sub(since)),
        percent: stage.percent,
    };
    schedule.iter().map(later).collect()
}

/// Does it with a rollout that is still as it was read; a reason is needed to stop it.
pub(crate) async fn act(cx: &Cx, rollout: &Rollout, act: Act, reason: &str) -> Result<(), Problem> {
    let reason = reason.trim();
    if !act.fits(rollout.state) {
        return Err(Problem::conflict("distribuzione_cambiata"));
    }
    if reason.chars().count() > LONGEST {
        return Err(Problem::validation(vec![FieldProblem::new("/motivo", "field-too-long")]));
    }
    if act == Act::Stop && reason.is_empty() {
        return Err(Problem::validation(vec![FieldProblem::new("/motivo", "field-required")]));
    }
    cx.transaction(|tx| async move {
        let now = tx.now();
        let after = act.applied(rollout.clone(), now, reason);
        let audit = Audit::of(act.audit(), &rollout.rollout_id)
            .named(format!("{} {}", rollout.product_code, rollout.channel))
            .before(json!({ "state": rollout.state, "percent": rollout.percent(now) }))
            .after(
                json!({ "state": after.state, "percent": after.percent(now), "reason": reason }),
            );
        let batch = Batch::new().and(rollouts::update(&after)).audit(audit);
        match tx.db().batch(batch).await {
            Err(fault) if fault.is_mismatch(LABEL) => {
                return Err(Problem::conflict("distribuzione_cambiata"));
            }
            done => drop(done?),
        }
        changed::changed(&tx, &rollout.product_code).await
    })
    .await?;
    changed::show(cx).await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stages(pairs: &[(i64, i64)]) -> Vec<Stage> {
        pairs.iter().map(|(at, percent)| Stage { at: *at, percent: *percent }).collect()
    }

    #[test]
    fn a_pause_moves_what_is_to_come() {
        let schedule = stages(&[(0, 10), (100, 50), (200, 100)]);
        let paused = paused(&schedule, 10, 60);
        assert_eq!(paused, stages(&[(60, 10), (100, 50), (200, 100)]));
        assert_eq!(resumed(&paused, 560), stages(&[(560, 10), (600, 50), (700, 100)]));
    }
}
