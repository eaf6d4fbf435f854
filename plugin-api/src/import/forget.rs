//! What reports of imports say of one object: handed out, and taken out of them.

use serde_json::{Map, Value as Json};

use super::spec::ImportSpec;
use super::store;
use crate::db::Batch;
use crate::{Cx, Fault};

impl ImportSpec {
    /// The rows of reports about the object `id` in the caller's branch.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn kept_of(&self, cx: &Cx, id: &str) -> Result<Vec<Map<String, Json>>, Fault> {
        store::rows_about(&cx.db(), cx.scope(), self.tables, (self.id, id)).await
    }

    /// Takes the object `id`, called `name`, out of all reports, and forgets the imports of the
    /// caller's branch that wait with it in their file. Answers those files, to be
    /// [deleted](Cx::delete_blob) once the transaction `tx` runs on is over. A file whose columns
    /// nobody mapped yet is not looked into: it goes by itself after 30 days.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn forget_object(&self, tx: &Cx, id: &str, name: &str) -> Result<Vec<String>, Fault> {
        let (db, scope, tables) = (tx.db(), tx.scope(), self.tables);
        let waiting = store::waiting_with(&db, scope, tables, (self.id, id, name)).await?;
        let mut batch = Batch::new();
        for import in &waiting {
            batch = store::forget(tables, &import.import_id).into_iter().fold(batch, Batch::and);
            batch = batch.audit(import.audit("import.forgotten"));
        }
        db.batch(batch.and(store::blank(scope, tables, (id, name)))).await?;
        Ok(waiting.into_iter().map(|import| import.blob_id).collect())
    }
}
