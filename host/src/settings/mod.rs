//! Settings of plugins: a default from the manifest until somebody sets something else.

mod field;
mod page;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use plugin_api::db::{Audit, Batch, Db};
use plugin_api::manifest::{Manifest, Setting};
use plugin_api::{Cx, Fault, FaultKind};
use serde_json::{Value as Json, json};

use crate::jobs::person;
use crate::state::State;
use crate::store::settings as store;

pub use page::routes;

/// How long a value is believed without asking again, milliseconds: what another host set arrives
/// within this time.
const FRESH: i64 = 5_000;

/// Values as last read; clones share them.
#[derive(Clone, Default)]
pub struct Settings(Arc<Mutex<HashMap<(String, String), Read>>>);

struct Read {
    set: Option<Json>,
    at: i64,
}

/// The value of a setting of `plugin`: what was set, or its default.
pub async fn get(state: &Arc<State>, plugin: &str, key: &str) -> Result<Json, Fault> {
    let cx = state.system("settings");
    let manifest = manifest(state, plugin)?;
    state.work.settings.value(&cx.db(), &manifest, key, cx.now()).await
}

/// Sets a setting of `plugin` on behalf of `cx`; audited. Setting it to its default clears it.
pub async fn set(
    state: &Arc<State>,
    cx: &Cx,
    plugin: &str,
    key: &str,
    value: Json,
) -> Result<(), Fault> {
    let manifest = manifest(state, plugin)?;
    let batch = state.work.settings.change(cx, Batch::new(), &manifest, key, &value).await?;
    cx.db().batch(batch).await?;
    state.work.settings.forget(plugin);
    Ok(())
}

fn manifest(state: &State, plugin: &str) -> Result<Arc<Manifest>, Fault> {
    let module = state.registry.module(plugin);
    module.map(|module| Arc::clone(&module.manifest)).ok_or_else(|| unknown(plugin, ""))
}

impl Settings {
    /// The value of a setting.
    async fn value(
        &self,
        db: &Db,
        manifest: &Manifest,
        key: &str,
        now: i64,
    ) -> Result<Json, Fault> {
        let setting = described(manifest, key)?;
        let name = (manifest.id.clone(), key.to_owned());
        let known =
            self.read().get(&name).filter(|read| now - read.at < FRESH).map(|r| r.set.clone());
        let set = if let Some(set) = known {
            set
        } else {
            let set = store::find(db, &manifest.id, key).await?;
            self.read().insert(name, Read { set: set.clone(), at: now });
            set
        };
        // A default whose type changed with a new version wins over what was set before.
        Ok(set.filter(|set| fits(&setting.default, set)).unwrap_or_else(|| setting.default.clone()))
    }

    /// Adds to `batch` what changes a setting.
    async fn change(
        &self,
        cx: &Cx,
        batch: Batch,
        manifest: &Manifest,
        key: &str,
        value: &Json,
    ) -> Result<Batch, Fault> {
        let setting = described(manifest, key)?;
        if !fits(&setting.default, value) {
            let told = format!("the setting {key} takes a value like {}", setting.default);
            return Err(Fault::invalid(told).about(key));
        }
        let before = store::find(&cx.db(), &manifest.id, key).await?;
        let before = before.unwrap_or_else(|| setting.default.clone());
        if before == *value {
            return Ok(batch);
        }
        let statement = if *value == setting.default {
            store::reset(&manifest.id, key)
        } else {
            store::set(&manifest.id, key, value, person(cx.caller()), cx.now())
        };
        let audit = Audit::of("setting.changed", &format!("{}.{key}", manifest.id))
            .named(cx.lang().pick(&setting.label))
            .before(json!({ key: before }))
            .after(json!({ key: value }));
        Ok(batch.and(statement).audit(audit))
    }

    /// Asks anew next time.
    fn forget(&self, plugin: &str) {
        self.read().retain(|(owner, _), _| owner != plugin);
    }

    fn read(&self) -> MutexGuard<'_, HashMap<(String, String), Read>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn described<'a>(manifest: &'a Manifest, key: &str) -> Result<&'a Setting, Fault> {
    let found = manifest.settings.iter().find(|setting| setting.key == key);
    found.ok_or_else(|| unknown(&manifest.id, key))
}

fn unknown(plugin: &str, key: &str) -> Fault {
    Fault::new(FaultKind::NotFound, format!("{plugin} describes no such setting")).about(key)
}

/// Whether `value` is of the type of `default`; a whole number stays one.
fn fits(default: &Json, value: &Json) -> bool {
    match (default, value) {
        (Json::Null, _)
        | (Json::Bool(_), Json::Bool(_))
        | (Json::String(_), Json::String(_))
        | (Json::Array(_), Json::Array(_))
        | (Json::Object(_), Json::Object(_)) => true,
        (Json::Number(default), Json::Number(value)) => default.is_f64() || !value.is_f64(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::testing::each;

    fn manifest() -> Manifest {
        let setting = |key: &str, default: Json| Setting {
            key: key.to_owned(),
            label: [("en".to_owned(), "Days".to_owned())].into(),
            default,
        };
        let settings = vec![setting("days", json!(30)), setting("on", json!(true))];
        Manifest { id: "p".to_owned(), settings, ..Manifest::default() }
    }

    #[tokio::test]
    async fn the_default_holds_until_something_is_set() {
        for database in each().await {
            let (settings, manifest, cx) = (Settings::default(), manifest(), &database.cx);
            let db = cx.db();
            let days = async |now| settings.value(&db, &manifest, "days", now).await.unwrap();
            assert_eq!(days(0).await, json!(30));
            db.execute(store::set("p", "days", &json!(7), "", 0)).await.unwrap();
            assert_eq!(days(FRESH - 1).await, json!(30), "still believed");
            assert_eq!(days(FRESH).await, json!(7));
            db.execute(store::set("p", "days", &json!(8), "", 0)).await.unwrap();
            settings.forget("p");
            assert_eq!(days(FRESH).await, json!(8));
            db.execute(store::set("p", "days", &json!("text"), "", 0)).await.unwrap();
            settings.forget("p");
            assert_eq!(days(FRESH).await, json!(30), "of another type than the default");
            let unknown = settings.value(&db, &manifest, "nights", 0).await.unwrap_err();
            assert_eq!(unknown.kind, FaultKind::NotFound);
        }
    }

    #[tokio::test]
    async fn a_value_of_another_type_is_refused() {
        let database = each().await.remove(0);
        let (settings, manifest) = (Settings::default(), manifest());
        for (key, value) in [("days", json!("7")), ("days", json!(1.5)), ("on", json!(1))] {
            let change = settings.change(&database.cx, Batch::new(), &manifest, key, &value).await;
            assert_eq!(change.unwrap_err().kind, FaultKind::Invalid, "{value}");
        }
    }
}
