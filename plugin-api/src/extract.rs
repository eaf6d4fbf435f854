//! axum's extractors with rejections that are problems; the originals are banned in `clippy.toml`.

use axum::extract::rejection::{JsonRejection, PathRejection, RawFormRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::request::Parts;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{FieldProblem, Problem};

/// A JSON body, in or out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Json<T>(pub T);

/// An URL-encoded body.
#[derive(Debug, Clone, Copy, Default)]
pub struct Form<T>(pub T);

/// The query string.
#[derive(Debug, Clone, Copy, Default)]
pub struct Query<T>(pub T);

/// Parameters of the path. One that cannot be read names nothing: 404.
#[derive(Debug, Clone, Copy, Default)]
pub struct Path<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

#[expect(clippy::disallowed_types, reason = "the one place that wraps it")]
impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(value)) => Ok(Self(value)),
            Err(rejection) => Err(json_problem(&rejection)),
        }
    }
}

#[expect(clippy::disallowed_types, reason = "as above")]
impl<T: DeserializeOwned> Json<T> {
    /// A body that is JSON whatever its `Content-Type` says; refused as the extractor refuses it.
    pub fn from_bytes(body: &[u8]) -> Result<Self, Problem> {
        match axum::Json::<T>::from_bytes(body) {
            Ok(axum::Json(value)) => Ok(Self(value)),
            Err(rejection) => Err(json_problem(&rejection)),
        }
    }
}

/// A repeated name (`checkboxes`, the rows of a bulk action) is read into a `Vec`.
impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Form<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match axum::extract::RawForm::from_request(request, state).await {
            Ok(axum::extract::RawForm(bytes)) => serde_html_form::from_bytes(&bytes)
                .map(Self)
                .map_err(|error| unreadable(StatusCode::BAD_REQUEST, error.to_string())),
            Err(RawFormRejection::InvalidFormContentType(_)) => {
                Err(unsupported("application/x-www-form-urlencoded"))
            }
            Err(rejection) => Err(unreadable(rejection.status(), rejection.body_text())),
        }
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        serde_html_form::from_str(parts.uri.query().unwrap_or_default())
            .map(Self)
            .map_err(|error| unreadable(StatusCode::BAD_REQUEST, error.to_string()))
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        #[expect(clippy::disallowed_types, reason = "the one place that wraps it")]
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(PathRejection::FailedToDeserializePathParams(_)) => Err(Problem::not_found()),
            Err(rejection) => Err(unreadable(rejection.status(), rejection.body_text())),
        }
    }
}

fn json_problem(rejection: &JsonRejection) -> Problem {
    match rejection {
        // serde's words name the field: `licenza.dispositivi: invalid type …`.
        JsonRejection::JsonDataError(error) => {
            let text = error.body_text();
            let told = text.rsplit_once("target type: ").map_or(text.as_str(), |(_, told)| told);
            let (path, told) = told.split_once(": ").unwrap_or(("", told));
            let pointer = if path.is_empty() || path.contains(' ') {
                String::new()
            } else {
                format!("/{}", path.replace(['.', '['], "/").replace(']', ""))
            };
            Problem::validation(vec![FieldProblem::new(pointer, told)])
        }
        JsonRejection::MissingJsonContentType(_) => unsupported("application/json"),
        other => unreadable(other.status(), other.body_text()),
    }
}

fn unsupported(expected: &str) -> Problem {
    Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type")
        .argument("expected", expected)
}

fn unreadable(status: StatusCode, told: String) -> Problem {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(status, "too_large"),
        status if status.is_client_error() => {
            Problem::malformed("malformed_body").argument("told", told)
        }
        _ => Problem::malformed("malformed_body").argument("told", ""),
    }
}
