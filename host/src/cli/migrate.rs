//! `cockpit migrate`: bring the database up to date.

use cockpit_database::Database;
use plugin_api::Fault;
use plugin_api::db::Dialect;
use plugin_api::manifest::Migrations;

use super::open::{failure, quietly, started};
use super::{Failure, Place, say};
use crate::config::Config;
use crate::vendor::VendorKeys;
use crate::{host_plugin, plugins};

/// Bring the database up to date, or show what that would do
///
/// Every start does the same by itself; this is for doing it beforehand. A plugin's tables are
/// made when it is unlocked and switched on.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cockpit migrate --dry-run
  cockpit migrate")]
pub(super) struct Migrate {
    /// Only print what is missing
    #[arg(long)]
    dry_run: bool,
}

impl Migrate {
    pub(super) async fn run(self, place: &Place) -> Result<(), Failure> {
        let loaded = place.load(Vec::new())?;
        quietly(&loaded)?;
        let config = loaded.config;
        let missing = missing(&config).await?;
        if self.dry_run {
            missing.iter().for_each(say);
            say(format!("{} missing.", missing.len()));
            return Ok(());
        }
        let state = started(config.clone()).await?;
        state.database.clone().close().await;
        drop(state);
        let left = self::missing(&config).await?;
        missing.iter().filter(|name| !left.contains(name)).for_each(say);
        say(format!(
            "{} applied, {} left for plugins that are not at work.",
            missing.len() - left.len(),
            left.len()
        ));
        Ok(())
    }
}

/// What the ledgers lack, as `owner/name`.
async fn missing(config: &Config) -> Result<Vec<String>, Failure> {
    let data = config.data.display().to_string();
    let read = async {
        std::fs::create_dir_all(&config.data).map_err(Fault::internal)?;
        let database = Database::open(&config.database_settings()).await?;
        let vendor = VendorKeys::load(config)?;
        let found = plugins::discover(config, &vendor, database.dialect());
        let host = host_plugin::plugin();
        let mut missing = pending(&database, "host", &host.manifest().migrations).await?;
        for (id, module) in &found {
            missing.extend(pending(&database, id, &module.manifest.migrations).await?);
        }
        database.close().await;
        Ok(missing)
    };
    read.await.map_err(|fault| failure(&data, fault))
}

async fn pending(
    database: &Database,
    owner: &str,
    migrations: &Migrations,
) -> Result<Vec<String>, Fault> {
    let migrations = match database.dialect() {
        Dialect::Sqlite => &migrations.sqlite,
        Dialect::MariaDb => &migrations.mariadb,
    };
    let names = database.pending(owner, migrations).await?;
    Ok(names.into_iter().map(|name| format!("{owner}/{name}")).collect())
}
