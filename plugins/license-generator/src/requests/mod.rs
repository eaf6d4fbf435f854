//! Licences somebody asks others to issue, because they are beyond what he may issue himself.

mod decide;
mod list;
mod send;
mod show;
mod submit;

use plugin_api::{Access, Actor, Caller, Cx, Fault, Plugin, Problem, Routes, routes};

use crate::store::requests::Request;
use crate::{APPROVE, REQUEST, api, paths, store};

pub(crate) use decide::{approve, refuse, withdraw};
pub(crate) use list::spec;
pub(crate) use submit::{Asked, submit};

/// Adds the pages, operations, permissions and menu entries of requests.
pub(crate) fn add_to(plugin: Plugin) -> Plugin {
    let (request, approve) = (Access::permission(REQUEST), Access::permission(APPROVE));
    let either = Access::AnyOf(vec![REQUEST.to_owned(), APPROVE.to_owned()]);
    let pages = Routes::new()
        .get(paths::REQUESTS, list::all, approve.clone())
        .get(paths::REQUESTS_EXPORT, list::export, approve.clone())
        .get(paths::MY_REQUESTS, list::mine, request.clone())
        .get(paths::MY_REQUESTS_EXPORT, list::export_mine, request.clone())
        .post(paths::REQUEST_SEND, send::handle, request.clone())
        .get(paths::REQUEST_SHOW, show::handle, either.clone())
        .post(paths::REQUEST_APPROVE, show::approve, approve.clone())
        .post(paths::REQUEST_REFUSE, show::refuse, approve.clone())
        .post(paths::REQUEST_WITHDRAW, show::withdraw, request.clone());
    let operations = Routes::new()
        .api(routes!(api::richieste::elenca::handle), &either)
        .api(routes!(api::richieste::leggi::handle), &either)
        .api(routes!(api::richieste::crea::handle), &request)
        .api(routes!(api::richieste::decidi::approva), &approve)
        .api(routes!(api::richieste::decidi::rifiuta), &approve)
        .api(routes!(api::richieste::decidi::annulla), &request);
    plugin
        .permission("request", &["reseller", "sub-company", "agent"])
        .permission("approve", &["reseller"])
        .menu("requests", paths::REQUESTS, "check", "approve", "")
        .hint("requests-about")
        .group("licences")
        .badge(|cx: Cx| async move { store::requests::waiting(&cx.db(), cx.scope()).await })
        .menu("my-requests", paths::MY_REQUESTS, "clock", "request", "")
        .hint("my-requests-about")
        .group("licences")
        .unless("approve")
        .routes(pages)
        .routes(operations)
}

/// The id of the person behind the caller; empty for a job.
pub(crate) fn person(caller: &Caller) -> &str {
    match &caller.actor {
        Actor::User { id, .. } => id,
        Actor::Token { user_id, .. } => user_id,
        Actor::Job { .. } | Actor::Anonymous => "",
    }
}

/// A request the caller may see: one of his branch when he may decide, else one of his own.
pub(crate) async fn found(cx: &Cx, id: &str) -> Result<Request, Problem> {
    let request = store::requests::find(&cx.db(), cx.scope(), id).await?;
    let may_see = |request: &Request| cx.may(APPROVE) || is_own(cx, request);
    request.filter(may_see).ok_or_else(Problem::not_found)
}

/// Whether the caller asked for it.
pub(crate) fn is_own(cx: &Cx, request: &Request) -> bool {
    request.user_id == person(cx.caller())
}

/// Whether writing failed because somebody else decided.
fn is_decided(fault: &Fault) -> bool {
    fault.is_mismatch(store::requests::LABEL)
}
