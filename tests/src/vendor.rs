//! A vendor who hands out updates over the API, as his build server does.

use plugin_api::time::{DAY, rfc3339};
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::Client;
use crate::licences::{self, Issued, any_customer, order};
use crate::server::Cockpit;

/// A vendor and one of his products.
#[derive(Debug, Clone)]
pub struct Vendor {
    /// Software with all permissions.
    pub software: Client,
    /// Code of the product.
    pub product: String,
}

/// Where the programs of a licence find updates.
#[derive(Debug, Clone)]
pub struct Address {
    /// Its id.
    pub id: String,
    /// The whole address, with its secret in the path.
    pub url: String,
}

impl Vendor {
    /// The one of the demo, whose rollout has ended: everybody has its newest release.
    pub async fn of_demo(cockpit: &Cockpit) -> Self {
        let product = cockpit.told().updates.product.clone();
        let vendor = Self { software: cockpit.software(), product };
        let list = vendor.software.get("/api/admin/distribuzioni").await.expect(200).json();
        vendor.steer(list["dati"][0]["id"].as_str().expect("the demo's"), "concludi").await;
        vendor
    }

    /// The path of the product's settings, with `rest` behind it.
    pub fn path(&self, rest: &str) -> String {
        format!("/api/admin/aggiornamenti/{}{rest}", self.product)
    }

    /// Changes the product.
    pub async fn set(&self, body: &Value) {
        let put = self.software.request(Method::PUT, &self.path("")).json(body);
        self.software.send(put).await.assert(200);
    }

    /// Makes a draft with these files; answers its id.
    pub async fn draft(&self, version: &str, channels: &[&str], files: &[(&str, &[u8])]) -> String {
        let body = json!({ "prodotto": self.product, "versione": version, "canali": channels });
        let made = self.software.post("/api/admin/rilasci", &body).await.expect(201).json();
        let id = made["id"].as_str().expect("an id").to_owned();
        for (name, content) in files {
            let path = format!("/api/admin/rilasci/{id}/file/{name}");
            let put = self.software.request(Method::PUT, &path).body(content.to_vec());
            self.software.send(put).await.assert(200);
        }
        id
    }

    /// Publishes a draft to so many percent, or at once.
    pub async fn publish(&self, id: &str, percent: Option<u8>) {
        let stage = percent.map(|percent| json!({ "percentuale": percent, "dopo_ore": 0 }));
        let stages: Vec<Value> = stage.into_iter().collect();
        let body = json!({ "conferma_avvisi": true, "fasi": stages });
        let path = format!("/api/admin/rilasci/{id}/pubblica");
        self.software.post(&path, &body).await.assert(200);
    }

    /// Makes and publishes a release of one file in `stable`; answers its id.
    pub async fn release(&self, version: &str, file: &str, content: &[u8]) -> String {
        let id = self.draft(version, &["stable"], &[(file, content)]).await;
        self.publish(&id, None).await;
        id
    }

    /// Takes a release back.
    pub async fn yank(&self, id: &str) {
        let body = json!({ "motivo": "It breaks" });
        self.software.post(&format!("/api/admin/rilasci/{id}/ritira"), &body).await.assert(200);
    }

    /// Steers a rollout.
    pub async fn steer(&self, rollout: &str, act: &str) {
        let path = format!("/api/admin/distribuzioni/{rollout}/{act}");
        self.software.post(&path, &json!({})).await.assert(200);
    }

    /// Puts a new key of the cockpit in the place of those of a role.
    pub async fn rotate(&self, role: &str) {
        let path = self.path(&format!("/chiavi/{role}/ruota"));
        self.software.post(&path, &json!({})).await.assert(200);
    }

    /// Issues a permanent licence for the product.
    pub async fn licence(&self) -> Issued {
        let customer = any_customer(&self.software).await;
        licences::issue(&self.software, &customer, &self.product, 1).await
    }

    /// The same whose maintenance ended so many days before `now` (ms).
    pub async fn licence_with_maintenance_ended(&self, now: i64, days: i64) -> Issued {
        let customer = any_customer(&self.software).await;
        let mut body = order(&customer, &self.product, 1);
        body["manutenzione_fino_a"] = rfc3339(now - days * DAY).into();
        let made = self.software.post("/api/admin/licenze", &body).await.expect(201).json();
        let text = |name: &str| made[name].as_str().expect("a text").to_owned();
        Issued { id: text("id"), key: text("chiave_licenza") }
    }

    /// The address of a licence, by its id or key; made if it has none.
    pub async fn address(&self, licence: &str) -> Address {
        let body = json!({ "licenza": licence });
        let made = self.software.post("/api/admin/gettoni-aggiornamenti", &body).await;
        let made = made.expect(201).json();
        let text = |name: &str| made[name].as_str().expect("a text").to_owned();
        Address { id: text("id"), url: text("indirizzo") }
    }
}
