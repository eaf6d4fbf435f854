//! Which products may need somebody: something waits, or ends soon.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use crate::domain::tuf::lifetime::renewal;
use crate::domain::tuf::role::Role;
use crate::store::OF_VENDOR;

/// Their codes. Of each role the newest document is looked at: the others are signed anew with it.
pub async fn products(db: &Db, scope: &Scope, now: i64) -> Result<Vec<String>, Fault> {
    #[derive(Deserialize)]
    struct Product {
        product_code: String,
    }
    let sql = "select p.product_code from update_server_product p where {scope} and (exists (\
               select 1 from update_server_unsigned u where u.product_code = p.product_code) \
               or exists (select 1 from update_server_metadata m \
               where m.product_code = p.product_code and m.expires_at < \
               case m.role when 'timestamp' then ? when 'snapshot' then ? else ? end \
               and m.version = (select max(n.version) from update_server_metadata n \
               where n.product_code = m.product_code and n.role = m.role))) \
               order by p.product_code";
    let statement = Statement::new(sql)
        .scope(scope, OF_VENDOR)
        .bind(now + renewal(Role::Timestamp) / 2)
        .bind(now + renewal(Role::Snapshot) / 2)
        .bind(now + renewal(Role::Targets));
    let rows: Vec<Product> = db.all(statement).await?;
    Ok(rows.into_iter().map(|row| row.product_code).collect())
}
