//! Which problems the documentation of an operation lists.

use std::collections::BTreeMap;

use plugin_api::problem::ProblemBody;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder, schema::Schema};
use utoipa::{IntoResponses, ToSchema};

/// The problems of calls of the administration.
pub(super) struct AdminProblems;

impl IntoResponses for AdminProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[
            ("400", "The request cannot be read."),
            ("401", "No valid token or session."),
            ("403", "The permission is missing."),
        ])
    }
}

/// Responses that are problems: their status, and what they mean.
pub(super) fn problems(told: &[(&str, &str)]) -> BTreeMap<String, RefOr<Response>> {
    let entry = |(status, description): &(&str, &str)| {
        let content = ContentBuilder::new()
            .schema(Some(RefOr::<Schema>::Ref(Ref::from_schema_name(ProblemBody::name()))))
            .build();
        let response = ResponseBuilder::new()
            .description(*description)
            .content("application/problem+json", content)
            .build();
        ((*status).to_owned(), RefOr::T(response))
    };
    told.iter().map(entry).collect()
}
