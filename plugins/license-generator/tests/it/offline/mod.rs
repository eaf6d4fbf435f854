//! Machines without a network: requests that are carried here, answers that are carried back.

mod api;
mod given_back;
mod pages;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use license_generator::domain::offline::{confirmation_code, crc32};
use plugin_testing::Answer;
use serde_json::{Value as Json, json};

use crate::{Shop, text};

/// The request of a machine, as its program writes it.
pub(crate) fn request(key: &str, device: &str, nonce: &str, more: &Json) -> String {
    let mut request = json!({
        "v": 1,
        "azione": "attiva",
        "chiave_licenza": key,
        "dispositivo": {"impronta": device, "nome": format!("PC {device}"), "piattaforma": "Linux"},
        "prodotto": "STUDIO",
        "versione": "3.1",
        "nonce": nonce,
        "creata": "2026-01-15T09:00:00Z",
    });
    for (name, value) in more.as_object().expect("an object") {
        request[name] = value.clone();
    }
    let payload = URL_SAFE_NO_PAD.encode(request.to_string());
    format!("L1Q.{payload}.{:08X}", crc32(payload.as_bytes()))
}

/// Brings a request over the API.
fn bring(shop: &Shop<'_>, request: &str) -> Answer {
    shop.call("offline", json!({ "richiesta": request }))
}

/// The code a machine shows that got `answer` and destroyed its key.
fn code(answer: &Json) -> String {
    confirmation_code(&text(answer, "chiave_computer"), &text(answer, "attivazione"))
}
