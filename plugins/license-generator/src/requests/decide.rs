//! A request is approved, which issues its licence, refused, or withdrawn.

use plugin_api::db::{Batch, Mail, MailLink};
use plugin_api::{Cx, Fault, FieldProblem, Lang, Problem};
use serde_json::json;

use super::submit::{LONGEST_REASON, audit};
use super::{is_decided, is_own};
use crate::domain::choices::{Origin, RequestState};
use crate::domain::draft::Rejection;
use crate::issue::{self, NotIssued};
use crate::store::requests::Request;
use crate::{paths, store, story};

/// Issues the licence on the caller's own rights, and says so, in one transaction; why it cannot be
/// issued otherwise, and then nothing is written.
pub(crate) async fn approve(
    cx: &Cx,
    request: &Request,
    answer: &str,
) -> Result<Result<Request, Rejection>, Problem> {
    still_waiting(request)?;
    let answer = checked(answer)?;
    cx.transaction(|tx| {
        let answer = answer.clone();
        async move {
            let issued = match issue::issue(&tx, &request.draft, Origin::Request).await {
                Ok(issued) => issued,
                Err(NotIssued::Rejected(rejection)) => return Ok(Err(rejection)),
                Err(NotIssued::Failed(fault)) => return Err(fault.into()),
            };
            let decided = Request {
                licence_id: Some(issued.licence_id),
                ..decided(&tx, request, RequestState::Approved, answer)
            };
            write(&tx, &decided, "request.approved").await?;
            Ok(Ok(decided))
        }
    })
    .await
}

/// Refuses the request; `answer` says why.
pub(crate) async fn refuse(cx: &Cx, request: &Request, answer: &str) -> Result<Request, Problem> {
    still_waiting(request)?;
    let answer = checked(answer)?;
    if answer.is_empty() {
        let error = FieldProblem::new("/motivo", "request-answer-required");
        return Err(Problem::validation(vec![error]));
    }
    let decided = decided(cx, request, RequestState::Refused, answer);
    write(cx, &decided, "request.refused").await?;
    Ok(decided)
}

/// Takes back the caller's own request.
pub(crate) async fn withdraw(cx: &Cx, request: &Request) -> Result<Request, Problem> {
    if !is_own(cx, request) {
        return Err(Problem::not_found());
    }
    still_waiting(request)?;
    let decided = decided(cx, request, RequestState::Withdrawn, String::new());
    write(cx, &decided, "request.withdrawn").await?;
    Ok(decided)
}

fn still_waiting(request: &Request) -> Result<(), Problem> {
    if request.state == RequestState::Waiting {
        return Ok(());
    }
    Err(Problem::conflict("richiesta_decisa"))
}

fn checked(answer: &str) -> Result<String, Problem> {
    let answer = answer.trim();
    if answer.chars().count() > LONGEST_REASON {
        return Err(Problem::validation(vec![FieldProblem::new("/motivo", "field-too-long")]));
    }
    Ok(answer.to_owned())
}

fn decided(cx: &Cx, request: &Request, state: RequestState, answer: String) -> Request {
    Request {
        state,
        answer,
        decided_by: story::who(cx.caller()),
        decided_at: Some(cx.now()),
        ..request.clone()
    }
}

async fn write(cx: &Cx, decided: &Request, action: &str) -> Result<(), Problem> {
    let audit = audit(action, decided).before(json!({ "state": "waiting" })).after(json!({
        "state": decided.state.as_str(),
        "answer": decided.answer,
        "licence": decided.licence_id,
    }));
    let batch = Batch::new().and(store::requests::decision(cx.scope(), decided)).audit(audit);
    let batch = match mail(cx, decided) {
        Some(mail) => batch.mail(mail),
        None => batch,
    };
    match cx.db().batch(batch).await {
        Ok(_) => Ok(()),
        Err(fault) if is_decided(&fault) => Err(Problem::conflict("richiesta_decisa")),
        Err(fault) => Err(Fault::into(fault)),
    }
}

/// Tells whoever asked, in his language; who withdrew it knows.
fn mail(cx: &Cx, decided: &Request) -> Option<Mail> {
    let key = match decided.state {
        RequestState::Approved => "approved",
        RequestState::Refused => "refused",
        RequestState::Waiting | RequestState::Withdrawn => return None,
    };
    if decided.email.is_empty() {
        return None;
    }
    let customer = decided.customer.clone().unwrap_or_default();
    let say = |make: &dyn Fn(&Lang) -> String| {
        let texts = cx.in_languages(make);
        texts.get(&decided.language).or_else(|| texts.get("en")).cloned().unwrap_or_default()
    };
    let arguments = [
        ("product", decided.product_code.as_str()),
        ("customer", customer.as_str()),
        ("by", decided.decided_by.as_str()),
    ];
    let mut paragraphs = vec![say(&|lang| lang.with(&format!("mail-request-{key}"), &arguments))];
    if !decided.answer.is_empty() {
        paragraphs.push(decided.answer.clone());
    }
    let path = match &decided.licence_id {
        Some(id) => paths::of(paths::SHOW, id),
        None => paths::of(paths::REQUEST_SHOW, &decided.request_id),
    };
    Some(Mail {
        kind: "request.decided".to_owned(),
        to: decided.email.clone(),
        to_name: decided.asked_by.clone(),
        organisation_id: decided.organisation_id.clone(),
        subject: say(&|lang| lang.with(&format!("mail-request-{key}-subject"), &arguments)),
        paragraphs,
        link: Some(MailLink { label: say(&|lang| lang.t("mail-request-link")), path }),
        unique_key: format!("request:{}", decided.request_id),
        ..Mail::default()
    })
}
