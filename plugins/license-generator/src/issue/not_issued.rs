//! Why a licence was not issued.

use axum::http::StatusCode;
use plugin_api::form::sentence;
use plugin_api::{Cx, Fault, Problem};

use super::rights;
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
            Self::Rejected(Rejection { code: rights::CODE, errors }) => {
                let why = errors.first().map(|error| sentence(&cx.lang(), &error.detail));
                let problem = Problem::new(StatusCode::FORBIDDEN, rights::CODE).errors(errors);
                problem.detail(why.unwrap_or_default())
            }
            Self::Rejected(Rejection { code, errors }) => {
                Problem::unprocessable(code).errors(errors)
            }
        }
    }
}
