//! Everything a plugin contributes, as data: what `describe()` answers.
//!
//! Data grows compatibly where a vtable does not, so every field that may be missing has a default.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Access;

/// A text per language code (`en`, `it`).
pub type Texts = BTreeMap<String, String>;

/// The self-description of a plugin.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Manifest {
    /// Kebab-case, unique: prefix of its tables (`-` → `_`), permissions and assets.
    pub id: String,
    /// The plugin's own version.
    pub version: String,
    /// What people call it.
    pub name: Texts,
    /// One sentence: what it is for.
    pub description: Texts,
    /// Ids of plugins that must be enabled for this one to work.
    pub requires: Vec<String>,
    /// What it may be allowed to do.
    pub permissions: Vec<Permission>,
    /// Entries of the left menu.
    pub menu: Vec<MenuEntry>,
    /// Every route with who may call it.
    pub routes: Vec<Route>,
    /// Its part of the `OpenAPI` document (`paths`, `components`).
    pub openapi: serde_json::Value,
    /// Its schema changes.
    pub migrations: Migrations,
    /// Files served below `/assets/<id>/<hash>/`.
    pub assets: Vec<Asset>,
    /// Background jobs.
    pub jobs: Vec<Job>,
    /// Names of events it wants to hear.
    pub subscriptions: Vec<String>,
    /// Names of services other plugins may call, versioned (`accounts.find.v1`).
    pub services: Vec<String>,
    /// What an administrator can set.
    pub settings: Vec<Setting>,
    /// `typ` values of tokens it may have signed.
    pub token_types: Vec<String>,
    /// Lists the search across the cockpit looks in, with the permission needed to see each; it
    /// answers `search:<position>`.
    pub searches: Vec<String>,
    /// Live topics it publishes on, with the permission needed to listen.
    pub topics: Vec<Topic>,
    /// Pages about things of a kind, each a tab of such a thing; whoever keeps those things has the
    /// first ones.
    pub tabs: Vec<Tab>,
    /// Whether it can fill itself with sample data for `cockpit demo`.
    pub has_sample: bool,
}

/// A right with the sentence the role editor shows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Permission {
    /// `<plugin-id>:<verb>`.
    pub id: String,
    /// What who has it may do.
    pub sentence: Texts,
    /// Which default roles have it (`reseller`, `sub-company`, `agent`, `customer`, `auditor`);
    /// superadmin has every permission.
    #[serde(default)]
    pub roles: Vec<String>,
}

/// An entry of the left menu.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MenuEntry {
    /// The section it appears in; `crm` for all of ours.
    pub section: String,
    /// What it says.
    pub label: Texts,
    /// What is to be done there, in a sentence that the home page shows; empty for none.
    #[serde(default)]
    pub hint: Texts,
    /// Where it leads, below the base path.
    pub path: String,
    /// Id of a symbol in the host's sprite, without `i-`.
    pub icon: String,
    /// Who sees it.
    pub permission: String,
    /// The letter after `g` that opens it; empty for none.
    #[serde(default)]
    pub key: String,
    /// Order within the section, ascending.
    #[serde(default)]
    pub order: i32,
    /// Who has this permission does not see it: he has a page that shows more. Empty for nobody.
    #[serde(default)]
    pub unless: String,
    /// Pages elsewhere that belong to it too, below the base path: it is marked on them.
    #[serde(default)]
    pub also: Vec<String>,
    /// Entries of the same plugin with the same group are one entry of the menu, the first of them who
    /// is asking sees; on their pages all of them are tabs. Empty for an entry of its own.
    #[serde(default)]
    pub group: String,
    /// Whether the plugin answers `badge:<path>` with how many things wait behind it.
    #[serde(default)]
    pub badge: bool,
}

/// A route and who may call it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Route {
    /// Upper-case HTTP method.
    pub method: String,
    /// Path with `{parameters}`.
    pub path: String,
    /// Who may call it.
    pub access: Access,
    /// Whether who is signed in may send files of any length there; their plugin may keep such.
    #[serde(default)]
    pub takes_files: bool,
}

/// Schema changes per dialect, in order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Migrations {
    /// For `SQLite`.
    pub sqlite: Vec<Migration>,
    /// For `MariaDB`.
    pub mariadb: Vec<Migration>,
}

/// One forward-only schema change; each of its statements can be run again without harm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Migration {
    /// Ascending from 1, the `NNNN` of its file.
    pub number: u32,
    /// `verb_noun`, from its file name.
    pub name: String,
    /// Statements separated by `;` at the end of a line.
    pub sql: String,
}

/// A file of the plugin that browsers fetch.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Asset {
    /// File name, no folders.
    pub name: String,
    /// MIME type.
    pub content_type: String,
    /// The bytes, base64.
    pub base64: String,
}

/// A background job.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    /// Unique within the plugin.
    pub name: String,
    /// Five-field cron expression in the host's time zone; none when it only runs when queued.
    pub cron: Option<String>,
}

/// Something an administrator can set.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Setting {
    /// Unique within the plugin, kebab-case.
    pub key: String,
    /// What it means.
    pub label: Texts,
    /// Its value when nobody set one; its JSON type is the type of the setting.
    pub default: serde_json::Value,
}

/// A page about one thing of a kind, among the other pages about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tab {
    /// What kind of thing: `account`.
    pub of: String,
    /// What it says.
    pub label: Texts,
    /// Where it leads, below the base path; `{id}` stands for the thing.
    pub path: String,
    /// Who sees it.
    pub permission: String,
    /// Whether its plugin keeps such things: its tabs come first.
    #[serde(default)]
    pub is_own: bool,
}

/// A live topic.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Topic {
    /// `<plugin-id>.<noun>`.
    pub name: String,
    /// Who may listen.
    pub permission: String,
}
