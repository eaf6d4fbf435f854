//! `/system/mail`: what was sent to whom, what waits, and what was given up.

mod act;
mod list;
mod outlet;
mod show;

use plugin_api::Routes;
use plugin_api::ui::Tone;

pub(super) fn routes() -> Routes {
    Routes::new().merge(list::routes()).merge(show::routes()).merge(act::routes())
}

const PATH: &str = "/system/mail";

/// Where a mail stands; one that was refused for now still waits.
const STATES: [(&str, &str, Tone); 5] = [
    ("waiting", "mail-waiting", Tone::Info),
    ("retrying", "mail-retrying", Tone::Warn),
    ("sent", "mail-sent", Tone::Ok),
    ("dead", "mail-dead", Tone::Bad),
    ("withdrawn", "mail-withdrawn", Tone::Neutral),
];
