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

/// How many installations of somebody's branch said last that they run a version.
pub async fn having(
    db: &Db,
    scope: &Scope,
    product: &str,
    version_order: &str,
) -> Result<i64, Fault> {
    let sql = "select count(*) from update_server_client \
         where product_code = ? and version_order = ? and {scope}";
    let statement = Statement::new(sql).bind(product).bind(version_order);
    db.scalar(statement.scope(scope, "organisation_id")).await
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

/// Where the version an installation `u` runs stands in its channel, as SQL: `ritirata` if it was taken
/// back, `superata` if there is a later one, `attuale`, or `ignota` if it does not say what it runs.
pub const STANDING: &str = "case when u.version = '' then 'ignota' \
    when exists (select 1 from update_server_release r where r.product_code = u.product_code \
        and r.version_order = u.version_order and (r.state = 'yanked' or 'stopped' = \
        (select l.state from update_server_rollout l where l.release_id = r.release_id \
            and l.channel = u.channel order by l.rollout_id desc limit 1))) then 'ritirata' \
    when exists (select 1 from update_server_release r join update_server_placement p \
        on p.product_code = r.product_code and p.release_id = r.release_id \
        where r.product_code = u.product_code and p.channel = u.channel \
        and r.state = 'published' and r.version_order > u.version_order and coalesce(\
        (select l.state from update_server_rollout l where l.release_id = r.release_id \
            and l.channel = u.channel order by l.rollout_id desc limit 1), '') <> 'stopped') \
        then 'superata' else 'attuale' end";

/// Whether an installation `u` was told to take another version than it runs when it last asked, as SQL.
pub const BEHIND: &str = "case when u.offered <> '' and u.offered <> u.version then 1 else 0 end";

/// Which installations are counted; empty for all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    /// Only those heard of since then, unix milliseconds.
    pub since: i64,
    /// Code of the product.
    pub product: String,
    /// The channel they follow.
    pub channel: String,
    /// What they run on.
    pub platform: String,
}

/// How many installations run a version.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Runs {
    /// Code of the product.
    pub product_code: String,
    /// The version; empty if they do not say.
    pub version: String,
    /// How many.
    pub installations: i64,
    /// How many of them run what was taken back.
    pub withdrawn: i64,
    /// How many of them run what is older than the newest of their channel.
    pub outdated: i64,
    /// How many of them were told to take another one.
    pub behind: i64,
}

/// How many installations of the branch run which version: newest versions first within each product,
/// from at most `limit` lines of a version in a channel.
pub async fn by_version(
    db: &Db,
    scope: &Scope,
    counted: &Counted,
    limit: i64,
) -> Result<Vec<Runs>, Fault> {
    let chosen = [
        ("product_code", &counted.product),
        ("channel", &counted.channel),
        ("platform", &counted.platform),
    ];
    let chosen: Vec<_> = chosen.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let and = chosen.iter().map(|(column, _)| format!(" and u.{column} = ?"));
    let and = and.collect::<Vec<_>>().concat();
    // Added up here: MariaDB cannot run the same statement twice that does so around this one.
    let sql = format!(
        "select u.product_code, u.version, count(*) as installations, \
         cast(sum({BEHIND}) as signed) as behind, {STANDING} as standing \
         from update_server_client u where u.last_seen_at >= ?{and} and {{scope}} \
         group by u.product_code, u.channel, u.version_order, u.version \
         order by u.product_code, u.version_order desc, u.version, u.channel limit ?"
    );
    let values = chosen.into_iter().map(|(_, value)| value.as_str().into());
    let statement = Statement::new(sql).bind(counted.since).bind_all(values);
    let statement = statement.scope_of_many(scope, "u.organisation_id").bind(limit);
    let lines: Vec<InChannel> = db.all(statement).await?;
    Ok(lines.into_iter().fold(Vec::new(), |mut found: Vec<Runs>, line| {
        let same = |last: &&mut Runs| {
            last.product_code == line.product_code && last.version == line.version
        };
        if let Some(last) = found.last_mut().filter(same) {
            last.add(&line);
            return found;
        }
        let mut runs = Runs {
            product_code: line.product_code.clone(),
            version: line.version.clone(),
            ..Runs::default()
        };
        runs.add(&line);
        found.push(runs);
        found
    }))
}

/// How many run a version in one channel, where it stands in one way.
#[derive(Deserialize)]
struct InChannel {
    product_code: String,
    version: String,
    installations: i64,
    behind: i64,
    standing: String,
}

impl Runs {
    fn add(&mut self, line: &InChannel) {
        self.installations += line.installations;
        self.behind += line.behind;
        match line.standing.as_str() {
            "ritirata" => self.withdrawn += line.installations,
            "superata" => self.outdated += line.installations,
            _ => {}
        }
    }
}

/// Forgets those not heard of since `before`. Unscoped: a job asks.
pub fn forgetting(before: i64) -> Statement {
    Statement::new("delete from update_server_client where last_seen_at < ?").bind(before)
}
