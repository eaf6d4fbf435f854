//! A mail that was given up is sent once more; one that waits is taken back.

use plugin_api::db::{Audit, Batch, Statement};
use plugin_api::{Cx, Path, Problem, Routes, SeeOther};
use serde_json::json;

use super::PATH;
use crate::pages::may;
use crate::state::App;
use crate::store::mail::{self as store, MailRow};

pub(super) fn routes() -> Routes {
    Routes::new().post("/system/mail/{mail_id}/resend", resend, may("mail")).post(
        "/system/mail/{mail_id}/withdraw",
        withdraw,
        may("mail"),
    )
}

async fn resend(App(state): App, cx: Cx, Path(id): Path<String>) -> Result<SeeOther, Problem> {
    let row = found(&cx, &id).await?;
    let statement = store::resent(cx.scope(), &id, cx.now());
    change(&cx, &row, statement, "mail.resent", "waiting").await?;
    state.work.mail.wake();
    Ok(answer(&cx, &id, "mail-resent-now"))
}

async fn withdraw(cx: Cx, Path(id): Path<String>) -> Result<SeeOther, Problem> {
    let row = found(&cx, &id).await?;
    let statement = store::withdrawn(cx.scope(), &row, cx.now());
    change(&cx, &row, statement, "mail.withdrawn", "withdrawn").await?;
    Ok(answer(&cx, &id, "mail-withdrawn-now"))
}

async fn found(cx: &Cx, id: &str) -> Result<MailRow, Problem> {
    store::find(&cx.db(), cx.scope(), id).await?.ok_or_else(Problem::not_found)
}

/// Changes the mail, unless it went on meanwhile; audited.
async fn change(
    cx: &Cx,
    row: &MailRow,
    statement: Statement,
    action: &str,
    state: &str,
) -> Result<(), Problem> {
    let audit = Audit::of(action, &row.mail_id)
        .named(&row.subject)
        .in_organisation(&row.organisation_id)
        .before(json!({ "state": row.state, "error": row.error }))
        .after(json!({ "state": state }));
    let batch = Batch::new().and(statement.label("mail").expect_rows(1)).audit(audit);
    match cx.db().batch(batch).await {
        Err(fault) if fault.is_mismatch("mail") => Err(Problem::conflict("mail_changed")),
        other => Ok(other.map(drop)?),
    }
}

fn answer(cx: &Cx, id: &str, said: &str) -> SeeOther {
    SeeOther::to(cx.url(&format!("{PATH}/{id}"))).saying(cx.lang().t(said))
}
