//! `cockpit serve`: serve until told to stop.

use std::net::SocketAddr;

use super::open::{make_directory, started};
use super::{Failure, Place, listener, stop_signal};
use crate::config::Given;
use crate::people::setup;
use crate::{logging, serve};

/// Serve pages and API until told to stop
///
/// The first start makes the data directory and prints a link that lets you make the first user.
/// SIGTERM and Ctrl-C let running requests end.
#[derive(Debug, Default, clap::Args)]
#[command(after_help = "\
Examples:
  cockpit serve
  cockpit serve --data /var/lib/cockpit --listen 0.0.0.0:8080
  COCKPIT_DATABASE__URL_FILE=/run/secrets/url cockpit serve")]
pub(super) struct Serve {
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
}

impl Serve {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let flag = self.listen.map(|at| Given::flag("listen", "http.listen", at.to_string()));
        let mut config = place.load(flag.into_iter().collect())?.config;
        logging::start(&config).map_err(|fault| Failure::config(fault.message))?;
        let stop = stop_signal()?;
        let listener = listener(&mut config).await?;
        make_directory(&config.data)?;
        let (listen, at) = (config.http.listen, config.http.reachable());
        let state = started(config).await?;
        if let Some(token) = setup::token(&state).await? {
            super::say(format!(
                "No user yet. Make the first one at {}",
                setup_link(&state, at, &token)
            ));
        }
        tracing::info!(address = %listen, installation = state.installation_id, "Serving.");
        serve(state, listener, stop).await;
        Ok(())
    }
}

fn setup_link(state: &crate::state::State, at: SocketAddr, token: &str) -> String {
    let http = &state.config.http;
    let origin = http.public_url.clone().unwrap_or_else(|| format!("http://{at}"));
    format!("{origin}{}/setup?token={token}", http.base_path)
}
