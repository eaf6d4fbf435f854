//! The cockpit: one web application whose CRM section is made of plugins.

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
pub mod settings;
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

/// Opens the database, migrates, loads the plugins and settles them; does not serve.
pub async fn start(config: config::Config) -> Result<Arc<state::State>, Fault> {
    state::State::start(config).await
}

/// The whole product as a router, for another axum application to mount.
pub async fn app(config: config::Config) -> Result<axum::Router, Fault> {
    let state = start(config).await?;
    work::start(&state);
    Ok(http::router(state))
}

/// Serves until `stop` is done; then requests end, jobs are handed back and rows are flushed.
pub async fn serve(
    state: Arc<state::State>,
    listener: tokio::net::TcpListener,
    stop: impl Future<Output = ()> + Send,
) {
    let work = work::start(&state);
    let router = http::router(Arc::clone(&state));
    // Live streams never end by themselves and would hold up the others.
    let live = state.live.clone();
    let stop = async move {
        stop.await;
        live.close();
    };
    http::serve(&state.config.http, router, listener, stop).await;
    work.stop().await;
    state.behind.flush().await;
    state.database.clone().close().await;
}
