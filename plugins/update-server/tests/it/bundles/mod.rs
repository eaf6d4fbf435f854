//! A bundle goes out of one cockpit and comes into another.

mod out;
mod taken;

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::Method;
use plugin_api::contracts::licences::{
    ENTITLEMENT, NotEntitled, OFFLINE, Offline, OfflineKey, OfflineOf,
};
use plugin_testing::{Answer, Client, Harness};
use serde_json::Value as Json;
use update_server::bundle::archive::{block, blocks, head, padding};

use crate::vendor::{self, PRODUCT, Vendor};

/// What the plugin of licences carries to machines without a network.
fn offline(harness: &Harness) {
    harness.service_fake(&ENTITLEMENT, |_| Err(NotEntitled::Unknown));
    harness.service_fake(&OFFLINE, |asked: OfflineOf| {
        let key = |licence: String| OfflineKey {
            activation_id: licence,
            device: "Till 1".to_owned(),
            computer_key: "a.b.c".to_owned(),
        };
        let keys = asked.licence_id.into_iter().map(key).collect();
        Offline { revocations: "revoked.by.us".to_owned(), keys }
    });
}

/// The bundle of the product.
fn bundle(client: &Client, query: &str) -> Answer {
    client.get(&format!("/api/admin/aggiornamenti/{PRODUCT}/pacchetto{query}"))
}

/// The files of a tar.
fn unpacked(tar: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let (mut found, mut at, mut records) = (BTreeMap::new(), 0usize, Vec::new());
    while let Some(entry) = block(&tar[at..at + 512], &records).expect("readable") {
        let size = usize::try_from(entry.size).expect("small");
        let content = tar[at + 512..at + 512 + size].to_vec();
        at += 512 + usize::try_from(blocks(entry.size)).expect("small");
        records.clear();
        if entry.is_pax() {
            records = content;
        } else if entry.is_file() {
            found.insert(entry.path, content);
        }
    }
    found
}

/// A tar of these files.
fn packed(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut tar = Vec::new();
    for (path, content) in files {
        tar.extend(head(path, content.len() as u64, 0));
        tar.extend(content);
        tar.extend(padding(content.len() as u64));
    }
    tar.extend([0; 1024]);
    tar
}

fn json(files: &BTreeMap<String, Vec<u8>>, path: &str) -> Json {
    serde_json::from_slice(files.get(path).expect("in the bundle")).expect("JSON")
}

/// Sends a bundle to a cockpit as the form of the page does.
fn send(client: &Client, tar: &[u8]) -> Answer {
    let mut form = b"--x\r\nContent-Disposition: form-data; name=\"file\"; \
        filename=\"STUDIO.cockpit-bundle.tar\"\r\n\r\n"
        .to_vec();
    form.extend(tar);
    form.extend(b"\r\n--x--\r\n");
    let body = Some(("multipart/form-data; boundary=x", Body::from(form)));
    client.send(Method::POST, "/crm/update-bundles", body)
}
