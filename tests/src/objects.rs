//! One object of every kind that belongs to a branch, so that routes can be tried with each.

mod kind;

use std::collections::{BTreeMap, VecDeque};

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};

use crate::branches::{Branches, Person, led_to};
use crate::client::{Answer, Client};
use crate::inventory_objects;
use crate::licence_objects;
use crate::licences;
use crate::server::Cockpit;
use crate::update_objects;

pub use kind::{Kind, missing};

/// The objects of one branch; several of a kind, so that each can be used up.
#[derive(Debug, Clone, Default)]
pub struct Objects(BTreeMap<Kind, VecDeque<String>>);

impl Objects {
    /// Adds one.
    pub fn add(&mut self, kind: Kind, id: impl Into<String>) {
        self.0.entry(kind).or_default().push_back(id.into());
    }

    /// The first of a kind, if the branch has one.
    pub fn get(&self, kind: Kind) -> Option<&str> {
        self.0.get(&kind)?.front().map(String::as_str)
    }

    /// All of a kind.
    pub fn all(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.0.get(&kind).into_iter().flatten().map(String::as_str)
    }

    /// Gives the first of a kind up where there is another.
    pub fn use_up(&mut self, kind: Kind) {
        if let Some(all) = self.0.get_mut(&kind)
            && all.len() > 1
        {
            all.pop_front();
        }
    }

    /// Leaves out all of a kind.
    pub fn forget(&mut self, kind: Kind) {
        self.0.remove(&kind);
    }
}

pub(crate) fn id(made: &Value) -> String {
    made["id"].as_str().unwrap_or_else(|| panic!("no id: {made}")).to_owned()
}

/// Makes the objects of the node `maker` belongs to; his role lets him do everything there.
/// `role` is that of the users among them.
pub async fn of_node(cockpit: &Cockpit, all: &Branches, maker: &Person, role: &str) -> Objects {
    let mut made = Objects::default();
    let node = &maker.organisation;
    let mark = maker.email.split('@').next().expect("a name").to_owned();
    made.add(Kind::Organisation, node);
    user(all, &mut made, all.person(&format!("{mark}.u@mx.example"), role, node).await).await;
    invitation(&mut made, maker, &mark, role).await;
    for n in 0..2 {
        let fields = [("name", format!("{mark} role {n}")), ("description", String::new())];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        made.add(Kind::Role, led_to(&maker.browser.submit("/system/roles/new", &fields).await));
    }
    for n in 0..5 {
        let name = format!("{mark} {n} S.r.l.");
        let body = json!({ "ragione_sociale": name, "stato": "convalidato" });
        let customer = maker.software.post("/api/admin/clienti", &body).await.expect(201).json();
        made.add(Kind::Customer, id(&customer));
        if n == 0 {
            let customer = id(&customer);
            of_customer(cockpit, &mut made, &maker.software, &customer).await;
            inventory_objects::of_customer(cockpit, all, &mut made, &customer).await;
            inventory_objects::decided(&mut made, maker).await;
            licence_objects::of_node(cockpit, &mut made, maker, &customer).await;
            update_objects::of_branch(&mut made, &maker.software).await;
        }
    }
    let body = json!({ "ragione_sociale": format!("{mark} waits"), "stato": "in_attesa" });
    let waiting = maker.software.post("/api/admin/clienti", &body).await.expect(201).json();
    made.add(Kind::Waiting, id(&waiting));
    let reference = format!("{mark}-1");
    let body = json!({ "ragione_sociale": format!("{mark} referred") });
    let request =
        maker.software.request(Method::PUT, &format!("/api/admin/clienti/esterno/{reference}"));
    maker.software.send(request.json(&body)).await.assert(201);
    made.add(Kind::Reference, reference);
    let product = all.admin().ids("/crm/products", "/crm/products/").await;
    made.add(Kind::Product, product.first().expect("a product"));
    rules(&mut made, maker, &mark).await;
    imports(&mut made, maker, &mark).await;
    audit(&mut made, maker, &mark).await;
    made
}

/// Makes the objects of a customer; somebody of it is `person`.
pub async fn of_account(
    cockpit: &Cockpit,
    all: &Branches,
    customer: &str,
    person: &Person,
) -> Objects {
    let mut made = Objects::default();
    let mark = person.email.split('@').next().expect("a name");
    made.add(Kind::Organisation, &person.organisation);
    made.add(Kind::Customer, customer);
    of_customer(cockpit, &mut made, &all.admin().software, customer).await;
    inventory_objects::of_customer(cockpit, all, &mut made, customer).await;
    licence_objects::offline(cockpit, &mut made, person, customer).await;
    update_objects::of_branch(&mut made, &all.admin().software).await;
    user(all, &mut made, all.invited(customer, &format!("{mark}.u@mx.example")).await).await;
    made
}

/// What is below a customer: three of each part, so that pages and operations can delete one each.
async fn of_customer(cockpit: &Cockpit, made: &mut Objects, software: &Client, id_: &str) {
    let path = |rest: &str| format!("/api/admin/clienti/{id_}/{rest}");
    for n in 0..3 {
        for (kind, rest, body) in [
            (Kind::Contact, "contatti", json!({ "nome": format!("Contact {n}") })),
            (Kind::Site, "sedi", json!({ "nome": format!("Site {n}") })),
            (Kind::Note, "note", json!({ "testo": format!("Note {n}") })),
        ] {
            let part = software.post(&path(rest), &body).await.expect(201).json();
            made.add(kind, id(&part));
        }
        let body = json!({
            "cliente": id_, "tipo": "posticipata", "scadenza": "2027-12-31",
            "importo": { "importo": 12_000, "valuta": "EUR" },
        });
        let entry = software.post("/api/admin/transazioni", &body).await.expect(201).json();
        made.add(Kind::Transaction, id(&entry));
    }
    let product = &cockpit.told().product;
    for n in 0..2 {
        let licence = licences::issue(software, id_, product, 3).await;
        let anonymous = cockpit.anonymous();
        licences::activate(&anonymous, &licence.key, &format!("{id_} {n}")).await.assert(200);
        made.add(Kind::Licence, licence.id);
    }
}

async fn user(all: &Branches, made: &mut Objects, user: Person) {
    made.add(Kind::User, &user.id);
    own(made, &user).await;
    let pages = format!("/system/users/{}", user.id);
    let tokens = all.admin().ids(&pages, &format!("{pages}/tokens/")).await;
    made.add(Kind::UserToken, tokens.first().expect("a token"));
}

/// The session and the token of somebody, which only he himself may end.
pub async fn own(made: &mut Objects, person: &Person) {
    for kind in [Kind::Session, Kind::Token] {
        made.forget(kind);
    }
    Client::browser(&person.url).sign_in(&person.email, &person.password).await.assert(303);
    for id in person.ids("/profile", "/profile/sessions/").await {
        made.add(Kind::Session, id);
    }
    for name in ["one", "two"] {
        let body = json!({ "nome": name });
        let token = person.browser.post("/api/admin/token", &body).await.expect(201).json();
        made.add(Kind::Token, id(&token));
    }
}

async fn invitation(made: &mut Objects, maker: &Person, mark: &str, role: &str) {
    for n in 0..2 {
        let email = format!("{mark}.i{n}@mx.example");
        let node = maker.organisation.as_str();
        let fields = [("name", "I"), ("email", &email), ("roles", role), ("organisation_id", node)];
        let answer = maker.browser.submit("/system/users/invite", &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.told());
        let list = format!("/system/users/invitations?q={email}");
        let found = maker.ids(&list, "/system/users/invitations/").await;
        made.add(Kind::Invitation, found.first().expect("the invitation"));
        let found = maker.ids(&format!("/system/mail?q={email}"), "/system/mail/").await;
        made.add(Kind::Mail, found.first().expect("the mail"));
    }
}

async fn rules(made: &mut Objects, maker: &Person, mark: &str) {
    for n in 0..3 {
        let name = format!("{mark} rule {n}");
        // A product nobody asks for: the rules move nobody.
        let fields = [("name", &*name), ("receiver", &maker.organisation), ("products", "NOBODYS")];
        maker.browser.submit("/crm/customers/rules/new", &fields).await.assert(303);
        let code = format!("{mark}-{n}");
        let fields = [("code", &*code), ("organisation", &maker.organisation)];
        let answer = maker.browser.submit("/crm/customers/rules/codes", &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.told());
        made.add(Kind::Code, code);
    }
    for id in maker.ids("/crm/customers/rules", "/crm/customers/rules/").await {
        made.add(Kind::Rule, id);
    }
}

async fn imports(made: &mut Objects, maker: &Person, mark: &str) {
    for n in 0..4 {
        let id = led_to(&upload(&maker.browser, &csv(mark, 3)).await);
        // The last one stays at its first step.
        if n < 3 {
            map(maker, &import(&id)).await;
        }
        made.add(Kind::Import, id);
    }
    // The page tells the job only as long as it runs, so it is given something to do.
    for rows in [100, 200, 400, 800, 1600] {
        let id = led_to(&upload(&maker.browser, &csv(mark, rows)).await);
        map(maker, &import(&id)).await;
        let page = maker.browser.get(&import(&id)).await.expect(200).body;
        if let Some(rest) = page.split("/system/jobs/").nth(1) {
            made.add(Kind::Job, rest.chars().take(36).collect::<String>());
            return;
        }
    }
    panic!("no page of an import told its job");
}

async fn audit(made: &mut Objects, maker: &Person, mark: &str) {
    let found = maker.ids(&format!("/system/audit?q={mark}"), "/system/audit/").await;
    made.add(Kind::Audit, found.first().expect("a row of the log"));
}

/// Takes the columns as they were recognised, which begins the check.
pub(crate) async fn map(maker: &Person, page: &str) {
    let mut form = maker.browser.get(page).await.expect(200).form_to("/mapping");
    form.fields.retain(|(name, _)| name != "again");
    maker.browser.fill(&form, &[]).await.assert(303);
}

fn import(id: &str) -> String {
    format!("/crm/customers/import/{id}")
}

/// A file with this many customers.
fn csv(mark: &str, rows: usize) -> String {
    let head = "ragione_sociale,email".to_owned();
    let rows = (0..rows).map(|n| format!("{mark} imported {n},"));
    std::iter::once(head).chain(rows).collect::<Vec<_>>().join("\n")
}

/// Uploads a file with customers.
pub async fn upload(browser: &Client, csv: &str) -> Answer {
    upload_to(browser, "/crm/customers/import", csv.as_bytes()).await
}

/// Uploads a file with the form at `path`.
pub async fn upload_to(browser: &Client, path: &str, content: &[u8]) -> Answer {
    let head = "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"sent\"\r\n\
        Content-Type: application/octet-stream\r\n\r\n";
    let body = [head.as_bytes(), content, b"\r\n--part--\r\n"].concat();
    let request = browser.request(Method::POST, path).body(body);
    browser.send(request.header(CONTENT_TYPE, "multipart/form-data; boundary=part")).await
}
