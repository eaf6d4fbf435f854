//! The tally: how many installations there are, kept exact by whoever changes them.
//!
//! Around a change of installations, in the same batch: [`take_out`] before, [`put_in`] after. Both
//! count what the rows say at that moment, so nothing that somebody else changed meanwhile is lost.

use plugin_api::db::{Sql, Statement};

/// The shard that pages and jobs write; whoever takes reports in writes the others.
pub const OF_PEOPLE: i64 = 0;

/// Takes the installations with these ids out of the tally. Unscoped: counts, changes no installation.
pub fn take_out<'a>(ids: impl IntoIterator<Item = &'a str>, shard: i64) -> Statement {
    counted(ids, shard, -1)
}

/// Puts them in, as they are now. Unscoped: counts, changes no installation.
pub fn put_in<'a>(ids: impl IntoIterator<Item = &'a str>, shard: i64) -> Statement {
    counted(ids, shard, 1)
}

fn counted<'a>(ids: impl IntoIterator<Item = &'a str>, shard: i64, sign: i64) -> Statement {
    let ids: Vec<&str> = ids.into_iter().collect();
    let places = vec!["?"; ids.len().max(1)].join(", ");
    let insert = format!(
        "insert into registration_inventory_tally (organisation_id, software_id, version, state, \
         currency, shard, installations, orders, sold) \
         select organisation_id, software_id, version, state, currency, ?, ? * count(*), \
         ? * coalesce(sum(orders), 0), ? * coalesce(sum(sold), 0) \
         from registration_inventory_installation where installation_id in ({places}) \
         group by organisation_id, software_id, version, state, currency "
    );
    let sqlite = format!(
        "{insert} on conflict (organisation_id, software_id, version, state, currency, shard) \
         do update set installations = installations + excluded.installations, \
         orders = orders + excluded.orders, sold = sold + excluded.sold"
    );
    // Each statement reads what is committed by then: unless the rows are locked from here on, what is
    // taken out may not be what is changed.
    let mariadb = format!(
        "{insert} for update \
         on duplicate key update installations = installations + values(installations), \
         orders = registration_inventory_tally.orders + values(orders), \
         sold = registration_inventory_tally.sold + values(sold)"
    );
    let ids = if ids.is_empty() { vec![""] } else { ids };
    Statement::new(Sql::per(sqlite, mariadb))
        .bind(shard)
        .bind(sign)
        .bind(sign)
        .bind(sign)
        .bind_all(ids.into_iter().map(Into::into))
}
