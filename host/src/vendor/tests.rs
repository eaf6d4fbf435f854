//! Tests of unlock keys and signatures of libraries: what opens, and everything that must not.

use ed25519_dalek::SigningKey;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use super::signature::{self, SignatureRefusal, SignedLibrary};
use super::unlock::{self, ANY, UnlockKey, UnlockRefusal};
use super::{Purpose, VendorKeys, pair};
use crate::config::Config;
use crate::jose::{self, pem, thumbprint};

const HERE: &str = "0190-here";
const NOW: i64 = 1_800_000_000_000;

fn vendor() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn known() -> VendorKeys {
    VendorKeys::of(vec![vendor().verifying_key()], vec![plugin_key().verifying_key()])
}

fn plugin_key() -> SigningKey {
    SigningKey::from_bytes(&[8; 32])
}

fn key() -> UnlockKey {
    UnlockKey {
        jti: "k1".into(),
        issuer: "Acme".into(),
        subject: HERE.into(),
        modules: vec!["license-generator".into()],
        issued: NOW - 5000,
        not_before: NOW - 5000,
        expires: NOW + 5000,
    }
}

fn entered(token: &str) -> Result<UnlockKey, UnlockRefusal> {
    unlock::verify(token, &known(), HERE, NOW)
}

fn refused(key: &UnlockKey) -> UnlockRefusal {
    entered(&unlock::sign(&vendor(), key)).unwrap_err()
}

/// A genuine token whose claims were changed before it was signed.
fn with_claims(change: impl FnOnce(&mut Value)) -> UnlockRefusal {
    let mut claims = json!({ "iss": "Acme", "sub": HERE, "jti": "k1", "iat": 1, "nbf": 1,
                             "exp": 4_000_000_000_i64, "modules": ["a"] });
    change(&mut claims);
    let kid = thumbprint(&vendor().verifying_key());
    let token = jose::sign(&vendor(), unlock::TYP, &kid, claims.as_object().unwrap());
    entered(&token).unwrap_err()
}

#[test]
fn a_genuine_key_opens_what_it_names() {
    assert_eq!(entered(&format!("\n {} \n", unlock::sign(&vendor(), &key()))), Ok(key()));
    let everywhere = UnlockKey { subject: ANY.into(), ..key() };
    assert_eq!(entered(&unlock::sign(&vendor(), &everywhere)), Ok(everywhere));
}

#[test]
fn every_truncation_and_every_flipped_bit_is_refused() {
    let token = unlock::sign(&vendor(), &key());
    assert_eq!(entered(""), Err(UnlockRefusal::Empty));
    assert_eq!(entered(" \n"), Err(UnlockRefusal::Empty));
    for end in 1..token.len() {
        assert_eq!(entered(&token[..end]), Err(UnlockRefusal::NotAKey), "{end}");
    }
    for at in 0..token.len() {
        for bit in 0..8 {
            let mut bytes = token.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            if let Ok(altered) = String::from_utf8(bytes) {
                assert!(entered(&altered).is_err(), "bit {bit} of byte {at}");
            }
        }
    }
    let (signed, _) = token.rsplit_once('.').unwrap();
    let other = unlock::sign(&vendor(), &UnlockKey { jti: "k2".into(), ..key() });
    let mixed = format!("{signed}.{}", other.rsplit_once('.').unwrap().1);
    assert_eq!(entered(&mixed), Err(UnlockRefusal::Altered));
}

#[test]
fn every_refusal_says_what_is_wrong() {
    assert_eq!(entered("hello"), Err(UnlockRefusal::NotAKey));
    let elsewhere = UnlockKey { subject: "0190-there".into(), ..key() };
    let refusal = refused(&elsewhere);
    assert_eq!(
        refusal.to_string(),
        "This key is for the installation 0190-there; this one is 0190-here."
    );
    let expired = UnlockKey { expires: NOW, ..key() };
    assert_eq!(refused(&expired), UnlockRefusal::Expired(NOW));
    assert!(refused(&expired).to_string().contains("2027-01-15T08:00:00Z"));
    let early = UnlockKey { not_before: NOW + 1000, ..key() };
    assert_eq!(refused(&early), UnlockRefusal::NotYetValid(NOW + 1000));
    let nothing = UnlockKey { modules: Vec::new(), ..key() };
    assert_eq!(refused(&nothing), UnlockRefusal::NoModule(String::new()));
    let stranger = SigningKey::from_bytes(&[9; 32]);
    assert_eq!(entered(&unlock::sign(&stranger, &key())), Err(UnlockRefusal::OtherVendor));
    let none = unlock::verify(&unlock::sign(&vendor(), &key()), &VendorKeys::default(), HERE, NOW);
    assert_eq!(none, Err(UnlockRefusal::NoVendor));
}

#[test]
fn a_key_that_expired_is_still_read_when_it_was_entered_before() {
    let expired = UnlockKey { expires: NOW - 1000, ..key() };
    let token = unlock::sign(&vendor(), &expired);
    assert_eq!(unlock::verify_entered(&token, &known(), HERE), Ok(expired));
}

#[test]
fn every_claim_is_required_and_typed() {
    for (name, wrong) in [
        ("iss", json!(1)),
        ("sub", json!("")),
        ("jti", json!(null)),
        ("iat", json!("1")),
        ("nbf", json!(1.5)),
        ("exp", json!(-1)),
        ("exp", json!("4000000000")),
        ("exp", json!(u64::MAX)),
        ("exp", json!(i64::MAX)),
        ("modules", json!("a")),
        ("modules", json!(["a", 1])),
    ] {
        let refusal = with_claims(|claims| claims[name] = wrong.clone());
        assert_eq!(refusal, UnlockRefusal::Incomplete(name), "{wrong}");
        let refusal = with_claims(|claims| drop(claims.as_object_mut().unwrap().remove(name)));
        assert_eq!(refusal, UnlockRefusal::Incomplete(name));
    }
}

#[test]
fn a_key_without_a_signature_of_the_vendor_is_refused_whatever_it_says() {
    let public = vendor().verifying_key();
    let claims = json!({ "iss": "Acme", "sub": "*", "jti": "k", "iat": 1, "nbf": 1,
                         "exp": 4_000_000_000_i64, "modules": ["a"] });
    let mut header = Header::new(Algorithm::HS256);
    header.typ = Some(unlock::TYP.to_owned());
    header.kid = Some(thumbprint(&public));
    for secret in [public.as_bytes().to_vec(), pem::public(&public).into_bytes(), Vec::new()] {
        let forged =
            jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(&secret)).unwrap();
        assert_eq!(entered(&forged), Err(UnlockRefusal::Algorithm));
        let (signed, _) = forged.rsplit_once('.').unwrap();
        let (_, payload) = signed.split_once('.').unwrap();
        // {"alg":"none","typ":"cockpit-unlock+jwt","kid":"x"}
        let none = "eyJhbGciOiJub25lIiwidHlwIjoiY29ja3BpdC11bmxvY2srand0Iiwia2lkIjoieCJ9";
        assert_eq!(entered(&format!("{none}.{payload}.")), Err(UnlockRefusal::Algorithm));
    }
}

fn library() -> SignedLibrary {
    SignedLibrary {
        id: "license-generator".into(),
        version: "0.1.0".into(),
        abi: "1.0.0".into(),
        sha256: signature::digest(b"library"),
        target: "x86_64-unknown-linux-gnu".into(),
        signed: NOW,
    }
}

#[test]
fn a_signed_library_is_accepted_until_it_is_altered() {
    let jws = signature::sign(&plugin_key(), &library());
    assert_eq!(signature::verify(b"library", &format!("{jws}\n"), &known()), Ok(library()));
    for (bytes, expected) in
        [(&b"librarz"[..], SignatureRefusal::OtherLibrary), (b"", SignatureRefusal::OtherLibrary)]
    {
        assert_eq!(signature::verify(bytes, &jws, &known()), Err(expected));
    }
    for end in 0..jws.len() {
        let truncated = signature::verify(b"library", &jws[..end], &known());
        assert_eq!(truncated, Err(SignatureRefusal::NotASignature), "{end}");
    }
}

#[test]
fn a_library_for_another_host_is_told_apart() {
    let ours = SignedLibrary {
        abi: signature::this_abi().into(),
        target: signature::this_target(),
        ..library()
    };
    assert_eq!(signature::suits_this_host(&ours), Ok(()));
    let other = SignedLibrary { abi: "0.9.0".into(), ..ours.clone() };
    let refusal = signature::suits_this_host(&other).unwrap_err();
    assert_eq!(refusal, SignatureRefusal::OtherAbi("0.9.0".into(), signature::this_abi()));
    let other = SignedLibrary { target: "riscv64gc-unknown-linux-gnu".into(), ..ours };
    assert!(signature::suits_this_host(&other).unwrap_err().to_string().contains("riscv64gc"));
}

#[test]
fn the_key_that_unlocks_signs_no_library_and_the_other_way_round() {
    let jws = signature::sign(&vendor(), &library());
    let refused = signature::verify(b"library", &jws, &known());
    assert_eq!(refused, Err(SignatureRefusal::Untrusted));
    let token = unlock::sign(&plugin_key(), &key());
    assert_eq!(entered(&token), Err(UnlockRefusal::OtherVendor));
    let token = unlock::sign(&vendor(), &key());
    let refused = signature::verify(b"library", &token, &known());
    assert_eq!(refused, Err(SignatureRefusal::WrongType(unlock::TYP.to_owned())));
}

#[test]
fn the_keys_of_the_data_directory_are_found_and_kept_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let directory = tempfile::tempdir().unwrap();
    let mut config = Config::in_directory(directory.path());
    assert!(!VendorKeys::load(&config).unwrap().has(Purpose::Unlock));
    assert_eq!(pair::create_missing(&config).unwrap().len(), 4);
    assert_eq!(pair::create_missing(&config).unwrap(), Vec::<std::path::PathBuf>::new());
    let private = pair::private_path(&config, Purpose::Unlock);
    assert_eq!(std::fs::metadata(&private).unwrap().permissions().mode() & 0o777, 0o600);
    let keys = VendorKeys::load(&config).unwrap();
    let token = unlock::sign(&pair::read(&private).unwrap(), &key());
    assert_eq!(unlock::verify(&token, &keys, HERE, NOW), Ok(key()));

    let jws = signature::sign(&plugin_key(), &library());
    assert_eq!(signature::verify(b"library", &jws, &keys), Err(SignatureRefusal::Untrusted));
    config.plugins.trusted_keys = vec![pem::public(&plugin_key().verifying_key())];
    let keys = VendorKeys::load(&config).unwrap();
    assert_eq!(signature::verify(b"library", &jws, &keys), Ok(library()));

    std::fs::write(config.file("vendor/unlock.pub"), "nonsense").unwrap();
    assert!(
        VendorKeys::load(&config).unwrap_err().message.contains("is not an Ed25519 public key")
    );
}
