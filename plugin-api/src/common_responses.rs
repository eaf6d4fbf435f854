//! What every operation of a kind may answer, so that no handler has to say it: `OpenAPI` documents
//! list each status with its problem.

use http::StatusCode;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder};

use crate::Access;

/// Adds the answers that come before the handler: of the guard, of the extractors of a body and of a
/// query. What the handler documents itself stays.
pub(crate) fn complete(operation: &mut Operation, access: &Access) {
    if !matches!(access, Access::Public | Access::Credential) {
        add(operation, StatusCode::UNAUTHORIZED, "Nobody is signed in, or the token is not valid.");
        add(operation, StatusCode::FORBIDDEN, "The caller may not do this.");
        add(operation, StatusCode::TOO_MANY_REQUESTS, "Too many wrong tokens; see `Retry-After`.");
    }
    if operation.request_body.is_some() {
        add(operation, StatusCode::BAD_REQUEST, "The body cannot be read.");
        add(operation, StatusCode::PAYLOAD_TOO_LARGE, "The body is too large.");
        add(operation, StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body is not JSON.");
    }
    if has(operation, |parameter| parameter.parameter_in == ParameterIn::Query) {
        add(operation, StatusCode::BAD_REQUEST, "The query cannot be read.");
    }
    if has(operation, |parameter| parameter.parameter_in == ParameterIn::Path) {
        add(operation, StatusCode::NOT_FOUND, "There is no such thing in the caller's branch.");
    }
    if has(operation, |parameter| parameter.name == "Idempotency-Key") {
        add(operation, StatusCode::CONFLICT, "The same Idempotency-Key is being answered.");
        add(operation, StatusCode::UNPROCESSABLE_ENTITY, "The key was used with another body.");
    }
}

fn has(operation: &Operation, is: impl Fn(&Parameter) -> bool) -> bool {
    let mut parameters = operation.parameters.iter().flatten();
    parameters.any(|parameter| matches!(parameter, RefOr::T(parameter) if is(parameter)))
}

fn add(operation: &mut Operation, status: StatusCode, description: &str) {
    let schema = Ref::from_schema_name("ProblemBody");
    let content = ContentBuilder::new().schema(Some(schema)).build();
    let response = ResponseBuilder::new()
        .description(description)
        .content("application/problem+json", content)
        .build();
    let responses = &mut operation.responses.responses;
    responses.entry(status.as_str().to_owned()).or_insert(RefOr::T(response));
}
