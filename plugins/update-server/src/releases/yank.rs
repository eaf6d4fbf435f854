//! A bad release is taken back: nobody gets it any more, who has it is brought to another.

use plugin_api::db::Batch;
use plugin_api::{Cx, FieldProblem, Problem};
use serde_json::json;

use super::body::Draft;
use super::changed;
use super::publish::unless_changed;
use super::save::audit;
use crate::domain::release::State;
use crate::store::{releases, rollouts};

/// Longest reason, characters.
pub(crate) const LONGEST: usize = 1000;

/// Takes a published release back, for a reason.
pub(crate) async fn yank(cx: &Cx, draft: &Draft, reason: &str) -> Result<(), Problem> {
    let (release, reason) = (&draft.release, reason.trim());
    if release.state != State::Published {
        return Err(Problem::conflict("rilascio_non_uscito"));
    }
    let wrong = match reason.chars().count() {
        0 => Some("field-required"),
        count if count > LONGEST => Some("field-too-long"),
        _ => None,
    };
    if let Some(key) = wrong {
        return Err(Problem::validation(vec![FieldProblem::new("/motivo", key)]));
    }
    let audit = audit("release.yanked", release).after(json!({ "reason": reason }));
    cx.transaction(|tx| {
        let audit = audit.clone();
        async move {
            let batch = Batch::new()
                .and(releases::yanking(release, reason, tx.now()))
                .and(rollouts::stopping(&release.release_id, reason, tx.now()))
                .audit(audit);
            unless_changed(tx.db().batch(batch).await)?;
            changed::changed(&tx, &release.product_code).await
        }
    })
    .await?;
    changed::show(cx).await;
    Ok(())
}
