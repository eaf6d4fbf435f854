//! Somebody has stolen a key, but not as many as a role needs.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cockpit_tests::jws::sha256;
use cockpit_tests::tuf::canonical;
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};

use super::{NEW, Scene, instead, signature};

/// A key as metadata has it.
fn public(key: &SigningKey) -> Value {
    let public = plugin_api::hex(key.verifying_key().as_bytes());
    json!({ "keytype": "ed25519", "keyval": { "public": public }, "scheme": "ed25519" })
}

fn id(key: &SigningKey) -> String {
    sha256(canonical(&public(key)).as_bytes())
}

/// The root needs two keys, which its vendor keeps; one is not enough for another root.
pub(in super::super) async fn keys_below_the_threshold() {
    let scene = Scene::begin().await;
    let keys = [[3; 32], [4; 32]].map(|secret| SigningKey::from_bytes(&secret));
    move_root_to(&scene, &keys).await;
    scene.goes_on().await;
    for outcome in scene.ask(NEW).await {
        assert_eq!((&outcome["ok"], &outcome["root"]), (&json!(true), &json!(2)), "{outcome}");
    }

    let [stolen, other] = &keys;
    let root: Value = serde_json::from_slice(&scene.metadata("2.root.json").await).expect("JSON");
    let mut next = root["signed"].clone();
    next["version"] = 3.into();
    let own = SigningKey::from_bytes(&[5; 32]);
    let mut taken_over = next.clone();
    taken_over["keys"][id(&own)] = public(&own);
    for role in ["targets", "snapshot", "timestamp"] {
        taken_over["roles"][role] = json!({ "keyids": [id(&own)], "threshold": 1 });
    }
    let sig = |key: &SigningKey, signed: &Value| signature(key, signed);
    let one = json!({ "keyid": id(stolen), "sig": sig(stolen, &taken_over) });
    let as_other = json!({ "keyid": id(other), "sig": sig(stolen, &taken_over) });
    let unsigned = "UnsignedMetadataError";
    for (signatures, reasons) in [
        (json!([one]), vec![unsigned]),
        (json!([one, as_other]), vec![unsigned]),
        // A document that has a key twice is not even read.
        (json!([one, one]), vec!["ValueError", "DeserializationError"]),
    ] {
        let whole = json!({ "signatures": signatures, "signed": taken_over });
        scene.attacker.does(instead("/3.root.json", whole.to_string().into_bytes()));
        scene.refuse(NEW, &reasons).await;
    }

    // It was for want of the second signature: with both, the same clients take another root.
    let signatures: Vec<Value> =
        keys.iter().map(|key| json!({ "keyid": id(key), "sig": sig(key, &next) })).collect();
    let whole = json!({ "signatures": signatures, "signed": next });
    scene.attacker.does(instead("/3.root.json", whole.to_string().into_bytes()));
    for outcome in scene.ask(NEW).await {
        assert_eq!((&outcome["ok"], &outcome["root"]), (&json!(true), &json!(3)), "{outcome}");
    }
    scene.ends(NEW).await;
}

/// Both keys sign the root from now on, and what waits is signed with them.
async fn move_root_to(scene: &Scene, keys: &[SigningKey; 2]) {
    let (vendor, software) = (&scene.vendor, &scene.vendor.software);
    let public = keys.each_ref().map(|key| plugin_api::hex(key.verifying_key().as_bytes()));
    let body = json!({ "chiavi": public, "soglia": 2 });
    software.post(&vendor.path("/chiavi/root/altrove"), &body).await.assert(200);
    let waiting = software.get(&vendor.path("/firme")).await.expect(200).json();
    let signed = waiting.as_array().expect("documents").iter().map(|waits| {
        let text = waits["byte_da_firmare"].as_str().expect("bytes");
        let bytes = STANDARD.decode(text).expect("base64");
        assert_eq!(canonical(&waits["documento"]["signed"]).as_bytes(), bytes);
        let signatures = keys.iter().map(|key| {
            let sig = plugin_api::hex(&key.sign(&bytes).to_bytes());
            json!({ "keyid": id(key), "sig": sig })
        });
        let signatures: Vec<Value> = signatures.collect();
        json!({ "signed": waits["documento"]["signed"], "signatures": signatures })
    });
    let signed: Vec<Value> = signed.collect();
    assert!(!signed.is_empty(), "a root waits");
    let keys = software.post(&vendor.path("/firme"), &json!(signed)).await.expect(200).json();
    assert_eq!((&keys["versione_radice"], &keys["documenti_in_attesa"]), (&json!(2), &json!(0)));
}
