//! What happens between two readings.

use cockpit_tests::{inventory_objects, licences};
use reqwest::Method;
use serde_json::{Value, json};

use super::tree::{At, Tree};

/// Something happens, by the superadmin or by who may; answers what.
pub(super) async fn at_random(tree: &mut Tree, random: &mut fastrand::Rng) -> String {
    let customer = tree.survivor(random.usize(..tree.customers.len()));
    let node = random.usize(..tree.nodes.len());
    match random.u32(..13) {
        0 | 1 => assigned(tree, customer, node).await,
        2 => moved(tree, random.bool()).await,
        3 => renamed(tree, customer).await,
        4 => merged(tree, customer).await,
        5 => validated(tree, customer).await,
        6 => invited(tree, node).await,
        7 => ruled(tree, random).await,
        8 => viewed(tree, random).await,
        9 => {
            let reader = random.usize(..tree.members.len());
            tree.import(reader).await;
            format!("{} uploads a file", tree.members[reader].email)
        }
        10 => {
            tree.customer(node).await;
            format!("a customer of node {node} is entered")
        }
        _ => added(tree, customer, random).await,
    }
}

async fn changed(tree: &Tree, customer: usize, body: Value) -> u16 {
    let path = format!("/api/admin/clienti/{}", tree.customers[customer].id);
    licences::patch(&tree.admin.software, &path, &body).await.status
}

async fn assigned(tree: &mut Tree, customer: usize, node: usize) -> String {
    let body = json!({ "assegnato_a": tree.nodes[node].id });
    let status = changed(tree, customer, body).await;
    assert_eq!(status, 200, "customer {customer} to node {node}");
    tree.customers[customer].at = node;
    format!("customer {customer} is assigned to node {node}")
}

/// The sub-company of the first reseller goes to the other one, or back.
async fn moved(tree: &mut Tree, back: bool) -> String {
    let above = if back { 1 } else { 2 };
    let path = format!("/api/admin/agent/{}", tree.nodes[3].id);
    let body = json!({ "sopra": tree.nodes[above].id });
    licences::patch(&tree.admin.software, &path, &body).await.assert(200);
    tree.nodes[3].above = above;
    format!("node 3 moves below node {above}")
}

async fn renamed(tree: &mut Tree, customer: usize) -> String {
    let word = tree.word(At::Customer(customer));
    let body =
        json!({ "ragione_sociale": format!("{word} S.p.A."), "telefono": "1", "note": word });
    changed(tree, customer, body).await;
    format!("customer {customer} is renamed {word}")
}

async fn validated(tree: &mut Tree, customer: usize) -> String {
    let word = tree.word(At::Customer(customer));
    let status = changed(tree, customer, json!({ "stato": "sospeso", "motivo": word })).await;
    changed(tree, customer, json!({ "stato": "convalidato" })).await;
    format!("customer {customer} is suspended because of {word}, {status}, and validated")
}

/// Another customer of the same node goes into this one.
async fn merged(tree: &mut Tree, customer: usize) -> String {
    let at = tree.customers[customer].at;
    let is_other = |other: &usize| {
        *other != customer
            && tree.customers[*other].merged.is_none()
            && tree.customers[*other].at == at
            && !tree.members.iter().any(|member| member.at == At::Customer(*other))
    };
    let Some(other) = (0..tree.customers.len()).find(is_other) else {
        return "nothing".to_owned();
    };
    let path = format!("/api/admin/clienti/{}", tree.customers[customer].id);
    let etag = tree.admin.software.get(&path).await.expect(200).header("etag").to_owned();
    let request = tree.admin.software.request(Method::POST, &format!("{path}/unisci"));
    let body = json!({ "altro": tree.customers[other].id });
    let answer = tree.admin.software.send(request.header("if-match", etag).json(&body)).await;
    if answer.status == 200 {
        tree.customers[other].merged = Some(customer);
    }
    format!("customer {other} is merged into {customer}: {}", answer.status)
}

async fn invited(tree: &mut Tree, node: usize) -> String {
    let word = tree.word(At::Node(node));
    let email = format!("{word}@i.example");
    let organisation = tree.nodes[node].id.clone();
    let fields = [
        ("name", word.as_str()),
        ("email", &email),
        ("roles", "agent"),
        ("organisation_id", &organisation),
    ];
    let status = tree.admin.browser.submit("/system/users/invite", &fields).await.status;
    format!("{word} is invited to node {node}: {status}")
}

/// One of the resellers makes a rule, and somebody registers with his code.
async fn ruled(tree: &mut Tree, random: &mut fastrand::Rng) -> String {
    let node = random.usize(1..3);
    let word = tree.word(At::Node(node));
    let receiver = tree.nodes[node].id.clone();
    let fields = [("name", word.as_str()), ("receiver", &receiver), ("products", &word)];
    let browser = tree.members[node - 1].browser.clone();
    let rule = browser.submit("/crm/customers/rules/new", &fields).await.status;
    let fields = [("code", word.as_str()), ("organisation", &receiver)];
    let code = browser.submit("/crm/customers/rules/codes", &fields).await.status;
    let body = json!({
        "ragione_sociale": format!("{word} registers"), "codice_rivenditore": word,
        "email": format!("{word}@r.example"), "indirizzo": { "via": word },
    });
    let known = tree.anonymous.post("/api/clienti/registrazione", &body).await.status;
    format!("node {node} has the rule {word}: {rule}, its code: {code}, registers: {known}")
}

async fn viewed(tree: &mut Tree, random: &mut fastrand::Rng) -> String {
    let reader = random.usize(..tree.members.len());
    let At::Node(node) = tree.members[reader].at else { return "nothing".to_owned() };
    let word = tree.word(At::Node(node));
    let shared = if random.bool() { "true" } else { "false" };
    let fields =
        [("path", "/crm/customers"), ("name", &*word), ("query", "q=x"), ("shared", shared)];
    let status = tree.members[reader].browser.submit("/views", &fields).await.status;
    format!("{} keeps the view {word}, shared: {shared}: {status}", tree.members[reader].email)
}

/// A part of a customer, or something that concerns it.
async fn added(tree: &mut Tree, customer: usize, random: &mut fastrand::Rng) -> String {
    let word = tree.word(At::Customer(customer));
    let id = tree.customers[customer].id.clone();
    let software = tree.admin.software.clone();
    let part = |rest: &str| format!("/api/admin/clienti/{id}/{rest}");
    let (path, body) = match random.u32(..6) {
        0 => (part("contatti"), json!({ "nome": word, "email": format!("{word}@p.example") })),
        1 => (part("sedi"), json!({ "nome": word, "indirizzo": { "citta": word } })),
        2 => (part("note"), json!({ "testo": word })),
        3 => {
            let issued = licences::issue(&software, &id, &tree.product, 3).await;
            tree.customers[customer].licence = issued.id;
            let used = licences::activate(&tree.anonymous, &issued.key, &word).await.status;
            return format!("a device {word} of customer {customer} is activated: {used}");
        }
        4 => {
            let admin = &tree.admin;
            let found = inventory_objects::reported(&tree.anonymous, &software, &word, &word).await;
            inventory_objects::assign(admin, &found, &id).await;
            return format!("an installation {word} of customer {customer} reports itself");
        }
        _ => (
            "/api/admin/transazioni".to_owned(),
            json!({
                "cliente": id, "tipo": "posticipata", "scadenza": "2027-12-31", "note": word,
                "importo": { "importo": 100, "valuta": "EUR" }, "riferimento": word,
            }),
        ),
    };
    let answer = software.post(&path, &body).await;
    format!("{word} is added to customer {customer}: {path}: {}", answer.status)
}
