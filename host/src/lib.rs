//! The cockpit: one web application whose CRM section is made of plugins.

pub mod access;
mod api;
pub mod audit;
pub mod behind;
pub mod blobs;
pub mod cli;
pub mod config;
pub mod demo;
pub mod frame;
mod host_plugin;
pub mod http;
pub mod jobs;
pub mod jose;
pub mod keys;
pub mod lend;
pub mod live;
pub mod logging;
pub(crate) mod mail;
pub mod once;
pub mod outbox;
pub mod pages;
pub mod people;
pub mod plugins;
mod running;
pub mod settings;
pub mod sso;
pub mod state;
pub mod store;
#[cfg(test)]
mod testing;
pub mod vendor;
pub mod views;
pub mod work;

use std::sync::Arc;

use plugin_api::Fault;

#[cfg(feature = "customer-accounts")]
use customer_accounts as _;
#[cfg(feature = "license-generator")]
use license_generator as _;
#[cfg(feature = "registration-inventory")]
use registration_inventory as _;
#[cfg(feature = "update-server")]
use update_server as _;

pub use running::Running;

/// Opens the database, migrates, loads the plugins and settles them; does not serve.
pub async fn start(config: config::Config) -> Result<Arc<state::State>, Fault> {
    state::State::start(config).await
}

/// The whole product as a router, for another axum application to mount, and the handle that stops
/// what runs beside it.
///
/// With `http.base_path` the router claims only the paths below it, `/api` and `/.well-known`, so it
/// is merged into one that has pages of its own. `docs/embedding.md` and
/// `host/examples/existing_cockpit.rs` show how.
pub async fn app(config: config::Config) -> Result<(axum::Router, Running), Fault> {
    let running = Running::begin(start(config).await?);
    Ok((http::mounted(Arc::clone(running.state())), running))
}

/// Serves until `stop` is done; then requests end, jobs are handed back and rows are flushed.
pub async fn serve(
    state: Arc<state::State>,
    listener: tokio::net::TcpListener,
    stop: impl Future<Output = ()> + Send,
) {
    let router = http::router(Arc::clone(&state));
    let running = Running::begin(state);
    http::serve(&running.state().config.http, router, listener, running.after(stop)).await;
    running.stop().await;
}
