//! What is personal of the installations of a customer: read all together, and blanked.

use plugin_api::db::{Db, Statement};
use plugin_api::{Fault, Scope};
use serde_json::{Map, Value as Json};

/// The installations of an account.
const INSTALLATIONS: &str = "(select installation_id from registration_inventory_installation \
    where account_id = ? and {scope})";

/// What is handed out: the name it gets and its select.
const KEPT: [(&str, &str); 4] = [
    (
        "installations",
        "select i.installation_id, s.name as software, i.external_id, i.version, i.orders, i.sold, \
         i.currency, i.host_name, i.system, i.address, i.first_seen_at, i.last_seen_at, i.reports \
         from registration_inventory_installation i \
         join registration_inventory_software s on s.software_id = i.software_id \
         where i.installation_id in {installations} order by i.installation_id",
    ),
    (
        "reports",
        "select report_id, installation_id, received_at, address, payload \
         from registration_inventory_report where installation_id in {installations} \
         order by report_id",
    ),
    (
        "named",
        "select installation_id, company, vat_number, host_name, address, first_at, last_at \
         from registration_inventory_face where installation_id in {installations} \
         order by installation_id, first_at",
    ),
    (
        "notes",
        "select installation_id, at, actor, text from registration_inventory_note \
         where installation_id in {installations} order by note_id",
    ),
];

/// What is blanked. The hashes stay: an installation is known again by them.
const BLANKED: [&str; 4] = [
    "update registration_inventory_report set address = '', payload = '', company = '', \
     vat_number = '' where installation_id in {installations}",
    "delete from registration_inventory_face where installation_id in {installations}",
    "delete from registration_inventory_note where installation_id in {installations}",
    "update registration_inventory_installation set host_name = '', address = '', system = '' \
     where account_id = ? and {scope}",
];

fn of_account(scope: &Scope, sql: &str, account_id: &str) -> Statement {
    let sql = sql.replace("{installations}", INSTALLATIONS);
    Statement::new(sql).bind(account_id).scope(scope, "organisation_id")
}

/// Everything kept of the installations of an account, by kind.
pub async fn kept(db: &Db, scope: &Scope, account_id: &str) -> Result<Map<String, Json>, Fault> {
    let mut kept = Map::new();
    for (name, sql) in KEPT {
        let rows: Vec<Map<String, Json>> = db.all(of_account(scope, sql, account_id)).await?;
        kept.insert(name.to_owned(), Json::from(rows));
    }
    Ok(kept)
}

/// The statements that blank it.
pub fn erasures(scope: &Scope, account_id: &str) -> [Statement; 4] {
    BLANKED.map(|sql| of_account(scope, sql, account_id))
}
