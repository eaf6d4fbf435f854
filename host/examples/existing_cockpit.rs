//! A small cockpit that was there before ours: its own login and menu, our pages inside its own.
//!
//! ```text
//! cargo run --example existing_cockpit -- --keys KEYS --data DATA           mounts ours below /crm-base
//! cargo run --example existing_cockpit -- --keys KEYS --cockpit URL         points to one that runs elsewhere
//! ```
//!
//! `DATA` is a data directory of ours. `KEYS` gets `jwks.json`, which the cockpit at `URL` names in
//! `sso.keys`; `docs/embedding.md` has the rest of its settings.

#[path = "existing_cockpit/issuer.rs"]
mod issuer;
#[path = "existing_cockpit/ours.rs"]
mod ours;
#[path = "existing_cockpit/pages.rs"]
mod pages;

use std::collections::HashMap;
use std::error::Error;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use axum::Router;
use clap::Parser;
use cockpit_host::config::{Config, Given, Loaded, Sources};
use tokio::net::TcpListener;

use issuer::{AUDIENCE, ISSUER, Issuer};
use ours::Ours;

/// Below this our pages are, when they are mounted.
const BASE_PATH: &str = "/crm-base";

#[derive(Parser)]
struct Arguments {
    /// Where it listens.
    #[arg(long, default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// Where its public key is written.
    #[arg(long)]
    keys: PathBuf,
    /// The data directory of the cockpit to mount.
    #[arg(long, required_unless_present = "cockpit")]
    data: Option<PathBuf>,
    /// The address of a cockpit that runs by itself.
    #[arg(long, conflicts_with = "data")]
    cockpit: Option<String>,
}

/// Somebody who may sign in here; the password of everybody is `existing`.
#[derive(Clone)]
pub(crate) struct Person {
    /// His id, which never changes: the `sub` of his tokens.
    pub(crate) id: &'static str,
    /// His name.
    pub(crate) name: &'static str,
    /// His e-mail address.
    pub(crate) email: &'static str,
    /// His role, as it is called here.
    pub(crate) role: &'static str,
}

/// Everybody there is.
pub(crate) const PEOPLE: [Person; 2] = [
    Person { id: "1", name: "Carla", email: "carla@existing.example", role: "chief" },
    Person { id: "2", name: "Sandro", email: "sandro@existing.example", role: "seller" },
];

/// What the pages of this cockpit share.
pub(crate) struct Site {
    /// The other side of single sign-on.
    pub(crate) issuer: Issuer,
    /// Where our cockpit answers, without a final slash.
    pub(crate) cockpit: String,
    /// Who is signed in here, by cookie.
    pub(crate) sessions: Mutex<HashMap<String, Arc<Ours>>>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let listener = TcpListener::bind(arguments.listen).await?;
    let own = format!("http://{}", listener.local_addr()?);
    let issuer = Issuer::new(&arguments.keys)?;
    let (mounted, running, cockpit) = match (&arguments.data, arguments.cockpit) {
        (Some(data), _) => {
            let (router, running) = cockpit_host::app(config(data, &own, &issuer)?).await?;
            (router, Some(running), format!("{own}{BASE_PATH}"))
        }
        (None, Some(url)) => (Router::new(), None, url),
        (None, None) => return Err("either --data or --cockpit".into()),
    };
    let site = Arc::new(Site { issuer, cockpit, sessions: Mutex::default() });
    let router = pages::routes(site).merge(mounted);
    println!("The existing cockpit is at {own}");
    let stop = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service);
    match running {
        None => server.with_graceful_shutdown(stop).await?,
        Some(running) => {
            server.with_graceful_shutdown(running.after(stop)).await?;
            running.stop().await;
        }
    }
    Ok(())
}

/// The settings of the mounted cockpit: those of its directory, and what joins it to this one.
fn config(data: &Path, own: &str, issuer: &Issuer) -> Result<Config, Box<dyn Error>> {
    let data = data.to_string_lossy().into_owned();
    let data = Given::named("the existing cockpit", "data", data);
    let sources = Sources { environment: Vec::new(), flags: vec![data], file: None };
    let mut config = Loaded::from(&sources)?.config;
    BASE_PATH.clone_into(&mut config.http.base_path);
    config.http.public_url = Some(own.to_owned());
    config.cockpit.origins = vec![own.to_owned()];
    ISSUER.clone_into(&mut config.sso.issuer);
    AUDIENCE.clone_into(&mut config.sso.audience);
    config.sso.keys = vec![issuer.public_keys.clone()];
    config.sso.create_users = true;
    config.sso.roles = ["chief=superadmin", "seller=agent"].map(str::to_owned).into();
    let root = cockpit_host::store::organisations::ROOT;
    config.sso.organisations = vec![format!("head-office={root}")];
    Ok(config)
}
