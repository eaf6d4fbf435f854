//! A plugin, a database of its own, and fakes for everything else the host lends.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Barrier, PoisonError};

use cockpit_database::throwaway::{ThrowAway, server};
use plugin_api::contracts::Contract;
use plugin_api::contracts::accounts::{Account, AccountKind, AccountState};
use plugin_api::db::Dialect;
use plugin_api::lent::Scan;
use plugin_api::manifest::Migrations;
use plugin_api::{Caller, Fault, FaultKind, Plugin, Scope};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

use crate::organisations::{Node, Organisations};
use crate::world::World;
use crate::{Clock, Effects, accounts, block_on, keys, schema};

/// One plugin under test.
pub struct Harness {
    pub(crate) world: Arc<World>,
    organisations: Organisations,
}

impl std::fmt::Debug for Harness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Harness").field("database", &self.database()).finish_non_exhaustive()
    }
}

impl Harness {
    /// The plugin on an empty `SQLite` database.
    pub fn sqlite(plugin: Plugin) -> Self {
        Self::on(block_on(ThrowAway::sqlite()).expect("a folder for the database"), plugin)
    }

    /// The plugin on an empty database of the `MariaDB` server at `url`.
    pub fn mariadb(plugin: Plugin, url: &str) -> Self {
        Self::on(block_on(ThrowAway::mariadb(url)).expect("a database of the server"), plugin)
    }

    /// The plugin on each database. `MariaDB` is the server that `COCKPIT_TEST_MARIADB` names;
    /// where that is not set there is only `SQLite`, and on a machine that sets `CI` a panic.
    pub fn each(plugin: fn() -> Plugin) -> Vec<Self> {
        let mariadb =
            server().expect("the MariaDB half can run").map(|url| Self::mariadb(plugin(), &url));
        std::iter::once(Self::sqlite(plugin())).chain(mariadb).collect()
    }

    /// Runs the body of a test on each database; what it panics with names the database.
    pub fn on_each(plugin: fn() -> Plugin, test: impl Fn(&Self)) {
        for harness in Self::each(plugin) {
            let outcome = catch_unwind(AssertUnwindSafe(|| test(&harness)));
            if let Err(panic) = outcome {
                panic!("on {}: {}", harness.database(), plugin_api::abi::body::panic_text(&*panic));
            }
        }
    }

    fn on(throwaway: ThrowAway, plugin: Plugin) -> Self {
        let harness =
            Self { world: Arc::new(World::new(throwaway)), organisations: Organisations::new() };
        harness.migrate("host", &schema::host());
        let database = harness.world.transactions.database();
        block_on(harness.organisations.insert(database)).expect("the tree is planted once");
        let keeps_accounts = plugin.manifest().id == accounts::ID;
        harness.add(plugin);
        if !keeps_accounts {
            harness.migrate("stand-in", &accounts::plugin().manifest().migrations);
            harness.remember(accounts::plugin());
        }
        harness
    }

    /// Runs another real plugin beside the one under test: its services answer, its views exist.
    /// The real `customer-accounts` takes the place of the stand-in.
    pub fn second_plugin(&self, plugin: Plugin) {
        if plugin.manifest().id == accounts::ID {
            for sql in accounts::REMOVAL {
                self.sql(sql, []);
            }
            let mut plugins = self.world.plugins.write().unwrap_or_else(PoisonError::into_inner);
            plugins.retain(|known| known.manifest().id != accounts::ID);
        }
        self.add(plugin);
    }

    fn add(&self, plugin: Plugin) {
        self.migrate(&plugin.manifest().id, &plugin.manifest().migrations);
        self.remember(plugin);
    }

    fn remember(&self, plugin: Plugin) {
        let mut plugins = self.world.plugins.write().unwrap_or_else(PoisonError::into_inner);
        plugins.push(Arc::new(plugin));
    }

    fn migrate(&self, owner: &str, migrations: &Migrations) {
        let migrations = match self.dialect() {
            Dialect::Sqlite => &migrations.sqlite,
            Dialect::MariaDb => &migrations.mariadb,
        };
        let applied = block_on(self.world.throwaway.migrate(owner, migrations));
        applied.unwrap_or_else(|fault| panic!("migrations of {owner}: {fault}"));
    }

    /// `SQLite` or `MariaDB`.
    pub fn database(&self) -> &'static str {
        match self.dialect() {
            Dialect::Sqlite => "SQLite",
            Dialect::MariaDb => "MariaDB",
        }
    }

    /// Which SQL the database understands.
    pub fn dialect(&self) -> Dialect {
        self.world.dialect()
    }

    /// Has the host's scanner look for viruses in files like this.
    pub fn scan_with(&self, scanner: impl Fn(&[u8]) -> Scan + Send + Sync + 'static) {
        let mut scans = self.world.scanner.lock().unwrap_or_else(PoisonError::into_inner);
        *scans = Some(Arc::new(scanner));
    }

    /// The clock; it stands still at 2026-01-15T10:00:00Z until somebody moves it.
    pub fn clock(&self) -> &Clock {
        &self.world.clock
    }

    /// The organisation tree every test begins with.
    pub fn organisations(&self) -> &Organisations {
        &self.organisations
    }

    /// Adds a node of `kind` below `parent`.
    pub fn organisation(&self, parent: &Node, kind: &str, name: &str) -> Node {
        let node = Node::below(parent, &self.world.fresh_id(), kind, name);
        let (scope, now) = (Scope::everything(), self.clock().now());
        let dialect = self.dialect();
        let row = node.as_new(&parent.id).statement(&scope, now).render(dialect);
        self.write(&row);
        node
    }

    /// Adds a validated customer with a node of its own below `parent`; the stand-in of
    /// `customer-accounts` finds it.
    pub fn account(&self, parent: &Node, name: &str) -> Account {
        let account = Account {
            account_id: self.world.fresh_id(),
            name: name.to_owned(),
            organisation_id: self.organisation(parent, "customer", name).id,
            kind: AccountKind::Customer,
            state: AccountState::Validated,
        };
        let row = accounts::insertion(&account).expect("an account is a row");
        self.write(&row.render(self.dialect()));
        account
    }

    /// Changes the state of an account of the stand-in.
    pub fn set_account_state(&self, account_id: &str, state: AccountState) {
        let change = accounts::change(account_id, state).expect("a state is a word");
        self.write(&change.render(self.dialect()));
    }

    /// Makes `n` requests at once, each on a thread of its own.
    pub fn parallel<T: Send>(&self, n: usize, request: impl Fn(usize) -> T + Sync) -> Vec<T> {
        let (start, request) = (Barrier::new(n), &request);
        std::thread::scope(|scope| {
            let start = &start;
            let run = |i| {
                scope.spawn(move || {
                    start.wait();
                    request(i)
                })
            };
            let threads: Vec<_> = (0..n).map(run).collect();
            threads
                .into_iter()
                .map(|t| t.join().unwrap_or_else(|panic| resume_unwind(panic)))
                .collect()
        })
    }

    /// Lets the plugin answer `service:<name>`, `job:<name>`, `event:<name>` or `sample`.
    pub fn call(
        &self,
        name: &str,
        caller: &Caller,
        payload: impl Serialize,
    ) -> Result<Json, Fault> {
        let plugin = self.world.under_test();
        let payload = serde_json::to_value(payload)?;
        block_on(async {
            let answer = self.world.call(&plugin, caller.clone(), 0, name, &payload).await;
            self.world.write_behind().await;
            answer
        })
    }

    /// Lets the plugin answer one of its contracts.
    pub fn service<Q: Serialize, A: DeserializeOwned>(
        &self,
        contract: &Contract<Q, A>,
        caller: &Caller,
        asked: &Q,
    ) -> Result<A, Fault> {
        let answer = self.call(&format!("service:{}", contract.name), caller, asked)?;
        Ok(serde_json::from_value(answer)?)
    }

    /// Answers a contract of another plugin with `fake`, whoever else offers it.
    pub fn service_fake<Q, A>(
        &self,
        contract: &Contract<Q, A>,
        fake: impl Fn(Q) -> A + Send + Sync + 'static,
    ) where
        Q: DeserializeOwned,
        A: Serialize,
    {
        let fake = move |_: &Caller, asked: Json| {
            Ok(serde_json::to_value(fake(serde_json::from_value(asked)?))?)
        };
        let mut fakes = self.world.fakes.lock().unwrap_or_else(PoisonError::into_inner);
        fakes.insert(contract.name.to_owned(), Arc::new(fake));
    }

    /// Refuses a contract of another plugin, whoever else offers it.
    pub fn service_refused<Q, A>(&self, contract: &Contract<Q, A>) {
        let fake = |_: &Caller, _: Json| Err(Fault::new(FaultKind::Refused, "by the test"));
        let mut fakes = self.world.fakes.lock().unwrap_or_else(PoisonError::into_inner);
        fakes.insert(contract.name.to_owned(), Arc::new(fake));
    }

    /// Sets a setting of the plugin as an administrator would.
    pub fn set_setting(&self, key: &str, value: impl Into<Json>) {
        let id = self.world.under_test().manifest().id.clone();
        let mut settings = self.world.settings.lock().unwrap_or_else(PoisonError::into_inner);
        settings.insert((id, key.to_owned()), value.into());
    }

    /// Everything recorded so far.
    pub fn effects(&self) -> Effects {
        self.world.effects().clone()
    }

    /// The public keys of the plugin's tokens as a JWK set.
    pub fn public_keys(&self) -> Json {
        self.world.keys.public(&self.world.under_test().manifest().id)
    }

    /// The claims of a token the plugin had signed, if it is genuine.
    pub fn claims(&self, typ: &str, token: &str) -> Option<Map<String, Json>> {
        keys::verify(&self.world.under_test().manifest().id, typ, token)
    }
}
