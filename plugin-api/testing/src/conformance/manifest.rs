//! What the plugin says of itself: names, permissions, menu, routes.

use std::collections::BTreeSet;

use plugin_api::Access;
use plugin_api::manifest::{Manifest, Route, Texts};

use super::faults::Faults;

pub(super) fn check(manifest: &Manifest, faults: &mut Faults) {
    let id = &manifest.id;
    faults.check(is_kebab(id), || format!("the id {id:?} is not kebab-case"));
    faults.check(!manifest.requires.contains(id), || "it requires itself".to_owned());
    texts("name", &manifest.name, faults);
    texts("description", &manifest.description, faults);
    permissions(manifest, faults);
    searches(manifest, faults);
    menu(manifest, faults);
    tabs(manifest, faults);
    routes(manifest, faults);
    settings(manifest, faults);
    contracts(manifest, faults);
    assets(manifest, faults);
}

fn permissions(manifest: &Manifest, faults: &mut Faults) {
    unique("permission", manifest.permissions.iter().map(|p| p.id.as_str()), faults);
    for permission in &manifest.permissions {
        let id = &permission.id;
        let verb = id.strip_prefix(&manifest.id).and_then(|rest| rest.strip_prefix(':'));
        faults.check(verb.is_some_and(is_kebab), || {
            format!("the permission {id:?} is not {}:<verb>", manifest.id)
        });
        texts(&format!("permission {id}"), &permission.sentence, faults);
    }
}

fn menu(manifest: &Manifest, faults: &mut Faults) {
    let keys = manifest.menu.iter().map(|entry| entry.key.as_str());
    unique("key of the menu", keys.filter(|key| !key.is_empty()), faults);
    for entry in &manifest.menu {
        let path = &entry.path;
        texts(&format!("menu entry {path}"), &entry.label, faults);
        known(manifest, &format!("the menu entry {path}"), &entry.permission, faults);
        let is_route = |route: &Route| route.method == "GET" && route.path == *path;
        faults.check(manifest.routes.iter().any(is_route), || {
            format!("the menu entry {path} leads to no GET route")
        });
    }
}

fn tabs(manifest: &Manifest, faults: &mut Faults) {
    for tab in &manifest.tabs {
        let path = &tab.path;
        texts(&format!("tab {path}"), &tab.label, faults);
        known(manifest, &format!("the tab {path}"), &tab.permission, faults);
        let is_route = |route: &Route| route.method == "GET" && route.path == *path;
        faults.check(manifest.routes.iter().any(is_route), || {
            format!("the tab {path} leads to no GET route")
        });
    }
}

fn searches(manifest: &Manifest, faults: &mut Faults) {
    for (place, permission) in manifest.searches.iter().enumerate() {
        known(manifest, &format!("the search {place}"), permission, faults);
    }
}

fn routes(manifest: &Manifest, faults: &mut Faults) {
    let names: Vec<String> =
        manifest.routes.iter().map(|route| format!("{} {}", route.method, route.path)).collect();
    unique("route", names.iter().map(String::as_str), faults);
    for (route, name) in manifest.routes.iter().zip(&names) {
        let begins = |prefix: &str| route.path.starts_with(prefix);
        // What follows /u/ is a secret of whoever asks, who has no session.
        let placed = begins("/crm/") || begins("/api/") || begins("/u/{");
        faults
            .check(placed, || format!("the route {name} is under none of /crm/, /api/, /u/{{…}}/"));
        let sessionless = matches!(route.access, Access::Public | Access::Credential);
        faults.check(sessionless || !begins("/u/"), || {
            format!("the route {name} is under /u/ and asks for a session")
        });
        for permission in route.access.permissions() {
            known(manifest, &format!("the route {name}"), permission, faults);
        }
    }
}

fn settings(manifest: &Manifest, faults: &mut Faults) {
    unique("setting", manifest.settings.iter().map(|setting| setting.key.as_str()), faults);
    for setting in &manifest.settings {
        let key = &setting.key;
        faults.check(is_kebab(key), || format!("the setting {key:?} is not kebab-case"));
        texts(&format!("setting {key}"), &setting.label, faults);
    }
    for topic in &manifest.topics {
        let name = &topic.name;
        known(manifest, &format!("the topic {name}"), &topic.permission, faults);
    }
}

fn contracts(manifest: &Manifest, faults: &mut Faults) {
    unique("job", manifest.jobs.iter().map(|job| job.name.as_str()), faults);
    unique("service", manifest.services.iter().map(String::as_str), faults);
    unique("subscription", manifest.subscriptions.iter().map(String::as_str), faults);
    unique("token type", manifest.token_types.iter().map(String::as_str), faults);
    for job in &manifest.jobs {
        let fields = job.cron.as_deref().map(|cron| cron.split_whitespace().count());
        faults.check(fields.is_none_or(|count| count == 5), || {
            format!("the cron expression of the job {} does not have five fields", job.name)
        });
    }
    for name in manifest.services.iter().chain(&manifest.subscriptions) {
        let version = name.rsplit_once(".v").map_or("", |(_, version)| version);
        let is_version = !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit());
        faults.check(is_version, || format!("the contract {name:?} does not end with .v<N>"));
    }
}

fn assets(manifest: &Manifest, faults: &mut Faults) {
    unique("asset", manifest.assets.iter().map(|asset| asset.name.as_str()), faults);
    for asset in &manifest.assets {
        let name = &asset.name;
        faults.check(!name.contains('/'), || format!("the asset {name:?} is in a folder"));
        let halves = asset.content_type.split_once('/');
        faults.check(halves.is_some_and(|(a, b)| !a.is_empty() && !b.is_empty()), || {
            format!("the asset {name:?} has the content type {:?}", asset.content_type)
        });
    }
}

fn known(manifest: &Manifest, user: &str, permission: &str, faults: &mut Faults) {
    faults.check(manifest.permissions.iter().any(|known| known.id == permission), || {
        format!("{user} needs the permission {permission:?}, which does not exist")
    });
}

fn texts(what: &str, texts: &Texts, faults: &mut Faults) {
    for language in plugin_api::lang::LANGUAGES {
        let text = texts.get(language).map_or("", |text| text.trim());
        faults.check(!text.is_empty() && !text.contains('⟦'), || {
            format!("{what}: no text in {language:?}")
        });
    }
}

fn unique<'a>(what: &str, names: impl Iterator<Item = &'a str>, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for name in names {
        faults.check(seen.insert(name), || format!("the {what} {name:?} stands twice"));
    }
}

pub(super) fn is_kebab(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    text.split('-').all(is_word) && text.starts_with(|c: char| c.is_ascii_lowercase())
}
