//! The left menu: what the enabled plugins and the host offer to who is asking.

use std::sync::Arc;

use plugin_api::manifest::{Manifest, MenuEntry};
use plugin_api::ui::Icon;
use plugin_api::{Cx, Lang};

use crate::state::State;

/// A section of the menu.
pub(crate) struct MenuSection {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) items: Vec<MenuItem>,
}

/// An entry of the menu.
#[derive(Default, Clone)]
pub(crate) struct MenuItem {
    pub(crate) label: String,
    /// What is to be done there, in a sentence; empty for none.
    pub(crate) hint: String,
    pub(crate) href: String,
    pub(crate) icon: String,
    pub(crate) key: String,
    pub(crate) current: bool,
    pub(crate) badge: i64,
    /// It and the others that share its place; empty for one that shares it with nobody.
    pub(crate) tabs: Vec<MenuItem>,
    /// Addresses of pages elsewhere that belong to it.
    also: Vec<String>,
    /// Those of the same plugin and group share a place.
    group: Option<(String, String)>,
    /// Which plugin counts what waits behind it, and for which path.
    pub(super) counted: Option<(String, String)>,
}

impl MenuItem {
    /// Its icon, drawn.
    pub(crate) fn icon(&self) -> Icon {
        Icon::new(&self.icon)
    }

    /// Takes another one of its group in.
    fn join(&mut self, other: Self) {
        if self.tabs.is_empty() {
            self.tabs.push(self.clone());
        }
        self.also.push(other.href.clone());
        self.also.extend(other.also.iter().cloned());
        self.tabs.push(other);
    }
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
const OWN: &[Own] = &[
    Own::new("overview", "menu-home", "/", "dashboard", "", "h"),
    Own::new("overview", "menu-profile", "/profile", "user", "", "y"),
    Own::new("system", "menu-modules", "/system/modules", "plug", "host:modules", "m"),
    Own::new("system", "menu-settings", "/system/settings", "gear", "host:settings", "s"),
    Own::new(
        "system",
        "menu-organisations",
        "/system/organisations",
        "building",
        "host:organisations",
        "o",
    ),
    Own::new("system", "menu-users", "/system/users", "users", "host:users", "u"),
    Own::new("system", "menu-roles", "/system/roles", "key", "host:roles", "r"),
    Own::new("system", "menu-keys", "/system/keys", "lock", "host:keys", "k"),
    Own::new("system", "menu-mail", "/system/mail", "mail", "host:mail", "e"),
    Own::new("system", "menu-audit", "/system/audit", "shield", "host:audit", "t"),
    Own::new("system", "menu-access", "/system/access", "lock", "host:audit", "a"),
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

/// The entries of a plugin that who is asking sees, in order.
pub(crate) fn entries<'a>(cx: &Cx, manifest: &'a Manifest) -> Vec<&'a MenuEntry> {
    let mut entries: Vec<_> = manifest.menu.iter().filter(|entry| sees(cx, entry)).collect();
    entries.sort_by_key(|entry| entry.order);
    entries
}

fn sees(cx: &Cx, entry: &MenuEntry) -> bool {
    let has_more = !entry.unless.is_empty() && cx.may(&entry.unless);
    allowed(cx, &entry.permission) && !has_more
}

/// The menu of who is asking on the page at `path`; sections without an entry are left out. Nothing
/// is counted yet.
pub(crate) fn menu(state: &State, cx: &Cx, path: &str) -> Vec<MenuSection> {
    let lang = cx.lang();
    let enabled: Vec<Arc<Manifest>> = state.registry.enabled();
    let plugins = enabled.iter().flat_map(|manifest| {
        entries(cx, manifest).into_iter().map(move |entry| (&manifest.id, entry))
    });
    let mut sections: Vec<(String, Vec<MenuItem>)> =
        ["overview", "crm", "system"].map(|id| (id.to_owned(), Vec::new())).into();
    let mut taken = std::collections::BTreeSet::new();
    let mut add = |section: &str, mut item: MenuItem| {
        let mut placed = sections.iter_mut().flat_map(|(_, items)| items);
        let same = |other: &&mut MenuItem| item.group.is_some() && other.group == item.group;
        if let Some(first) = placed.find(same) {
            return first.join(item);
        }
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
    for (plugin, entry) in plugins {
        let label = lang.pick(&entry.label).to_owned();
        let item = item(cx, label, &entry.path, &entry.icon, &entry.key);
        let counted = entry.badge.then(|| (plugin.clone(), entry.path.clone()));
        let hint = lang.pick(&entry.hint).to_owned();
        let also = entry.also.iter().map(|path| cx.url(path)).collect();
        let grouped = !entry.group.is_empty();
        let group = grouped.then(|| (plugin.clone(), entry.group.clone()));
        add(&entry.section, MenuItem { hint, also, group, counted, ..item });
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
        icon: icon.to_owned(),
        key: key.to_owned(),
        ..MenuItem::default()
    }
}

/// Marks the entry whose page this is, or lies below: the longest address that fits.
fn mark(sections: &mut [(String, Vec<MenuItem>)], here: &str, home: &str) {
    let fits = |href: &str| {
        let below = || href != home && here.strip_prefix(href).is_some_and(|r| r.starts_with('/'));
        (href == here || below()).then_some(href.len())
    };
    let length = |item: &MenuItem| {
        let addresses = std::iter::once(&item.href).chain(&item.also);
        addresses.filter_map(|href| fits(href)).max()
    };
    let items = sections.iter_mut().flat_map(|(_, items)| items);
    let fitting = items.filter_map(|item| length(item).map(|length| (length, item)));
    let best = fitting.max_by_key(|(length, _)| *length);
    if let Some((_, item)) = best {
        item.current = true;
        for tab in &mut item.tabs {
            tab.current = tab.href == here || tab.also.iter().any(|also| also == here);
        }
    }
}

/// The tabs to show on the page that is marked: none below one of them, where a page has its own.
pub(crate) fn tabs(menu: &[MenuSection]) -> &[MenuItem] {
    let mut items = menu.iter().flat_map(|section| &section.items);
    let tabs = items.find(|item| item.current).map(|item| item.tabs.as_slice()).unwrap_or_default();
    if tabs.iter().any(|tab| tab.current) { tabs } else { &[] }
}

fn titled(lang: &Lang, sections: Vec<(String, Vec<MenuItem>)>) -> Vec<MenuSection> {
    let filled = sections.into_iter().filter(|(_, items)| !items.is_empty());
    filled
        .map(|(id, items)| MenuSection { title: lang.t(&format!("section-{id}")), id, items })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(here: &str) -> Vec<String> {
        let item = |href: &str| MenuItem { href: href.to_owned(), ..MenuItem::default() };
        let hrefs = ["/", "/crm/licences", "/crm/licences/products"];
        let mut items = hrefs.map(item);
        items[2].also.push("/crm/licences/modules".to_owned());
        let mut sections = vec![("crm".to_owned(), items.into())];
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
        assert_eq!(marked("/crm/licences/modules/1"), ["/crm/licences/products"]);
        assert_eq!(marked("/crm/licencesx"), Vec::<String>::new());
        assert_eq!(marked("/profile"), Vec::<String>::new());
    }

    #[tokio::test]
    async fn an_entry_is_not_for_who_has_a_page_that_shows_more() {
        let database = cockpit_database::throwaway::ThrowAway::sqlite().await.expect("a database");
        let entry = |path: &str, permission: &str, unless: &str| MenuEntry {
            path: path.to_owned(),
            permission: permission.to_owned(),
            unless: unless.to_owned(),
            ..MenuEntry::default()
        };
        let mut late = entry("/late", "x:a", "");
        late.order = 1;
        let menu = vec![late, entry("/all", "x:all", ""), entry("/own", "x:own", "x:all")];
        let manifest = Manifest { menu, ..Manifest::default() };
        let seen = |permissions: &[&str]| {
            let ids = permissions.iter().map(|id| (*id).to_owned()).collect();
            let actor = plugin_api::Actor::User { id: String::new(), name: String::new() };
            let permissions = plugin_api::Permissions::Some(ids);
            let caller = plugin_api::Caller { actor, permissions, ..plugin_api::Caller::default() };
            let host = crate::lend::bare(database.database().clone());
            let cx = crate::host_plugin::plugin().cx(host, Arc::new(caller), 0);
            let entries = entries(&cx, &manifest);
            entries.iter().map(|entry| entry.path.clone()).collect::<Vec<_>>()
        };
        assert_eq!(seen(&["x:own"]), ["/own"]);
        assert_eq!(seen(&["x:own", "x:all", "x:a"]), ["/all", "/late"]);
        assert_eq!(seen(&[]), Vec::<String>::new());
    }
}
