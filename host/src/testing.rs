//! What tests of the host share: throw-away databases with the host's schema.

mod cockpit;

use std::sync::Arc;

use cockpit_database::throwaway::ThrowAway;
use plugin_api::Cx;
use plugin_api::db::{Db, Dialect};

use crate::state::system_caller;
use crate::{host_plugin, lend};

pub(crate) use cockpit::{Cockpit, Reply, cockpits};

/// A migrated database of each kind that can be tested here.
pub(crate) async fn migrated() -> Vec<ThrowAway> {
    let host = host_plugin::plugin();
    let each = ThrowAway::each().await.expect("throw-away databases");
    for database in &each {
        let migrations = &host.manifest().migrations;
        let migrations = match database.dialect() {
            Dialect::Sqlite => &migrations.sqlite,
            Dialect::MariaDb => &migrations.mariadb,
        };
        database.migrate("host", migrations).await.expect("the schema");
    }
    each
}

/// A context of the host's own on a database alone.
pub(crate) fn cx(database: &ThrowAway) -> Cx {
    let bare = lend::bare(database.database().clone());
    host_plugin::plugin().cx(bare, Arc::new(system_caller("test")), 0)
}

/// The database as store functions take it.
pub(crate) fn db(database: &ThrowAway) -> Db {
    cx(database).db()
}
