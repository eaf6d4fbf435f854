//! For tests of the workers: a host context over a throw-away database, and plugins made of a closure.

use std::sync::{Arc, Mutex};

use cockpit_database::throwaway::ThrowAway;
use plugin_api::cx::About;
use plugin_api::db::Dialect;
use plugin_api::manifest::{Manifest, Migration};
use plugin_api::{Actor, Caller, Catalogue, Cx, Fault};

use super::{Bench, Carried, Carrier};
use crate::lend;

/// The tables of the workers, empty.
pub(crate) struct Scratch {
    pub(crate) cx: Cx,
    database: ThrowAway,
}

/// One on each kind of database there is.
pub(crate) async fn each() -> Vec<Scratch> {
    let mut each = Vec::new();
    for database in ThrowAway::each().await.unwrap() {
        database.migrate("host", &migrations(database.dialect())).await.unwrap();
        let cx = context(&database, Caller::default());
        each.push(Scratch { cx, database });
    }
    each
}

impl Scratch {
    /// The context of somebody.
    pub(crate) fn cx_of(&self, caller: Caller) -> Cx {
        context(&self.database, caller)
    }

    /// A worker's bench with these plugins.
    pub(crate) fn bench(&self, plugins: impl Carrier) -> Bench {
        Bench { cx: self.cx.clone(), carrier: Arc::new(plugins) }
    }
}

fn context(database: &ThrowAway, caller: Caller) -> Cx {
    let about = About::new("host", Catalogue::new(&[]));
    Cx::new(lend::bare(database.database().clone()), Arc::new(caller), Arc::new(about), 0)
}

/// A person of the organisation `branch`.
pub(crate) fn user(id: &str) -> Caller {
    Caller {
        actor: Actor::User { id: id.to_owned(), name: id.to_owned() },
        organisation_id: "branch".to_owned(),
        ..Caller::default()
    }
}

type Answers = dyn Fn(&str, Caller, String, Vec<u8>) -> Carried + Send + Sync;

/// Plugins that answer with a closure, and remember what they were called for.
pub(crate) struct Fake {
    manifests: Mutex<Vec<Arc<Manifest>>>,
    calls: Mutex<Vec<String>>,
    answers: Box<Answers>,
}

impl Fake {
    pub(crate) fn new(
        manifests: Vec<Manifest>,
        answers: impl Fn(&str, Caller, String, Vec<u8>) -> Carried + Send + Sync + 'static,
    ) -> Arc<Self> {
        let manifests = manifests.into_iter().map(Arc::new).collect();
        let (manifests, calls) = (Mutex::new(manifests), Mutex::default());
        Arc::new(Self { manifests, calls, answers: Box::new(answers) })
    }

    /// `plugin name` of each call so far, sorted.
    pub(crate) fn calls(&self) -> Vec<String> {
        let mut calls = self.calls.lock().unwrap().clone();
        calls.sort();
        calls
    }

    /// Enables other plugins.
    pub(crate) fn enable(&self, manifests: Vec<Manifest>) {
        *self.manifests.lock().unwrap() = manifests.into_iter().map(Arc::new).collect();
    }
}

impl Carrier for Arc<Fake> {
    fn manifests(&self) -> Vec<Arc<Manifest>> {
        self.manifests.lock().unwrap().clone()
    }

    fn carry(&self, plugin: &str, caller: Caller, name: String, payload: Vec<u8>) -> Carried {
        self.calls.lock().unwrap().push(format!("{plugin} {name}"));
        (self.answers)(plugin, caller, name, payload)
    }
}

/// An answer that is ready.
pub(crate) fn ready(outcome: Result<(), Fault>) -> Carried {
    Box::pin(async move { outcome.map(|()| b"null".to_vec()) })
}

fn migrations(dialect: Dialect) -> Vec<Migration> {
    macro_rules! sql {
        ($kind:literal, $file:literal) => {
            include_str!(concat!("../../../migrations/host/", $kind, "/", $file, ".sql"))
        };
    }
    let texts = match dialect {
        Dialect::Sqlite => [
            sql!("sqlite", "0005_create_work"),
            sql!("sqlite", "0006_create_settings"),
            sql!("sqlite", "0016_create_contents"),
        ],
        Dialect::MariaDb => [
            sql!("mariadb", "0005_create_work"),
            sql!("mariadb", "0006_create_settings"),
            sql!("mariadb", "0016_create_contents"),
        ],
    };
    let names = [(5, "create_work"), (6, "create_settings"), (16, "create_contents")];
    let migration = |((number, name), sql): ((u32, &str), &str)| Migration {
        number,
        name: name.to_owned(),
        sql: sql.to_owned(),
    };
    names.into_iter().zip(texts).map(migration).collect()
}
