//! What every page of a release begins with: its name, where it stands, the ways to the others.

use plugin_api::Cx;
use plugin_api::ui::{Badge, Head, Tabs, Tone};

use crate::labels;
use crate::paths;
use crate::store::releases::Release;

/// What people call a release.
pub(crate) fn title(release: &Release) -> String {
    format!("{} {}", release.product_code, release.version)
}

/// The head of a page of a release.
pub(super) fn head(cx: &Cx, release: &Release) -> Head {
    let lang = cx.lang();
    let head = Head::new(title(release))
        .back(lang.t("releases"), cx.url(paths::RELEASES))
        .badge(labels::release_state(&lang, release.state));
    if release.is_critical {
        head.badge(Badge::new(Tone::Warn, lang.t("release-critical")))
    } else {
        head
    }
}

/// The pages of a release, with the one at `current` marked.
pub(super) fn tabs(cx: &Cx, release: &Release, current: &str) -> Tabs {
    let lang = cx.lang();
    let of = |path: &str| cx.url(&paths::of(path, &release.release_id));
    let pages = [
        ("tab-release", paths::RELEASE),
        ("tab-release-files", paths::RELEASE_FILES),
        ("tab-release-notes", paths::RELEASE_NOTES),
        ("tab-release-rollout", paths::RELEASE_ROLLOUT),
        ("tab-release-installations", paths::RELEASE_INSTALLATIONS),
    ];
    pages.into_iter().fold(Tabs::new(lang.t("tabs-release"), of(current)), |tabs, (key, path)| {
        tabs.tab(lang.t(key), of(path))
    })
}
