//! Everything that software is known, or feared, to send, through the endpoint: what is answered,
//! stored and flagged. `shapes/shapes.json` says it, and `domain::reading` is held to it as well.

use axum::body::Body;
use axum::http::Method;
use plugin_testing::{Answer, Client, Harness};
use registration_inventory::plugin;
use serde_json::Value as Json;

const PATH: &str = "/api/registrazione-software";

#[test]
fn every_shape_is_answered_stored_and_flagged_as_its_row_says() {
    let shapes: Vec<Json> = serde_json::from_str(include_str!("shapes/shapes.json")).unwrap();
    Harness::on_each(plugin, |harness| {
        let mut wrong = Vec::new();
        for shape in &shapes {
            let before = harness.scalar("select count(*) from registration_inventory_report", []);
            let answer = sent(&harness.anonymous(), shape);
            let stored = if answer.status == 200 || answer.status == 201 {
                stored(harness, &answer)
            } else {
                let count =
                    harness.scalar("select count(*) from registration_inventory_report", []);
                assert_eq!(count, before, "{}: a refused report is not stored", shape["what"]);
                String::new()
            };
            // Rows that name the same installation find it known.
            let status = if answer.status == 200 { 201 } else { answer.status.as_u16() };
            let wanted = if shape["status"] == 201 { wanted(shape) } else { String::new() };
            if shape["status"] != status || stored != wanted {
                let problem = answer.text();
                wrong.push(format!(
                    "{}: {status} {stored}\n  wanted {wanted}\n  {problem}",
                    shape["what"]
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

fn sent(client: &Client, shape: &Json) -> Answer {
    let path = match shape["query"].as_str() {
        Some(query) => format!("{PATH}?{query}"),
        None => PATH.to_owned(),
    };
    let bytes = match (shape["body"].as_str(), shape["hex"].as_str()) {
        (Some(text), _) => text.as_bytes().to_vec(),
        (None, Some(hex)) => bytes(hex),
        (None, None) => return client.send(Method::GET, &path, None),
    };
    let content_type = shape["type"].as_str().unwrap_or("application/octet-stream");
    client.send(Method::POST, &path, Some((content_type, Body::from(bytes))))
}

fn bytes(hex: &str) -> Vec<u8> {
    let pairs = (0..hex.len()).step_by(2).map(|at| &hex[at..at + 2]);
    pairs.map(|pair| u8::from_str_radix(pair, 16).expect("hexadecimal digits")).collect()
}

/// The columns of a report that a row speaks of.
const COLUMNS: [&str; 8] =
    ["name", "version", "company", "vat_number", "orders", "sold", "currency", "flags"];

fn stored(harness: &Harness, answer: &Answer) -> String {
    let id = answer.json()["id"].as_str().unwrap_or_default().to_owned();
    let rows = harness.rows(
        "select name, version, company, vat_number, orders, sold, currency, flags, payload \
         from registration_inventory_report where report_id = ?",
        [id.into()],
    );
    let [row] = rows.as_slice() else { return format!("{} rows", rows.len()) };
    assert_ne!(row["payload"], "", "the payload is kept");
    COLUMNS.map(|column| format!("{column}={}", row[column])).join(" ")
}

fn wanted(shape: &Json) -> String {
    COLUMNS
        .map(|column| {
            let value = match (column, &shape["is"][column]) {
                ("flags", Json::Array(flags)) => {
                    let flags: Vec<&str> = flags.iter().filter_map(Json::as_str).collect();
                    Json::from(flags.join(" "))
                }
                ("orders" | "sold", Json::Null) => Json::Null,
                ("currency", Json::Null) => "EUR".into(),
                (_, Json::Null) => "".into(),
                (_, value) => value.clone(),
            };
            format!("{column}={value}")
        })
        .join(" ")
}
