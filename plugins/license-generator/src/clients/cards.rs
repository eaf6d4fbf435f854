//! People, exchanges and suspected clones on the page of a licence, and the way to "Why?".

use plugin_api::ui::{
    Action, Badge, Card, Confirm, Empty, Facts, Field, Markup, Meter, Notice, Tone,
};
use plugin_api::{Cx, Fault, Lang};

use super::parts::{InlineForm, Rows, text};
use crate::domain::choices::Binding;
use crate::domain::licence::Licence;
use crate::domain::user::{NamedUser, Standing};
use crate::store::tokens::Suspect;
use crate::{ISSUE, paths, store};

/// What of it the licence has.
pub(crate) async fn cards(cx: &Cx, licence: &Licence) -> Result<Markup, Fault> {
    let (db, scope, id) = (cx.db(), cx.scope(), licence.licence_id.as_str());
    let mut all = Markup::default();
    if licence.conditions.rolling_token {
        let suspects = store::tokens::suspects(&db, scope, id).await?;
        if !suspects.is_empty() {
            all = all.and(&clones(cx, licence, &suspects));
        }
    }
    if licence.binding == Binding::User {
        let users = store::users::of_licence(&db, scope, id).await?;
        all = all.and(&people(cx, licence, &users));
    }
    if licence.conditions.transfers_max.is_some() {
        let counted = store::transfers::of_licence(&db, licence, cx.now()).await?.counted;
        all = all.and(&transfers(cx, licence, counted));
    }
    let lang = cx.lang();
    let why = Action::link(lang.t("why-open"), cx.url(&paths::of(paths::WHY, id)));
    Ok(all.and(&Card::new("why", lang.t("why")).text(lang.t("why-about")).body(&why)))
}

fn clones(cx: &Cx, licence: &Licence, suspects: &[Suspect]) -> Card {
    let lang = cx.lang();
    let path = cx.url(&paths::of(paths::CLONE, &licence.licence_id));
    let headers = ["column-dispositivo", "clone-last", "clone-stale", "clone-sightings", "actions"];
    let rows = Rows::new(lang.t("card-clones"), headers.map(|key| lang.t(key)).into());
    let rows = suspects.iter().enumerate().fold(rows, |rows, (place, suspect)| {
        let stale = [suspect.suspect_name.as_str(), suspect.suspect_address.as_str()];
        let clear = cx.may(ISSUE).then(|| {
            let id = format!("clone-{place}");
            Confirm::new(&lang, id, lang.t("clone-clear"), &path, lang.t("clone-clear-hint"))
                .hidden("attivazione", &suspect.activation_id)
                .harmless()
        });
        rows.row(
            &suspect.device,
            vec![
                text(&seen(&lang, suspect.rolled_at, &[suspect.address.as_str()])),
                text(&seen(&lang, suspect.suspected_at, &stale)),
                text(&lang.number(suspect.sightings)),
                clear.map(|clear| Markup::of(&clear)).unwrap_or_default(),
            ],
        )
    });
    let notice = Notice::new(Tone::Bad, lang.t("clones-about"));
    Card::new("clones", lang.t("card-clones")).body(&notice).body(&rows)
}

fn seen(lang: &Lang, at: i64, from: &[&str]) -> String {
    let mut parts = vec![lang.instant(at)];
    parts.extend(from.iter().filter(|part| !part.is_empty()).map(|part| (*part).to_owned()));
    parts.join(" · ")
}

fn transfers(cx: &Cx, licence: &Licence, counted: i64) -> Card {
    let lang = cx.lang();
    let days = lang.n("days", licence.conditions.transfer_days);
    let facts = Facts::new()
        .with(lang.t("label-transfers"), &Meter::new(counted, licence.conditions.transfers_max))
        .text(lang.t("label-transfer-days"), days);
    let card = Card::new("transfers", lang.t("card-transfers")).body(&facts);
    if !cx.may(ISSUE) || counted == 0 {
        return card;
    }
    let path = cx.url(&paths::of(paths::TRANSFERS, &licence.licence_id));
    let (label, hint) = (lang.t("transfers-reset"), lang.t("transfers-reset-hint"));
    card.action(&Confirm::new(&lang, "transfers-reset", label, path, hint).harmless())
}

fn people(cx: &Cx, licence: &Licence, users: &[NamedUser]) -> Card {
    let lang = cx.lang();
    let path = cx.url(&paths::of(paths::USERS, &licence.licence_id));
    let active = users.iter().filter(|user| user.state == Standing::Active).count();
    let used = i64::try_from(active).unwrap_or_default();
    let facts = Facts::new().with(lang.t("label-users"), &Meter::new(used, licence.users_max));
    let mut card = Card::new("users", lang.t("card-users")).body(&facts);
    if users.is_empty() {
        card = card.body(&Empty::new(lang.t("users-empty"), lang.t("users-empty-hint")));
    } else {
        card = card.body(&table(cx, &path, users));
    }
    if !cx.may(ISSUE) {
        return card;
    }
    let name = Field::text("nome", lang.t("label-user")).required().maxlength(200);
    let button = Action::submit(lang.t("user-reserve")).with("azione", "reserve");
    card.body(&InlineForm { method: "post", action: path, fields: Markup::of(&name), button })
}

fn table(cx: &Cx, path: &str, users: &[NamedUser]) -> Rows {
    let lang = cx.lang();
    let headers = ["label-user", "column-stato", "column-dispositivi", "label-vista", "actions"];
    let rows = Rows::new(lang.t("card-users"), headers.map(|key| lang.t(key)).into());
    users.iter().enumerate().fold(rows, |rows, (place, user)| {
        let mut buttons = Markup::default();
        let offered: &[&str] = match user.state {
            Standing::Active => &["free", "bar"],
            Standing::Removed => &["bar"],
            Standing::Barred => &["free"],
        };
        for act in offered.iter().filter(|_| cx.may(ISSUE)) {
            // A barred person is let in again by freeing him: he may come and take a seat.
            let verb = if user.state == Standing::Barred { "admit" } else { act };
            let label = lang.t(&format!("user-{verb}"));
            let hint = lang.with(&format!("user-{verb}-hint"), &[("user", &user.name)]);
            let confirm = Confirm::new(&lang, format!("user-{act}-{place}"), label, path, hint)
                .hidden("azione", *act)
                .hidden("utente", &user.user_id);
            let confirm = if verb == "admit" { confirm.harmless() } else { confirm };
            buttons = buttons.and(&confirm);
        }
        let last = user.last_seen_at.map_or_else(String::new, |at| lang.instant(at));
        let cells = vec![
            Markup::of(&standing(&lang, user)),
            text(&lang.number(user.devices)),
            text(&last),
            buttons,
        ];
        rows.row(&user.name, cells)
    })
}

fn standing(lang: &Lang, user: &NamedUser) -> Badge {
    match user.state {
        Standing::Active if user.reserved != 0 && user.last_seen_at.is_none() => {
            Badge::new(Tone::Info, lang.t("user-reserved-state"))
        }
        Standing::Active => Badge::new(Tone::Ok, lang.t("user-active")),
        Standing::Removed => Badge::new(Tone::Neutral, lang.t("user-removed")),
        Standing::Barred => Badge::new(Tone::Bad, lang.t("user-barred")),
    }
}
