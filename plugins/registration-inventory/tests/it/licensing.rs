//! Licences for installations: linked, issued with a price that was seen, told to the software.

use std::sync::{Arc, Mutex, MutexGuard};

use plugin_api::contracts::accounts::Account;
use plugin_api::contracts::inventory::{self, OfAccount};
use plugin_api::contracts::licences::{
    FIND, ISSUE, LicenceOfAccount, Module, OF_ACCOUNT, Order, Ordered, PRODUCTS, Product, QUOTE,
    Quoted,
};
use plugin_testing::{Answer, Client, Harness, Node};
use registration_inventory::plugin;
use serde_json::{Value as Json, json};

pub(crate) const ALL: &[&str] = &[
    "registration-inventory:read",
    "registration-inventory:classify",
    "registration-inventory:license",
];

/// A keeper of licences who does as the test says.
#[derive(Clone, Default)]
pub(crate) struct Keeper {
    pub(crate) orders: Arc<Mutex<Vec<Order>>>,
    /// Whom nothing is issued to.
    pub(crate) refused: Arc<Mutex<Option<String>>>,
    /// What each device costs.
    pub(crate) price: Arc<Mutex<i64>>,
}

impl Keeper {
    pub(crate) fn in_charge(harness: &Harness) -> Self {
        let keeper = Self::default();
        *held(&keeper.price) = 1000;
        let product = Product {
            code: "GEST".to_owned(),
            name: "Gestionale".to_owned(),
            is_sold: true,
            modules: vec![
                Module { code: "base".to_owned(), name: "Base".to_owned(), by_default: true },
                Module { code: "pdf".to_owned(), name: "Stampe".to_owned(), by_default: false },
            ],
        };
        harness.service_fake(&PRODUCTS, move |()| vec![product.clone()]);
        let this = keeper.clone();
        harness.service_fake(&QUOTE, move |order| this.quoted(&order));
        let this = keeper.clone();
        harness.service_fake(&ISSUE, move |order| {
            let problem = this.quoted(&order).problem;
            if !problem.is_empty() {
                return Ordered { problem, ..Ordered::default() };
            }
            let mut orders = held(&this.orders);
            orders.push(order);
            Ordered { licence_id: id(orders.len()), ..Ordered::default() }
        });
        let this = keeper.clone();
        harness.service_fake(&FIND, move |ids: Vec<String>| {
            let known = this.licences();
            known.into_iter().filter(|one| ids.contains(&one.licence_id)).collect::<Vec<_>>()
        });
        let this = keeper.clone();
        harness.service_fake(&OF_ACCOUNT, move |_| this.licences());
        keeper
    }

    fn quoted(&self, order: &Order) -> Quoted {
        let refused = held(&self.refused).clone();
        let is_refused = refused.is_some_and(|id| id == order.account_id);
        Quoted {
            price: Some((*held(&self.price) * order.devices.unwrap_or(1), "EUR".to_owned())),
            problem: if is_refused { "Beyond your rights.".to_owned() } else { String::new() },
        }
    }

    fn licences(&self) -> Vec<LicenceOfAccount> {
        (0..=held(&self.orders).len()).map(licence).collect()
    }
}

/// What a test and its fakes share.
pub(crate) fn held<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().expect("no fake panicked")
}

/// The id of the licence with this number; 0 is the one that was always there.
pub(crate) fn id(n: usize) -> String {
    format!("00000000-0000-7000-8000-0000000000{n:02}")
}

fn licence(n: usize) -> LicenceOfAccount {
    LicenceOfAccount {
        licence_id: id(n),
        product: "Gestionale".to_owned(),
        product_code: "GEST".to_owned(),
        tipo: "abbonamento".to_owned(),
        stato: "attiva".to_owned(),
        expires_at: None,
        key_hint: format!("…{n:04}"),
        path: format!("/crm/licences/{}", id(n)),
    }
}

pub(crate) fn report(harness: &Harness, installation: &str) -> Answer {
    let body = json!({ "nome_software": "Gestionale", "versione": "1.0",
        "cliente": { "ragione_sociale": "Acme Srl" }, "id_installazione": installation });
    harness.anonymous().post_json("/api/registrazione-software", body)
}

/// The installation with this id of its own.
pub(crate) fn installation(harness: &Harness, external: &str) -> Json {
    let sql = "select installation_id, state, licence_id, licence_offered, account_id \
        from registration_inventory_installation where external_id = ?";
    harness.rows(sql, [external.into()]).into_iter().next().expect("it reported itself")
}

pub(crate) fn text(row: &Json, name: &str) -> String {
    row[name].as_str().unwrap_or_default().to_owned()
}

/// An installation of an account, which is the product when `product` says so.
pub(crate) fn assigned(harness: &Harness, client: &Client, external: &str, to: &Account) -> String {
    report(harness, external).expect(201);
    let id = text(&installation(harness, external), "installation_id");
    let form = [("selected", id.as_str()), ("step", "decide"), ("account", &to.account_id)];
    client.post_form("/crm/installations/decide/assign", &form).expect(303);
    id
}

/// What the page with `html` shows as the sum.
pub(crate) fn seen(html: &str) -> String {
    let (_, rest) = html.split_once("name=\"visto\" value=\"").expect("a sum");
    rest.split_once('"').expect("it ends").0.to_owned()
}

#[test]
fn a_licence_is_issued_at_the_price_that_was_seen_and_its_software_told() {
    Harness::on_each(plugin, |harness| {
        let keeper = Keeper::in_charge(harness);
        let client = harness.with_permissions(ALL);
        let acme = harness.account(&harness.organisations().reseller, "Acme");
        report(harness, "pc-1").expect(201);
        let id = text(&installation(harness, "pc-1"), "installation_id");
        let page = format!("/crm/installations/{id}");
        let licence = format!("{page}/licence");
        assert!(client.get(&page).expect(200).html().contains("Assign the installation"));
        client.get(&licence).expect(303);
        let to = [("selected", id.as_str()), ("step", "decide"), ("account", &acme.account_id)];
        client.post_form("/crm/installations/decide/assign", &to).expect(303);
        assert!(client.get(&page).expect(200).html().contains(&licence));
        let gone = client.post_form(&licence, &[("prodotto", "GONE"), ("tipo", "permanente")]);
        assert!(gone.expect(422).html().contains("Choose the product first"));
        let form = client.get(&format!("{licence}?prodotto=GEST")).expect(200);
        assert_eq!(seen(form.html()), "1 + 1000 EUR");
        let typed = |devices: &'static str, seen: &str| {
            let fields = [("prodotto", "GEST"), ("tipo", "abbonamento"), ("dispositivi", devices)];
            let more = [("con_moduli", "true"), ("moduli", "pdf"), ("annuncia", "true")];
            let all = fields.into_iter().chain(more).chain([("aveva", "")]);
            let all = all.map(|(name, value)| (name.to_owned(), value.to_owned()));
            all.chain([("visto".to_owned(), seen.to_owned())]).collect::<Vec<_>>()
        };
        let send = |path: &str, fields: Vec<(String, String)>| {
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            client.post_form(path, &fields)
        };
        let preview = send(&format!("{licence}/preview"), typed("3", "")).expect(200);
        assert_eq!(seen(preview.html()), "1 + 3000 EUR");
        send(&licence, typed("no", "")).expect(422);
        let other = send(&licence, typed("3", "1 + 1000 EUR")).expect(422);
        assert!(other.html().contains("not what you saw"), "{other}");
        assert!(held(&keeper.orders).is_empty());
        *held(&keeper.refused) = Some(acme.account_id.clone());
        let refused = send(&licence, typed("3", "1 + 3000 EUR")).expect(422);
        assert!(refused.html().contains("Beyond your rights."), "{refused}");
        *held(&keeper.refused) = None;
        send(&licence, typed("3", "1 + 3000 EUR")).expect(303);
        let order = held(&keeper.orders)[0].clone();
        assert_eq!((order.devices, order.modules), (Some(3), Some(vec!["pdf".to_owned()])));
        // Pressed twice: the second finds it done.
        send(&licence, typed("3", "1 + 3000 EUR")).expect(303);
        assert_eq!(held(&keeper.orders).len(), 1);
        assert_eq!(text(&installation(harness, "pc-1"), "licence_id"), self::id(1));
        let told = report(harness, "pc-1").expect(200).json();
        assert_eq!(told["licenza_disponibile"], true, "{told}");

        client.post_form(&format!("{licence}/hint"), &[("annuncia", "")]).expect(303);
        assert_ne!(report(harness, "pc-1").expect(200).json()["licenza_disponibile"], true);
        client.post_form(&format!("{licence}/hint"), &[("annuncia", "true")]).expect(303);
        client.post_form(&format!("{licence}/unlink"), &[]).expect(303);
        let row = installation(harness, "pc-1");
        assert_eq!((text(&row, "licence_id"), &row["licence_offered"]), (String::new(), &json!(0)));
        let kinds = "select count(*) from registration_inventory_decision where kind = 'licence'";
        assert_eq!(harness.scalar(kinds, []), 4);
    });
}

#[test]
fn a_licence_of_the_customer_is_linked_and_shown() {
    Harness::on_each(plugin, |harness| {
        Keeper::in_charge(harness);
        let client = harness.with_permissions(ALL);
        let acme = harness.account(&harness.organisations().reseller, "Acme");
        let id = assigned(harness, &client, "pc-1", &acme);
        let licence = format!("/crm/installations/{id}/licence");
        let link = format!("{licence}/link");
        client.post_form(&link, &[("licenza", &self::id(7))]).expect(404);
        client.post_form(&link, &[("licenza", &self::id(0))]).expect(303);
        let page = client.get(&format!("/crm/installations/{id}")).expect(200);
        assert!(page.html().contains("…0000"), "{page}");
        assert_ne!(report(harness, "pc-1").expect(200).json()["licenza_disponibile"], true);

        // Who may only look is offered nothing, and others do not find it.
        let node = &harness.organisations().reseller;
        let reader = harness.in_branch(node, &["registration-inventory:read"]);
        let page = reader.get(&format!("/crm/installations/{id}")).expect(200);
        assert!(page.html().contains("…0000") && !page.html().contains("/unlink"), "{page}");
        reader.post_form(&link, &[("licenza", &self::id(0))]).expect(403);
        let sibling = harness.in_branch(&harness.organisations().sibling, ALL);
        sibling.get(&licence).expect(404);
        sibling.post_form(&link, &[("licenza", &self::id(0))]).expect(404);
    });
}

#[test]
fn without_a_keeper_of_licences_there_is_no_button() {
    Harness::on_each(plugin, |harness| {
        let client = harness.with_permissions(ALL);
        let acme = harness.account(&harness.organisations().reseller, "Acme");
        let id = assigned(harness, &client, "pc-1", &acme);
        let page = client.get(&format!("/crm/installations/{id}")).expect(200);
        assert!(!page.html().contains("/licence"), "{page}");
        client.get(&format!("/crm/installations/{id}/licence")).expect(404);
    });
}

#[test]
fn a_customer_sees_his_own_installations_and_others_ask_for_them() {
    Harness::on_each(plugin, |harness| {
        let client = harness.with_permissions(ALL);
        let acme = harness.account(&harness.organisations().reseller, "Acme");
        let other = harness.account(&harness.organisations().reseller, "Altri");
        let own = assigned(harness, &client, "pc-own", &acme);
        assigned(harness, &client, "pc-other", &other);
        let sql = "update registration_inventory_installation set host_name = external_id";
        harness.sql(sql, []);
        let path = harness.rows(
            "select path from host_organisation where organisation_id = ?",
            [acme.organisation_id.as_str().into()],
        );
        let node = Node {
            id: acme.organisation_id.clone(),
            path: text(&path[0], "path"),
            kind: "customer".to_owned(),
            name: acme.name.clone(),
        };
        let customer = harness.in_branch(&node, &["registration-inventory:portal"]);
        let page = customer.get("/crm/my-installations").expect(200);
        assert!(page.html().contains("pc-own") && !page.html().contains("pc-other"), "{page}");
        customer.get("/crm/installations").expect(403);
        let asked = OfAccount { account_id: acme.account_id.clone() };
        let told = harness.service(&inventory::OF_ACCOUNT, client.caller(), &asked).unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].path, format!("/crm/installations/{own}"));
        let sibling = harness.in_branch(&harness.organisations().sibling, ALL);
        let told = harness.service(&inventory::OF_ACCOUNT, sibling.caller(), &asked).unwrap();
        assert!(told.is_empty(), "{told:?}");
    });
}
