//! Who receives: down the tree, each organisation's rules sorting what it received.

use plugin_api::table::fold;
use plugin_api::{Cx, Fault, Scope};
use serde::Deserialize;

use super::rule::{Known, Rule};
use crate::store;

/// A node that may receive, and where it hangs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Place {
    /// Its id.
    pub organisation_id: String,
    /// The node above it; none for the vendor.
    pub parent_id: Option<String>,
    /// What it is called.
    pub name: String,
}

/// Everything a decision needs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Map {
    /// The nodes that are no customers.
    pub places: Vec<Place>,
    /// The rules, each organisation's in its order.
    pub rules: Vec<Rule>,
    /// Folded code and whose it is.
    pub codes: Vec<(String, String)>,
}

/// Why somebody receives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It has the code that was typed.
    Code,
    /// This rule says so.
    Rule(Box<Rule>),
}

/// One step down the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Who receives by this step.
    pub to: Place,
    /// Why.
    pub why: Why,
}

/// Who receives, and the steps that lead there; no steps mean that it stays where it began.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    /// The receiver.
    pub organisation_id: String,
    /// How it came there.
    pub steps: Vec<Step>,
}

impl Decision {
    /// The rule that decided last, if one did.
    pub fn rule(&self) -> Option<&Rule> {
        match &self.steps.last()?.why {
            Why::Rule(rule) => Some(rule),
            Why::Code => None,
        }
    }
}

impl Map {
    /// Reads everything.
    pub(crate) async fn load(cx: &Cx) -> Result<Self, Fault> {
        // The rules above the caller decide as well; he is told of his own branch only.
        let (db, everything) = (cx.db(), Scope::everything());
        let codes = store::codes::all(&db, &everything, u32::MAX).await?;
        Ok(Self {
            places: store::rules::places(&db).await?,
            rules: store::rules::all(&db, &everything, u32::MAX).await?,
            codes: codes.into_iter().map(|code| (code.code_folded, code.organisation_id)).collect(),
        })
    }

    /// The vendor.
    pub(crate) fn root(&self) -> &str {
        let root = self.places.iter().find(|place| place.parent_id.is_none());
        root.map_or("", |place| place.organisation_id.as_str())
    }

    fn place(&self, id: &str) -> Option<&Place> {
        self.places.iter().find(|place| place.organisation_id == id)
    }

    /// Whether `id` is `above` or lies below it.
    pub(crate) fn is_within(&self, id: &str, above: &str) -> bool {
        let mut at = Some(id);
        // A path is never longer than there are nodes.
        for _ in 0..=self.places.len() {
            match at {
                Some(id) if id == above => return true,
                Some(id) => at = self.place(id).and_then(|place| place.parent_id.as_deref()),
                None => return false,
            }
        }
        false
    }

    /// Who receives what begins at `start`. A code that somebody has leads to him, unless a rule
    /// of the vendor names that code; otherwise the first rule that matches decides, and then the
    /// rules of whoever received.
    pub(crate) fn decide(&self, start: &str, known: &Known) -> Decision {
        let code = fold(&known.code);
        let owner = self.codes.iter().find(|(folded, _)| !code.is_empty() && *folded == code);
        let mut owner = owner.map(|(_, id)| id.as_str()).filter(|id| self.is_within(id, start));
        let mut decision = Decision { organisation_id: start.to_owned(), steps: Vec::new() };
        loop {
            let at = decision.organisation_id.clone();
            let rule = self.rules.iter().find(|rule| {
                rule.organisation_id == at
                    && rule.is_enabled()
                    && (owner.is_none() || !rule.reseller_code.is_empty())
                    && self.is_within(&rule.receiver_id, &at)
                    && rule.matches(known)
            });
            let step = match (rule, owner.take()) {
                (Some(rule), _) => self.step(&rule.receiver_id, Why::Rule(Box::new(rule.clone()))),
                (None, Some(id)) => self.step(id, Why::Code),
                (None, None) => None,
            };
            let Some(step) = step else { return decision };
            let stays = step.to.organisation_id == at;
            decision.organisation_id.clone_from(&step.to.organisation_id);
            decision.steps.push(step);
            // Every other step leads down, so there is an end.
            if stays && decision.rule().is_some() {
                return decision;
            }
        }
    }

    fn step(&self, to: &str, why: Why) -> Option<Step> {
        Some(Step { to: self.place(to)?.clone(), why })
    }
}

#[cfg(test)]
#[path = "decide_tests.rs"]
mod tests;
