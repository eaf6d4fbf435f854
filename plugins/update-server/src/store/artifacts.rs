//! Artifacts: the files of a release.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};

use super::OF_VENDOR;
use crate::domain::release::{Artifact, Details};

const COLUMNS: &str = "artifact_id, release_id, product_code, platform, architecture, format, \
    file_name, blob_id, size, sha256, sha512, sha1, blake2b, minisign, ed_signature, blockmap_id, details, \
    created_at";

fn written(details: &Details) -> String {
    serde_json::to_string(details).unwrap_or_else(|_| "{}".to_owned())
}

/// The file of this id.
pub async fn get(db: &Db, scope: &Scope, id: &str) -> Result<Option<Artifact>, Fault> {
    let sql =
        format!("select {COLUMNS} from update_server_artifact where artifact_id = ? and {{scope}}");
    db.first(Statement::new(sql).bind(id).scope(scope, OF_VENDOR)).await
}

/// The files of a release, by name.
pub async fn of_release(db: &Db, scope: &Scope, id: &str) -> Result<Vec<Artifact>, Fault> {
    let sql = format!(
        "select {COLUMNS} from update_server_artifact \
         where release_id = ? and {{scope}} order by file_name"
    );
    db.all(Statement::new(sql).bind(id).scope(scope, OF_VENDOR)).await
}

/// The files of every release of a product that is or was out. Unscoped: see
/// [`out`](super::releases::out).
pub async fn of_product(db: &Db, product: &str) -> Result<Vec<Artifact>, Fault> {
    let columns = COLUMNS.split(", ").map(|column| format!("a.{}", column.trim()));
    let sql = format!(
        "select {} from update_server_release r \
         join update_server_artifact a on a.release_id = r.release_id \
         where r.product_code = ? and r.state <> 'draft' order by a.release_id, a.file_name",
        columns.collect::<Vec<_>>().join(", ")
    );
    db.all(Statement::new(sql).bind(product)).await
}

/// Writes a file of a release. Unscoped: its release was read in scope.
pub fn insertion(file: &Artifact) -> Statement {
    let sql = format!(
        "insert into update_server_artifact ({COLUMNS}) \
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    Statement::new(sql)
        .bind(&file.artifact_id)
        .bind(&file.release_id)
        .bind(&file.product_code)
        .bind(file.platform.code())
        .bind(file.architecture.code())
        .bind(file.format.code())
        .bind(&file.file_name)
        .bind(&file.blob_id)
        .bind(file.size)
        .bind(&file.sha256)
        .bind(&file.sha512)
        .bind(&file.sha1)
        .bind(&file.blake2b)
        .bind(&file.minisign)
        .bind(&file.ed_signature)
        .bind(file.blockmap_id.clone())
        .bind(written(&file.details))
        .bind(file.created_at)
}

/// Changes what a file is for and what it is signed with. Unscoped: its release was read in scope.
pub fn update(file: &Artifact) -> Statement {
    Statement::new(
        "update update_server_artifact set platform = ?, architecture = ?, format = ?, \
         minisign = ?, ed_signature = ?, blockmap_id = ?, details = ? where artifact_id = ?",
    )
    .bind(file.platform.code())
    .bind(file.architecture.code())
    .bind(file.format.code())
    .bind(&file.minisign)
    .bind(&file.ed_signature)
    .bind(file.blockmap_id.clone())
    .bind(written(&file.details))
    .bind(&file.artifact_id)
    .label("artifact")
    .expect_rows(1)
}

/// Takes a file out of its release. Unscoped: its release was read in scope.
pub fn deletion(artifact_id: &str) -> Statement {
    Statement::new("delete from update_server_artifact where artifact_id = ?")
        .bind(artifact_id)
        .label("artifact")
        .expect_rows(1)
}
