//! What stands above a page: the sentence of the act before, and what an administrator must know.

use plugin_api::time::DAY;
use plugin_api::ui::{Action, Notice, Tone};
use plugin_api::{Cx, Lang};

use crate::plugins::ModuleRow;
use crate::state::State;
use crate::store::mail;

/// How long before an unlock ends whoever can renew it is told.
const IN_TIME: i64 = 14 * DAY;
/// How long mails that were given up are spoken of.
const LATELY: i64 = 7 * DAY;

/// The notices of one page.
pub(super) async fn notices(state: &State, cx: &Cx, said: Option<&str>) -> Vec<Notice> {
    let said = said.filter(|sentence| !sentence.is_empty());
    let mut notices: Vec<Notice> =
        said.map(|sentence| Notice::new(Tone::Ok, sentence)).into_iter().collect();
    if cx.may("host:modules") {
        let lang = cx.lang();
        let rows = state.registry.list(cx.now());
        let ending = rows.iter().filter_map(|row| ending(row, &lang, cx.now()));
        let renew = Action::link(lang.t("modules-enter"), cx.url("/system/modules"));
        notices.extend(ending.map(|text| Notice::new(Tone::Warn, text).with(&renew)));
    }
    if cx.may("host:mail") {
        notices.extend(undelivered(cx).await);
    }
    notices
}

/// That mails were given up lately; a page is not lost because nobody could count them.
async fn undelivered(cx: &Cx) -> Option<Notice> {
    let (lang, since) = (cx.lang(), cx.now() - LATELY);
    let count = mail::given_up(&cx.db(), cx.scope(), since).await.unwrap_or_else(|fault| {
        tracing::warn!(%fault, "Mails that were given up could not be counted.");
        0
    });
    let look = Action::link(lang.t("banner-mail-look"), cx.url("/system/mail?state=dead"));
    let notice = || Notice::new(Tone::Warn, lang.n("banner-mail-dead", count)).with(&look);
    (count > 0).then(notice)
}

/// That the unlock of a module at work has ended or is about to.
fn ending(row: &ModuleRow, lang: &Lang, now: i64) -> Option<String> {
    let until = row.unlocked_until?;
    let key = match until - now {
        _ if row.in_grace => "banner-ended",
        left if (0..IN_TIME).contains(&left) => "banner-ending",
        _ => return None,
    };
    let name = lang.pick(&row.manifest.name);
    Some(lang.with(key, &[("name", name), ("date", &lang.date(until))]))
}
