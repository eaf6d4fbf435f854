//! What is new in a release, per language.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::{Deserialize, Serialize};

use super::OF_VENDOR;

/// A note in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its release.
    #[serde(skip_serializing)]
    pub release_id: String,
    /// `en`, `it`, or any other tag (BCP 47).
    pub language: String,
    /// Markdown.
    pub text: String,
}

/// The notes of a release, by language.
pub async fn of_release(db: &Db, scope: &Scope, release_id: &str) -> Result<Vec<Note>, Fault> {
    let statement = Statement::new(
        "select release_id, language, text from update_server_release_note \
         where release_id = ? and {scope} order by language",
    );
    db.all(statement.bind(release_id).scope(scope, OF_VENDOR)).await
}

/// The notes of every release of a product that is or was out. Unscoped: see
/// [`out`](super::releases::out).
pub async fn of_product(db: &Db, product: &str) -> Result<Vec<Note>, Fault> {
    let statement = Statement::new(
        "select n.release_id, n.language, n.text from update_server_release r \
         join update_server_release_note n on n.release_id = r.release_id \
         where r.product_code = ? and r.state <> 'draft' order by n.release_id, n.language",
    );
    db.all(statement.bind(product)).await
}

/// Writes the note of a language, or takes it away when it is empty. Unscoped: its release was read in
/// scope.
pub fn writing(release_id: &str, language: &str, text: &str) -> Vec<Statement> {
    let mut all = vec![
        Statement::new(
            "delete from update_server_release_note where release_id = ? and language = ?",
        )
        .bind(release_id)
        .bind(language),
    ];
    if !text.is_empty() {
        all.push(
            Statement::new(
                "insert into update_server_release_note (release_id, language, text) \
                 values (?, ?, ?)",
            )
            .bind(release_id)
            .bind(language)
            .bind(text),
        );
    }
    all
}
