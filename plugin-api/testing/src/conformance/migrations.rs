//! Schema changes: alike for both databases, all listed, of own tables only, and repeatable.

use std::path::Path;

use plugin_api::db::Dialect;
use plugin_api::manifest::{Manifest, Migration};

use super::faults::Faults;
use super::folder;
use crate::{Harness, block_on, tables};

pub(super) fn check(manifest: &Manifest, crate_dir: &Path, faults: &mut Faults) {
    let (sqlite, mariadb) = (&manifest.migrations.sqlite, &manifest.migrations.mariadb);
    let names = |list: &[Migration]| list.iter().map(file_name).collect::<Vec<_>>();
    faults.check(names(sqlite) == names(mariadb), || {
        "migrations: the two databases do not have the same ones".to_owned()
    });
    for (dialect, list) in [("sqlite", sqlite), ("mariadb", mariadb)] {
        let ascend = list.windows(2).all(|two| matches!(two, [a, b] if a.number < b.number));
        faults.check(ascend, || format!("migrations: {dialect}: the numbers do not ascend"));
        for migration in list {
            let place = format!("migrations: {dialect}/{}", file_name(migration));
            statements(&manifest.id, &place, &migration.sql, dialect == "mariadb", faults);
        }
        let Some(folder) = folder(crate_dir, "migrations", &manifest.id) else { continue };
        let Ok(files) = std::fs::read_dir(folder.join(dialect)) else {
            faults.tell(format!("migrations: there is no folder for {dialect}"));
            continue;
        };
        for file in files.flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            faults.check(names(list).contains(&name), || {
                format!("migrations: {dialect}/{name} is not listed")
            });
        }
    }
}

/// Runs every migration once more, as after a kill between its last statement and the ledger.
///
/// `SQLite` knows no `add column if not exists`; there a migration and its entry in the ledger are
/// one transaction, so one that adds columns is never met half-done.
pub(super) fn run_again(harness: &Harness, faults: &mut Faults) {
    let plugin = harness.world.under_test();
    let migrations = match harness.dialect() {
        Dialect::Sqlite => &plugin.manifest().migrations.sqlite,
        Dialect::MariaDb => &plugin.manifest().migrations.mariadb,
    };
    let is_sqlite = harness.dialect() == Dialect::Sqlite;
    let adds_columns = |migration: &&Migration| is_sqlite && migration.sql.contains(" add column ");
    let again: Vec<Migration> =
        migrations.iter().filter(|migration| !adds_columns(migration)).cloned().collect();
    if let Err(fault) = block_on(harness.world.throwaway.migrate("again", &again)) {
        faults.tell(format!("migrations: they cannot be run twice: {fault}"));
    }
}

fn file_name(migration: &Migration) -> String {
    format!("{:04}_{}.sql", migration.number, migration.name)
}

fn statements(id: &str, place: &str, sql: &str, is_mariadb: bool, faults: &mut Faults) {
    let prefix = format!("{}_", id.replace('-', "_"));
    for statement in tables::statements(sql) {
        for name in tables::defined(&statement) {
            faults.check(name.starts_with(&prefix), || {
                format!("{place}: the name {name:?} does not begin with {prefix:?}")
            });
        }
        if let Some(table) = tables::foreign(id, &statement) {
            faults.tell(format!("{place}: touches the foreign table {table:?}"));
        }
        let text = statement.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if text.starts_with("create table") {
            let start: String = text.chars().take(60).collect();
            faults.check(text.contains("primary key"), || {
                format!("{place}: no primary key in {start:?}")
            });
            let as_agreed = text.contains("engine=innodb") && text.contains("utf8mb4_nopad_bin");
            faults.check(!is_mariadb || as_agreed, || {
                format!("{place}: not engine=InnoDB collate=utf8mb4_nopad_bin in {start:?}")
            });
        }
    }
}
