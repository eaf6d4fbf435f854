//! Why a licence was not issued.

use plugin_api::{Cx, Fault, FieldProblem, Problem};
use serde_json::json;

use crate::domain::draft::Rejection;

/// Why none was issued.
#[derive(Debug)]
pub enum NotIssued {
    /// What was asked makes no sense.
    Rejected(Rejection),
    /// Something failed.
    Failed(Fault),
}

impl From<Rejection> for NotIssued {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }
}
impl From<Fault> for NotIssued {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault)
    }
}

impl NotIssued {
    /// The problem an API answers with.
    pub fn problem(self, cx: &Cx) -> Problem {
        match self {
            Self::Failed(fault) => fault.into(),
            Self::Rejected(Rejection { code: "validation", errors }) => Problem::validation(errors),
            Self::Rejected(Rejection { code, errors }) => {
                let lang = cx.lang();
                let told = |error: &FieldProblem| json!({ "pointer": error.pointer, "detail": lang.t(&error.detail) });
                let errors: Vec<_> = errors.iter().map(told).collect();
                Problem::unprocessable(code).member("errors", errors)
            }
        }
    }
}
