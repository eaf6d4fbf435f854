//! Undoing a decision: only what still is as it left it goes back.

use axum::response::{IntoResponse as _, Response};
use plugin_api::db::{Audit, Batch};
use plugin_api::lent::JobState;
use plugin_api::{Cx, Fault, Path, Problem, SeeOther};
use serde::{Deserialize, Serialize};

use super::write::{Step, is_changed, moving, who};
use crate::paths;
use crate::store::decisions::{self as store, Row, Standing};
use crate::store::{companies, software};

/// Installations undone in one batch.
const CHUNK: usize = 200;

/// What a decision said of software or a company, and what was said before.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::mapping) struct Mapped {
    /// `software` or `company`.
    pub(in crate::mapping) what: String,
    /// Its id.
    pub(in crate::mapping) id: String,
    /// The product code or the customer's id before.
    pub(in crate::mapping) before: Option<String>,
    /// And after.
    pub(in crate::mapping) after: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Summary {
    mapped: Vec<Mapped>,
}

/// Undoes it and says how many installations were not as it left them.
pub(in crate::mapping) async fn handle(
    cx: Cx,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let row = store::by_id(&cx.db(), cx.scope(), &id).await?.ok_or_else(Problem::not_found)?;
    let lang = cx.lang();
    let back = SeeOther::to(cx.url(paths::DECISIONS));
    if row.undone_at.is_some() {
        return Ok(back.saying(lang.t("decision-undone-already")).into_response());
    }
    let needs = if matches!(row.kind.as_str(), "licence" | "regularise") {
        crate::LICENSE
    } else {
        crate::CLASSIFY
    };
    if !cx.may(needs) {
        return Err(Problem::forbidden());
    }
    if is_at_work(&cx, &row).await? {
        // What it still decides about would not be undone.
        cx.cancel_job(&row.decision_id).await?;
        return Ok(back.saying(lang.t("decision-undone-stopping")).into_response());
    }
    let (done, left) = undo(&cx, &row).await?;
    if done == 0 && left > 0 {
        return Ok(back.saying(lang.t("decision-undone-none")).into_response());
    }
    let said = lang.with(
        if left == 0 { "decision-undone-all" } else { "decision-undone-some" },
        &[("n", &lang.number(done)), ("left", &lang.number(left))],
    );
    Ok(back.saying(said).into_response())
}

/// Whether the job that makes the decision waits or works; it has the decision's id.
async fn is_at_work(cx: &Cx, row: &Row) -> Result<bool, Fault> {
    let status = cx.job_status(&row.decision_id).await?;
    Ok(status.is_some_and(|job| matches!(job.state, JobState::Queued | JobState::Running)))
}

/// Undoes `row`; answers how many installations went back and how many were left. Where all of them
/// were changed since, it stays as it is: it can be undone once what came later is.
async fn undo(cx: &Cx, row: &Row) -> Result<(i64, i64), Problem> {
    let (mut done, mut left, mut after) = (0, 0, String::new());
    loop {
        let chunk = store::decided(&cx.db(), &row.decision_id, &after, CHUNK).await?;
        let Some(last) = chunk.last() else { break };
        after.clone_from(&last.installation_id);
        let mut attempts = 0;
        let undone = loop {
            attempts += 1;
            match part(cx, &chunk).await {
                Err(problem) if is_changed(&problem) && attempts < 3 => {}
                outcome => break outcome?,
            }
        };
        done += undone;
        left += i64::try_from(chunk.len()).unwrap_or_default() - undone;
    }
    if done == 0 && left > 0 {
        return Ok((done, left));
    }
    let summary: Summary = serde_json::from_str(&row.summary).map_err(Fault::from)?;
    let batch = summary.mapped.iter().fold(Batch::new(), |batch, mapped| {
        let (before, after) = (mapped.before.as_deref(), mapped.after.as_deref());
        let said = (cx.now(), "");
        match mapped.what.as_str() {
            "software" => batch.and(software::product_if(&mapped.id, after, before, said)),
            _ => batch.and(companies::account_if(&mapped.id, after, before, said)),
        }
    });
    let audit = Audit::of("inventory_decision.undone", &row.decision_id)
        .named(&row.kind)
        .in_organisation(&row.organisation_id)
        .after(serde_json::json!({ "installations": done, "left": left }));
    let marked = store::undone(cx.scope(), &row.decision_id, cx.now(), &who(cx));
    cx.db().batch(batch.and(marked).audit(audit)).await?;
    Ok((done, left))
}

/// Puts back those of a chunk that still are as the decision left them; answers how many.
async fn part(cx: &Cx, chunk: &[store::Decided]) -> Result<i64, Problem> {
    let ids: Vec<&str> = chunk.iter().map(|one| one.installation_id.as_str()).collect();
    let present = store::standing(&cx.db(), cx.scope(), &ids).await?;
    let mut steps = Vec::new();
    for one in chunk {
        let after: Standing = serde_json::from_str(&one.after_state).map_err(Fault::from)?;
        let before: Standing = serde_json::from_str(&one.before_state).map_err(Fault::from)?;
        let stands = present
            .iter()
            .any(|now| now.installation_id == one.installation_id && now.standing == after);
        if stands {
            steps.push(Step { id: one.installation_id.clone(), before: after, after: before });
        }
    }
    let count = i64::try_from(steps.len()).unwrap_or_default();
    if count > 0 {
        cx.db().batch(moving(cx, Batch::new(), &steps)).await?;
    }
    Ok(count)
}
