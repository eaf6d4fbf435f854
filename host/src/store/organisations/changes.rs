//! Changes of a node, each a statement of the batch that carries its audit row.

use plugin_api::Scope;
use plugin_api::db::Statement;
use plugin_api::table::fold;

/// Raises the version of the node `id`; the batch is aborted, naming `version`, when it is not
/// `version` any more. Every change of a node begins with it.
pub fn touching(scope: &Scope, id: &str, version: i64, now: i64) -> Statement {
    Statement::new(
        "update host_organisation set version = version + 1, changed_at = ? \
         where organisation_id = ? and version = ? and {scope}",
    )
    .bind(now)
    .bind(id)
    .bind(version)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label("version")
}

/// Gives the node `id` another name.
pub fn naming(scope: &Scope, id: &str, name: &str) -> Statement {
    Statement::new(
        "update host_organisation set name = ?, name_folded = ? \
         where organisation_id = ? and {scope}",
    )
    .bind(name)
    .bind(fold(name))
    .bind(id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label("organisation")
}

/// Suspends the node `id` since an instant, or lets its people in again.
pub fn standing(scope: &Scope, id: &str, since: Option<i64>) -> Statement {
    Statement::new(
        "update host_organisation set suspended_at = ? where organisation_id = ? and {scope}",
    )
    .bind(since)
    .bind(id)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label("organisation")
}

/// Deletes the node `id` when nothing lies below it, nobody belongs to it and no invitation waits;
/// else the batch is aborted, naming `empty`.
pub fn deletion(scope: &Scope, id: &str, now: i64) -> Statement {
    // The inner selects are named so that MariaDB reads them before it writes.
    Statement::new(
        "delete from host_organisation where organisation_id = ? and parent_id is not null \
         and not exists (select 1 from (select organisation_id from host_organisation \
           where parent_id = ?) below) \
         and not exists (select 1 from host_user where organisation_id = ?) \
         and not exists (select 1 from host_link where organisation_id = ? \
           and used_at is null and withdrawn_at is null and expires_at > ?) and {scope}",
    )
    .bind(id)
    .bind(id)
    .bind(id)
    .bind(id)
    .bind(now)
    .scope(scope, "organisation_id")
    .expect_rows(1)
    .label("empty")
}
