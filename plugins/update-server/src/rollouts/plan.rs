//! How quickly a release reaches the installations of a channel, as people say it.

use plugin_api::FieldProblem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::rollout::Stage;

/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;
/// Stages of a plan at most, so that they fit where they are stored.
const MOST: usize = 20;
/// Hours a plan takes at most: a year.
const LONGEST: i64 = 24 * 366;

/// A stage as people say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlannedStage {
    /// How many percent have it from then on, 0 to 100.
    #[schema(example = 10)]
    pub percentuale: i64,
    /// Hours after the beginning.
    #[schema(example = 24)]
    pub dopo_ore: i64,
}

/// The stages of a rollout; none for everybody at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Plan(pub Vec<PlannedStage>);

/// The plans that are offered by name, with percent and hours.
const PRESETS: [(&str, &[(i64, i64)]); 3] = [
    ("subito", &[]),
    ("graduale", &[(10, 0), (50, 48), (100, 120)]),
    ("prudente", &[(1, 0), (10, 24), (25, 72), (50, 120), (100, 168)]),
];

impl Plan {
    /// The names of the plans that are offered.
    pub(crate) fn presets() -> impl Iterator<Item = &'static str> {
        PRESETS.iter().map(|(name, _)| *name)
    }

    /// The plan of this name.
    pub(crate) fn preset(name: &str) -> Option<Self> {
        let (_, stages) = PRESETS.iter().find(|(known, _)| *known == name)?;
        let stages = stages
            .iter()
            .map(|(percent, hours)| PlannedStage { percentuale: *percent, dopo_ore: *hours });
        Some(Self(stages.collect()))
    }

    /// Reads lines of percent and hours: `10 0`, `50 % 48`.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let stages = lines.map(|line| {
            let mut numbers = line
                .split(|c: char| !c.is_ascii_digit())
                .filter(|number| !number.is_empty())
                .map(|number| number.parse().ok());
            let stage = PlannedStage { percentuale: numbers.next()??, dopo_ore: numbers.next()?? };
            numbers.next().is_none().then_some(stage)
        });
        stages.collect::<Option<Vec<_>>>().map(Self)
    }

    /// The lines that [`Plan::read`] reads.
    pub(crate) fn text(&self) -> String {
        let lines = self.0.iter().map(|stage| format!("{} {}", stage.percentuale, stage.dopo_ore));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Whether everybody gets it at once.
    pub(crate) fn is_at_once(&self) -> bool {
        self.0.first().is_none_or(|first| first.percentuale == 100 && first.dopo_ore == 0)
    }

    /// The plan, if it makes sense.
    ///
    /// # Errors
    ///
    /// What is wrong with the field `fasi`.
    pub(crate) fn checked(self) -> Result<Self, Vec<FieldProblem>> {
        let stages = &self.0;
        let is_within = stages.iter().all(|stage| {
            (0..=100).contains(&stage.percentuale) && (0..=LONGEST).contains(&stage.dopo_ore)
        });
        let ascends = stages.windows(2).all(|pair| {
            pair.first().zip(pair.last()).is_none_or(|(one, next)| {
                one.dopo_ore < next.dopo_ore && one.percentuale <= next.percentuale
            })
        });
        if is_within && ascends && stages.len() <= MOST {
            return Ok(self);
        }
        Err(Self::mistaken())
    }

    /// What is said of a plan that makes no sense.
    pub(crate) fn mistaken() -> Vec<FieldProblem> {
        vec![FieldProblem::new("/fasi", "field-plan")]
    }

    /// Its stages when it begins at `now`.
    pub(crate) fn begun(&self, now: i64) -> Vec<Stage> {
        let stages = self.0.iter().map(|stage| Stage {
            at: now.saturating_add(stage.dopo_ore.saturating_mul(HOUR)),
            percent: stage.percentuale,
        });
        stages.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_are_read_as_people_write_them() {
        let plan = Plan::read("10 0\n\n 50 % 48 h\n100% dopo 120").expect("a plan");
        assert_eq!(Some(&plan), Plan::preset("graduale").as_ref());
        assert_eq!(Plan::read(&plan.text()), Some(plan));
        assert_eq!([Plan::read("10"), Plan::read("x 1"), Plan::read("1 2 3")], [const { None }; 3]);
    }

    #[test]
    fn a_plan_only_grows() {
        let wrong = |text: &str| Plan::read(text).expect("a plan").checked().is_err();
        assert!(wrong("50 0\n10 24") && wrong("10 24\n50 24") && wrong("101 0"));
        assert!(!wrong("0 0") && !wrong("10 0\n10 24\n100 25") && !wrong(""));
        for name in Plan::presets() {
            Plan::preset(name).expect("a plan").checked().expect("it makes sense");
        }
    }

    #[test]
    fn the_stages_begin_when_it_begins() {
        let begun = Plan::preset("graduale").expect("a plan").begun(1000);
        assert_eq!(begun.first(), Some(&Stage { at: 1000, percent: 10 }));
        assert_eq!(begun.last(), Some(&Stage { at: 1000 + 120 * HOUR, percent: 100 }));
    }
}
