//! Where somebody is signed in, and signing out there: one browser, or everywhere else.

use http::HeaderMap;
use plugin_api::db::{Audit, Batch, Statement};
use plugin_api::ui::{Action, Badge, Card, Confirm, Markup, Tone};
use plugin_api::{Access, Cx, Path, Problem, Routes, SeeOther};

use super::own;
use crate::access::readable;
use crate::pages::{Cell, Rows};
use crate::people::sessions;
use crate::state::{App, State};
use crate::store::sessions as store;
use crate::store::users::UserRow;

pub(super) fn routes() -> Routes {
    Routes::new().post("/profile/sessions/end", end_others, Access::SignedIn).post(
        "/profile/sessions/{session_id}/end",
        end_one,
        Access::SignedIn,
    )
}

pub(super) async fn card(
    state: &State,
    cx: &Cx,
    user: &UserRow,
    headers: &HeaderMap,
) -> Result<Card, Problem> {
    let lang = cx.lang();
    let current = sessions::current(state, headers);
    let columns = ["session-agent", "session-address", "session-since", "session-seen", "actions"];
    let mut rows =
        Rows::new("sessions-table", lang.t("sessions-title"), columns.map(|k| lang.t(k)));
    let found = sessions::of_user(state, cx, &user.user_id).await?;
    let others = found.iter().any(|session| session.token_hash != current);
    for session in found {
        let agent = match readable(&session.agent).trim() {
            "" => lang.t("unknown"),
            agent => agent.to_owned(),
        };
        let (seen, act) = if session.token_hash == current {
            let here = Badge::new(Tone::Ok, lang.t("session-this"));
            (Cell::Component(Markup::of(&here)), Markup::default())
        } else {
            let path = format!("/profile/sessions/{}/end", session.session_id);
            let end = Action::post(lang.t("session-end"), cx.url(&path));
            (Cell::When(lang.instant(session.seen_at)), Markup::of(&end))
        };
        let since = Cell::When(lang.instant(session.created_at));
        let address = Cell::Mono(session.address);
        rows = rows.row([Cell::Text(agent), address, since, seen, Cell::Component(act)]);
    }
    let card = Card::new("sessions", lang.t("sessions-title")).body(&rows);
    if !others {
        return Ok(card);
    }
    let end = Confirm::new(
        &lang,
        "end-sessions",
        lang.t("sessions-end"),
        cx.url("/profile/sessions/end"),
        lang.t("sessions-end-consequence"),
    );
    Ok(card.body(&end))
}

async fn end_others(App(state): App, cx: Cx, headers: HeaderMap) -> Result<SeeOther, Problem> {
    let user = own(&cx).await?;
    let kept = sessions::current(&state, &headers);
    let ending = store::ending_others(cx.scope(), &user.user_id, &kept);
    end(&cx, &user, ending, "user.sessions_ended").await?;
    Ok(SeeOther::to(cx.url("/profile")).saying(cx.lang().t("sessions-ended")))
}

async fn end_one(cx: Cx, Path(id): Path<String>) -> Result<SeeOther, Problem> {
    let user = own(&cx).await?;
    let ending = store::ending_one(cx.scope(), &user.user_id, &id);
    end(&cx, &user, ending, "user.session_ended").await?;
    Ok(SeeOther::to(cx.url("/profile")).saying(cx.lang().t("session-ended")))
}

async fn end(cx: &Cx, user: &UserRow, ending: Statement, action: &str) -> Result<(), Problem> {
    let audit =
        Audit::of(action, &user.user_id).named(&user.name).in_organisation(&user.organisation_id);
    match cx.db().batch(Batch::new().and(ending).audit(audit)).await {
        Err(fault) if fault.is_mismatch("session") => Err(Problem::not_found()),
        other => Ok(other.map(drop)?),
    }
}
