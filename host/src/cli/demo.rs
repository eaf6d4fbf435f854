//! `cockpit demo`: a company to look around in.

use std::net::SocketAddr;

use super::{Failure, Place, listener, stop_signal};
use crate::config::Given;
use crate::{demo, logging};

/// Where a demo is kept when nothing says where.
const DIRECTORY: &str = "cockpit-demo";

/// Serve a fictitious company with customers and licences, to look around
///
/// Prints where to sign in and as whom, and a ready request that activates a licence; the same is
/// in demo.json in the data directory while the server answers. Starting it again keeps what is
/// there; delete the directory to begin anew.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cockpit demo
  cockpit demo --data /tmp/demo --listen 127.0.0.1:0
  cockpit demo --data /tmp/large --scale 100000
  cockpit demo --database mysql://user:password@127.0.0.1:3306/demo")]
pub(super) struct Demo {
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Add so many licences of the last five years, to see how a large installation does
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=5_000_000))]
    scale: Option<u32>,
}

impl Demo {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let flag = self.listen.map(|at| Given::flag("listen", "http.listen", at.to_string()));
        let mut given: Vec<_> = flag.into_iter().collect();
        let mut loaded = place.load(given.clone())?;
        if loaded.is_default("data") {
            // Not where real work is kept.
            given.push(Given::named("demo", "data", DIRECTORY));
            loaded = place.load(given)?;
        }
        let is_default_filter = loaded.is_default("log.filter");
        let mut config = loaded.config;
        if is_default_filter {
            "warn".clone_into(&mut config.log.filter);
        }
        logging::start(&config).map_err(|fault| Failure::config(fault.message))?;
        // First of all, for what an earlier start that was killed has left.
        let stop = stop_signal()?;
        let listener = listener(&mut config).await?;
        demo::run(config, listener, stop, self.scale).await
    }
}
