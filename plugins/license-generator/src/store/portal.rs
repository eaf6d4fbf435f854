//! How often customers freed devices themselves.

use plugin_api::db::{Db, Statement};
use plugin_api::{Cx, Fault, Scope};

use crate::domain::licence::Licence;

/// Label of the statement that counts: a mismatch says that the limit is used up.
pub const LIMIT: &str = "limit";

/// How many devices customers freed of a licence since an instant.
pub async fn freed_since(
    db: &Db,
    scope: &Scope,
    licence_id: &str,
    since: i64,
) -> Result<i64, Fault> {
    let sql = "select count(*) from license_generator_portal_free \
               where licence_id = ? and at >= ? and {scope}";
    let statement = Statement::new(sql).bind(licence_id).bind(since);
    db.scalar(statement.scope(scope, "organisation_id")).await
}

/// At most so many since an instant.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// How many.
    pub most: i64,
    /// Unix milliseconds.
    pub since: i64,
}

/// Notes that the customer frees a device now, unless he did so too often. The batch it stands in
/// writes the licence besides, so two at once are decided one after the other.
pub fn noting(cx: &Cx, licence: &Licence, limit: Limit) -> Statement {
    Statement::new(
        "insert into license_generator_portal_free (free_id, licence_id, organisation_id, at) \
         select ?, l.licence_id, l.organisation_id, ? from license_generator_licence l \
         where l.licence_id = ? and {scope} and (select n from (select count(*) as n \
           from license_generator_portal_free f where f.licence_id = ? and f.at >= ?) known) < ?",
    )
    .bind(cx.fresh_id())
    .bind(cx.now())
    .bind(&licence.licence_id)
    .bind(&licence.licence_id)
    .bind(limit.since)
    .bind(limit.most)
    .scope(cx.scope(), "l.organisation_id")
    .expect_rows(1)
    .label(LIMIT)
}
