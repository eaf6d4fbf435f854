//! Which problems the documentation of an operation lists.

use std::collections::BTreeMap;

use plugin_api::problem::ProblemBody;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder, schema::Schema};
use utoipa::{IntoResponses, ToSchema};

/// The problems of calls whose credential is an activation key.
pub(super) struct KeyProblems;

/// The problems of calls of the administration.
pub(super) struct AdminProblems;

impl IntoResponses for KeyProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[
            ("400", "The body cannot be read, or `chiave_non_valida`: the key is malformed."),
            ("404", "`chiave_sconosciuta`: nobody has this key."),
            ("413", "The body is larger than what is accepted."),
            (
                "422",
                "`licenza_scaduta`, `licenza_sospesa`, `licenza_revocata`, `licenza_in_attesa`, \
                 `dispositivo_non_attivato`, `prodotto_errato`, `versione_non_inclusa`, or \
                 `validation` with the fields that are wrong.",
            ),
        ])
    }
}

impl IntoResponses for AdminProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[
            ("400", "The request cannot be read."),
            ("401", "No valid token or session."),
            ("403", "The permission is missing."),
            ("422", "The request makes no sense; `errors` names the fields."),
        ])
    }
}

/// The problems of changing a licence that exists.
pub(super) struct ChangeProblems;

impl IntoResponses for ChangeProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut all = AdminProblems::responses();
        all.extend(problems(&[
            ("404", "No such licence in the caller's branch."),
            (
                "409",
                "`stato_cambiato`: somebody was faster, or its state does not allow it; \
                 `sospesa_per_pagamento`, `sospesa_col_cliente`: that suspension only ends by itself; \
                 or the same Idempotency-Key is being answered.",
            ),
        ]));
        all
    }
}

fn problems(told: &[(&str, &str)]) -> BTreeMap<String, RefOr<Response>> {
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
