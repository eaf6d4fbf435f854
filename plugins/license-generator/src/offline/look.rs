//! What stands behind a request: its licence, if the caller may bring it, and whether it will be
//! refused. Nothing is taken by looking.

use axum::http::StatusCode;
use plugin_api::{Cx, Lang, Problem};

use super::answer::explained;
use super::licence_of;
use super::request::Request;
use crate::api::key_hash;
use crate::clients::Facts;
use crate::domain::decision::Question;
use crate::domain::licence::Licence;
use crate::domain::offline::Action;
use crate::domain::refusal::Refusal;
use crate::domain::verdict::Verdict;

/// What stands behind a request.
pub(super) struct Looked {
    /// Its licence.
    pub(super) licence: Licence,
    /// Why it will be refused, as far as that is known before.
    pub(super) refusal: Option<Problem>,
}

/// Reads a request and finds its licence, if the caller may bring it.
pub(super) async fn read(cx: &Cx, text: &str) -> Result<(Request, Looked), Problem> {
    let request = Request::read(text)?;
    let hash = key_hash(cx, request.key()?).await?;
    let asked = request.asked()?;
    let found = asked.by_key(cx, &hash).await?.ok_or(Refusal::UnknownKey)?;
    // A licence of another branch answers like a key nobody has.
    let licence = match licence_of(cx, &found.licence.licence_id).await {
        Err(problem) if problem.status() == StatusCode::NOT_FOUND => {
            return Err(Refusal::UnknownKey.into());
        }
        licence => licence?,
    };
    let refusal = match request.action {
        Action::Disattiva | Action::Rinnova => {
            let facts = Facts::gather(cx, found, &asked, Question::Validation).await?;
            (!facts.has_seat()).then_some(Refusal::NotActivated)
        }
        Action::Attiva => {
            let facts = Facts::gather(cx, found, &asked, Question::Activation).await?;
            let refusal = facts.case(&asked, Question::Activation, cx.now()).refusal();
            Verdict::of(&facts.licence, refusal).refusal()
        }
    };
    let refusal = refusal.map(|refusal| explained(cx, refusal.into()));
    Ok((request, Looked { licence, refusal }))
}

/// What is wrong, in words: the fields of a request are not fields of the page.
pub(super) fn said(lang: &Lang, problem: &Problem) -> String {
    let body = problem.body(lang, "");
    let fields = body.errors.iter();
    let fields: Vec<String> =
        fields.map(|error| format!("{}: {}", error.pointer, error.detail)).collect();
    if fields.is_empty() { body.detail } else { format!("{} {}", body.detail, fields.join(" · ")) }
}
