//! Computer keys that nobody honest would send: each is no key at all to `/api/licenze/valida`.
//!
//! The mutations are those of Wycheproof's `json_web_signature_test` (which has no Ed25519 case of its
//! own) and of `jwt_tool` (none, key confusion, key injection, null signature), for our algorithm.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD as BASE64};
use cockpit_tests::licences::{activate, any_customer, issue};
use cockpit_tests::{Cockpit, jws};
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};

/// A token in its three parts, to be put together wrongly.
struct Parts<'a> {
    header: &'a str,
    claims: &'a str,
    signature: &'a str,
}

impl Parts<'_> {
    fn with_header(&self, header: &Value) -> String {
        format!("{}.{}.{}", BASE64.encode(header.to_string()), self.claims, self.signature)
    }

    fn with_signature(&self, signature: &[u8]) -> String {
        format!("{}.{}.{}", self.header, self.claims, BASE64.encode(signature))
    }
}

/// Nothing but the genuine token counts.
pub(super) async fn forged_computer_keys_are_no_keys(cockpit: &Cockpit) {
    let told = cockpit.told();
    let (software, client) = (cockpit.software(), cockpit.anonymous());
    let customer = any_customer(&software).await;
    let issued = issue(&software, &customer, &told.product, 1).await;
    let answer = activate(&client, &issued.key, "attacked").await.expect(200).json();
    let token = answer["chiave_computer"].as_str().expect("a computer key");
    let verdict = |token: String| {
        let client = &client;
        async move {
            let body = json!({ "chiave_computer": token });
            client.post("/api/licenze/valida", &body).await.expect(200).json()
        }
    };
    let genuine = verdict(token.to_owned()).await;
    assert_eq!(genuine["valida"], true, "{genuine}");
    for (name, forged) in forgeries(token) {
        let answer = verdict(forged).await;
        assert_eq!(answer["valida"], false, "{name}: {answer}");
        assert_eq!(answer["codice"], "chiave_non_valida", "{name}: {answer}");
    }
    let huge = format!("{token}{}", "A".repeat(200 * 1024));
    let answer = verdict(huge).await;
    assert_eq!(answer["codice"], "chiave_non_valida", "{answer}");
}

fn forgeries(token: &str) -> Vec<(&'static str, String)> {
    let split: Vec<&str> = token.split('.').collect();
    let [header, claims, signature] = split.as_slice() else { panic!("{token} is no token") };
    let parts = Parts { header, claims, signature };
    let (told, kid) = (jws::part(token, 1), jws::part(token, 0)["kid"].clone());
    let bytes = BASE64.decode(signature).expect("base64url");
    let attacker = SigningKey::from_bytes(&[7; 32]);
    let own_jwk = json!({
        "kty": "OKP", "crv": "Ed25519", "x": BASE64.encode(attacker.verifying_key().as_bytes()),
    });
    let own = |more: Value| {
        let mut header = json!({ "alg": "EdDSA", "typ": "licenza+jwt", "kid": kid });
        for (name, value) in more.as_object().expect("an object") {
            header[name] = value.clone();
        }
        jws::signed(&attacker, &header, &told)
    };
    let mut forged = vec![
        ("signed by somebody else", own(json!({}))),
        ("under his own name", own(json!({ "kid": jws::thumbprint(&attacker) }))),
        ("with his key inside", own(json!({ "jwk": own_jwk }))),
        ("with the address of his keys", own(json!({ "jku": "http://127.0.0.1:1/jwks.json" }))),
        ("with a certificate", own(json!({ "x5c": ["MIIB"], "x5u": "http://127.0.0.1:1/" }))),
        ("with a path as kid", own(json!({ "kid": "../../../../dev/null" }))),
        ("with a query as kid", own(json!({ "kid": "x' union select 'k" }))),
        ("with a list as kid", own(json!({ "kid": [kid] }))),
        ("without a kid", own(json!({ "kid": null }))),
        ("none", jws::without_signature("licenza+jwt", &told)),
        ("key confusion", jws::with_public_key_as_secret(&attacker, "licenza+jwt", &told)),
        ("no signature", format!("{header}.{claims}.")),
        ("no signature at all", format!("{header}.{claims}")),
        ("no claims", format!("{header}..{signature}")),
        ("no header", format!(".{claims}.{signature}")),
        ("four parts", format!("{token}.{signature}")),
        ("five parts, as encrypted ones have", format!("{token}.{signature}.{signature}")),
        ("empty", String::new()),
        ("dots", "..".to_owned()),
        ("a blank inside", token.replacen('.', ". ", 1)),
        ("padded", format!("{token}=")),
        ("padded as RFC 4648 would", format!("{header}.{claims}.{}", URL_SAFE.encode(&bytes))),
        ("the other alphabet", format!("{header}.{claims}.{}+/", STANDARD.encode(&bytes))),
        ("trailing text", format!("{token}x")),
        (
            "JSON serialisation",
            json!({
            "payload": claims, "protected": header, "signature": signature })
            .to_string(),
        ),
        ("a null signature", parts.with_signature(&[0; 64])),
        ("a short signature", parts.with_signature(&bytes[..63])),
        ("a long signature", parts.with_signature(&[bytes.as_slice(), &[0]].concat())),
        ("another S of the same signature", parts.with_signature(&malleable(&bytes))),
        (
            "signed as a certificate",
            parts.with_header(&json!({ "alg": "EdDSA", "typ": "cockpit-key+jwt", "kid": kid })),
        ),
    ];
    for alg in ["none", "None", "NONE", "HS256", "HS512", "RS256", "PS256", "ES256", "Ed448", ""] {
        let header = json!({ "alg": alg, "typ": "licenza+jwt", "kid": kid });
        forged.push(("another algorithm", parts.with_header(&header)));
    }
    for typ in ["cockpit-unlock+jwt", "JWT", "", "LICENZA+JWT"] {
        forged.push(("of another type", own(json!({ "typ": typ }))));
    }
    for (name, value) in [("crit", json!(["b64"])), ("b64", json!(false)), ("zip", json!("DEF"))] {
        let mut header = jws::part(token, 0);
        header[name] = value;
        forged.push(("a header that changes the reading", parts.with_header(&header)));
    }
    for name in ["sub", "jti", "aud", "lic", "mod", "exp"] {
        let mut other = told.clone();
        other[name] = json!("0199d7c0-0000-7000-8000-000000000001");
        forged.push(("other claims", jws::with_claims(token, &other)));
    }
    for at in (0..token.len()).step_by(token.len() / 40) {
        let mut altered = token.as_bytes().to_vec();
        altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
        if let Ok(altered) = String::from_utf8(altered).map_err(drop)
            && altered != token
        {
            forged.push(("one letter", altered));
        }
    }
    forged
}

/// The same signature with the group's order added to S, which a careless verifier accepts (RFC 8032
/// §5.1.7 demands S below the order).
fn malleable(signature: &[u8]) -> Vec<u8> {
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut carry = 0_u16;
    let mut out = signature.to_vec();
    for (byte, order) in out.iter_mut().skip(32).zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    out
}
