//! Saved views of tables: `host_saved_view`.
//!
//! Unscoped: a view belongs to a person, or to exactly his organisation.

use plugin_api::Fault;
use plugin_api::db::{Db, Sql, Statement};
use plugin_api::lent::SavedView;
use serde::Deserialize;

/// A view to be saved.
#[derive(Debug, Clone)]
pub(crate) struct NewView<'a> {
    pub(crate) user_id: &'a str,
    pub(crate) organisation_id: &'a str,
    pub(crate) path: &'a str,
    pub(crate) name: &'a str,
    pub(crate) query: &'a str,
    pub(crate) shared: bool,
}

#[derive(Deserialize)]
struct Row {
    view_id: String,
    user_id: String,
    name: String,
    query: String,
    shared: bool,
}

/// The views of the table at `path` that are `user_id`'s own or shared in his organisation.
pub(crate) async fn list(
    db: &Db,
    user_id: &str,
    organisation_id: &str,
    path: &str,
) -> Result<Vec<SavedView>, Fault> {
    let select = Statement::new(
        "select view_id, user_id, name, query, shared from host_saved_view \
         where path = ? and (user_id = ? or (shared = 1 and organisation_id = ?)) \
         order by name, view_id",
    );
    let rows: Vec<Row> = db.all(select.bind(path).bind(user_id).bind(organisation_id)).await?;
    let view = |row: Row| SavedView {
        own: row.user_id == user_id,
        view_id: row.view_id,
        name: row.name,
        query: row.query,
        shared: row.shared,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// How many views `user_id` has saved, other than the one of this path and name.
pub(crate) async fn count_others(db: &Db, view: &NewView<'_>) -> Result<i64, Fault> {
    let select = "select count(*) from host_saved_view \
                  where user_id = ? and not (path = ? and name = ?)";
    db.scalar(Statement::new(select).bind(view.user_id).bind(view.path).bind(view.name)).await
}

/// Saves a view; one of the same person, path and name is replaced.
pub(crate) fn save(view: &NewView<'_>, id: &str, now: i64) -> Statement {
    const INSERT: &str = "insert into host_saved_view \
         (view_id, user_id, organisation_id, path, name, query, shared, created_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?)";
    Statement::new(Sql::per(
        format!(
            "{INSERT} on conflict (user_id, path, name) \
             do update set query = excluded.query, shared = excluded.shared"
        ),
        format!("{INSERT} on duplicate key update query = values(query), shared = values(shared)"),
    ))
    .bind(id)
    .bind(view.user_id)
    .bind(view.organisation_id)
    .bind(view.path)
    .bind(view.name)
    .bind(view.query)
    .bind(view.shared)
    .bind(now)
}

/// Deletes a view of `user_id`'s own: changes one row or none.
pub(crate) fn delete(user_id: &str, view_id: &str) -> Statement {
    Statement::new("delete from host_saved_view where view_id = ? and user_id = ?")
        .bind(view_id)
        .bind(user_id)
}
