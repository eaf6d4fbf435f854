//! Computer keys and the keys behind them, verified by the library `jose` of npm.

use std::process::Command;

use cockpit_tests::environment::{repository, variable};
use cockpit_tests::licences::{activate, any_customer, issue};
use cockpit_tests::place::run_with_input;
use cockpit_tests::{Cockpit, jws};
use serde_json::{Value, json};

/// The claims of each token as `jose` reads them, or why it refuses.
pub(crate) fn jose(cockpit: &Cockpit, tokens: &Value) -> Vec<Value> {
    let modules = variable("COCKPIT_TEST_NODE_MODULES")
        .unwrap_or_else(|| repository().join("target/tools/node_modules").display().to_string());
    let script = repository().join("tests/it/verify_jose.mjs");
    let mut command = Command::new("node");
    command.arg(script).arg(&cockpit.url).env("COCKPIT_TEST_NODE_MODULES", modules);
    let asked = json!({ "tokens": tokens }).to_string();
    let told = run_with_input(&mut command, asked.as_bytes()).success();
    serde_json::from_str(&told).unwrap_or_else(|_| panic!("{told}"))
}

/// A genuine key is read with its certificate; altered, foreign and misused ones are not.
pub(super) async fn jose_reads_the_key_and_its_certificate(cockpit: &Cockpit) {
    let told = cockpit.told();
    let (software, client) = (cockpit.software(), cockpit.anonymous());
    let customer = any_customer(&software).await;
    let issued = issue(&software, &customer, &told.product, 1).await;
    let answer = activate(&client, &issued.key, "jose").await.expect(200).json();
    let token = answer["chiave_computer"].as_str().expect("a computer key");
    let mut claims = jws::part(token, 1);
    let genuine = claims.clone();
    claims["mod"] = json!({ "everything": { "attivo": true } });
    let audience = told.product.as_str();
    let read = jose(
        cockpit,
        &json!([
            { "token": token, "typ": "licenza+jwt", "audience": audience },
            { "token": jws::with_claims(token, &claims), "typ": "licenza+jwt", "audience": audience },
            { "token": token, "typ": "licenza+jwt", "audience": "OTHER" },
            { "token": token, "typ": "cockpit-key+jwt", "audience": audience },
        ]),
    );
    assert_eq!(read[0]["claims"], genuine);
    assert_eq!(read[0]["certified"], true, "{read:?}");
    assert_eq!(read[0]["for"], "licenza+jwt", "{read:?}");
    assert_eq!(read[1]["refused"], "ERR_JWS_SIGNATURE_VERIFICATION_FAILED", "{read:?}");
    for misused in &read[2..] {
        assert_eq!(misused["refused"], "ERR_JWT_CLAIM_VALIDATION_FAILED", "{read:?}");
    }
}
