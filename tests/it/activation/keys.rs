//! The computer key: a token that software of any language verifies without us.

use std::process::Command;

use cockpit_tests::environment::{python, repository};
use cockpit_tests::place::{Outcome, run, run_with_input};
use cockpit_tests::{Cockpit, jws};
use serde_json::Value;

/// Runs the `curl` that the demo prints, as a reader would, and checks what comes back.
pub(super) async fn the_printed_request_activates_and_the_key_verifies(cockpit: &Cockpit) {
    let told = cockpit.stdout();
    let start = told.find("curl ").unwrap_or_else(|| panic!("no request was printed: {told}"));
    let request = told[start..].split("\n\n").next().unwrap_or_default();
    let answered = run(Command::new("bash").args(["-c", request])).success();
    let answer: Value = serde_json::from_str(&answered).unwrap_or_else(|_| panic!("{answered}"));
    assert_eq!(answer["stato"], "attiva", "{answer}");
    assert_eq!(answer["attivazione"]["dispositivi_usati"], 1, "{answer}");
    assert_eq!(answer["attivazione"]["dispositivi_massimi"], 3, "{answer}");
    assert_eq!(answer["licenza"]["prodotto"], cockpit.told().product, "{answer}");
    verifies(cockpit, &answer).await;
}

async fn verifies(cockpit: &Cockpit, answer: &Value) {
    let token = answer["chiave_computer"].as_str().expect("a computer key");
    let jwks_url = format!("{}/.well-known/jwks.json", cockpit.url);
    let verified = with_pyjwt(&jwks_url, &cockpit.told().product, token).success();
    let verified: Value = serde_json::from_str(&verified).expect("JSON");

    let header = &verified["header"];
    assert_eq!(header["alg"], "EdDSA");
    assert_eq!(header["typ"], "licenza+jwt");
    let jwks = cockpit.anonymous().get("/.well-known/jwks.json").await.expect(200).json();
    let keys = jwks["keys"].as_array().expect("keys");
    let key = keys.iter().find(|key| key["kid"] == header["kid"]).expect("its key in the JWKS");
    assert_eq!(key["kid"], jws::thumbprint_of_jwk(key), "a kid is its thumbprint");
    assert!(keys.iter().all(|key| key.get("d").is_none()), "no private part: {jwks}");

    let claims = &verified["claims"];
    assert_eq!(claims["sub"], answer["licenza"]["id"], "{claims}");
    assert_eq!(claims["jti"], answer["attivazione"]["id"], "{claims}");
    assert_eq!(claims["aud"], cockpit.told().product, "{claims}");
    assert_eq!(claims["lic"]["tipo"], answer["licenza"]["tipo"], "{claims}");
    assert_eq!(claims["lic"]["stato"], "attiva", "{claims}");
    assert_eq!(claims["lic"]["cliente"], answer["licenza"]["cliente"], "{claims}");
    assert_eq!(claims["dev"]["impronta"], "my-first-device", "{claims}");
    for pointer in [
        "/lic/scadenza",
        "/lic/manutenzione_fino_a",
        "/lic/interna",
        "/dev/nome",
        "/mod",
        "/pol/tolleranza_giorni",
        "/pol/alla_scadenza",
        "/ext",
    ] {
        assert!(claims.pointer(pointer).is_some(), "{pointer} is missing: {claims}");
    }
    let seconds = |name: &str| claims[name].as_i64().expect("seconds");
    assert!(seconds("nbf") <= seconds("iat") && seconds("iat") < seconds("exp"), "{claims}");

    let altered = altered(token);
    let refused = with_pyjwt(&jwks_url, &cockpit.told().product, &altered);
    assert!(refused.stderr.contains("Signature verification failed"), "{}", refused.stderr);
    let other = with_pyjwt(&jwks_url, "SOMETHING-ELSE", token);
    assert!(other.stderr.contains("Audience doesn't match"), "{}", other.stderr);

    let client = cockpit.anonymous();
    let body = serde_json::json!({ "chiave_computer": token });
    let verdict = client.post("/api/licenze/valida", &body).await.expect(200).json();
    assert_eq!(verdict["valida"], true, "{verdict}");
    let body = serde_json::json!({ "chiave_computer": altered });
    let verdict = client.post("/api/licenze/valida", &body).await.expect(200).json();
    assert_eq!(
        (&verdict["valida"], &verdict["codice"]),
        (&false.into(), &"chiave_non_valida".into())
    );
}

/// The token with another licence in its claims.
fn altered(token: &str) -> String {
    let mut claims = jws::part(token, 1);
    claims["lic"]["scadenza"] = Value::Null;
    claims["sub"] = "00000000-0000-7000-8000-000000000000".into();
    jws::with_claims(token, &claims)
}

/// What `PyJWT` says of a token, with nothing but the published keys.
pub(crate) fn with_pyjwt(jwks_url: &str, audience: &str, token: &str) -> Outcome {
    let script = repository().join("tests/it/verify_jwt.py");
    let mut command = Command::new(python());
    run_with_input(command.arg(script).args([jwks_url, audience]), token.as_bytes())
}
