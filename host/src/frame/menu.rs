//! The left menu: what the enabled plugins and the host offer to who is asking.

use plugin_api::manifest::MenuEntry;
use plugin_api::ui::Icon;
use plugin_api::{Cx, Lang};

use crate::state::State;

/// A section of the menu.
pub(crate) struct MenuSection {
    pub(crate) title: String,
    pub(crate) items: Vec<MenuItem>,
}

/// An entry of the menu.
pub(crate) struct MenuItem {
    pub(crate) label: String,
    pub(crate) href: String,
    pub(crate) icon: Icon,
    pub(crate) key: String,
    pub(crate) current: bool,
    pub(crate) badge: i64,
}

/// An entry of the host's own.
struct Own {
    section: &'static str,
    key: &'static str,
    path: &'static str,
    icon: &'static str,
    permission: &'static str,
    letter: &'static str,
}

/// The host's own entries, in order; whoever is signed in sees those without a permission.
const OWN: [Own; 6] = [
    Own::new("overview", "menu-home", "/", "dashboard", "", "h"),
    Own::new("overview", "menu-profile", "/profile", "user", "", "y"),
    Own::new("system", "menu-modules", "/system/modules", "plug", "host:modules", "m"),
    Own::new("system", "menu-settings", "/system/settings", "gear", "host:settings", "s"),
    Own::new("system", "menu-users", "/system/users", "users", "host:users", "u"),
    Own::new("system", "menu-audit", "/system/audit", "shield", "host:audit", "t"),
];

impl Own {
    const fn new(
        section: &'static str,
        key: &'static str,
        path: &'static str,
        icon: &'static str,
        permission: &'static str,
        letter: &'static str,
    ) -> Self {
        Self { section, key, path, icon, permission, letter }
    }
}

/// The menu of who is asking on the page at `path`; sections without an entry are left out.
pub(crate) fn menu(state: &State, cx: &Cx, path: &str) -> Vec<MenuSection> {
    let lang = cx.lang();
    let mut plugins: Vec<MenuEntry> = Vec::new();
    for manifest in state.registry.enabled() {
        let mut entries = manifest.menu.clone();
        entries.sort_by_key(|entry| entry.order);
        plugins.extend(entries.into_iter().filter(|entry| allowed(cx, &entry.permission)));
    }
    let mut sections: Vec<(String, Vec<MenuItem>)> =
        ["overview", "crm", "system"].map(|id| (id.to_owned(), Vec::new())).into();
    let mut taken = std::collections::BTreeSet::new();
    let mut add = |section: &str, mut item: MenuItem| {
        // Who comes first has the letter: plugins before the host.
        if !taken.insert(item.key.clone()) {
            item.key.clear();
        }
        match sections.iter_mut().find(|(id, _)| id == section) {
            Some((_, items)) => items.push(item),
            // A section of a plugin's own stands with the CRM's.
            None => {
                if let Some((_, items)) = sections.iter_mut().find(|(id, _)| id == "crm") {
                    items.push(item);
                }
            }
        }
    };
    for entry in &plugins {
        let label = lang.pick(&entry.label).to_owned();
        add(&entry.section, item(cx, label, &entry.path, &entry.icon, &entry.key));
    }
    for own in OWN.iter().filter(|own| allowed(cx, own.permission)) {
        add(own.section, item(cx, lang.t(own.key), own.path, own.icon, own.letter));
    }
    mark(&mut sections, &cx.url(path), &cx.url("/"));
    titled(&lang, sections)
}

fn allowed(cx: &Cx, permission: &str) -> bool {
    permission.is_empty() || cx.may(permission)
}

fn item(cx: &Cx, label: String, path: &str, icon: &str, key: &str) -> MenuItem {
    MenuItem {
        label,
        href: cx.url(path),
        icon: Icon::new(icon),
        key: key.to_owned(),
        current: false,
        badge: 0,
    }
}

/// Marks the entry whose page this is, or lies below: the longest address that fits.
fn mark(sections: &mut [(String, Vec<MenuItem>)], here: &str, home: &str) {
    let fits = |href: &str| {
        href == here || href != home && here.strip_prefix(href).is_some_and(|r| r.starts_with('/'))
    };
    let items = sections.iter_mut().flat_map(|(_, items)| items);
    let best = items.filter(|item| fits(&item.href)).max_by_key(|item| item.href.len());
    if let Some(item) = best {
        item.current = true;
    }
}

fn titled(lang: &Lang, sections: Vec<(String, Vec<MenuItem>)>) -> Vec<MenuSection> {
    let filled = sections.into_iter().filter(|(_, items)| !items.is_empty());
    filled
        .map(|(id, items)| MenuSection { title: lang.t(&format!("section-{id}")), items })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(here: &str) -> Vec<String> {
        let item = |href: &str| MenuItem {
            label: String::new(),
            href: href.to_owned(),
            icon: Icon::new("dot"),
            key: String::new(),
            current: false,
            badge: 0,
        };
        let hrefs = ["/", "/crm/licences", "/crm/licences/products"];
        let mut sections = vec![("crm".to_owned(), hrefs.map(item).into())];
        mark(&mut sections, here, "/");
        let items = sections.into_iter().flat_map(|(_, items)| items);
        items.filter(|item| item.current).map(|item| item.href).collect()
    }

    #[test]
    fn the_page_or_the_one_above_it_is_marked() {
        assert_eq!(marked("/"), ["/"]);
        assert_eq!(marked("/crm/licences"), ["/crm/licences"]);
        assert_eq!(marked("/crm/licences/123"), ["/crm/licences"]);
        assert_eq!(marked("/crm/licences/products/1"), ["/crm/licences/products"]);
        assert_eq!(marked("/crm/licencesx"), Vec::<String>::new());
        assert_eq!(marked("/profile"), Vec::<String>::new());
    }
}
