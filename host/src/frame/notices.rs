//! What stands above a page: the sentence of the act before, and what an administrator must know.

use plugin_api::time::DAY;
use plugin_api::ui::{Action, Notice, Tone};
use plugin_api::{Cx, Lang};

use crate::plugins::ModuleRow;
use crate::state::State;

/// How long before an unlock ends whoever can renew it is told.
const IN_TIME: i64 = 14 * DAY;

/// The notices of one page.
pub(super) fn notices(state: &State, cx: &Cx, said: Option<&str>) -> Vec<Notice> {
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
    notices
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
