//! Problems that the documentation of several operations lists.

use plugin_api::problem::ProblemBody;
use utoipa::IntoResponses;

/// The customer is not there.
#[derive(IntoResponses)]
#[response(
    status = 404,
    description = "No such customer in the caller's branch: `not_found`",
    content_type = "application/problem+json"
)]
#[expect(dead_code, reason = "only documents")]
pub(super) struct NoCustomer(#[to_schema] ProblemBody);

/// The customer or a part of it is not there.
#[derive(IntoResponses)]
#[response(
    status = 404,
    description = "No such thing in the caller's branch: `not_found`",
    content_type = "application/problem+json"
)]
#[expect(dead_code, reason = "only documents")]
pub(super) struct NoPart(#[to_schema] ProblemBody);

/// The customer takes no changes.
#[derive(IntoResponses)]
#[response(
    status = 409,
    description = "`customer_closed`: it was merged into another or erased",
    content_type = "application/problem+json"
)]
#[expect(dead_code, reason = "only documents")]
pub(super) struct Closed(#[to_schema] ProblemBody);

/// Fields are wrong.
#[derive(IntoResponses)]
#[response(status = 422, description = "`validation`", content_type = "application/problem+json")]
#[expect(dead_code, reason = "only documents")]
pub(super) struct Invalid(#[to_schema] ProblemBody);
