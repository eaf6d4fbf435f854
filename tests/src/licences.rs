//! Licences as programs meet them: issued over the API, activated by devices.

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Answer, Client};

/// A licence that was issued.
#[derive(Debug, Clone)]
pub struct Issued {
    /// Its id.
    pub id: String,
    /// Its activation key.
    pub key: String,
}

/// The body a device sends with its key.
pub fn device(key: &str, fingerprint: &str) -> Value {
    json!({
        "chiave_licenza": key,
        "dispositivo": { "impronta": fingerprint, "nome": format!("Device {fingerprint}") },
    })
}

/// A device asks for its seat.
pub async fn activate(client: &Client, key: &str, fingerprint: &str) -> Answer {
    client.post("/api/licenze/attiva", &device(key, fingerprint)).await
}

/// A device asks whether it may go on.
pub async fn validate(client: &Client, key: &str, fingerprint: &str) -> Answer {
    client.post("/api/licenze/valida", &device(key, fingerprint)).await
}

/// A device gives its seat back.
pub async fn deactivate(client: &Client, key: &str, fingerprint: &str) -> Answer {
    client.post("/api/licenze/disattiva", &device(key, fingerprint)).await
}

/// The id of some customer that is there.
pub async fn any_customer(software: &Client) -> String {
    let customers = software.get("/api/admin/clienti?limit=1").await.expect(200).json();
    customers["dati"][0]["id"].as_str().expect("a customer").to_owned()
}

/// What is asked for a permanent licence.
pub fn order(customer: &str, product: &str, devices: u32) -> Value {
    json!({
        "cliente": customer, "prodotto": product, "tipo": "permanente", "dispositivi": devices,
    })
}

/// Issues a permanent licence.
pub async fn issue(software: &Client, customer: &str, product: &str, devices: u32) -> Issued {
    let order = order(customer, product, devices);
    let made = software.post("/api/admin/licenze", &order).await.expect(201).json();
    let text = |name: &str| made[name].as_str().unwrap_or_else(|| panic!("{name}: {made}"));
    Issued { id: text("id").to_owned(), key: text("chiave_licenza").to_owned() }
}

/// Sends a change of a resource made from its present version.
pub async fn patch(software: &Client, path: &str, body: &Value) -> Answer {
    let present = software.get(path).await.expect(200);
    let etag = present.header("etag").to_owned();
    assert!(!etag.is_empty(), "{path} has no ETag");
    let request = software.request(Method::PATCH, path).header("if-match", etag).json(body);
    software.send(request).await
}
