//! Releases: the versions of a product and where each stands.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::{Deserialize, Serialize};

use super::OF_VENDOR;
use crate::domain::release::State;

/// Names the statements that change a release, so that a mismatch can be told.
pub const LABEL: &str = "release";

/// A version of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Its id.
    pub release_id: String,
    /// Code of its product.
    pub product_code: String,
    /// Semantic version.
    pub version: String,
    /// Text that sorts as versions do.
    #[serde(skip_serializing)]
    pub version_order: String,
    /// Where it stands.
    pub state: State,
    /// Whether older installations take it before any later one.
    pub is_step: bool,
    /// Whether clients should take it at once.
    pub is_critical: bool,
    /// By platform, JSON; empty for any system.
    pub minimum_system: String,
    /// Codes separated by spaces; empty for any.
    pub modules: String,
    /// When it was published, unix milliseconds.
    pub published_at: Option<i64>,
    /// When it was yanked, unix milliseconds.
    pub yanked_at: Option<i64>,
    /// Why it was yanked.
    pub yank_reason: String,
    /// When it was made, unix milliseconds.
    pub created_at: i64,
    /// Who made it.
    pub created_by: String,
    /// Raised by each change, for `ETag`.
    #[serde(skip_serializing)]
    pub row_version: i64,
}

const COLUMNS: &str = "select release_id, product_code, version, version_order, state, is_step, \
    is_critical, minimum_system, modules, published_at, yanked_at, yank_reason, created_at, \
    created_by, row_version from update_server_release";

/// The release of this id.
pub async fn get(db: &Db, scope: &Scope, id: &str) -> Result<Option<Release>, Fault> {
    let statement = Statement::new(format!("{COLUMNS} where release_id = ? and {{scope}}"));
    db.first(statement.bind(id).scope(scope, OF_VENDOR)).await
}

/// The release of this version.
pub async fn by_version(
    db: &Db,
    scope: &Scope,
    product: &str,
    version: &str,
) -> Result<Option<Release>, Fault> {
    let sql = format!("{COLUMNS} where product_code = ? and version = ? and {{scope}}");
    db.first(Statement::new(sql).bind(product).bind(version).scope(scope, OF_VENDOR)).await
}

/// Every release of a product that is or was out, newest version first. Unscoped: what of it a client
/// may have is decided by its entitlement.
pub async fn out(db: &Db, product: &str) -> Result<Vec<Release>, Fault> {
    let sql = format!(
        "{COLUMNS} where product_code = ? and state <> 'draft' \
         order by version_order desc, release_id desc"
    );
    db.all(Statement::new(sql).bind(product)).await
}

/// What tells whether a catalogue is still as it was read: every change of a release that is out, and
/// of a rollout, raises one of the two, and neither ever falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Stamp {
    releases: i64,
    rollouts: i64,
}

/// The stamp of a product. Unscoped: see [`out`].
pub async fn stamp(db: &Db, product: &str) -> Result<Stamp, Fault> {
    let sql = "select (select cast(coalesce(sum(row_version), 0) as signed) \
         from update_server_release where product_code = ? and state <> 'draft') as releases, \
         (select cast(coalesce(sum(row_version), 0) as signed) \
         from update_server_rollout where product_code = ?) as rollouts";
    let found = db.first(Statement::new(sql).bind(product).bind(product)).await?;
    found.ok_or_else(|| Fault::internal("a sum without a row"))
}

/// Writes a draft. Unscoped: its product was read in scope.
pub fn insertion(release: &Release) -> Statement {
    Statement::new(
        "insert into update_server_release (release_id, product_code, version, version_order, state, \
         is_step, is_critical, minimum_system, modules, created_at, created_by) \
         values (?, ?, ?, ?, 'draft', ?, ?, ?, ?, ?, ?)",
    )
    .bind(&release.release_id)
    .bind(&release.product_code)
    .bind(&release.version)
    .bind(&release.version_order)
    .bind(release.is_step)
    .bind(release.is_critical)
    .bind(&release.minimum_system)
    .bind(&release.modules)
    .bind(release.created_at)
    .bind(&release.created_by)
}

/// Changes what may change of a release that is still as it was read: of a draft everything, of one
/// that is out not its version. Unscoped: it was read in scope.
pub fn update(release: &Release) -> Statement {
    Statement::new(
        "update update_server_release set version = ?, version_order = ?, is_step = ?, \
         is_critical = ?, minimum_system = ?, modules = ?, row_version = row_version + 1 \
         where release_id = ? and row_version = ? and state = ?",
    )
    .bind(&release.version)
    .bind(&release.version_order)
    .bind(release.is_step)
    .bind(release.is_critical)
    .bind(&release.minimum_system)
    .bind(&release.modules)
    .bind(&release.release_id)
    .bind(release.row_version)
    .bind(release.state.code())
    .label(LABEL)
    .expect_rows(1)
}

/// Publishes a draft that is still as it was checked. Unscoped: it was read in scope.
pub fn publication(release: &Release, now: i64) -> Statement {
    Statement::new(
        "update update_server_release set state = 'published', published_at = ?, \
         row_version = row_version + 1 where release_id = ? and row_version = ? and state = 'draft'",
    )
    .bind(now)
    .bind(&release.release_id)
    .bind(release.row_version)
    .label(LABEL)
    .expect_rows(1)
}

/// Takes a published release back. Unscoped: it was read in scope.
pub fn yanking(release: &Release, reason: &str, now: i64) -> Statement {
    Statement::new(
        "update update_server_release set state = 'yanked', yanked_at = ?, yank_reason = ?, \
         row_version = row_version + 1 where release_id = ? and row_version = ? \
         and state = 'published'",
    )
    .bind(now)
    .bind(reason)
    .bind(&release.release_id)
    .bind(release.row_version)
    .label(LABEL)
    .expect_rows(1)
}

/// Counts a change of what belongs to a release, if it is in one of these states: notes, files,
/// channels. Unscoped: it was read in scope.
pub fn touched(release_id: &str, states: &[State]) -> Statement {
    let marks = vec!["?"; states.len().max(1)].join(", ");
    let sql = format!(
        "update update_server_release set row_version = row_version + 1 \
         where release_id = ? and state in ({marks})"
    );
    let states = states.iter().map(|state| state.code().into());
    Statement::new(sql).bind(release_id).bind_all(states).label(LABEL).expect_rows(1)
}

/// Deletes a draft that is still as it was read, with all that belongs to it. Unscoped: it was read in
/// scope.
pub fn deletion(release: &Release) -> Vec<Statement> {
    let own = Statement::new(
        "delete from update_server_release where release_id = ? and row_version = ? \
         and state = 'draft'",
    )
    .bind(&release.release_id)
    .bind(release.row_version)
    .label(LABEL)
    .expect_rows(1);
    let examined = Statement::new(
        "delete from update_server_examination where artifact_id in \
         (select artifact_id from update_server_artifact where release_id = ?)",
    )
    .bind(&release.release_id);
    let parts = ["release_note", "placement", "artifact"].map(|table| {
        let sql = format!("delete from update_server_{table} where release_id = ?");
        Statement::new(sql).bind(&release.release_id)
    });
    [own, examined].into_iter().chain(parts).collect()
}
