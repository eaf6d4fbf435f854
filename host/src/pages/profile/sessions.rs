//! Where somebody is signed in, and signing out everywhere else.

use http::HeaderMap;
use plugin_api::db::{Audit, Batch};
use plugin_api::ui::{Badge, Card, Confirm, Markup, Tone};
use plugin_api::{Access, Cx, Problem, Routes, SeeOther};

use super::own;
use crate::pages::{Cell, Rows};
use crate::people::sessions;
use crate::state::{App, State};
use crate::store::sessions as store;
use crate::store::users::UserRow;

pub(super) fn routes() -> Routes {
    Routes::new().post("/profile/sessions/end", end_others, Access::SignedIn)
}

pub(super) async fn card(
    state: &State,
    cx: &Cx,
    user: &UserRow,
    headers: &HeaderMap,
) -> Result<Card, Problem> {
    let lang = cx.lang();
    let current = sessions::current(state, headers);
    let columns = ["session-agent", "session-address", "session-since", "session-seen"];
    let mut rows =
        Rows::new("sessions-table", lang.t("sessions-title"), columns.map(|k| lang.t(k)));
    let found = sessions::of_user(state, cx, &user.user_id).await?;
    let others = found.iter().any(|session| session.token_hash != current);
    for session in found {
        let agent = if session.agent.is_empty() { lang.t("unknown") } else { session.agent };
        let seen = if session.token_hash == current {
            let here = Badge::new(Tone::Ok, lang.t("session-this"));
            Cell::Component(Markup::of(&here))
        } else {
            Cell::When(lang.instant(session.seen_at))
        };
        let since = Cell::When(lang.instant(session.created_at));
        rows = rows.row([Cell::Text(agent), Cell::Mono(session.address), since, seen]);
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
    let audit = Audit::of("user.sessions_ended", &user.user_id)
        .named(&user.name)
        .in_organisation(&user.organisation_id);
    let ending = store::ending_others(cx.scope(), &user.user_id, &kept);
    cx.db().batch(Batch::new().and(ending).audit(audit)).await?;
    Ok(SeeOther::to(cx.url("/profile")).saying(cx.lang().t("sessions-ended")))
}
