//! What a policy would do to the licences that exist: nothing is written.

use std::collections::{BTreeMap, HashMap};

use plugin_api::time::DAY;
use plugin_api::{Cx, Fault, Scope};

use super::of_settings;
use crate::domain::policy::Policy;
use crate::domain::what_if::{Effect, Standing, what_if};
use crate::store::policies::standing::{self, Reach};
use crate::store::policies::{self as store, ALL, Stored};

/// Licences looked at, at most: of more, the newest speak for all.
pub(crate) const MOST: usize = 20_000;
/// How long back refusals are counted.
const REFUSALS: i64 = 30 * DAY;
/// Every version of a policy is older.
const ANY_VERSION: i64 = i64::MAX;

/// A licence that would be different.
#[derive(Debug)]
pub(crate) struct Affected {
    /// The licence.
    pub(crate) licence: Standing,
    /// How.
    pub(crate) effects: Vec<Effect>,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Licences that the policy reaches.
    pub(crate) total: i64,
    /// How many of them were looked at.
    pub(crate) looked_at: i64,
    /// How many of those would be different.
    pub(crate) affected: i64,
    /// How often those that only watch would have refused lately, and would begin to.
    pub(crate) refused: i64,
    /// How many, by what would be different.
    pub(crate) counts: BTreeMap<Effect, i64>,
    /// The first of them.
    pub(crate) licences: Vec<Affected>,
}

/// The policies licences were issued under.
#[derive(Debug)]
pub(super) struct Under {
    versions: HashMap<i64, Policy>,
    settings: Policy,
}

impl Under {
    /// Those of a policy with this id, and the settings.
    pub(super) async fn of(cx: &Cx, policy_id: &str) -> Result<Self, Fault> {
        let versions = store::versions(&cx.db(), &Scope::everything(), policy_id).await?;
        let versions = versions.into_iter().map(|version| (version.version, version.document));
        Ok(Self { versions: versions.collect(), settings: of_settings(cx).await? })
    }

    /// A version of the policy.
    pub(super) fn version(&self, number: i64) -> Option<&Policy> {
        self.versions.get(&number)
    }

    /// What a licence was issued under.
    pub(super) fn which(&self, licence: &Standing) -> &Policy {
        let version = licence.policy_version.and_then(|number| self.version(number));
        version.unwrap_or(&self.settings)
    }
}

/// Which licences a policy reaches: those issued under it and, if it is a default, those issued under
/// none.
pub(super) fn reaches(policy: &Stored) -> Vec<Reach> {
    let mut reaches = vec![Reach::Named(policy.policy_id.clone())];
    match policy.default_of.as_deref() {
        Some(ALL) => reaches.push(Reach::OfOthers),
        Some(product_id) => reaches.push(Reach::OfProduct(product_id.to_owned())),
        None => {}
    }
    reaches
}

/// What `policy`, which need not be kept yet, would do to the licences of the caller's branch that it
/// reaches; `listed` of them are answered by name.
pub(crate) async fn evaluate(cx: &Cx, policy: &Stored, listed: usize) -> Result<Found, Fault> {
    let (db, scope, now) = (cx.db(), cx.scope(), cx.now());
    let under = Under::of(cx, &policy.policy_id).await?;
    let mut found = Found::default();
    let mut left = MOST;
    for reach in reaches(policy) {
        found.total += standing::count(&db, scope, &reach, ANY_VERSION).await?;
        let mut after = standing::FIRST.to_owned();
        while left > 0 {
            let asked = (ANY_VERSION, after.as_str(), now - REFUSALS);
            let mut licences = standing::next(&db, scope, &reach, asked).await?;
            licences.truncate(left);
            let Some(last) = licences.last() else { break };
            after.clone_from(&last.licence_id);
            left -= licences.len();
            for licence in licences {
                let effects = what_if(&licence, under.which(&licence), &policy.document, now);
                found.add(Affected { licence, effects }, listed);
            }
        }
    }
    Ok(found)
}

impl Found {
    fn add(&mut self, affected: Affected, listed: usize) {
        self.looked_at += 1;
        if affected.effects.is_empty() {
            return;
        }
        self.affected += 1;
        for effect in &affected.effects {
            *self.counts.entry(*effect).or_default() += 1;
        }
        if affected.effects.contains(&Effect::IniziaARifiutare) {
            self.refused += affected.licence.refused;
        }
        if self.licences.len() < listed {
            self.licences.push(affected);
        }
    }
}
