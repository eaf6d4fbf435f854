//! Which problems the documentation of the administration's operations lists.

use std::collections::BTreeMap;

use plugin_api::problem::ProblemBody;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder, schema::Schema};
use utoipa::{IntoResponses, ToSchema};

/// The problems of operations on releases and rollouts.
pub(super) struct AdminProblems;

impl IntoResponses for AdminProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let told = [
            ("400", "The request cannot be read."),
            ("404", "No such thing in the caller's branch."),
            (
                "409",
                "It does not go with where the thing stands: `rilascio_uscito`, \
                 `rilascio_non_uscito`, `rilascio_cambiato`, `gia_nel_canale`, \
                 `distribuzione_in_corso`, `distribuzione_cambiata`, `tuf_not_begun`, \
                 `tuf_changing`.",
            ),
            ("422", "It makes no sense; `errors` names the fields."),
        ];
        told.into_iter().map(entry).collect()
    }
}

/// The problems of changing what has a version, besides.
pub(super) struct VersionProblems;

impl IntoResponses for VersionProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let told = [
            ("412", "`precondition_failed`: somebody changed it meanwhile."),
            ("428", "`precondition_required`: `If-Match` is missing."),
        ];
        told.into_iter().map(entry).collect()
    }
}

/// The problems of files in parts, besides.
pub(super) struct PartProblems;

impl IntoResponses for PartProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        [entry(("412", "`tus_versione`: another version of the protocol."))].into()
    }
}

fn entry((status, description): (&str, &str)) -> (String, RefOr<Response>) {
    let content = ContentBuilder::new()
        .schema(Some(RefOr::<Schema>::Ref(Ref::from_schema_name(ProblemBody::name()))))
        .build();
    let response = ResponseBuilder::new()
        .description(description)
        .content("application/problem+json", content)
        .build();
    (status.to_owned(), RefOr::T(response))
}
