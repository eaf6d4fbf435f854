//! A stand-in for the plugin that keeps the customers, so that others can be tested without it.

use plugin_api::contracts::accounts::{
    self, Account, AccountState, Alike, Enter, Entered, Find, Likely, Likeness, Search,
};
use plugin_api::contracts::ledger::{self, Book, Booked};
use plugin_api::db::{Audit, Batch, Statement};
use plugin_api::lang::Sources;
use plugin_api::{Cx, Fault, Plugin};
use serde::Deserialize;

use crate::schema;

/// The id of the plugin it stands in for.
pub(crate) const ID: &str = "customer-accounts";

const TEXTS: Sources = &[("en", "plugin-name = Accounts\nplugin-description = Stand-in.\n")];

const SQLITE: &str = "\
create table if not exists customer_accounts_account (
  account_id text not null primary key,
  name text not null,
  name_folded text not null,
  kind text not null,
  state text not null,
  organisation_id text not null
);
create view if not exists customer_accounts_v1 as
  select account_id, name, name_folded, state, organisation_id from customer_accounts_account;
";

const MARIADB: &str = "\
create table if not exists customer_accounts_account (
  account_id char(36) character set ascii collate ascii_bin not null primary key,
  name varchar(255) not null,
  name_folded varchar(255) not null,
  kind varchar(16) character set ascii collate ascii_bin not null,
  state varchar(16) character set ascii collate ascii_bin not null,
  organisation_id char(36) character set ascii collate ascii_bin not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_nopad_bin;
create view if not exists customer_accounts_v1 as
  select account_id, name, name_folded, state, organisation_id from customer_accounts_account;
";

/// What takes the stand-in away again.
pub(crate) const REMOVAL: [&str; 2] =
    ["drop view customer_accounts_v1", "drop table customer_accounts_account"];

/// The stand-in.
pub(crate) fn plugin() -> Plugin {
    Plugin::new(ID, "0", TEXTS)
        .migrations(schema::one("create_account", SQLITE, MARIADB))
        .service(&accounts::FIND, find)
        .service(&accounts::SEARCH, search)
        .service(&accounts::ENTER, enter)
        .service(&accounts::ALIKE, alike)
        .service(&ledger::BOOK, book)
        .build()
}

/// The row of `account`.
pub(crate) fn insertion(account: &Account) -> Result<Statement, Fault> {
    let text = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    Ok(Statement::new(
        "insert into customer_accounts_account \
         (account_id, name, name_folded, kind, state, organisation_id) values (?, ?, ?, ?, ?, ?)",
    )
    .bind(&account.account_id)
    .bind(&account.name)
    .bind(plugin_api::table::fold(&account.name))
    .bind(text(serde_json::to_value(account.kind)?))
    .bind(text(serde_json::to_value(account.state)?))
    .bind(&account.organisation_id))
}

/// The statement that changes the state of an account.
pub(crate) fn change(account_id: &str, state: AccountState) -> Result<Statement, Fault> {
    let state = serde_json::to_value(state)?;
    Ok(Statement::new("update customer_accounts_account set state = ? where account_id = ?")
        .bind(state.as_str().unwrap_or_default())
        .bind(account_id))
}

#[derive(Deserialize)]
struct Row {
    account_id: String,
    name: String,
    kind: accounts::AccountKind,
    state: AccountState,
    organisation_id: String,
}

impl From<Row> for Account {
    fn from(row: Row) -> Self {
        let Row { account_id, name, kind, state, organisation_id } = row;
        Self { account_id, name, organisation_id, kind, state }
    }
}

/// Books nothing but an audit row, where a test finds what was booked.
async fn book(cx: Cx, asked: Book) -> Result<Booked, Fault> {
    let transaction_id = cx.fresh_id();
    let audit = Audit::of("transaction.booked", &transaction_id).after(&asked);
    cx.db().batch(Batch::new().audit(audit)).await?;
    Ok(Booked { transaction_id })
}

async fn find(cx: Cx, asked: Find) -> Result<Option<Account>, Fault> {
    let statement = Statement::new(
        "select account_id, name, kind, state, organisation_id from customer_accounts_account \
         where account_id = ? and {scope}",
    );
    let statement = statement.bind(asked.account_id).scope(cx.scope(), "organisation_id");
    Ok(cx.db().first::<Row>(statement).await?.map(Account::from))
}

async fn search(cx: Cx, asked: Search) -> Result<Vec<Account>, Fault> {
    search_of(&cx, asked).await
}

async fn search_of(cx: &Cx, asked: Search) -> Result<Vec<Account>, Fault> {
    let statement = Statement::new(
        "select account_id, name, kind, state, organisation_id from customer_accounts_account \
         where name_folded like ? and {scope} order by name_folded limit ?",
    )
    .bind(format!("%{}%", plugin_api::table::fold(&asked.text)))
    .bind(asked.limit)
    .scope(cx.scope(), "organisation_id");
    let found = cx.db().all::<Row>(statement).await?;
    Ok(found.into_iter().map(Account::from).collect())
}

/// Finds by the whole name; enters nobody.
async fn enter(cx: Cx, asked: Enter) -> Result<Entered, Fault> {
    let statement = Statement::new(
        "select account_id, name, kind, state, organisation_id from customer_accounts_account \
         where name_folded = ? and {scope}",
    );
    let statement = statement.bind(plugin_api::table::fold(&asked.name));
    let found = cx.db().first::<Row>(statement.scope(cx.scope(), "organisation_id")).await?;
    Ok(Entered { account: found.map(Account::from), problem: String::new() })
}

/// Those of the same name but for the case; it keeps no VAT numbers.
async fn alike(cx: Cx, asked: Alike) -> Result<Vec<Likeness>, Fault> {
    let search = Search { text: asked.name.clone(), limit: asked.limit };
    let found = search_of(&cx, search).await?;
    let wanted = plugin_api::table::fold(&asked.name);
    let same = found.into_iter().filter(|one| plugin_api::table::fold(&one.name) == wanted);
    Ok(same
        .map(|account| Likeness {
            account,
            vat_number: String::new(),
            reason: Likely::SameName,
            score: 90,
        })
        .collect())
}
