//! Lists, described once: filters in the address, pages, columns to choose, saved views, exports
//! and the API list all come from one [`TableSpec`].
//!
//! ```
//! use axum::response::Response;
//! use plugin_api::table::{self, Column, Order, Source, TableQuery, TableSpec};
//! use plugin_api::ui::{Markup, Tone};
//! use plugin_api::{Access, Cx, Page, Problem, Routes};
//!
//! /// The licences as people and software list them.
//! fn spec() -> TableSpec {
//!     TableSpec::new("/crm/licences", "licences-title", Source {
//!         from: "license_generator_licence l \
//!                left join customer_accounts_v1 c on c.account_id = l.account_id",
//!         id: "l.licence_id",
//!         scope: "l.organisation_id",
//!     })
//!     .column(Column::mono("chiave", "l.key_hint").filterable())
//!     .column(
//!         Column::text("cliente", "c.name")
//!             .folded("c.name_folded")
//!             .filterable()
//!             .linked("/crm/customers/{id}", "c.account_id"),
//!     )
//!     .column(
//!         Column::choice(
//!             "stato",
//!             "case when l.expires_at < {now} then 'scaduta' else l.state end",
//!             &[("attiva", "state-active", Tone::Ok), ("scaduta", "state-expired", Tone::Bad)],
//!         )
//!         .filterable(),
//!     )
//!     .column(Column::date("scadenza", "l.expires_at").sortable().filterable())
//!     .column(Column::instant("creata", "l.created_at").sortable().optional())
//!     .search(&["c.name_folded", "l.key_hint"])
//!     .row_link("/crm/licences/{id}")
//!     .default_sort("creata", Order::Descending)
//!     .preset("licences-active", "stato=attiva")
//!     .primary("licence-new", "/crm/licences/new", "license-generator:create")
//! }
//!
//! /// `GET /crm/licences` and `GET /crm/licences/export` in one line.
//! fn routes() -> Routes {
//!     table::routes(spec, &Access::Permission("license-generator:view".into()))
//! }
//!
//! // Or by hand, when the page has more on it:
//! async fn page(cx: Cx, query: TableQuery) -> Result<Page, Problem> {
//!     let licences = spec().load(&cx, &query).await?;
//!     Ok(Page::html(cx.lang().t("licences-title"), Markup::of(&licences)))
//! }
//!
//! async fn export(cx: Cx, query: TableQuery) -> Result<Response, Problem> {
//!     spec().export(&cx, &query).await
//! }
//! ```
//!
//! The pieces of SQL come from the spec alone; whatever a reader writes into the address is bound.
//! In them `{now}` is the present in unix milliseconds, and a `?` may stand only where a value is
//! bound.

mod address;
mod api;
mod asked;
mod bulk;
mod cell;
mod check;
mod column;
mod cursor;
mod draft;
mod export;
mod filter;
mod fold;
mod hits;
mod load;
mod query;
mod reading;
mod routes;
mod selection;
mod spec;
mod sql;
mod totals;
mod view;

pub use address::encode;
pub use api::List;
pub use bulk::BulkAction;
pub use column::Column;
pub(crate) use export::safe;
pub use export::{Item, Sheet};
pub use fold::fold;
pub use hits::{Hit, Hits};
pub use query::TableQuery;
pub use routes::routes;
pub use selection::Selection;
pub use spec::{Lookup, Order, Source, TableSpec};
pub use totals::Total;
pub use view::TableView;

#[cfg(test)]
mod tests;
