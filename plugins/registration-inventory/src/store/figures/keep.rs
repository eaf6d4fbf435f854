//! How the figures are kept: those of a day from the tally, and the tally from the installations.
//!
//! Unscoped: figures are kept for everybody.

use plugin_api::Fault;
use plugin_api::db::{Batch, Db, Sql, Statement};

/// Adds to `batch` what writes the figures of a day anew, as the tally stands.
pub fn of_day(batch: Batch, day: i64) -> Batch {
    let delete = "delete from registration_inventory_figure where day = ?";
    let insert = "insert into registration_inventory_figure \
        (day, organisation_id, software_id, version, currency, installations, orders, sold) \
        select ?, organisation_id, software_id, version, currency, sum(installations), \
        sum(orders), sum(sold) from registration_inventory_tally where state <> 'ignored' \
        group by organisation_id, software_id, version, currency \
        having sum(installations) <> 0";
    batch.and(Statement::new(delete).bind(day)).and(Statement::new(insert).bind(day))
}

/// How many lines of the tally differ from the installations; to be read in the transaction that
/// counts anew.
pub async fn differences(db: &Db) -> Result<i64, Fault> {
    let sql = "select count(*) from (select 1 as one from ( \
        select organisation_id, software_id, version, state, currency, installations as n, \
        orders as o, sold as a from registration_inventory_tally \
        union all select organisation_id, software_id, version, state, currency, -1, \
        -coalesce(orders, 0), -coalesce(sold, 0) from registration_inventory_installation) both_of \
        group by organisation_id, software_id, version, state, currency \
        having sum(n) <> 0 or sum(o) <> 0 or sum(a) <> 0) differing";
    db.scalar(Statement::new(sql)).await
}

/// The tally anew from the installations: without lines that came to nothing, all in one shard.
pub fn recount() -> Batch {
    let insert = "insert into registration_inventory_tally \
        (organisation_id, software_id, version, state, currency, shard, installations, orders, \
        sold) select organisation_id, software_id, version, state, currency, 0, count(*), \
        coalesce(sum(orders), 0), coalesce(sum(sold), 0) \
        from registration_inventory_installation \
        group by organisation_id, software_id, version, state, currency";
    Batch::new()
        .and(Statement::new("delete from registration_inventory_tally"))
        .and(Statement::new(insert))
}

/// Puts the shards of days that are over together; `first` and `last` are included.
pub fn merge_shards((first, last): (i64, i64)) -> Batch {
    let insert = "insert into registration_inventory_activity \
        (day, organisation_id, software_id, version, shard, active, created, reports) \
        select day, organisation_id, software_id, version, 0, sum(active), sum(created), \
        sum(reports) from registration_inventory_activity m \
        where m.day >= ? and m.day <= ? and m.shard <> 0 \
        group by day, organisation_id, software_id, version";
    let insert = Sql::per(
        format!(
            "{insert} on conflict (day, organisation_id, software_id, version, shard) do update \
             set active = active + excluded.active, created = created + excluded.created, \
             reports = reports + excluded.reports"
        ),
        format!(
            "{insert} on duplicate key update \
             active = registration_inventory_activity.active + values(active), \
             created = registration_inventory_activity.created + values(created), \
             reports = registration_inventory_activity.reports + values(reports)"
        ),
    );
    let delete = "delete from registration_inventory_activity \
        where day >= ? and day <= ? and shard <> 0";
    Batch::new()
        .and(Statement::new(insert).bind(first).bind(last))
        .and(Statement::new(delete).bind(first).bind(last))
}
