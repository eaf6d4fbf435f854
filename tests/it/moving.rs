//! A branch moves, is suspended, or somebody's role changes while they work: it holds from their
//! next request on, wherever they look.

use cockpit_tests::branches::{Branches, Person};
use cockpit_tests::demo::Member;
use cockpit_tests::{Client, Cockpit, Database, Linking, Setup, html, licences};
use reqwest::Method;
use serde_json::{Value, json};

/// Whose word no other customer has.
const NAME: &str = "Zibaldone Traslocato S.r.l.";
/// A name that waits, for the number in the menu.
const WAITING: &str = "Zibaldone In Attesa S.r.l.";

/// What a member of the demo sees, with his session and with his token.
struct Eyes {
    browser: Client,
    software: Client,
}

/// What somebody sees of the customer that moves.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    /// Statuses of the customer's page, of the customer and of its licence over the API.
    statuses: [u16; 3],
    /// Whether lists, searches and exports have it.
    listed: [bool; 5],
}

impl Seen {
    fn all() -> Self {
        Self { statuses: [200; 3], listed: [true; 5] }
    }

    fn nothing() -> Self {
        Self { statuses: [404; 3], listed: [false; 5] }
    }
}

impl Eyes {
    async fn of(cockpit: &Cockpit, member: &Member) -> Self {
        Self {
            browser: cockpit.signed_in(&member.email, &member.password).await,
            software: Client::with_token(&cockpit.url, &member.token),
        }
    }

    async fn see(&self, customer: &str, licence: &str) -> Seen {
        let (browser, software) = (&self.browser, &self.software);
        let has = async |client: &Client, path: &str| {
            client.get(path).await.expect(200).body.contains(NAME)
        };
        Seen {
            statuses: [
                browser.get(&format!("/crm/customers/{customer}")).await.status,
                software.get(&format!("/api/admin/clienti/{customer}")).await.status,
                software.get(&format!("/api/admin/licenze/{licence}")).await.status,
            ],
            listed: [
                has(browser, "/crm/customers?sort=-ragione_sociale").await,
                has(browser, "/crm/licences").await,
                has(browser, "/crm/customers/export?format=csv").await,
                has(software, "/api/admin/clienti?q=zibaldone").await,
                has(browser, "/search?q=Zibaldone+Traslocato").await && {
                    // The page repeats what was searched for, so its links are looked at.
                    let page = browser.get("/search?q=Zibaldone+Traslocato").await.body;
                    html::links(&page).iter().any(|link| link.contains(customer))
                },
            ],
        }
    }

    /// How many customers the token can list.
    async fn count(&self) -> i64 {
        self.count_of("").await
    }

    /// How many of them a filter leaves.
    async fn count_of(&self, filter: &str) -> i64 {
        let path = format!("/api/admin/clienti?limit=100{filter}");
        let all = self.software.get(&path).await.expect(200).json();
        assert_eq!(all["prossimo"], Value::Null, "more than fit");
        all["dati"].as_array().map_or(0, Vec::len).try_into().expect("few")
    }

    /// The number of those who wait, in the menu.
    async fn badge(&self) -> i64 {
        let menu = self.software.get("/api/menu").await.expect(200).json();
        let sections = menu["sezioni"].as_array().cloned().unwrap_or_default();
        let mut entries = sections.iter().filter_map(|of| of["voci"].as_array()).flatten();
        let waiting = entries.find(|entry| entry["percorso"] == "/crm/customers/waiting");
        waiting.and_then(|entry| entry["in_attesa"].as_i64()).unwrap_or_default()
    }

    /// Neither his session nor his token opens anything.
    async fn is_shut_out(&self) {
        let answer = self.browser.get("/crm/customers").await;
        let is_sent_away = answer.status == 303 && answer.header("location").starts_with("/login");
        assert!(is_sent_away, "{}: {}", answer.status, answer.told());
        self.software.get("/api/admin/clienti").await.assert(401);
    }
}

/// Changes a node over the API.
async fn change(admin: &Person, node: &str, body: &Value) {
    licences::patch(&admin.software, &format!("/api/admin/agent/{node}"), body).await.assert(200);
}

async fn takes_effect_at_once(setup: Setup) {
    if !setup.database.is_available() {
        return;
    }
    let cockpit = Cockpit::demo(setup).await;
    let admin = Branches::of(&cockpit).await.admin().clone();
    let told = cockpit.told().clone();
    let node = &told.roles.sub_company.organisation;
    let (from, to) = (&told.roles.reseller.organisation, &told.sibling.organisation);
    let made = |name: &str, stato: &str| json!({ "ragione_sociale": name, "stato": stato, "assegnato_a": node });
    let customer = made(NAME, "convalidato");
    let customer = admin.software.post("/api/admin/clienti", &customer).await.expect(201).json();
    let customer = customer["id"].as_str().expect("an id").to_owned();
    let waiting = made(WAITING, "in_attesa");
    admin.software.post("/api/admin/clienti", &waiting).await.assert(201);
    let licence = licences::issue(&admin.software, &customer, &told.product, 1).await.id;

    let reseller = Eyes::of(&cockpit, &told.roles.reseller).await;
    let sub_company = Eyes::of(&cockpit, &told.roles.sub_company).await;
    let agent = Eyes::of(&cockpit, &told.roles.agent).await;
    let sibling = Eyes::of(&cockpit, &told.sibling).await;
    let below = sub_company.count().await;
    let (mine, theirs) = (reseller.count().await, sibling.count().await);
    let (my_badge, their_badge) = (reseller.badge().await, sibling.badge().await);
    assert_eq!(reseller.see(&customer, &licence).await, Seen::all());
    assert_eq!(sibling.see(&customer, &licence).await, Seen::nothing());
    assert!(below > 1 && my_badge > their_badge, "{below} {my_badge} {their_badge}");

    change(&admin, node, &json!({ "sopra": to })).await;
    assert_eq!(reseller.see(&customer, &licence).await, Seen::nothing());
    assert_eq!(sibling.see(&customer, &licence).await, Seen::all());
    assert_eq!(sub_company.see(&customer, &licence).await, Seen::all());
    assert_eq!([reseller.count().await, sibling.count().await], [mine - below, theirs + below]);
    let moved = sub_company.count_of("&stato=in_attesa").await;
    assert!(moved > 0, "somebody waits in the branch that moved");
    let badges = [reseller.badge().await, sibling.badge().await];
    assert_eq!(badges, [my_badge - moved, their_badge + moved]);
    for path in [format!("/crm/customers/{customer}/edit"), format!("/crm/licences/{licence}")] {
        reseller.browser.get(&path).await.assert(404);
    }
    let body = json!({ "telefono": "1" });
    let path = format!("/api/admin/clienti/{customer}");
    let request = reseller.software.request(Method::PATCH, &path).header("if-match", "\"1\"");
    reseller.software.send(request.json(&body)).await.problem(404, "not_found");

    change(&admin, to, &json!({ "sospesa": true })).await;
    for shut_out in [&sibling, &sub_company, &agent] {
        shut_out.is_shut_out().await;
    }
    let again = cockpit.browser().sign_in(&told.sibling.email, &told.sibling.password).await;
    assert_eq!(again.status, 422, "nobody signs in there: {}", again.told());
    assert_eq!(reseller.count().await, mine - below);
    change(&admin, to, &json!({ "sospesa": false })).await;
    sibling.software.get("/api/admin/clienti").await.assert(200);
    let sibling = Eyes::of(&cockpit, &told.sibling).await;
    assert_eq!(sibling.see(&customer, &licence).await, Seen::all());

    change(&admin, node, &json!({ "sopra": from })).await;
    assert_eq!(reseller.see(&customer, &licence).await, Seen::all());
    assert_eq!(sibling.see(&customer, &licence).await, Seen::nothing());
    role_changes(&admin, &reseller, &told.roles.reseller).await;
}

/// He only reads from now on, and reads nothing once he has no role that may.
async fn role_changes(admin: &Person, eyes: &Eyes, member: &Member) {
    let users = format!("/api/admin/agent/{}/utenti", member.organisation);
    let all = admin.software.get(&users).await.expect(200).json();
    let mut people = all["dati"].as_array().cloned().unwrap_or_default().into_iter();
    let user = people.find(|user| user["email"] == *member.email).expect("him");
    let path = format!("{users}/{}", user["id"].as_str().expect("an id"));
    let new = json!({ "ragione_sociale": "Nuova S.r.l." });
    for (role, read, write) in
        [("auditor", 200, 403), ("customer", 403, 403), ("reseller", 200, 201)]
    {
        let request = admin.software.request(Method::PATCH, &path);
        admin.software.send(request.json(&json!({ "ruoli": [role] }))).await.assert(200);
        eyes.browser.get("/crm/customers").await.assert(read);
        eyes.browser.get("/crm/customers/new").await.assert(if write == 201 { 200 } else { 403 });
        eyes.software.get("/api/admin/clienti").await.assert(read);
        eyes.software.post("/api/admin/clienti", &new).await.assert(write);
    }
}

#[tokio::test]
async fn it_takes_effect_at_once_on_sqlite() {
    takes_effect_at_once(Setup::PLAIN).await;
}

#[tokio::test]
async fn it_takes_effect_at_once_with_loaded_plugins() {
    takes_effect_at_once(Setup::of(Database::Sqlite, Linking::Loaded)).await;
}

#[tokio::test]
async fn it_takes_effect_at_once_on_mariadb() {
    takes_effect_at_once(Setup::on(Database::MariaDb)).await;
}

#[tokio::test]
async fn it_takes_effect_at_once_on_mariadb_with_loaded_plugins() {
    takes_effect_at_once(Setup::of(Database::MariaDb, Linking::Loaded)).await;
}
