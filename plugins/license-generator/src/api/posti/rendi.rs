//! `DELETE /api/licenze/posti/{id}`: a floating seat is given back, a borrowed one early.

use plugin_api::db::Batch;
use plugin_api::{Cx, Json, Path, Problem, Scope};
use serde::Serialize;
use utoipa::ToSchema;

use super::{GivenKey, SeatRequest, licence_of, line, not_floating, refuse};
use crate::api::problems::KeyProblems;
use crate::api::trail::Trail;
use crate::domain::refusal::Refusal;
use crate::domain::verdict::Verdict;
use crate::store;
use crate::store::log::{Action, KeyKind};
use crate::store::seats::is_contested;

/// How often a seat that changes meanwhile is looked for again.
const ATTEMPTS: usize = 8;

/// The answer to a device that gave its seat back.
#[derive(Debug, Serialize, ToSchema)]
pub struct GivenBackAnswer {
    /// Id of the seat that is free now.
    id: String,
    /// Seats that are out.
    #[schema(example = 4)]
    posti_fuori: i64,
    /// Seats there are.
    #[schema(example = 20)]
    posti_massimi: i64,
}

/// Gives a floating seat back: the next one may have it at once, whatever the state of the licence.
#[utoipa::path(
    delete,
    path = "/api/licenze/posti/{id}",
    operation_id = "rendi_posto",
    tag = "licenze",
    params(
        ("id" = String, Path, description = "Id of the seat."),
        ("X-Chiave-Licenza" = Option<String>, Header,
            description = "The activation key, instead of a body."),
    ),
    request_body = SeatRequest,
    responses(
        (status = 200, description = "The seat is free.", body = GivenBackAnswer),
        KeyProblems,
    )
)]
pub async fn handle(
    cx: Cx,
    Path(id): Path<String>,
    GivenKey(key): GivenKey,
) -> Result<Json<GivenBackAnswer>, Problem> {
    let db = cx.db();
    let trail = Trail::of(&cx, Action::PostoRendi, KeyKind::Activation);
    let Some(licence) = licence_of(&cx, key).await? else {
        return refuse(&cx, &trail, None, Refusal::UnknownKey).await;
    };
    if let Some(refusal) = not_floating(&licence) {
        return refuse(&cx, &trail, Some(&licence), refusal).await;
    }
    // The key is the credential: it named this licence by itself.
    let scope = Scope::everything();
    for _ in 0..ATTEMPTS {
        let Some(seat) = store::seats::by_id(&db, &scope, &licence.licence_id, &id).await? else {
            break;
        };
        let trail = Trail::of(&cx, Action::PostoRendi, KeyKind::Activation)
            .device(&seat.fingerprint, &seat.device_name);
        let log = Batch::new().and(line(&cx, &trail, &licence, Verdict::Admitted));
        match store::seats::give_back(&db, &scope, &licence.licence_id, &id, log).await {
            Ok(()) => {
                let out = store::seats::out(&db, &licence.licence_id, cx.now()).await?;
                return Ok(Json(GivenBackAnswer {
                    id,
                    posti_fuori: out.held,
                    posti_massimi: licence.seats_max.unwrap_or_default(),
                }));
            }
            Err(fault) if is_contested(&fault) => {}
            Err(fault) => return Err(fault.into()),
        }
    }
    refuse(&cx, &trail, Some(&licence), Refusal::SeatUnknown).await
}
