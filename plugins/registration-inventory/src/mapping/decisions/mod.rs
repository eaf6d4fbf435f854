//! Decisions of people about installations: each is written once, audited, told and can be undone.
//!
//! [`decide`] is the only way state, customer, product or licence of installations change after they
//! were received; pages, jobs and `licensing` call it. Inside a [`Cx::transaction`] it joins that one.

pub(super) mod list;
pub(super) mod undo;
mod write;

pub(crate) use write::who;

use plugin_api::contracts::accounts::Account;
use plugin_api::db::Batch;
use plugin_api::{Cx, Problem};
use serde_json::Value as Json;

use crate::domain::State;

/// What kind of decision it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A customer was said to have them.
    Assign,
    /// They are only counted, ignored, or nothing is said of them again.
    State,
    /// What product they are.
    Product,
    /// Which customer a company is.
    Company,
    /// A licence was linked or unlinked.
    Licence,
    /// Licences were made for many.
    Regularise,
}

impl Kind {
    /// As it is stored.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Assign => "assign",
            Self::State => "state",
            Self::Product => "product",
            Self::Company => "company",
            Self::Licence => "licence",
            Self::Regularise => "regularise",
        }
    }
}

/// What becomes of one installation; what is `None` stays.
#[derive(Debug, Clone, Default)]
#[expect(clippy::option_option, reason = "what stays, what is taken away and what is said differ")]
pub(crate) struct Change {
    /// Which one.
    pub(crate) installation_id: String,
    /// Its state; anything but assigned takes it from its customer.
    pub(crate) state: Option<State>,
    /// The customer it belongs to, and with it the state assigned.
    pub(crate) account: Option<Account>,
    /// A product of its own; `Some(None)` for that of its software.
    pub(crate) product_code: Option<Option<String>>,
    /// Its licence; `Some(None)` for none.
    pub(crate) licence_id: Option<Option<String>>,
    /// Whether its next report is told of that.
    pub(crate) licence_offered: Option<bool>,
}

impl Change {
    /// Nothing yet, of the installation `id`.
    pub(crate) fn of(id: impl Into<String>) -> Self {
        Self { installation_id: id.into(), ..Self::default() }
    }
}

/// A decision to be written.
#[derive(Debug, Clone)]
#[expect(clippy::struct_field_names, reason = "as its column is called")]
pub(crate) struct Decision {
    /// Its id, made with [`Cx::fresh_id`]; one decision may be written in several parts.
    pub(crate) decision_id: String,
    /// What kind it is.
    pub(crate) kind: Kind,
    /// What was decided, for people; see [`list`]: `customer`, `product`, `state`, `software`,
    /// `company`, `licence` are names shown, `mapped` is what undoing puts back.
    pub(crate) summary: Json,
    /// What becomes of which installations, at most 500 at once.
    pub(crate) changes: Vec<Change>,
    /// Statements and effects that stand or fall with it.
    pub(crate) with: Batch,
}

impl Decision {
    /// A decision without installations yet.
    pub(crate) fn new(cx: &Cx, kind: Kind, summary: Json) -> Self {
        let decision_id = cx.fresh_id();
        Self { decision_id, kind, summary, changes: Vec::new(), with: Batch::new() }
    }
}

/// Writes a decision, in one batch; answers its id. An installation that is not in the caller's
/// branch is a 404; one that somebody else changed meanwhile is a 409 after three attempts. Those
/// already as wanted are left out.
pub(crate) async fn decide(cx: &Cx, decision: Decision) -> Result<String, Problem> {
    let mut attempts = 0;
    loop {
        attempts += 1;
        match write::once(cx, &decision).await {
            Ok(()) => return Ok(decision.decision_id),
            Err(problem) if write::is_changed(&problem) && attempts < 3 => {}
            Err(problem) if write::is_changed(&problem) => {
                return Err(Problem::conflict(crate::store::decisions::CHANGED));
            }
            Err(problem) => return Err(problem),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn each_kind_has_its_texts() {
        let kinds = [
            Kind::Assign,
            Kind::State,
            Kind::Product,
            Kind::Company,
            Kind::Licence,
            Kind::Regularise,
        ];
        for kind in kinds {
            assert!(super::list::KINDS.iter().any(|(known, ..)| *known == kind.as_str()));
        }
    }
}
