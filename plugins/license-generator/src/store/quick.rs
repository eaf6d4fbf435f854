//! Quick buttons.

use plugin_api::Fault;
use plugin_api::db::{Batch, Db, Statement, Value};

use crate::domain::quick::Template;

/// The label of a changed button: a mismatch means that somebody else changed it.
pub const LABEL: &str = "quick";

const COLUMNS: &str = "quick_id, position, name_en, name_it, icon, kind, draft, permission, \
    enabled, version";

/// All of them, in their order.
///
/// Unscoped: they are the vendor's, and everybody who has their permission sees them.
pub async fn all(db: &Db) -> Result<Vec<Template>, Fault> {
    let sql = format!("select {COLUMNS} from license_generator_quick order by position, quick_id");
    db.all(Statement::new(sql)).await
}

/// One of them.
///
/// Unscoped: they are the vendor's.
pub async fn find(db: &Db, quick_id: &str) -> Result<Option<Template>, Fault> {
    let sql = format!("select {COLUMNS} from license_generator_quick where quick_id = ?");
    db.first(Statement::new(sql).bind(quick_id)).await
}

fn values(template: &Template) -> [Value; 8] {
    [
        template.position.into(),
        template.name_en.as_str().into(),
        template.name_it.as_str().into(),
        template.icon.as_str().into(),
        template.kind.as_str().into(),
        template.said().to_string().into(),
        template.permission.as_str().into(),
        template.enabled.into(),
    ]
}

/// Adds a button.
///
/// Unscoped: they are the vendor's.
pub fn insertion(template: &Template, now: i64) -> Statement {
    Statement::new(
        "insert into license_generator_quick (position, name_en, name_it, icon, kind, draft, \
         permission, enabled, quick_id, version, updated_at) \
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
    )
    .bind_all(values(template))
    .bind(&template.quick_id)
    .bind(now)
}

/// Writes a button in place of the version it was read as.
///
/// Unscoped: they are the vendor's.
pub fn replacement(template: &Template, now: i64) -> Statement {
    Statement::new(
        "update license_generator_quick set position = ?, name_en = ?, name_it = ?, icon = ?, \
         kind = ?, draft = ?, permission = ?, enabled = ?, updated_at = ?, \
         version = version + 1 where quick_id = ? and version = ?",
    )
    .bind_all(values(template))
    .bind(now)
    .bind(&template.quick_id)
    .bind(template.version)
    .expect_rows(1)
    .label(LABEL)
}

/// Deletes a button as it was read.
///
/// Unscoped: they are the vendor's.
pub fn removal(template: &Template) -> Statement {
    Statement::new("delete from license_generator_quick where quick_id = ? and version = ?")
        .bind(&template.quick_id)
        .bind(template.version)
        .expect_rows(1)
        .label(LABEL)
}

/// Deletes all buttons and adds `templates` instead.
///
/// Unscoped: they are the vendor's.
pub fn restoration(templates: &[Template], now: i64) -> Batch {
    let clear = Batch::new().and(Statement::new("delete from license_generator_quick"));
    templates.iter().fold(clear, |batch, template| batch.and(insertion(template, now)))
}
