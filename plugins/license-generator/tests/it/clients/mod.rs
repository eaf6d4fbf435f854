//! What tells devices and people apart, and who looks after them.

mod alike;
mod explain;
mod log;
mod model;
mod people;
mod shadow;
mod suspicious;
mod tokens;
mod transfers;

use plugin_testing::Answer;
use serde_json::{Value as Json, json};

use crate::{Shop, text};

/// A licence with `more`, whose conditions are `conditions`.
fn licence(shop: &Shop<'_>, more: &Json, conditions: &Json) -> Json {
    let licence = shop.issue(more);
    shop.harness.sql(
        "update license_generator_licence set conditions = ? where licence_id = ?",
        [conditions.to_string().into(), text(&licence, "id").into()],
    );
    licence
}

/// The key of such a licence.
fn key(shop: &Shop<'_>, more: &Json, conditions: &Json) -> String {
    text(&licence(shop, more, conditions), "chiave_licenza")
}

/// Makes a licence one that only watches.
fn watch(shop: &Shop<'_>, licence: &Json) {
    let sql = "update license_generator_licence set shadow = 1 where licence_id = ?";
    shop.harness.sql(sql, [text(licence, "id").into()]);
}

/// A call about a device, with more of it and of the request.
fn ask(shop: &Shop<'_>, verb: &str, key: &str, device: &Json, more: &Json) -> Answer {
    let mut body = json!({ "chiave_licenza": key, "dispositivo": device });
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    shop.call(verb, body)
}
