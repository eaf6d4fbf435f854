//! What is believed of a token, and what is not.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use super::super::{Claims, Keys, Refusal, verify};
use super::{RSA_PRIVATE, RSA_PUBLIC, claims, ed_key, header, jwks, rules, signed};
use crate::config::Sso;

const NOW: i64 = 1_795_000_000;

struct Site {
    _folder: tempfile::TempDir,
    rules: Sso,
    keys: Keys,
}

async fn site() -> Site {
    let folder = tempfile::tempdir().expect("a folder");
    let pem = folder.path().join("rsa.pem");
    std::fs::write(&pem, RSA_PUBLIC).expect("written");
    let rules = rules(vec![jwks(folder.path()), pem]);
    let keys = Keys::read(&rules.keys).await.expect("readable");
    Site { _folder: folder, rules, keys }
}

impl Site {
    fn verify(&self, token: &str) -> Result<Claims, Refusal> {
        verify(token, &self.keys, &self.rules, NOW * 1000)
    }

    fn refusal(&self, token: &str) -> Refusal {
        self.verify(token).err().expect("refused")
    }

    /// The refusal of an honest token in which one claim is another, or missing.
    fn with(&self, claim: &str, value: Option<Value>) -> Option<Refusal> {
        let mut claims = claims(NOW);
        let members = claims.as_object_mut().expect("an object");
        match value {
            Some(value) => members.insert(claim.to_owned(), value),
            None => members.remove(claim),
        };
        self.verify(&signed(&header("one"), &claims, &ed_key(1))).err()
    }
}

#[tokio::test]
async fn each_key_signs_with_its_own_algorithm() {
    let site = site().await;
    let believed = site.verify(&signed(&header("two"), &claims(NOW), &ed_key(2)));
    assert_eq!(believed.map(|claims| claims.sub), Ok("4711".to_owned()));
    let mut rsa = header("rsa");
    rsa.alg = Algorithm::RS256;
    let key = EncodingKey::from_rsa_pem(RSA_PRIVATE).expect("a key");
    assert!(site.verify(&signed(&rsa, &claims(NOW), &key)).is_ok());
    rsa.alg = Algorithm::PS256;
    assert_eq!(
        site.refusal(&signed(&rsa, &claims(NOW), &key)),
        Refusal::Untrusted("alg is not the key's")
    );
}

#[tokio::test]
async fn no_other_key_and_no_other_algorithm_is_believed() {
    let site = site().await;
    let wrong_key = signed(&header("one"), &claims(NOW), &ed_key(2));
    assert_eq!(site.refusal(&wrong_key), Refusal::Untrusted("signature"));
    for kid in ["three", "encryption", ""] {
        let unknown = signed(&header(kid), &claims(NOW), &ed_key(1));
        assert_eq!(site.refusal(&unknown), Refusal::Untrusted("unknown kid"));
    }
    let mut nameless = header("one");
    nameless.kid = None;
    let nameless = signed(&nameless, &claims(NOW), &ed_key(1));
    assert!(matches!(site.refusal(&nameless), Refusal::Untrusted(_)), "there are three keys");
    // The public key as the secret of an HMAC: the classic confusion.
    for (kid, secret) in [("rsa", RSA_PUBLIC.to_vec()), ("one", super::x(1).into_bytes())] {
        let hmac = Header { alg: Algorithm::HS256, ..header(kid) };
        let token = signed(&hmac, &claims(NOW), &EncodingKey::from_secret(&secret));
        assert_eq!(site.refusal(&token), Refusal::Untrusted("alg is not the key's"));
    }
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    for alg in ["none", "None", "NONE"] {
        let header = part(&json!({ "alg": alg, "typ": "cockpit-sso+jwt", "kid": "one" }));
        for signature in ["", "AAAA"] {
            let token = format!("{header}.{}.{signature}", part(&claims(NOW)));
            assert!(site.verify(&token).is_err(), "{token}");
        }
    }
    for broken in ["", ".", "..", "a.b.c", "{}", "é", &"a".repeat(20_000)] {
        assert!(matches!(site.refusal(broken), Refusal::Malformed(_)), "{broken}");
    }
    let whole = signed(&header("one"), &claims(NOW), &ed_key(1));
    let (signed_part, _) = whole.rsplit_once('.').expect("three parts");
    assert!(site.verify(&format!("{signed_part}.")).is_err(), "the signature is cut off");
}

#[tokio::test]
async fn the_type_is_demanded_unless_the_setting_says_otherwise() {
    let mut site = site().await;
    let typed = |typ: Option<&str>| {
        let header = Header { typ: typ.map(str::to_owned), ..header("one") };
        signed(&header, &claims(NOW), &ed_key(1))
    };
    assert!(site.verify(&typed(Some("application/COCKPIT-SSO+jwt"))).is_ok());
    for typ in [None, Some("JWT"), Some("at+jwt"), Some("licenza+jwt")] {
        assert_eq!(site.refusal(&typed(typ)), Refusal::Untrusted("typ"));
    }
    site.rules.require_type = false;
    assert!(site.verify(&typed(None)).is_ok() && site.verify(&typed(Some("JWT"))).is_ok());
    assert!(site.verify(&typed(Some("at+jwt"))).is_err(), "made for something else");
}

#[tokio::test]
async fn every_claim_is_required_and_typed() {
    let site = site().await;
    for claim in ["iss", "aud", "sub", "jti", "iat", "exp", "email", "name", "roles", "org"] {
        assert!(matches!(site.with(claim, None), Some(Refusal::Malformed(_))), "{claim}");
        assert!(
            matches!(site.with(claim, Some(json!({}))), Some(Refusal::Malformed(_))),
            "{claim}"
        );
    }
    for claim in ["sub", "jti", "email", "name", "org"] {
        for text in ["", " ", "a\u{0}b", "a\nb", &"x".repeat(300)] {
            assert!(site.with(claim, Some(text.into())).is_some(), "{claim}: {text:?}");
        }
    }
    let untrusted = |claim: &str, value: Value| {
        assert!(matches!(site.with(claim, Some(value)), Some(Refusal::Untrusted(_))), "{claim}");
    };
    untrusted("iss", "https://evil.example".into());
    untrusted("aud", "cockpit2".into());
    untrusted("aud", json!([]));
    assert_eq!(site.with("aud", Some("cockpit".into())), None);
}

#[tokio::test]
async fn a_token_counts_for_minutes_and_clocks_may_differ_by_one() {
    let site = site().await;
    let at = |iat: i64, exp: i64| {
        let mut claims = claims(NOW);
        claims["iat"] = (NOW + iat).into();
        claims["exp"] = (NOW + exp).into();
        site.verify(&signed(&header("one"), &claims, &ed_key(1))).err()
    };
    assert_eq!(at(-100, -59), None);
    assert!(matches!(at(-100, -60), Some(Refusal::Expired(_))));
    assert_eq!(at(60, 120), None);
    assert!(matches!(at(61, 120), Some(Refusal::Expired(_))));
    assert_eq!(at(0, 300), None);
    for (iat, exp) in [(0, 301), (0, 0), (0, -1), (i64::MIN / 2 - NOW, 10)] {
        assert!(matches!(at(iat, exp), Some(Refusal::Untrusted(_))), "{iat} {exp}");
    }
    assert_eq!(site.with("nbf", Some((NOW + 60).into())), None);
    assert!(matches!(site.with("nbf", Some((NOW + 61).into())), Some(Refusal::Expired(_))));
    assert!(matches!(site.with("nbf", Some("soon".into())), Some(Refusal::Malformed(_))));
}

#[tokio::test]
async fn a_private_key_or_no_key_at_all_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("key.pem");
    for text in [RSA_PRIVATE, b"", b"{\"keys\":[{\"kty\":\"oct\"}", b"-----BEGIN"] {
        std::fs::write(&path, text).expect("written");
        assert!(Keys::read(std::slice::from_ref(&path)).await.is_err());
    }
    assert!(Keys::read(&["/nowhere.pem".into()]).await.is_err());
}
