//! What the whole host shares: made once at the start, reached by every request.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use cockpit_database::{Database, Transactions};
use http::request::Parts;
use plugin_api::{Actor, Caller, Cx, Fault, Permissions, Problem, Scope};

use crate::behind::Behind;
use crate::config::Config;
use crate::keys::KeyRing;
use crate::lend::Lent;
use crate::live::Live;
use crate::people::People;
use crate::plugins::Registry;
use crate::vendor::VendorKeys;
use crate::work::Work;
use crate::{host_plugin, lend, plugins, store};

/// Everything shared.
pub struct State {
    /// The effective settings.
    pub config: Config,
    /// The one database.
    pub database: Database,
    /// Signing, sealing and keyed hashes.
    pub keys: KeyRing,
    /// The plugins.
    pub registry: Registry,
    /// Live topics.
    pub live: Live,
    /// Rows written behind.
    pub behind: Behind,
    /// What is remembered of people signing in.
    pub people: People,
    /// Names this installation in unlock keys.
    pub installation_id: String,
    /// What requests share with the workers: bells, running jobs, settings, files.
    pub work: Work,
    pub(crate) transactions: Transactions,
}

impl State {
    /// Opens the database, brings the host's own schema up to date, finds and settles the plugins.
    pub async fn start(config: Config) -> Result<Arc<Self>, Fault> {
        std::fs::create_dir_all(&config.data).map_err(Fault::internal)?;
        let database = Database::open(&config.database_settings()).await?;
        let host = host_plugin::plugin();
        let migrations = &host.manifest().migrations;
        let migrations = match database.dialect() {
            plugin_api::db::Dialect::Sqlite => &migrations.sqlite,
            plugin_api::db::Dialect::MariaDb => &migrations.mariadb,
        };
        database.migrate("host", migrations).await?;
        let bare = host.cx(lend::bare(database.clone()), Arc::new(system_caller("start")), 0);
        let installation_id =
            store::installation::keep(&bare.db(), &bare.fresh_id(), bare.now()).await?;
        let keys =
            KeyRing::open(&bare, &config).await?.issued_by(issuer(&config, &installation_id));
        let vendor = VendorKeys::load(&config)?;
        let modules = plugins::discover(&config, &vendor, database.dialect());
        let state = Arc::new(Self {
            registry: Registry::new(host, modules, vendor),
            live: Live::default(),
            behind: Behind::start(database.clone()),
            people: People::new(),
            work: Work::new(&config)?,
            transactions: Transactions::new(database.clone()),
            config,
            database,
            keys,
            installation_id,
        });
        state.registry.reload(&state).await?;
        state.people.roles.read(&bare.db()).await?;
        Ok(state)
    }

    /// Unix milliseconds.
    pub fn now(&self) -> i64 {
        lend::now()
    }

    /// The host's own context for a caller.
    pub fn cx(self: &Arc<Self>, caller: Caller) -> Cx {
        self.cx_on(Arc::new(caller), 0)
    }

    pub(crate) fn cx_on(self: &Arc<Self>, caller: Arc<Caller>, tx: u64) -> Cx {
        let host = self.registry.host();
        host.cx(self, &caller, tx).unwrap_or_else(|| {
            // The host's own plugin is always linked directly.
            let lent = Lent::new(self, &host.id, &caller);
            host_plugin::plugin().cx(Arc::new(lent), caller, tx)
        })
    }

    /// The host's own context for a task without a person.
    pub fn system(self: &Arc<Self>, name: &str) -> Cx {
        self.cx(system_caller(name))
    }
}

/// What tokens name as `iss`: where the outside reaches us or, as a listen address may change, the
/// installation itself.
fn issuer(config: &Config, installation_id: &str) -> String {
    config.http.public_url.clone().unwrap_or_else(|| format!("urn:uuid:{installation_id}"))
}

/// Who acts when nobody asked: a task of the host called `name`.
pub fn system_caller(name: &str) -> Caller {
    Caller {
        actor: Actor::Job { name: name.to_owned() },
        permissions: Permissions::Everything,
        scope: Scope::everything(),
        organisation_id: store::organisations::ROOT.to_owned(),
        ..Caller::default()
    }
}

/// The shared state, for the host's own handlers.
#[derive(Clone)]
pub struct App(pub Arc<State>);

tokio::task_local! {
    /// The state while a plugin linked directly answers a call by name.
    static ANSWERING: Arc<State>;
}

impl App {
    /// The state, for what the host itself offers by name: such a call has no request to carry it.
    pub(crate) fn answering() -> Result<Self, Fault> {
        let state = ANSWERING.try_with(Arc::clone);
        state.map(Self).map_err(|_| Fault::internal("no call by name is being answered"))
    }

    /// Runs what answers a call by name.
    pub(crate) async fn while_answering<F: Future>(state: &Arc<State>, answer: F) -> F::Output {
        ANSWERING.scope(Arc::clone(state), answer).await
    }
}

impl<S: Sync> FromRequestParts<S> for App {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let app = parts.extensions.get::<Self>().cloned();
        app.ok_or_else(|| Fault::internal("the request carries no state").into())
    }
}
