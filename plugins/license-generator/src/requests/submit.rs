//! A draft is sent to whoever may issue it.

use plugin_api::contracts::people::{self, OfOrganisation};
use plugin_api::db::{Audit, Batch};
use plugin_api::{Cx, Fault, FaultKind, FieldProblem};

use super::person;
use crate::create::summary::said;
use crate::domain::choices::{Origin, RequestState};
use crate::domain::draft::{Draft, Rejection};
use crate::domain::quick::said as members;
use crate::issue::{self, NotIssued, rights};
use crate::store::requests::Request;
use crate::{store, story};

/// Longest reason or answer, in characters.
pub(crate) const LONGEST_REASON: usize = 2000;

/// What somebody asks for, and why.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// The licence.
    pub draft: Draft,
    /// Why he needs it.
    pub reason: String,
}

/// Writes the request, when its draft makes sense; answers it.
pub(crate) async fn submit(cx: &Cx, asked: Asked) -> Result<Request, NotIssued> {
    let order = issue::prepare(cx, &asked.draft, Origin::Request).await?;
    let reason = asked.reason.trim().to_owned();
    let wrong = match reason.chars().count() {
        0 => Some("request-reason-required"),
        n if n > LONGEST_REASON => Some("field-too-long"),
        _ => None,
    };
    if let Some(key) = wrong {
        return Err(Rejection::fields(vec![FieldProblem::new("/motivo", key)]).into());
    }
    let obstacle = rights::would_refuse(cx, &order, 1).await?;
    let caller = cx.caller();
    let request = Request {
        request_id: cx.fresh_id(),
        organisation_id: caller.organisation_id.clone(),
        user_id: person(caller).to_owned(),
        asked_by: story::who(caller),
        email: email(cx).await?,
        language: caller.language.clone(),
        account_id: order.account.account_id,
        customer: Some(order.account.name),
        product_code: order.product.code,
        draft: asked.draft,
        reason,
        obstacle: obstacle.map(|rejection| said(&cx.lang(), &rejection)).unwrap_or_default(),
        state: RequestState::Waiting,
        decided_by: String::new(),
        decided_at: None,
        answer: String::new(),
        licence_id: None,
        created_at: cx.now(),
    };
    let audit = audit("request.sent", &request).after(members(&request.draft));
    let batch = Batch::new().and(store::requests::insertion(&request)?).audit(audit);
    cx.db().batch(batch).await?;
    Ok(request)
}

/// The audit row of an act on a request.
pub(super) fn audit(action: &str, request: &Request) -> Audit {
    let customer = request.customer.as_deref().unwrap_or_default();
    Audit::of(action, &request.request_id)
        .named(format!("{} · {customer}", request.product_code))
        .in_organisation(&request.organisation_id)
}

/// Where the caller is told what came of it; empty when nobody knows.
async fn email(cx: &Cx) -> Result<String, Fault> {
    let asked = OfOrganisation { organisation_id: cx.caller().organisation_id.clone() };
    let people = match cx.service(&people::OF_ORGANISATION, &asked).await {
        Ok(people) => people,
        Err(fault) if matches!(fault.kind, FaultKind::Unavailable | FaultKind::NotFound) => {
            return Ok(String::new());
        }
        Err(fault) => return Err(fault),
    };
    let own = people.into_iter().find(|one| one.id == person(cx.caller()));
    Ok(own.map(|one| one.email).unwrap_or_default())
}
