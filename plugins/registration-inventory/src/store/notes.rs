//! Notes that people leave about installations.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::{Deserialize, Serialize};

/// A note.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Note {
    /// Its id.
    pub note_id: String,
    /// What it is about.
    pub installation_id: String,
    /// When it was written or last changed, unix milliseconds.
    pub at: i64,
    /// By whom.
    pub actor: String,
    /// What it says.
    pub text: String,
}

const OF_INSTALLATION: &str = "installation_id in (select installation_id from \
    registration_inventory_installation where installation_id = ? and {scope})";

/// The notes about an installation, newest first.
pub async fn of_installation(
    db: &Db,
    scope: &Scope,
    id: &str,
    limit: u32,
) -> Result<Vec<Note>, Fault> {
    let sql = format!(
        "select note_id, installation_id, at, actor, text from registration_inventory_note \
         where {OF_INSTALLATION} order by note_id desc limit ?"
    );
    db.all(Statement::new(sql).bind(id).bind(limit).scope(scope, "organisation_id")).await
}

/// One note about an installation.
pub async fn get(db: &Db, scope: &Scope, id: &str, note_id: &str) -> Result<Option<Note>, Fault> {
    let sql = format!(
        "select note_id, installation_id, at, actor, text from registration_inventory_note \
         where note_id = ? and {OF_INSTALLATION}"
    );
    db.first(Statement::new(sql).bind(note_id).bind(id).scope(scope, "organisation_id")).await
}

/// Writes a new note. Unscoped: its installation was read within the caller's branch.
pub fn insertion(note: &Note) -> Statement {
    Statement::new(
        "insert into registration_inventory_note (note_id, installation_id, at, actor, text) \
         values (?, ?, ?, ?, ?)",
    )
    .bind(&note.note_id)
    .bind(&note.installation_id)
    .bind(note.at)
    .bind(&note.actor)
    .bind(&note.text)
}

/// Writes what a note says now; labelled `note`, exactly one row.
pub fn change(scope: &Scope, note: &Note) -> Statement {
    let sql = format!(
        "update registration_inventory_note set at = ?, actor = ?, text = ? \
         where note_id = ? and {OF_INSTALLATION}"
    );
    Statement::new(sql)
        .bind(note.at)
        .bind(&note.actor)
        .bind(&note.text)
        .bind(&note.note_id)
        .bind(&note.installation_id)
        .scope(scope, "organisation_id")
        .label("note")
        .expect_rows(1)
}

/// Deletes a note; labelled `note`, exactly one row.
pub fn removal(scope: &Scope, note: &Note) -> Statement {
    let sql =
        format!("delete from registration_inventory_note where note_id = ? and {OF_INSTALLATION}");
    Statement::new(sql)
        .bind(&note.note_id)
        .bind(&note.installation_id)
        .scope(scope, "organisation_id")
        .label("note")
        .expect_rows(1)
}
