//! Who may migrate a `MariaDB` that several hosts share: a row with an expiry and a fencing token.
//!
//! Not `GET_LOCK`, which holds on one node of a cluster only. All instants are the server's.

use std::time::Duration;

use plugin_api::db::{Dialect, Rendered, Statement};
use plugin_api::{Fault, FaultKind};

use super::ledger::plain;
use crate::Database;
use crate::mariadb::{MariaDb, chance};

/// The label of the statement that proves the lease is still ours.
const LABEL: &str = "migration lease";

const TABLE: &str = "create table if not exists host_migration_lease (
    lease_id int not null primary key, holder varchar(64) not null, token bigint not null,
    expires_at bigint not null)
    engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin";
const ROW: &str = "insert ignore into host_migration_lease (lease_id, holder, token, expires_at)
    values (1, '', 0, 0)";
/// Taken over only once its 30 seconds have passed; the token grows, so that a holder that was
/// taken for dead cannot go on.
const TAKE: &str = "update host_migration_lease
    set holder = ?, token = token + 1,
        expires_at = cast(unix_timestamp(now(3)) * 1000 as signed) + 30000
    where lease_id = 1 and expires_at < cast(unix_timestamp(now(3)) * 1000 as signed)";
const TOKEN: &str = "select token from host_migration_lease where lease_id = 1 and holder = ?";
const RENEW: &str = "update host_migration_lease
    set expires_at = cast(unix_timestamp(now(3)) * 1000 as signed) + 30000
    where lease_id = 1 and holder = ? and token = ?";
const RELEASE: &str = "update host_migration_lease set expires_at = 0
    where lease_id = 1 and holder = ? and token = ?";

/// The right to migrate, until released or not renewed for 30 seconds.
pub(super) struct Lease<'a> {
    database: &'a Database,
    holder: String,
    token: i64,
}

impl<'a> Lease<'a> {
    /// Waits until the lease is free and takes it.
    pub(super) async fn take(database: &'a Database, server: &MariaDb) -> Result<Self, Fault> {
        database.execute(plain(TABLE)).await?;
        database.execute(plain(ROW)).await?;
        let holder = format!("{:016x}{:016x}", chance(), chance());
        let take = Statement::new(TAKE).bind(&holder).render(Dialect::MariaDb);
        let mut has_waited = false;
        while database.execute(take.clone()).await? == 0 {
            if !has_waited {
                tracing::info!("another host is migrating the database; waiting for it");
                has_waited = true;
            }
            server.sleep(Duration::from_millis(100 + chance() % 200)).await;
        }
        let token = Statement::new(TOKEN).bind(&holder).render(Dialect::MariaDb);
        let token = database.query(token).await?.scalar();
        Ok(Self { database, holder, token })
    }

    /// Proves that the lease is still ours and extends it; put before what must not happen without.
    pub(super) fn renewal(&self) -> Rendered {
        self.ours(RENEW).expect_rows(1).label(LABEL).render(Dialect::MariaDb)
    }

    /// Extends the lease.
    pub(super) async fn renew(&self) -> Result<(), Fault> {
        match self.database.execute(self.renewal()).await {
            Err(fault) if fault.is_mismatch(LABEL) => {
                Err(Fault::new(FaultKind::Refused, "another host has taken over the migration")
                    .about(LABEL))
            }
            outcome => outcome.map(drop),
        }
    }

    /// Lets the next one in at once.
    pub(super) async fn release(self) {
        let release = self.ours(RELEASE).render(Dialect::MariaDb);
        if let Err(fault) = self.database.execute(release).await {
            tracing::warn!(error = %fault, "the migration lease expires by itself in 30 seconds");
        }
    }

    fn ours(&self, sql: &'static str) -> Statement {
        Statement::new(sql).bind(&self.holder).bind(self.token)
    }
}
