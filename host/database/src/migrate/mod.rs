//! Forward-only schema changes: what is missing is applied in order, once, by one process at a time.

mod lease;
mod ledger;
mod split;

use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use plugin_api::Fault;
use plugin_api::manifest::Migration;

use self::lease::Lease;
use self::split::split;
use crate::Database;
use crate::mariadb::MariaDb;
use crate::statement::check_verb;

/// How long one migration may hold the writer of `SQLite`.
const LONGEST: Duration = Duration::from_hours(1);
/// How often a running step renews the lease; well within its time.
const RENEWAL: Duration = Duration::from_secs(10);

/// Those of `migrations` the ledger lacks, in order; a fault if an applied one was changed since.
pub(crate) async fn pending<'a>(
    database: &Database,
    owner: &str,
    migrations: &'a [Migration],
) -> Result<Vec<&'a Migration>, Fault> {
    ordered(owner, migrations)?;
    let applied = ledger::read(database, owner).await?;
    let newest = migrations.last().map_or(0, |migration| migration.number);
    for later in applied.iter().filter(|entry| entry.number > newest) {
        // Allowed, because a release works on the schema of the next one; but somebody should know.
        tracing::warn!(owner, number = later.number, "A later program changed the schema.");
    }
    let mut pending = Vec::new();
    for migration in migrations {
        match applied.iter().find(|entry| entry.number == migration.number) {
            None => pending.push(migration),
            Some(entry) if entry.checksum == ledger::checksum(migration) => {}
            Some(_) => {
                let name = full_name(owner, migration);
                return Err(Fault::invalid(format!(
                    "migration {name} was changed after it had been applied; add a new one instead"
                ))
                .about(name));
            }
        }
    }
    Ok(pending)
}

/// Applies what is pending, each migration in a transaction with its entry in the ledger. The lock
/// beside the file has seen to it that nobody else does.
pub(crate) async fn on_sqlite(
    database: &Database,
    owner: &str,
    migrations: &[Migration],
) -> Result<Vec<String>, Fault> {
    let mut applied = Vec::new();
    for migration in pending(database, owner, migrations).await? {
        let step = async {
            let transaction = database.begin_within(LONGEST).await?;
            for statement in split(&migration.sql) {
                transaction.execute(ledger::plain(statement)).await?;
            }
            transaction.execute(ledger::entry(database.dialect(), owner, migration)).await?;
            transaction.commit().await
        };
        step.await.map_err(|fault| naming(owner, migration, fault))?;
        applied.push(migration.name.clone());
    }
    Ok(applied)
}

/// Applies what is pending. `MariaDB` commits each change of the schema by itself, so a step that
/// was interrupted is run again from its beginning; its entry in the ledger is written only while
/// the lease is still ours.
pub(crate) async fn on_mariadb(
    database: &Database,
    server: &MariaDb,
    owner: &str,
    migrations: &[Migration],
) -> Result<Vec<String>, Fault> {
    let lease = Lease::take(database, server).await?;
    let outcome = under_lease(database, server, &lease, owner, migrations).await;
    lease.release().await;
    outcome
}

async fn under_lease(
    database: &Database,
    server: &MariaDb,
    lease: &Lease<'_>,
    owner: &str,
    migrations: &[Migration],
) -> Result<Vec<String>, Fault> {
    let mut applied = Vec::new();
    // Asked again: who had the lease before may have applied some.
    for migration in pending(database, owner, migrations).await? {
        let statements = split(&migration.sql);
        let step = async {
            statements.iter().try_for_each(|statement| check_verb(statement))?;
            renewing(server, lease, server.change_schema(&statements)).await?;
            let entry = ledger::entry(database.dialect(), owner, migration);
            database.batch(vec![lease.renewal(), entry]).await
        };
        step.await.map_err(|fault| naming(owner, migration, fault))?;
        applied.push(migration.name.clone());
    }
    Ok(applied)
}

/// Runs `step` and renews the lease meanwhile; a lost lease stops it.
async fn renewing(
    server: &MariaDb,
    lease: &Lease<'_>,
    step: impl Future<Output = Result<(), Fault>>,
) -> Result<(), Fault> {
    let mut step = pin!(step);
    loop {
        match select(step.as_mut(), pin!(server.sleep(RENEWAL))).await {
            Either::Left((outcome, _)) => return outcome,
            Either::Right(_) => lease.renew().await?,
        }
    }
}

fn ordered(owner: &str, migrations: &[Migration]) -> Result<(), Fault> {
    match migrations.windows(2).find(|pair| matches!(pair, [a, b] if a.number >= b.number)) {
        Some([_, late]) => {
            let name = full_name(owner, late);
            Err(Fault::invalid(format!("migration {name} stands out of order")).about(name))
        }
        _ => Ok(()),
    }
}

fn full_name(owner: &str, migration: &Migration) -> String {
    format!("{owner}/{:04}_{}", migration.number, migration.name)
}

fn naming(owner: &str, migration: &Migration, mut fault: Fault) -> Fault {
    fault.message = format!("migration {}: {}", full_name(owner, migration), fault.message);
    fault
}
