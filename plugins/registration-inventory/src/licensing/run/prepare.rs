//! `POST /crm/installations/regularise`: what was ticked becomes a run that waits to be confirmed.

use axum::response::{IntoResponse as _, Response};
use plugin_api::db::Batch;
use plugin_api::table::Selection;
use plugin_api::time::DAY;
use plugin_api::{Cx, Fault, Problem, SeeOther};
use serde_json::{Value as Json, json};

use super::plan::audit;
use crate::domain::State;
use crate::installations::list;
use crate::licensing::keeper;
use crate::mapping::decisions::who;
use crate::paths;
use crate::store::installations::{self, Installation};
use crate::store::runs::{self, Item, Run};

/// Installations of one run at most: they are priced while somebody waits.
const MOST: usize = 1_000;
/// How long a run waits to be confirmed, milliseconds.
const KEPT: i64 = 7 * DAY;

/// Keeps what was ticked as a run.
pub(super) async fn handle(cx: Cx, selection: Selection) -> Result<Response, Problem> {
    if !keeper::is_there(&cx).await? {
        return Err(Problem::not_found());
    }
    let spec = list::spec();
    let ids = selection.ids(&cx, &spec, None, MOST + 1).await?;
    let wrong = match ids.len() {
        0 => Some("decide-nothing"),
        n if n > MOST => Some("run-too-many"),
        _ => None,
    };
    if let Some(key) = wrong {
        let back = SeeOther::to(selection.back(&cx, &spec));
        return Ok(back.saying(cx.lang().t(key)).into_response());
    }
    let items: Vec<Item> =
        installations::by_ids(&cx.db(), cx.scope(), &ids).await?.into_iter().map(item).collect();
    let run = Run {
        run_id: cx.fresh_id(),
        organisation_id: cx.caller().organisation_id.clone(),
        created_at: cx.now(),
        created_by: who(&cx),
        state: "preview".to_owned(),
        terms: "{}".to_owned(),
        ..Run::default()
    };
    let batch = Batch::new().and(runs::inserted(&run));
    let rows = runs::items(&run.run_id, &items, cx.now());
    let told = json!({ "installations": items.len() });
    let batch = rows.into_iter().fold(batch, Batch::and);
    cx.db().batch(batch.audit(audit("inventory_run.prepared", &run).after(told))).await?;
    Ok(SeeOther::to(cx.url(&paths::of(paths::RUN, &run.run_id))).into_response())
}

/// An installation as a run keeps it, with why it can get no licence.
fn item(of: Installation) -> Item {
    let problem = if of.state != State::Assigned || of.account_id.is_none() {
        "not_assigned"
    } else if of.licence_id.is_some() {
        "has_licence"
    } else if of.product_code.as_deref().unwrap_or_default().is_empty() {
        "no_product"
    } else {
        ""
    };
    Item {
        installation_id: of.installation_id,
        account_id: of.account_id.unwrap_or_default(),
        product_code: of.product_code.unwrap_or_default(),
        problem: problem.to_owned(),
    }
}

/// Forgets runs nobody confirmed for a week.
pub(super) async fn sweep(cx: Cx, _: Json) -> Result<(), Fault> {
    for old in runs::forgotten(&cx.db(), cx.now() - KEPT).await? {
        let rows = runs::forget(&old).into_iter();
        let batch = rows.fold(Batch::new(), Batch::and);
        match cx.db().batch(batch.audit(audit("inventory_run.expired", &old))).await {
            Err(fault) if !fault.is_mismatch(runs::RUN) => return Err(fault),
            _ => {}
        }
    }
    Ok(())
}
