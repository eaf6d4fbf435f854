//! Programs of a customer ask for updates.

mod addresses;
mod catalogue;
mod checks;
mod credentials;
mod customers;
mod downloads;
mod electron;
mod portal;
mod versions;

use std::sync::{Arc, Mutex, PoisonError};

use plugin_api::contracts::accounts::Account;
use plugin_api::contracts::licences::{
    ENTITLEMENT, Entitlement, EntitlementOf, FIND, LicenceOfAccount, NotEntitled, OF_ACCOUNT,
    OfAccount,
};
use plugin_testing::{Answer, Client, Node};
use serde_json::{Value as Json, json};

use crate::vendor::{self, PRODUCT, Vendor};

/// The id of the customer's licence.
const LICENCE: &str = "01a2052b-e128-7be7-bdf9-83c65953fc6e";
/// Its activation key.
const KEY: &str = "7D91A-F8FC9-16609-0A1B2-C3D4E";
const DAY: i64 = 86_400_000;

/// A customer of the first reseller with a licence whose state a test decides.
struct Customer<'a> {
    vendor: &'a Vendor<'a>,
    account: Account,
    licence: Arc<Mutex<Result<Entitlement, NotEntitled>>>,
}

fn on_each(test: impl Fn(&Customer<'_>)) {
    vendor::on_each(|vendor| test(&Customer::open(vendor)));
}

fn of_account() -> LicenceOfAccount {
    LicenceOfAccount {
        licence_id: LICENCE.to_owned(),
        product: "Studio".to_owned(),
        product_code: PRODUCT.to_owned(),
        tipo: "permanente".to_owned(),
        stato: "attiva".to_owned(),
        expires_at: None,
        key_hint: "7D91A".to_owned(),
        path: String::new(),
    }
}

impl<'a> Customer<'a> {
    fn open(vendor: &'a Vendor<'a>) -> Self {
        let harness = vendor.harness;
        let account = harness.account(&harness.organisations().reseller, "Bianchi & Figli");
        let licence = Arc::new(Mutex::new(Ok(Entitlement {
            product_code: PRODUCT.to_owned(),
            until: i64::MAX,
            modules: Some(vec!["base".to_owned()]),
            newest: None,
            licence_id: LICENCE.to_owned(),
            organisation_id: account.organisation_id.clone(),
            account_id: account.account_id.clone(),
        })));
        let told = Arc::clone(&licence);
        harness.service_fake(&ENTITLEMENT, move |asked| {
            let is_it = match &asked {
                EntitlementOf::Licence(id) => id == LICENCE,
                EntitlementOf::Key(key) => key == KEY,
            };
            let told = told.lock().unwrap_or_else(PoisonError::into_inner);
            if is_it { told.clone() } else { Err(NotEntitled::Unknown) }
        });
        let known = |ids: Vec<String>| ids.iter().any(|id| id == LICENCE);
        harness
            .service_fake(&FIND, move |ids| if known(ids) { vec![of_account()] } else { vec![] });
        let own = account.account_id.clone();
        harness.service_fake(&OF_ACCOUNT, move |asked: OfAccount| {
            if asked.account_id == own { vec![of_account()] } else { vec![] }
        });
        Self { vendor, account, licence }
    }

    /// Changes what the licence includes.
    fn includes(&self, change: impl Fn(&mut Entitlement)) {
        let mut licence = self.licence.lock().unwrap_or_else(PoisonError::into_inner);
        change(licence.as_mut().expect("a licence that includes something"));
    }

    /// The licence includes nothing any more.
    fn refused(&self, reason: NotEntitled) {
        *self.licence.lock().unwrap_or_else(PoisonError::into_inner) = Err(reason);
    }

    /// Who may get the product's updates.
    fn access(&self, access: &str) {
        let sql = "update update_server_product set access = ?";
        self.vendor.harness.sql(sql, [access.into()]);
    }

    /// Somebody of his reseller who makes addresses.
    fn seller(&self) -> Client {
        let harness = self.vendor.harness;
        harness.in_branch(&harness.organisations().reseller, &["update-server:tokens"])
    }

    /// Somebody of the customer himself.
    fn person(&self) -> Client {
        let harness = self.vendor.harness;
        let id = self.account.organisation_id.clone();
        let sql = "select path from host_organisation where organisation_id = ?";
        let rows = harness.rows(sql, [id.as_str().into()]);
        let path = rows[0]["path"].as_str().expect("a path").to_owned();
        let node = Node { id, path, kind: "customer".to_owned(), name: self.account.name.clone() };
        harness.in_branch(&node, &["update-server:portal"])
    }

    /// Makes the address of the licence, as the API tells it.
    fn made(&self) -> Json {
        let path = "/api/admin/gettoni-aggiornamenti";
        self.seller().post_json(path, json!({ "licenza": LICENCE })).expect(201).json()
    }

    /// The address of the licence, a path of the cockpit.
    fn address(&self) -> String {
        self.made()["indirizzo"].as_str().expect("an address").to_owned()
    }

    /// A program of his, which shows nothing but what it asks.
    fn program(&self) -> Client {
        self.vendor.harness.anonymous().header("accept", "*/*")
    }

    fn get(&self, path: &str) -> Answer {
        self.program().get(path)
    }

    /// The version electron-updater is told of at an address.
    fn newest(&self, address: &str) -> String {
        let feed = self.get(&format!("{address}/electron/stable/latest.yml")).expect(200);
        let line = feed.text().lines().next().unwrap_or_default().to_owned();
        line.trim_start_matches("version: ").trim_matches('"').to_owned()
    }

    /// Two releases, ten days apart; answers when the second one came.
    fn two_releases(&self) -> i64 {
        let clock = self.vendor.harness.clock();
        self.vendor.released("1.0.0", &["stable"]);
        clock.advance_days(10);
        self.vendor.released("1.1.0", &["stable"]);
        let at = clock.now();
        clock.advance_days(10);
        at
    }
}
