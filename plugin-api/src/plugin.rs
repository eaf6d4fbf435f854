//! A plugin, put together: what it contributes as data, and what answers when the host calls.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::caller::Caller;
use crate::contracts::Contract;
use crate::cx::{About, Cx};
use crate::host::{Host, TxId};
use crate::lang::{Catalogue, Sources};
use crate::lent::Event;
use crate::manifest::{
    Asset, Job, Manifest, MenuEntry, Migrations, Permission, Setting, Tab, Topic,
};
use crate::table::TableSpec;
use crate::{Access, Fault, FaultKind, Routes};

type Answer = Pin<Box<dyn Future<Output = Result<Vec<u8>, Fault>> + Send>>;
type Answering = Arc<dyn Fn(Cx, Vec<u8>) -> Answer + Send + Sync>;

/// A plugin built from its parts; `fn plugin() -> Plugin` reads as its table of contents.
pub struct Plugin {
    manifest: Manifest,
    about: Arc<About>,
    routes: Routes,
    router: Router,
    answers: BTreeMap<String, Answering>,
}

impl std::fmt::Debug for Plugin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plugin").field("id", &self.manifest.id).finish_non_exhaustive()
    }
}

impl Plugin {
    /// A plugin with its id, version (`env!("CARGO_PKG_VERSION")`) and texts, which must hold
    /// `plugin-name` and `plugin-description`.
    pub fn new(id: &str, version: &str, locales: Sources) -> Self {
        let catalogue = Catalogue::new(locales);
        let manifest = Manifest {
            id: id.to_owned(),
            version: version.to_owned(),
            name: catalogue.texts("plugin-name"),
            description: catalogue.texts("plugin-description"),
            ..Manifest::default()
        };
        Self {
            manifest,
            about: Arc::new(About::new(id, catalogue)),
            routes: Routes::new(),
            router: Router::new(),
            answers: BTreeMap::new(),
        }
    }

    /// Remembers `memory` from one request to the next: [`Cx::memory`] lends it. It is this process's
    /// own and gone with it, so it holds what can be lost: counters, what was looked up before.
    #[must_use]
    pub fn memory<T: Send + Sync + 'static>(mut self, memory: T) -> Self {
        self.about = Arc::new(self.about.remembering(Arc::new(memory)));
        self
    }

    /// Needs another plugin to be enabled.
    #[must_use]
    pub fn requires(mut self, id: &str) -> Self {
        self.manifest.requires.push(id.to_owned());
        self
    }

    /// A permission `<id>:<verb>`; its sentence is the text `permission-<verb>`. `roles` are the
    /// default roles that have it.
    #[must_use]
    pub fn permission(mut self, verb: &str, roles: &[&str]) -> Self {
        self.manifest.permissions.push(Permission {
            id: format!("{}:{verb}", self.manifest.id),
            sentence: self.about.catalogue().texts(&format!("permission-{verb}")),
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
        });
        self
    }

    /// An entry of the CRM section; its label is the text `label_key`.
    #[must_use]
    pub fn menu(mut self, label_key: &str, path: &str, icon: &str, verb: &str, key: &str) -> Self {
        let order = i32::try_from(self.manifest.menu.len()).unwrap_or_default();
        self.manifest.menu.push(MenuEntry {
            section: "crm".to_owned(),
            label: self.about.catalogue().texts(label_key),
            path: path.to_owned(),
            icon: icon.to_owned(),
            permission: format!("{}:{verb}", self.manifest.id),
            key: key.to_owned(),
            order,
            ..MenuEntry::default()
        });
        self
    }

    /// The home page says the text `key` of the menu entry said last.
    #[must_use]
    pub fn hint(mut self, key: &str) -> Self {
        if let Some(entry) = self.manifest.menu.last_mut() {
            entry.hint = self.about.catalogue().texts(key);
        }
        self
    }

    /// The menu entry said last is not for who has `<id>:<verb>`: he has a page that shows more.
    #[must_use]
    pub fn unless(mut self, verb: &str) -> Self {
        if let Some(entry) = self.manifest.menu.last_mut() {
            entry.unless = format!("{}:{verb}", self.manifest.id);
        }
        self
    }

    /// The menu entry said last is marked on `path` and the pages below it, too.
    #[must_use]
    pub fn also(mut self, path: &str) -> Self {
        if let Some(entry) = self.manifest.menu.last_mut() {
            entry.also.push(path.to_owned());
        }
        self
    }

    /// The menu entry said last shares one place in the menu with the others of `group`: they become
    /// tabs of each other.
    #[must_use]
    pub fn group(mut self, group: &str) -> Self {
        if let Some(entry) = self.manifest.menu.last_mut() {
            group.clone_into(&mut entry.group);
        }
        self
    }

    /// The menu entry said last shows how many things wait behind it for who is asking; 0 shows
    /// nothing.
    #[must_use]
    pub fn badge<H, F>(mut self, count: H) -> Self
    where
        H: Fn(Cx) -> F + Send + Sync + 'static,
        F: Future<Output = Result<i64, Fault>> + Send + 'static,
    {
        let Some(entry) = self.manifest.menu.last_mut() else { return self };
        entry.badge = true;
        let name = format!("badge:{}", entry.path);
        self.answer(name, move |cx, (): ()| count(cx))
    }

    /// A page at `path` about one of the things of the kind `of` that this plugin keeps, for who has
    /// `<id>:<verb>`; `{id}` stands for the thing, `label_key` names the text. [`Cx::tabs`] shows it.
    #[must_use]
    pub fn own_tab(self, of: &str, label_key: &str, path: &str, verb: &str) -> Self {
        self.adding_tab((of, true), label_key, path, verb)
    }

    /// The same about a thing that another plugin keeps: `account` is a customer.
    #[must_use]
    pub fn tab(self, of: &str, label_key: &str, path: &str, verb: &str) -> Self {
        self.adding_tab((of, false), label_key, path, verb)
    }

    fn adding_tab(
        mut self,
        (of, is_own): (&str, bool),
        label_key: &str,
        path: &str,
        verb: &str,
    ) -> Self {
        self.manifest.tabs.push(Tab {
            of: of.to_owned(),
            label: self.about.catalogue().texts(label_key),
            path: path.to_owned(),
            permission: format!("{}:{verb}", self.manifest.id),
            is_own,
        });
        self
    }

    /// Its routes.
    #[must_use]
    pub fn routes(mut self, routes: Routes) -> Self {
        self.routes = self.routes.merge(routes);
        self
    }

    /// Its schema changes, from [`migrations!`](crate::migrations).
    #[must_use]
    pub fn migrations(mut self, migrations: Migrations) -> Self {
        self.manifest.migrations = migrations;
        self
    }

    /// A file for browsers.
    #[must_use]
    pub fn asset(mut self, name: &str, content_type: &str, bytes: &[u8]) -> Self {
        use base64::Engine as _;
        self.manifest.assets.push(Asset {
            name: name.to_owned(),
            content_type: content_type.to_owned(),
            base64: base64::engine::general_purpose::STANDARD.encode(bytes),
        });
        self
    }

    /// A list that the search across the whole cockpit looks in, for who has `<id>:<verb>`.
    #[must_use]
    pub fn search(mut self, verb: &str, list: fn(&Cx) -> TableSpec) -> Self {
        let name = format!("search:{}", self.manifest.searches.len());
        self.manifest.searches.push(format!("{}:{verb}", self.manifest.id));
        self.answer(name, move |cx, words: String| async move { list(&cx).hits(&cx, &words).await })
    }

    /// A setting; its label is the text `setting-<key>`.
    #[must_use]
    pub fn setting(mut self, key: &str, default: impl Into<Json>) -> Self {
        self.manifest.settings.push(Setting {
            key: key.to_owned(),
            label: self.about.catalogue().texts(&format!("setting-{key}")),
            default: default.into(),
        });
        self
    }

    /// A `typ` of tokens it may have signed.
    #[must_use]
    pub fn token_type(mut self, typ: &str) -> Self {
        self.manifest.token_types.push(typ.to_owned());
        self
    }

    /// A live topic `<id>.<noun>` that who has `<id>:<verb>` may listen to.
    #[must_use]
    pub fn topic(mut self, noun: &str, verb: &str) -> Self {
        let id = &self.manifest.id;
        let topic = Topic { name: format!("{id}.{noun}"), permission: format!("{id}:{verb}") };
        self.manifest.topics.push(topic);
        self
    }

    /// Answers a contract other plugins may call.
    #[must_use]
    pub fn service<Q, A, H, F>(mut self, contract: &Contract<Q, A>, handler: H) -> Self
    where
        Q: DeserializeOwned + Send,
        A: Serialize,
        H: Fn(Cx, Q) -> F + Send + Sync + 'static,
        F: Future<Output = Result<A, Fault>> + Send + 'static,
    {
        self.manifest.services.push(contract.name.to_owned());
        self.answer(format!("service:{}", contract.name), handler)
    }

    /// A background job, run by `cron` (five fields) when given, and whenever queued.
    #[must_use]
    pub fn job<H, F>(mut self, name: &str, cron: Option<&str>, handler: H) -> Self
    where
        H: Fn(Cx, Json) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), Fault>> + Send + 'static,
    {
        let cron = cron.map(str::to_owned);
        self.manifest.jobs.push(Job { name: name.to_owned(), cron });
        self.answer(format!("job:{name}"), handler)
    }

    /// Hears an event, at least once; be idempotent by its id.
    #[must_use]
    pub fn on<H, F>(mut self, event: &str, handler: H) -> Self
    where
        H: Fn(Cx, Event) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), Fault>> + Send + 'static,
    {
        self.manifest.subscriptions.push(event.to_owned());
        self.answer(format!("event:{event}"), handler)
    }

    /// Fills the plugin with sample data for `cockpit demo`; what it answers is merged into
    /// `demo.json`. Run again on the same data it must change nothing.
    #[must_use]
    pub fn sample<H, F>(mut self, handler: H) -> Self
    where
        H: Fn(Cx, Json) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Json, Fault>> + Send + 'static,
    {
        self.manifest.has_sample = true;
        self.answer("sample".to_owned(), handler)
    }

    fn answer<Q, A, H, F>(mut self, name: String, handler: H) -> Self
    where
        Q: DeserializeOwned + Send,
        A: Serialize,
        H: Fn(Cx, Q) -> F + Send + Sync + 'static,
        F: Future<Output = Result<A, Fault>> + Send + 'static,
    {
        let answering: Answering = Arc::new(move |cx, payload| {
            let answer = serde_json::from_slice(&payload).map(|asked| handler(cx, asked));
            Box::pin(async move { Ok(serde_json::to_vec(&answer?.await?)?) })
        });
        self.answers.insert(name, answering);
        self
    }

    /// Closes the list: builds the router, the route table and the `OpenAPI` fragment.
    #[must_use]
    pub fn build(mut self) -> Self {
        let prefix: String =
            self.manifest.id.split('-').flat_map(|word| capitalised(word).into_iter()).collect();
        let routes = std::mem::take(&mut self.routes);
        (self.router, self.manifest.routes, self.manifest.openapi) = routes.into_parts(&prefix);
        self
    }

    /// What it contributes.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Its router; requests carry a [`Cx`] in their extensions.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// A context for its own code.
    pub fn cx(&self, host: Arc<dyn Host>, caller: Arc<Caller>, tx: TxId) -> Cx {
        Cx::new(host, caller, Arc::clone(&self.about), tx)
    }

    /// Answers `job:…`, `event:…`, `service:…`, `badge:…` and `sample`.
    pub async fn call(&self, cx: Cx, name: &str, payload: Vec<u8>) -> Result<Vec<u8>, Fault> {
        let Some(answering) = self.answers.get(name) else {
            return Err(Fault::new(FaultKind::NotFound, "the plugin has no such call").about(name));
        };
        answering(cx, payload).await
    }

    /// The access of its own permission `<id>:<verb>`.
    pub fn access(id: &str, verb: &str) -> Access {
        Access::Permission(format!("{id}:{verb}"))
    }
}

fn capitalised(word: &str) -> Vec<char> {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// Lists the migrations of a plugin by file name; both dialects are compiled in from
/// `migrations/<owner>/{sqlite,mariadb}/`. A test finds files that are not listed.
#[macro_export]
macro_rules! migrations {
    (in $root:literal $owner:literal: $($number:literal $name:literal),* $(,)?) => {
        $crate::manifest::Migrations {
            sqlite: vec![$($crate::migrations!(@one $root $owner "sqlite" $number $name)),*],
            mariadb: vec![$($crate::migrations!(@one $root $owner "mariadb" $number $name)),*],
        }
    };
    (@one $root:literal $owner:literal $dialect:literal $number:literal $name:literal) => {
        $crate::manifest::Migration {
            number: $crate::plugin::number($number),
            name: $name.to_owned(),
            sql: include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"), "/", $root, "/", $owner, "/", $dialect, "/",
                $number, "_", $name, ".sql"
            ))
            .to_owned(),
        }
    };
    ($owner:literal: $($list:tt)*) => {
        $crate::migrations!(in "../../migrations" $owner: $($list)*)
    };
}

/// The number of a migration written `"0001"`; 0, which no ledger accepts, if it is none.
#[doc(hidden)]
pub fn number(text: &str) -> u32 {
    text.parse().unwrap_or_default()
}
