//! The timelines of customers: lines are only ever added, each once.

use plugin_api::contracts::timeline::Entry;
use plugin_api::db::{Db, Sql, Statement, json};
use plugin_api::manifest::Texts;
use plugin_api::{Cx, Fault, Scope};
use serde::Deserialize;

/// A line as it is kept.
#[derive(Debug, Clone, Deserialize)]
pub struct Line {
    /// Its id.
    pub entry_id: String,
    /// When it happened, unix milliseconds.
    pub at: i64,
    /// What it is, `noun.past_participle`.
    pub kind: String,
    /// The sentence, per language.
    #[serde(with = "json")]
    pub told: Texts,
    /// Where more is to be seen, a path of the cockpit; empty for nowhere.
    pub path: String,
    /// The permission that page asks for; empty for none.
    pub permission: String,
    /// Who did it; empty when nobody did.
    pub actor: String,
}

impl Line {
    /// Where more is to be seen, for who may go there.
    pub fn way(&self, cx: &Cx) -> Option<&str> {
        let may = self.permission.is_empty() || cx.may(&self.permission);
        Some(self.path.as_str()).filter(|path| may && !path.is_empty())
    }
}

/// Where a page of lines begins: below the line with this instant and id.
pub type Place = (i64, String);

/// Adds a line, unless one of this id is there already; none for a customer that does not exist or was erased.
/// Goes into the batch of what it tells.
///
/// Unscoped: who tells it has already changed the customer, or is a plugin telling of its own.
pub fn entry(id: &str, entry: &Entry) -> Statement {
    const FROM: &str = "insert into customer_accounts_timeline \
        (entry_id, customer_id, organisation_id, at, kind, icon, told, path, permission, actor) \
        select ?, customer_id, organisation_id, ?, ?, ?, ?, ?, ?, ? \
        from customer_accounts_customer where customer_id = ? and erased_at is null";
    let told = serde_json::to_string(&entry.text).unwrap_or_default();
    Statement::new(Sql::per(
        format!("{FROM} on conflict (entry_id) do nothing"),
        format!("{FROM} on duplicate key update entry_id = customer_accounts_timeline.entry_id"),
    ))
    .bind(id)
    .bind(entry.at)
    .bind(cut(&plain(&entry.kind), 64))
    .bind(cut(&plain(&entry.icon), 32))
    .bind(told)
    .bind(cut(&entry.path, 255))
    .bind(cut(&plain(&entry.permission), 128))
    .bind(cut(&entry.actor, 200))
    .bind(&entry.account_id)
}

/// A name as addresses and style sheets take it.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_alphanumeric() || "._-:".contains(*c)).collect()
}

fn cut(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

/// The customer and every one that was merged into it, directly or not.
const SAME: &str = "with recursive same as \
    (select customer_id from customer_accounts_customer where customer_id = ? union \
    select c.customer_id from customer_accounts_customer c \
    join same on c.merged_into = same.customer_id)";

/// Lines of a customer and of those merged into it, newest first, at most `limit`; of one `kind`
/// unless that is empty; only those below `place` when there is one.
pub async fn page(
    db: &Db,
    scope: &Scope,
    customer_id: &str,
    (kind, place): (&str, Option<&Place>),
    limit: u32,
) -> Result<Vec<Line>, Fault> {
    let (at, entry_id) = place.map_or((i64::MAX, ""), |(at, id)| (*at, id.as_str()));
    let select = format!(
        "{SAME} select t.entry_id, t.at, t.kind, t.told, t.path, t.permission, t.actor \
         from customer_accounts_timeline t join same on same.customer_id = t.customer_id \
         where (? = '' or t.kind = ?) and (t.at < ? or (t.at = ? and t.entry_id < ?)) \
         and {{scope}} order by t.at desc, t.entry_id desc limit ?"
    );
    let select = Statement::new(select)
        .bind(customer_id)
        .bind(kind)
        .bind(kind)
        .bind(at)
        .bind(at)
        .bind(entry_id)
        .bind(limit)
        .scope(scope, "t.organisation_id");
    db.all(select).await
}

/// The kinds of lines there are for a customer and those merged into it.
pub async fn kinds(db: &Db, scope: &Scope, customer_id: &str) -> Result<Vec<String>, Fault> {
    #[derive(Deserialize)]
    struct Row {
        kind: String,
    }
    let select = format!(
        "{SAME} select distinct t.kind from customer_accounts_timeline t \
         join same on same.customer_id = t.customer_id where {{scope}} order by t.kind"
    );
    let select = Statement::new(select).bind(customer_id).scope(scope, "t.organisation_id");
    let rows: Vec<Row> = db.all(select).await?;
    Ok(rows.into_iter().map(|row| row.kind).collect())
}
