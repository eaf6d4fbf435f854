//! What belongs to the licences of a branch, and what the vendor keeps for all of them.

use std::time::Duration;

use serde_json::{Value, json};

use crate::branches::{Person, led_to};
use crate::client::Client;
use crate::html;
use crate::licences;
use crate::objects::{self, Kind, Objects, id};
use crate::server::Cockpit;

/// How many requests somebody makes, so that each way to decide has one of its own.
const REQUESTS: usize = 7;

/// Makes what belongs to the licences of the node of `maker`, whose customer this is.
pub(crate) async fn of_node(cockpit: &Cockpit, made: &mut Objects, maker: &Person, customer: &str) {
    let licence = made.get(Kind::Licence).expect("a licence").to_owned();
    for act in ["suspend", "resume", "end", "revoke"] {
        let path = format!("/crm/licences/bulk/act/{act}");
        let run = maker.browser.submit(&path, &[("selected", &*licence)]).await;
        made.add(Kind::Bulk, led_to(&run));
    }
    requests(cockpit, made, &maker.software).await;
    imports(cockpit, made, maker, customer).await;
    suspicions(cockpit, made, maker, customer).await;
    offline(cockpit, made, maker, customer).await;
    seat(cockpit, made, maker, customer).await;
}

/// Somebody brings the request of a machine without a network.
pub(crate) async fn offline(cockpit: &Cockpit, made: &mut Objects, by: &Person, customer: &str) {
    let product = &cockpit.told().product;
    let licence = licences::issue(&cockpit.software(), customer, product, 1).await;
    let mut asked = licences::device(&licence.key, &format!("{customer} apart"));
    asked["azione"] = "attiva".into();
    asked["nonce"] = "7f3a7f3a7f3a7f3a".into();
    let fields = [("richiesta", &*asked.to_string())];
    made.add(Kind::Offline, led_to(&by.browser.submit("/crm/offline/answer", &fields).await));
}

/// Asks for licences of a new customer, unless whoever carries this token may not.
pub async fn requests(cockpit: &Cockpit, made: &mut Objects, software: &Client) {
    let body = json!({ "ragione_sociale": "Asks for licences", "stato": "convalidato" });
    let customer = software.post("/api/admin/clienti", &body).await;
    if customer.status == 403 {
        return;
    }
    let customer = id(&customer.expect(201).json());
    let licence = licences::order(&customer, &cockpit.told().product, 1);
    let body = json!({ "licenza": licence, "motivo": "For a second office" });
    for n in 0..REQUESTS {
        let answer = software.post("/api/admin/richieste", &body).await;
        if answer.status == 403 {
            return;
        }
        if n == 0 {
            made.forget(Kind::Request);
        }
        made.add(Kind::Request, id(&answer.expect(201).json()));
    }
}

/// Imports licences with keys of the system used before; the last import stays at its first step.
async fn imports(cockpit: &Cockpit, made: &mut Objects, maker: &Person, customer: &str) {
    let (list, product) = ("/crm/licences/import", &cockpit.told().product);
    let name = maker.software.get(&format!("/api/admin/clienti/{customer}")).await.expect(200);
    let name = name.json()["ragione_sociale"].as_str().expect("a name").to_owned();
    let mut finished = String::new();
    for n in 0..4 {
        let row = |key| format!("{customer} {n}{key},{name},{product},OLD-{n}{key}-{customer}");
        let csv = format!("id,cliente,prodotto,chiave\n{}\n{}", row("a"), row("b"));
        let id = led_to(&objects::upload_to(&maker.browser, list, csv.as_bytes()).await);
        if n < 3 {
            objects::map(maker, &format!("{list}/{id}")).await;
        }
        if n == 0 {
            finished.clone_from(&id);
        }
        made.add(Kind::LicenceImport, id);
    }
    for _ in 0..200 {
        let page = maker.browser.get(&format!("{list}/{finished}")).await.expect(200);
        let forms = html::forms(&page.body);
        if let Some(apply) = forms.iter().find(|form| form.action.ends_with("/apply")) {
            maker.browser.fill(apply, &[]).await.assert(303);
        }
        let keys = maker.ids("/crm/legacy-keys", "/crm/legacy-keys/").await;
        if keys.len() > 1 {
            for key in keys {
                made.add(Kind::LegacyKey, key);
            }
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the licences of {customer} were not imported");
}

/// A copy of a device that shows a token it had before is suspected.
async fn suspicions(cockpit: &Cockpit, made: &mut Objects, maker: &Person, customer: &str) {
    let client = cockpit.anonymous();
    let mut order = licences::order(customer, &cockpit.told().product, 1);
    order["tipo"] = "abbonamento".into();
    order["politica"] = "ABBONAMENTO".into();
    let licence = maker.software.post("/api/admin/licenze", &order).await.expect(201).json();
    let key = licence["chiave_licenza"].as_str().expect("a key");
    let mut body = licences::device(key, &format!("{customer} copied"));
    let answer = client.post("/api/licenze/attiva", &body).await.expect(200).json();
    let token = |answer: &Value| answer.as_str().expect("a token").to_owned();
    let shared = token(&answer["attivazione"]["gettone"]);
    let mut next = shared.clone();
    for _ in 0..2 {
        body["dispositivo"]["gettone"] = next.into();
        let answer = client.post("/api/licenze/valida", &body).await.expect(200).json();
        next = token(&answer["gettone"]);
    }
    body["dispositivo"]["gettone"] = shared.into();
    let copy = client.post("/api/licenze/valida", &body).await.expect(200).json();
    assert_eq!(copy["codice"], "dispositivo_clonato", "{copy}");
    let found = maker.ids("/crm/suspicious", "/crm/suspicious/").await;
    made.add(Kind::Suspicion, found.first().expect("the copy is suspected"));
}

async fn seat(cockpit: &Cockpit, made: &mut Objects, maker: &Person, customer: &str) {
    let mut order = licences::order(customer, &cockpit.told().product, 1);
    order["associazione"] = "flottante".into();
    order["posti"] = 2.into();
    order["dispositivi"] = Value::Null;
    let licence = maker.software.post("/api/admin/licenze", &order).await.expect(201).json();
    let key = licence["chiave_licenza"].as_str().expect("a key");
    let body = licences::device(key, &format!("{customer} floats"));
    let taken = cockpit.anonymous().post("/api/licenze/posti", &body).await.expect(201).json();
    made.add(Kind::Seat, id(&taken["posto"]));
}

/// Makes what the vendor keeps for everybody: a product with parts, policies, price lists, rules
/// and quick buttons.
pub async fn of_vendor(made: &mut Objects, admin: &Person) {
    product(made, admin).await;
    policy(made, admin).await;
    for n in 0..2 {
        let fields = [("nome", &*format!("To see {n}")), ("valuta", "EUR")];
        let location = admin.browser.submit("/crm/price-lists/new", &fields).await.expect(303);
        let list = location.header("location").split('/').nth(3).expect("an id").to_owned();
        made.add(Kind::PriceList, list);
        // Nobody's product: it keeps nobody from anything.
        let fields = [("nome", &*format!("To see {n}")), ("attiva", "true"), ("ruolo", "nobody")];
        admin.browser.submit("/crm/issuing-rights/new", &fields).await.assert(303);
    }
    for (kind, list) in [(Kind::Right, "/crm/issuing-rights"), (Kind::Quick, "/crm/quick-keys")] {
        for found in admin.ids(list, &format!("{list}/")).await {
            made.add(kind, found);
        }
    }
}

async fn policy(made: &mut Objects, admin: &Person) {
    let draft = json!({ "codice": "TO-SEE", "nome": "To see" });
    let policy = admin.software.post("/api/admin/politiche", &draft).await.expect(201).json();
    let policy_id = id(&policy);
    let change = json!({ "nota": "Changed", "applica": true });
    let path = format!("/api/admin/politiche/{policy_id}");
    let changed = licences::patch(&admin.software, &path, &change).await.expect(200).json();
    made.add(Kind::PolicyRun, changed["applicazione"].as_str().expect("a run"));
    let versions = format!("/crm/policies/{policy_id}/versions");
    let versions = admin.ids(&versions, "/crm/policies/version/").await;
    made.add(Kind::PolicyVersion, versions.first().expect("a version"));
    made.add(Kind::Policy, policy_id);
}

async fn product(made: &mut Objects, admin: &Person) {
    let named = |kind: &str| {
        let both = |n| json!({ "codice": format!("{kind}{n}"), "nome": format!("{kind} {n}") });
        (0..2).map(both).collect::<Vec<_>>()
    };
    let mut bundles = named("b");
    for bundle in &mut bundles {
        bundle["moduli"] = json!(["m0"]);
    }
    let parameter = |name| json!({ "nome": name, "etichetta": name, "tipo": "testo" });
    let body = json!({
        "codice": "TO-SEE", "nome": "To see", "moduli": named("m"), "pacchetti": bundles,
        "versioni": [{ "versione": "1.0" }, { "versione": "2.0" }],
        "parametri": [parameter("one"), parameter("two")],
    });
    let product = admin.software.post("/api/admin/prodotti", &body).await.expect(201).json();
    let product = id(&product);
    for (kind, plural) in [
        (Kind::ProductVersion, "versions"),
        (Kind::ProductModule, "modules"),
        (Kind::Bundle, "bundles"),
        (Kind::Parameter, "parameters"),
    ] {
        let page = format!("/crm/products/{product}/{plural}");
        let found = admin.ids(&page, &format!("/crm/catalogue/{plural}/")).await;
        assert!(found.len() > 1, "{page}: {found:?}");
        for one in found {
            made.add(kind, one);
        }
    }
    made.forget(Kind::Product);
    made.add(Kind::Product, product);
}
