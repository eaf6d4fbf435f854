//! Why a node is not made or changed, before page or API says it in its own words.

use plugin_api::{Fault, FieldProblem, Problem};

/// Why a node is not made or changed.
#[derive(Debug)]
pub enum Refusal {
    /// What is wrong with single fields: `name`, `kind` or `parent`, and a text key.
    Fields(Vec<(&'static str, &'static str)>),
    /// Somebody changed the node after the version the change was made from.
    Stale,
    /// Anything else.
    Other(Problem),
}

/// As pages say it, whose fields are called as they are here.
impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Fields(fields) => {
                let field = |(name, key)| FieldProblem::new(format!("/{name}"), key);
                Self::validation(fields.into_iter().map(field).collect())
            }
            Refusal::Stale => Self::conflict("organisation_changed"),
            Refusal::Other(problem) => problem,
        }
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Other(problem)
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        if fault.is_mismatch("version") {
            return Self::Stale;
        }
        // The tree changed between the check and the write, which tells it first.
        if fault.is_mismatch("organisation") {
            return Self::Other(Problem::conflict("organisation_changed"));
        }
        Self::Other(fault.into())
    }
}
