//! Nodes of the organisation tree and their people, made through the product's own pages.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::json;

use crate::client::Client;
use crate::html;
use crate::server::Cockpit;
use crate::smtp;

/// The root of the tree of organisations, in every installation.
pub const ROOT: &str = "00000000-0000-7000-8000-000000000001";

/// What everybody made here signs in with.
const PASSWORD: &str = "an unlikely pass phrase";

/// Somebody who is signed in, and his token, which may whatever he may.
#[derive(Debug, Clone)]
pub struct Person {
    /// Address of the server.
    pub url: String,
    /// What he signs in with.
    pub email: String,
    /// His password.
    pub password: String,
    /// His id.
    pub id: String,
    /// The node he belongs to.
    pub organisation: String,
    /// His browser.
    pub browser: Client,
    /// Software that carries his token.
    pub software: Client,
}

/// A customer, which is a node too.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its id.
    pub id: String,
    /// Somebody of it, with the role `customer`.
    pub person: Person,
}

/// Makes nodes and people, by the superadmin of a demo.
#[derive(Debug, Clone)]
pub struct Branches {
    admin: Person,
    mails: PathBuf,
    all_powers: String,
}

impl Person {
    /// Signs in, with a new token.
    pub async fn of(url: &str, email: &str, password: &str) -> Self {
        let mut person =
            Self { email: email.to_owned(), password: password.to_owned(), ..Self::nobody(url) };
        person.sign_in_again().await;
        let body = json!({ "nome": "software" });
        let token = person.browser.post("/api/admin/token", &body).await.expect(201).json();
        person.software = Client::with_token(url, token["gettone"].as_str().expect("a token"));
        person
    }

    /// Nobody, with a browser and without a token.
    pub fn nobody(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            email: String::new(),
            password: String::new(),
            id: String::new(),
            organisation: String::new(),
            browser: Client::browser(url),
            software: Client::anonymous(url),
        }
    }

    /// Signs in with a new browser.
    pub async fn sign_in_again(&mut self) {
        self.browser = Client::browser(&self.url);
        self.browser.sign_in(&self.email, &self.password).await.assert(303);
    }

    /// Whether the browser is still signed in.
    pub async fn is_signed_in(&self) -> bool {
        self.browser.get("/profile").await.status == 200
    }

    /// The ids in the links and forms of a page that begin with `prefix`.
    pub async fn ids(&self, page: &str, prefix: &str) -> Vec<String> {
        let page = self.browser.get(page).await.expect(200);
        let actions = html::forms(&page.body).into_iter().map(|form| form.action);
        let all = html::links(&page.body).into_iter().chain(actions);
        let rest = all.filter_map(|link| Some(link.strip_prefix(prefix)?.to_owned()));
        let mut ids: Vec<String> = rest
            .filter_map(|rest| Some(rest.split(['/', '?', '#']).next()?.to_owned()))
            .filter(|id| id.len() == ROOT.len() && id.contains('-'))
            .collect();
        ids.dedup();
        ids
    }
}

/// The last part of where an answer leads.
pub fn led_to(answer: &crate::Answer) -> String {
    let location = answer.clone().expect(303).header("location").to_owned();
    location.rsplit('/').next().unwrap_or_default().to_owned()
}

impl Branches {
    /// Those of a running demo.
    pub async fn of(cockpit: &Cockpit) -> Self {
        let known = &cockpit.told().superadmin;
        let mut admin = Person::of(&cockpit.url, &known.email, &known.password).await;
        ROOT.clone_into(&mut admin.organisation);
        let form = admin.browser.get("/system/roles/new").await.expect(200).body;
        let boxes = form.split("name=\"permissions\"").skip(1);
        let permissions = boxes.filter_map(|rest| rest.split("value=\"").nth(1)?.split('"').next());
        let mut fields = vec![("name", "All powers"), ("description", "")];
        fields.extend(permissions.map(|permission| ("permissions", permission)));
        assert!(fields.len() > 12, "{fields:?}");
        let all_powers = led_to(&admin.browser.submit("/system/roles/new", &fields).await);
        Self { admin, mails: cockpit.place.data().join("mail"), all_powers }
    }

    /// Makes somebody who may do everything in the branch of a node.
    pub async fn maker(&self, email: &str, organisation: &str) -> Person {
        self.person(email, &self.all_powers, organisation).await
    }

    /// The superadmin.
    pub fn admin(&self) -> &Person {
        &self.admin
    }

    /// Makes a node: `rivenditore`, `sotto_azienda` or `agente`.
    pub async fn node(&self, tipo: &str, nome: &str, sopra: &str) -> String {
        let body = json!({ "tipo": tipo, "nome": nome, "sopra": sopra });
        let made = self.admin.software.post("/api/admin/agent", &body).await.expect(201).json();
        made["id"].as_str().expect("an id").to_owned()
    }

    /// Makes somebody of a node, who signs in.
    pub async fn person(&self, email: &str, role: &str, organisation: &str) -> Person {
        let answer = self
            .admin
            .browser
            .submit(
                "/system/users/new",
                &[
                    ("name", email),
                    ("email", email),
                    ("password", PASSWORD),
                    ("organisation_id", organisation),
                    ("roles", role),
                ],
            )
            .await;
        assert_eq!(answer.status, 303, "{email}: {}", answer.told());
        let id = led_to(&answer);
        let person = Person::of(&self.admin.url, email, PASSWORD).await;
        Person { id, organisation: organisation.to_owned(), ..person }
    }

    /// Makes a customer of a node, and somebody of it, who was invited and has accepted.
    pub async fn customer(&self, name: &str, above: &str, email: &str) -> Account {
        let body = json!({ "ragione_sociale": name, "assegnato_a": above, "stato": "convalidato" });
        let made = self.admin.software.post("/api/admin/clienti", &body).await.expect(201).json();
        let id = made["id"].as_str().expect("an id").to_owned();
        let person = self.invited(&id, email).await;
        Account { id, person }
    }

    /// Invites somebody of a customer, who accepts and signs in.
    pub async fn invited(&self, customer: &str, email: &str) -> Person {
        let path = format!("/crm/customers/{customer}/people/invite");
        let answer = self.admin.browser.submit(&path, &[("name", email), ("email", email)]).await;
        assert_eq!(answer.status, 303, "{email}: {}", answer.told());
        let link = self.link_for(email).await;
        let browser = Client::browser(&self.admin.url);
        let form = browser.get(&link).await.expect(200).form_with("again");
        let fields = [("password", PASSWORD), ("again", PASSWORD)];
        browser.fill(&form, &fields).await.assert(303);
        let person = Person::of(&self.admin.url, email, PASSWORD).await;
        let found = self.admin.ids(&format!("/system/users?q={email}"), "/system/users/").await;
        let id = found.first().unwrap_or_else(|| panic!("{email} is not listed")).clone();
        let page = self.admin.browser.get(&format!("/system/users/{id}")).await.expect(200);
        let form = page.form_with("organisation_id");
        let chosen = form.fields.into_iter().find(|(name, _)| name == "organisation_id");
        let organisation = chosen.map(|(_, id)| id).unwrap_or_default();
        Person { id, organisation, ..person }
    }

    /// The path of the invitation that was mailed to `email`.
    pub async fn link_for(&self, email: &str) -> String {
        for _ in 0..300 {
            let mails = smtp::taken(&self.mails);
            let found = mails.iter().find(|mail| mail.contains(&format!("<{email}>")));
            if let Some(token) = found.and_then(|mail| mail.split("/invitation?token=").nth(1)) {
                let end = token.find(|c: char| c.is_whitespace() || c == '"');
                return format!("/invitation?token={}", &token[..end.unwrap_or(token.len())]);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no invitation was mailed to {email}");
    }
}
