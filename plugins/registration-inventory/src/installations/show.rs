//! `/crm/installations/{id}`: what an installation is, whose, and all it ever said.

use askama::Template;
use plugin_api::ui::{Head, Markup, Notice, Tone};
use plugin_api::{Cx, Lang, Page, Path, Problem};

use super::cards;
use crate::store::history::{self, Day, Face};
use crate::store::installations::{self, Installation};
use crate::store::notes::{self, Note};
use crate::store::reports::{self, Report};
use crate::{CLASSIFY, LICENSE, labels, licensing, mapping, paths};

/// Reports and twins the page shows.
const MOST: u32 = 50;
/// Days of its history that are looked at.
const DAYS: u32 = 400;

/// What the page tells of.
pub(super) struct Shown {
    pub(super) installation: Installation,
    /// Newest first.
    pub(super) days: Vec<Day>,
    pub(super) reports: Vec<Report>,
    pub(super) faces: Vec<Face>,
    pub(super) twins: Vec<Installation>,
    pub(super) notes: Vec<Note>,
    /// Whether the caller may write notes.
    pub(super) may_note: bool,
}

#[derive(Template)]
#[template(path = "registration-inventory/installation.html")]
struct ShowPage {
    head: Head,
    notices: Markup,
    decisions: Markup,
    cards: Markup,
    end: Markup,
}

/// The page.
pub(super) async fn page(cx: Cx, Path(id): Path<String>) -> Result<Page, Problem> {
    let (db, scope) = (cx.db(), cx.scope());
    let found = installations::by_id(&db, scope, &id).await?;
    let installation = found.ok_or_else(Problem::not_found)?;
    let actions = mapping::actions_of(&cx, &installation).await?;
    let decisions = mapping::of_installation(&cx, &installation).await?;
    let licence = licensing::card(&cx, &installation).await?;
    let shown = Shown {
        days: history::days(&db, scope, &id, DAYS).await?,
        reports: reports::of_installation(&db, scope, &id, MOST).await?,
        faces: history::faces(&db, scope, &id, MOST).await?,
        twins: installations::twins(&db, scope, &installation, MOST).await?,
        notes: notes::of_installation(&db, scope, &id, MOST).await?,
        may_note: cx.may(CLASSIFY) || cx.may(LICENSE),
        installation,
    };
    let mut cards = cards::said(&cx, &shown);
    if let Some(licence) = licence {
        cards = cards.and(&licence);
    }
    let page = ShowPage {
        head: head(&cx, &shown.installation, &actions),
        notices: notices(&cx.lang(), &shown.installation),
        decisions,
        cards,
        end: Markup::of(&cards::notes(&cx, &shown)).and(&cards::history(&cx, &shown)),
    };
    Page::new(title(&shown.installation), &page)
}

/// What an installation is called: its software and whose it is.
pub(super) fn title(installation: &Installation) -> String {
    let whose = [installation.customer.as_deref(), Some(&installation.company)]
        .into_iter()
        .flatten()
        .chain([installation.host_name.as_str(), &installation.external_id])
        .find(|name| !name.is_empty());
    whose.map_or_else(
        || installation.software.clone(),
        |whose| format!("{} · {whose}", installation.software),
    )
}

fn head(cx: &Cx, installation: &Installation, actions: &Markup) -> Head {
    let lang = cx.lang();
    let seen = lang.instant(installation.last_seen_at);
    let head = Head::new(title(installation))
        .back(lang.t("installations"), cx.url(paths::INSTALLATIONS))
        .badge(labels::state(&lang, installation.state))
        .lead(lang.with("installation-last-seen", &[("when", &seen)]));
    if actions.is_empty() { head } else { head.action(actions) }
}

/// What is odd about it, in sentences.
fn notices(lang: &Lang, installation: &Installation) -> Markup {
    let mut notices = Markup::default();
    if let Some(since) = installation.clone_suspected_at {
        let text = lang.with("clone-suspected-about", &[("when", &lang.instant(since))]);
        let notice = Notice::new(Tone::Warn, text).title(lang.t("clone-suspected"));
        notices = notices.and(&notice);
    }
    for sentence in labels::flags(lang, &installation.flags) {
        notices = notices.and(&Notice::new(Tone::Info, sentence));
    }
    notices
}
