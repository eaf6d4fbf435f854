//! Installations that asked for updates: what they run and what they were told.

use plugin_api::db::{Db, Sql, Statement};
use plugin_api::{Fault, Scope};
use serde::Deserialize;

use crate::domain::version::Version;

/// An installation as it asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Code of the product.
    pub product_code: String,
    /// Keyed hash of what it calls itself by, or of its licence and address.
    pub client: String,
    /// Its licence, if it showed one.
    pub licence_id: Option<String>,
    /// The customer's own node; the vendor's without a licence.
    pub organisation_id: String,
    /// The channel it follows; empty for as it was.
    pub channel: String,
    /// What it runs on; empty for as it was.
    pub platform: String,
    /// What it runs on; empty for as it was.
    pub architecture: String,
    /// What it speaks.
    pub protocol: &'static str,
    /// What it runs; empty for as it was.
    pub version: String,
    /// Text that sorts as versions do.
    pub version_order: String,
    /// What it was told to take; empty for nothing.
    pub offered: String,
}

/// Notes an installation. What it does not say stays as it was said before. Unscoped: part of a request
/// of a client.
pub fn noting(seen: &Seen, now: i64) -> Statement {
    let insert = "insert into update_server_client (product_code, client, licence_id, \
        organisation_id, channel, platform, architecture, protocol, version, version_order, offered, \
        first_seen_at, last_seen_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let always =
        ["licence_id", "organisation_id", "channel", "protocol", "offered", "last_seen_at"];
    let if_said = ["platform", "architecture", "version", "version_order"];
    let set = |new: fn(&str) -> String| {
        let always = always.iter().map(|name| format!("{name} = {}", new(name)));
        let if_said = if_said
            .iter()
            .map(|name| format!("{name} = case when {0} = '' then {name} else {0} end", new(name)));
        always.chain(if_said).collect::<Vec<_>>().join(", ")
    };
    let sqlite = set(|name| format!("excluded.{name}"));
    let maria = set(|name| format!("values({name})"));
    Statement::new(Sql::per(
        format!("{insert} on conflict (product_code, client) do update set {sqlite}"),
        format!("{insert} on duplicate key update {maria}"),
    ))
    .bind(&seen.product_code)
    .bind(&seen.client)
    .bind(seen.licence_id.clone())
    .bind(&seen.organisation_id)
    .bind(&seen.channel)
    .bind(&seen.platform)
    .bind(&seen.architecture)
    .bind(seen.protocol)
    .bind(&seen.version)
    .bind(&seen.version_order)
    .bind(&seen.offered)
    .bind(now)
    .bind(now)
}

/// Whether an installation was told to take this version, or said since that it runs it. Unscoped: it
/// asks about itself.
pub async fn was_offered(
    db: &Db,
    product: &str,
    client: &str,
    version: &str,
) -> Result<bool, Fault> {
    let sql = "select count(*) from update_server_client \
         where product_code = ? and client = ? and (offered = ? or version = ?)";
    let statement = Statement::new(sql).bind(product).bind(client);
    let statement = statement.bind(version).bind(version);
    Ok(db.scalar(statement).await? > 0)
}

/// What an installation runs, as far as it said so. Unscoped: part of a request of a client.
pub async fn version(db: &Db, product: &str, client: &str) -> Result<Option<String>, Fault> {
    let sql = "select version from update_server_client where product_code = ? and client = ?";
    let rows: Vec<Running> = db.all(Statement::new(sql).bind(product).bind(client)).await?;
    Ok(rows.into_iter().next().map(|row| row.version).filter(|version| !version.is_empty()))
}

#[derive(Deserialize)]
struct Running {
    version: String,
}

/// Notes that an installation runs a version now. Unscoped: it says so itself.
pub fn running(product: &str, client: &str, version: &Version) -> Statement {
    let sql = "update update_server_client set version = ?, version_order = ? \
         where product_code = ? and client = ?";
    let statement = Statement::new(sql).bind(version.to_string()).bind(version.order());
    statement.bind(product).bind(client)
}

/// How many installations run a version.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Runs {
    /// Code of the product.
    pub product_code: String,
    /// The version; empty if they do not say.
    pub version: String,
    /// How many.
    pub installations: i64,
}

/// How many installations of the branch run which version, of those heard of since `since`: newest
/// versions first within each product, at most `limit` lines.
pub async fn by_version(
    db: &Db,
    scope: &Scope,
    since: i64,
    limit: i64,
) -> Result<Vec<Runs>, Fault> {
    let sql = "select product_code, version, count(*) as installations from update_server_client \
         where last_seen_at >= ? and {scope} group by product_code, version_order, version \
         order by product_code, version_order desc, version limit ?";
    let statement = Statement::new(sql).bind(since).scope_of_many(scope, "organisation_id");
    db.all(statement.bind(limit)).await
}

/// Forgets those not heard of since `before`. Unscoped: a job asks.
pub fn forgetting(before: i64) -> Statement {
    Statement::new("delete from update_server_client where last_seen_at < ?").bind(before)
}
