//! Imports, described once: upload, column mapping, dry run, a job that can be stopped and goes on
//! where it was, and a report for each row all come from one [`ImportSpec`].
//!
//! ```
//! use plugin_api::cx::Tx;
//! use plugin_api::import::{Act, Field, ImportSpec, Outcome, Place, Row};
//! use plugin_api::{Cx, Plugin, Problem};
//!
//! fn spec() -> ImportSpec {
//!     let place = Place {
//!         path: "/crm/things/import",
//!         one: "/crm/things/import/{id}",
//!         above: ("things", "/crm/things"),
//!         object: "/crm/things/{id}",
//!         permission: "thing-keeper:write",
//!     };
//!     ImportSpec::new("things", "things-import", place, plugin_api::import_tables!("thing_keeper"))
//!         .field(Field::new("name", "thing-name").required().known_as(&["nome", "title"]))
//!         .field(Field::new("colour", "thing-colour"))
//!         .rows(check, apply)
//! }
//!
//! /// What would become of a row; writes nothing.
//! async fn check(_cx: Cx, row: Row) -> Result<Outcome, Problem> {
//!     if row.get("colour") == "plaid" {
//!         return Ok(Outcome::refused("colour", "There is no plaid."));
//!     }
//!     Ok(Outcome::of(Act::Create, row.get("name")).unique_in_file("name", row.get("name")))
//! }
//!
//! /// Writes a row, in the transaction that also notes that it is done.
//! async fn apply(tx: Tx, row: Row) -> Result<Outcome, Problem> {
//!     check((*tx).clone(), row).await // … and a batch on `tx.db()`
//! }
//!
//! fn mounted(plugin: Plugin) -> Plugin {
//!     plugin.import(spec())
//! }
//! ```
//!
//! Both functions see the scope, permissions and language of who started the import, also in the
//! job. The host sees the job: what it would check against the caller's branch (the parent of a new
//! node, the two ends of a move) the functions check themselves.
//!
//! The two tables are the plugin's own, made by its migration; `docs/importing.md` has their text.

mod fields;
mod forget;
mod job;
mod mapping;
mod outcome;
mod pages;
mod posted;
mod sheet;
mod spec;
mod store;

pub use fields::{Field, Row};
pub use outcome::{Act, Outcome};
pub use posted::{Posted, Rows};
pub use spec::{ImportSpec, Place, Tables};

use crate::{Access, Plugin};

impl Plugin {
    /// An import: its pages and its job.
    #[must_use]
    pub fn import(self, spec: ImportSpec) -> Self {
        let access = Access::permission(spec.place.permission);
        let name = spec.job();
        let pages = pages::routes(&spec, &access);
        let sweeping = spec.clone();
        // Files nobody touched for long go at night, also where nobody imports any more.
        let sweep = format!("sweep-{}", spec.job());
        let swept = self.job(&sweep, Some("17 3 * * *"), move |cx, _: serde_json::Value| {
            let spec = sweeping.clone();
            async move { pages::clear(&spec, &cx).await }
        });
        swept.routes(pages).job(&name, None, move |cx, payload| {
            let spec = spec.clone();
            async move { job::run(&spec, &cx, payload).await }
        })
    }
}
