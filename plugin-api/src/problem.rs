//! The one error of the HTTP edge: RFC 9457 problem details with a stable `codice`.

use std::borrow::Cow;

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::{Fault, FaultKind, Lang};

/// A refusal or failure on its way to the client.
///
/// Its text is found when it is rendered, in the caller's language: the key `problem-<codice>` (with
/// `-` for `_`) of the plugin's or the shared texts.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{} {}", .0.status, .0.code)]
pub struct Problem(Box<Inner>);

#[derive(Debug, Clone)]
struct Inner {
    status: StatusCode,
    code: Cow<'static, str>,
    detail: Option<String>,
    arguments: Vec<(&'static str, String)>,
    errors: Vec<FieldProblem>,
    members: Map<String, Json>,
    source: Option<Fault>,
    retry_after: Option<u32>,
}

/// What is wrong with one field of the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldProblem {
    /// JSON pointer (RFC 6901) into the body, or the name of a parameter.
    pub pointer: String,
    /// What is wrong, in the caller's language once rendered.
    pub detail: String,
}

/// The document a client gets (`application/problem+json`).
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ProblemBody {
    /// Always `about:blank`: `codice` tells problems apart.
    pub r#type: &'static str,
    /// The HTTP status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// Stable code for software.
    pub codice: String,
    /// What happened and what to do, for people.
    pub detail: String,
    /// The request's id, as it stands in the server's log.
    pub instance: String,
    /// Fields that are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    pub errors: Vec<FieldProblem>,
    /// Further members of this `codice`.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub members: Map<String, Json>,
}

impl Problem {
    /// A problem of `status` with the stable code `codice`.
    pub fn new(status: StatusCode, codice: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            status,
            code: codice.into(),
            detail: None,
            arguments: Vec::new(),
            errors: Vec::new(),
            members: Map::new(),
            source: None,
            retry_after: None,
        }))
    }

    /// 400: the request cannot be read.
    pub fn malformed(codice: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, codice)
    }

    /// 404: no such thing, or it lies outside the caller's branch.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found")
    }

    /// 401: nobody is signed in.
    pub fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized")
    }

    /// 403: the caller may not do this.
    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden")
    }

    /// 409: it clashes with what is there.
    pub fn conflict(codice: &'static str) -> Self {
        Self::new(StatusCode::CONFLICT, codice)
    }

    /// 429: too many requests; the next one is welcome after `seconds` (`Retry-After`, RFC 9110
    /// §10.2.3).
    pub fn too_many_requests(seconds: u32) -> Self {
        let mut problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests");
        problem.0.retry_after = Some(seconds);
        problem
    }

    /// Says after how many seconds it is worth asking again (`Retry-After`, RFC 9110 §10.2.3).
    #[must_use]
    pub fn retry_in(mut self, seconds: u32) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }

    /// 422: readable, but it makes no sense.
    pub fn unprocessable(codice: &'static str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, codice)
    }

    /// 422 with the fields that are wrong: JSON pointer and text key or sentence.
    pub fn validation(errors: Vec<FieldProblem>) -> Self {
        Self::unprocessable("validation").errors(errors)
    }

    /// The fields that are wrong.
    #[must_use]
    pub fn errors(mut self, errors: Vec<FieldProblem>) -> Self {
        self.0.errors = errors;
        self
    }

    /// The same problem for a body whose fields are called otherwise: `pointer` gives the place of
    /// each.
    #[must_use]
    pub fn pointing(mut self, pointer: impl Fn(&str) -> String) -> Self {
        for error in &mut self.0.errors {
            error.pointer = pointer(&error.pointer);
        }
        self
    }

    /// A ready sentence instead of the text of the code.
    #[must_use]
    pub fn detail(mut self, sentence: impl Into<String>) -> Self {
        self.0.detail = Some(sentence.into());
        self
    }

    /// A named argument of the text.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "numbers and texts are handed in as they are"
    )]
    pub fn argument(mut self, name: &'static str, value: impl ToString) -> Self {
        self.0.arguments.push((name, value.to_string()));
        self
    }

    /// A further member of the document.
    #[must_use]
    pub fn member(mut self, name: &str, value: impl Into<Json>) -> Self {
        self.0.members.insert(name.to_owned(), value.into());
        self
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The stable code.
    pub fn codice(&self) -> &str {
        &self.0.code
    }

    /// What failed underneath, for the log.
    pub fn fault(&self) -> Option<&Fault> {
        self.0.source.as_ref()
    }

    pub(crate) fn retry_after(&self) -> Option<u32> {
        self.0.retry_after
    }

    pub(crate) fn fault_kind(&self) -> Option<FaultKind> {
        self.0.source.as_ref().map(|fault| fault.kind)
    }

    /// The sentence people read.
    pub fn sentence(&self, lang: &Lang) -> String {
        if let Some(detail) = &self.0.detail {
            return detail.clone();
        }
        let key = format!("problem-{}", self.0.code.replace('_', "-"));
        let arguments: Vec<(&str, &str)> =
            self.0.arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
        lang.with(&key, &arguments)
    }

    /// The document in the reader's language.
    pub fn body(&self, lang: &Lang, instance: &str) -> ProblemBody {
        ProblemBody {
            r#type: "about:blank",
            title: lang.t(&format!("status-{}", self.0.status.as_u16())),
            status: self.0.status.as_u16(),
            codice: self.0.code.to_string(),
            detail: self.sentence(lang),
            instance: instance.to_owned(),
            errors: self
                .0
                .errors
                .iter()
                .map(|error| FieldProblem {
                    pointer: error.pointer.clone(),
                    detail: if lang.has(&error.detail) {
                        lang.t(&error.detail)
                    } else {
                        error.detail.clone()
                    },
                })
                .collect(),
            members: self.0.members.clone(),
        }
    }
}

impl FieldProblem {
    /// A problem of the field at `pointer`; `detail` is a text key or a sentence.
    pub fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), detail: detail.into() }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        let (status, code) = match fault.kind {
            FaultKind::Unique | FaultKind::Conflict => (StatusCode::CONFLICT, "conflict"),
            FaultKind::Refused => (StatusCode::FORBIDDEN, "forbidden"),
            FaultKind::NotFound => (StatusCode::NOT_FOUND, "not_found"),
            FaultKind::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
            FaultKind::Retry | FaultKind::Timeout | FaultKind::Unavailable => {
                (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
            }
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        };
        let mut problem = Self::new(status, code);
        problem.0.source = Some(fault);
        problem
    }
}

/// The problem travels in the extensions; the layer around every route writes its document.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
