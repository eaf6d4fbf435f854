//! `/api/admin/licenze`: licences for programs of the administration.

pub mod assegna;
pub mod azioni;
pub mod body;
pub mod converti;
pub mod create;
pub mod detail;
pub mod get;
pub mod list;
pub mod rinnova;
pub mod stato;
pub mod trasferisci;
pub mod update;

use axum::http::StatusCode;
use plugin_api::{Access, Cx, Problem, Routes, routes};
use serde::{Deserialize, Serialize};

use crate::domain::draft::Rejection;
use crate::domain::licence::Licence;
use crate::issue::NotIssued;
use crate::renewals::RENEW;
use crate::{ISSUE, READ, store};

pub use body::{Periodo, RenewBody, RenewRequest};

/// The routes.
pub(crate) fn routes() -> Routes {
    let (read, issue) = (Access::permission(READ), Access::permission(ISSUE));
    let renew = Access::permission(RENEW);
    Routes::new()
        .api(routes!(list::handle), &read)
        .api(routes!(get::handle), &read)
        .api(routes!(create::handle), &issue)
        .api(routes!(update::handle), &issue)
        .api(routes!(stato::suspend), &issue)
        .api(routes!(stato::resume), &issue)
        .api(routes!(stato::revoke), &issue)
        .api(routes!(stato::confirm), &issue)
        .api(routes!(trasferisci::handle), &issue)
        .api(routes!(assegna::handle), &issue)
        .api(routes!(converti::handle), &issue)
        .api(routes!(rinnova::handle), &renew)
        .api(routes!(azioni::handle), &Access::AnyOf(vec![ISSUE.to_owned(), RENEW.to_owned()]))
}

/// What is kept to answer a repetition: never a key.
#[derive(Debug, Serialize, Deserialize)]
struct Done {
    id: String,
}

impl Done {
    /// The answer to keep about a licence.
    fn about(id: &str) -> (StatusCode, Self) {
        (StatusCode::OK, Self { id: id.to_owned() })
    }
}

/// The licence with this id in the caller's branch.
async fn found(cx: &Cx, id: &str) -> Result<Licence, Problem> {
    store::licences::get(&cx.db(), cx.scope(), id).await?.ok_or_else(Problem::not_found)
}

/// Nothing, or the problem of a rejection.
fn accepted(cx: &Cx, outcome: Result<(), Rejection>) -> Result<(), Problem> {
    outcome.map_err(|rejection| NotIssued::Rejected(rejection).problem(cx))
}
