//! Tests of tokens: published vectors, another library's tokens, and everything that is refused.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use ed25519_dalek::SigningKey;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Validation};
use serde_json::json;

use super::verify::Parts;
use super::*;

const TYP: &str = "test+jwt";

/// RFC 8037 A.1.
fn rfc_key() -> SigningKey {
    let d = B64.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").unwrap();
    SigningKey::from_bytes(&d.try_into().unwrap())
}

fn claims() -> Claims {
    let claims = json!({ "sub": "è", "exp": 4_102_444_800_i64, "n": { "a": [1, 2.5, null] } });
    claims.as_object().unwrap().clone()
}

fn ours() -> String {
    let key = rfc_key();
    sign(&key, TYP, &thumbprint(&key.verifying_key()), &claims())
}

fn read(token: &str) -> Result<Claims, JwsError> {
    let key = rfc_key().verifying_key();
    verify(token, TYP, |kid| (kid == thumbprint(&key)).then_some(key))
}

/// A properly signed token with this header and payload.
fn crafted(header: &str, payload: &str) -> String {
    use ed25519_dalek::Signer as _;
    let signed = format!("{}.{}", B64.encode(header), B64.encode(payload));
    let signature = rfc_key().sign(signed.as_bytes()).to_bytes();
    format!("{signed}.{}", B64.encode(signature))
}

fn header(more: &str) -> String {
    let kid = thumbprint(&rfc_key().verifying_key());
    format!(r#"{{"alg":"EdDSA","typ":"{TYP}","kid":"{kid}"{more}}}"#)
}

#[test]
fn the_thumbprint_is_that_of_rfc_8037() {
    let key = rfc_key().verifying_key();
    assert_eq!(thumbprint(&key), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    assert_eq!(jwk(&key)["x"], "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
}

#[test]
fn the_token_of_rfc_8037_verifies() {
    let token = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1P\
                 POt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    let payload = Parts::split(token).unwrap().verified(&rfc_key().verifying_key()).unwrap();
    assert_eq!(payload, b"Example of Ed25519 signing");
}

#[test]
fn another_library_reads_ours_and_we_read_its() {
    let key = rfc_key();
    let decoding = DecodingKey::from_ed_pem(pem::public(&key.verifying_key()).as_bytes()).unwrap();
    let validation = Validation::new(Algorithm::EdDSA);
    let read_by_it = jsonwebtoken::decode::<Claims>(ours(), &decoding, &validation).unwrap();
    assert_eq!(read_by_it.claims, claims());

    let encoding = EncodingKey::from_ed_pem(pem::private(&key).as_bytes()).unwrap();
    let mut header = jsonwebtoken::Header::new(Algorithm::EdDSA);
    header.typ = Some(TYP.to_owned());
    header.kid = Some(thumbprint(&key.verifying_key()));
    let its = jsonwebtoken::encode(&header, &claims(), &encoding).unwrap();
    assert_eq!(read(&its), Ok(claims()));
}

#[test]
fn every_flipped_bit_and_every_truncation_is_refused() {
    let token = ours();
    assert_eq!(read(&token), Ok(claims()));
    for at in 0..token.len() {
        assert!(read(&token[..at]).is_err(), "truncated to {at}");
        for bit in 0..8 {
            let mut bytes = token.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            if let Ok(altered) = String::from_utf8(bytes) {
                assert!(read(&altered).is_err(), "bit {bit} of byte {at}");
            }
        }
    }
}

#[test]
fn other_algorithms_are_refused_whatever_they_are_signed_with() {
    for alg in ["none", "None", "HS256", "ES256", "Ed448", "eddsa", ""] {
        let head = header("").replace("EdDSA", alg);
        assert_eq!(read(&crafted(&head, "{}")), Err(JwsError::Algorithm), "{alg}");
        let unsigned = format!("{}.{}.", B64.encode(&head), B64.encode("{}"));
        assert_eq!(read(&unsigned), Err(JwsError::Algorithm), "{alg}");
    }
    let public = rfc_key().verifying_key();
    let mut hs256 = jsonwebtoken::Header::new(Algorithm::HS256);
    hs256.typ = Some(TYP.to_owned());
    hs256.kid = Some(thumbprint(&public));
    for secret in [public.as_bytes().to_vec(), pem::public(&public).into_bytes()] {
        let secret = EncodingKey::from_secret(&secret);
        let forged = jsonwebtoken::encode(&hs256, &claims(), &secret).unwrap();
        assert_eq!(read(&forged), Err(JwsError::Algorithm));
    }
}

#[test]
fn the_newer_name_of_the_algorithm_is_accepted() {
    let head = header("").replace("EdDSA", "Ed25519");
    assert_eq!(read(&crafted(&head, "{}")), Ok(Claims::new()));
}

#[test]
fn headers_that_would_change_how_a_token_is_read_are_refused() {
    for name in ["crit", "b64", "jku", "jwk", "x5u", "x5c", "zip"] {
        let token = crafted(&header(&format!(r#","{name}":[]"#)), "{}");
        assert_eq!(read(&token), Err(JwsError::Header(name.to_owned())));
    }
    let other = crafted(&header("").replace(TYP, "other+jwt"), "{}");
    assert_eq!(read(&other), Err(JwsError::Type("other+jwt".to_owned())));
    assert_eq!(
        read(&crafted(&header("").replace("\"kid\":\"", "\"kid\":\"x"), "{}")),
        Err(JwsError::Key)
    );
    assert_eq!(read(&crafted(r#"{"alg":"EdDSA"}"#, "{}")), Err(JwsError::Malformed));
}

#[test]
fn what_two_readers_could_read_differently_is_refused() {
    for payload in [r#"{"a":1,"a":2}"#, r#"{"a":{"b":1,"b":1}}"#, "[]", "{} {}", "", "1"] {
        assert_eq!(read(&crafted(&header(""), payload)), Err(JwsError::Malformed), "{payload}");
    }
    let twice = crafted(&header(r#","alg":"EdDSA""#), "{}");
    assert_eq!(read(&twice), Err(JwsError::Malformed));
    let token = ours();
    for altered in [
        format!("{token}="),
        format!("{token}\n"),
        format!(" {token}"),
        format!("{token}.x"),
        format!("{token}."),
        format!("x.{token}"),
        token.replacen('.', "=.", 1),
        token.replacen('.', "\n.", 1),
    ] {
        assert!(read(&altered).is_err(), "{altered:?}");
    }
    assert_eq!(read(&"a".repeat(LONGEST + 1)), Err(JwsError::Long));
}

#[test]
fn keys_survive_their_files() {
    let key = rfc_key();
    let public = key.verifying_key();
    assert_eq!(pem::read_private(&pem::private(&key)).unwrap().to_bytes(), key.to_bytes());
    assert_eq!(pem::read_public(&pem::public(&public)), Some(public));
    assert_eq!(pem::read_public(&format!(" {}\n", B64.encode(public.as_bytes()))), Some(public));
    assert_eq!(pem::read_public(&B64.encode([0u8; 32])), None);
    assert_eq!(pem::read_public("-----BEGIN"), None);
}

/// The key of RFC 8410 §10.3: OpenSSL refuses a file that holds the public key as well.
#[test]
fn a_private_key_is_written_as_openssl_writes_it() {
    let text = "-----BEGIN PRIVATE KEY-----\n\
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
        -----END PRIVATE KEY-----\n";
    let key = pem::read_private(text).expect("a key");
    assert_eq!(*pem::private(&key), text);
}
