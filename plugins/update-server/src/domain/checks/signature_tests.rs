//! Signatures that minisign 0.11 and OpenSSL 3.0 made, whole and spoilt; what is taken here is what
//! `minisign-verify`, the crate of Tauri's updater, takes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use semver::Version;

use super::digests::Digesting;
use super::examination::{Examination, Signatures, Subject, Trial, VendorKeys};
use super::finding::Finding;
use super::minisign::{Key, Signature};

const NAME: &str = "Acme_1.2.3_amd64.deb";
const KEY: &str = "untrusted comment: minisign public key 7A5ED0DEE1F79AE3
RWTjmvfh3tBeenNzU0SjZmqZ/eO8WK1mfeyCkvBw96PwDa9ZWUZtSp+i
";
const OTHER_KEY: &str = "untrusted comment: minisign public key E357190E88137C67
RWRnfBOIDhlX40pFddMQNVQR5VjDke6kDt43nmfSLIoCikifkZswtapF
";
const PREHASHED: &str = "untrusted comment: signature from minisign secret key
RUTjmvfh3tBeeoiVS5RGfUApQfIJpUYXGi/AP8w3Zty1uxgdwAwJ1A6KMK0zK1OoEErr8U3wnb0WC4YciW2jcpW5vUC5jCVBHgA=
trusted comment: timestamp:1790000000\tfile:Acme_1.2.3_amd64.deb\tversion:1.2.3
EWkJZOPBIXpwOjKIw9zEpITaViu+qQ+8kKKLLFpgLnDhImdphMd0cmAd59w8YrFZosIpmLVGwmJXF8LglYTlDA==
";
const LEGACY: &str = "untrusted comment: signature from minisign secret key
RWTjmvfh3tBeej5GRkpgZJLQ9IU7OHHG8SvWKLfSG3M7MzmgMesc73BgzJoV0RdlLLodfXuz2Ta6wOBwRdFZ1gZ+EvwYP11OFA8=
trusted comment: timestamp:1790000000\tfile:Acme_1.2.3_amd64.deb\tversion:1.2.3
HzG5M+hDU6wGqggTtDa4LZ+Zu3CMZQzng2E7eH2ABN/3es454HeW52weRUafy4xXU5R/R3gFmgdpc11/lZpZCQ==
";
/// The two lines that differ where the same file was signed with another trusted comment.
const NO_VERSION: [&str; 2] = [
    "timestamp:1790000000\tfile:Acme_1.2.3_amd64.deb",
    "ieYSLYThoOi/JTFy+u/MNf6mFxJQ3SdG2ypMaJtwW4Nyn/FPaPhRa+uhVDlOOFCOkcwJxzb7V+ksBFoz0qzGBQ==",
];
const OLDER_VERSION: [&str; 2] = [
    "timestamp:1790000000\tfile:Acme_1.2.3_amd64.deb\tversion:1.2.2",
    "/Eo7M1bGC0gWojv5dRstGM8rYEkzW9IEdzaMKQmJOww8C18VOTW7pArz423TOiYxL8c9AEdhM09wVfEF/udtCA==",
];
const OTHER_FILE: [&str; 2] = [
    "timestamp:1790000000\tfile:Acme_1.2.2_amd64.deb\tversion:1.2.3",
    "SGl/x+xHowCv2v9Pqb+EsPtYZX2Gj01JyUg7b0f0DI+69RUPc7L1IFwZ5zLg02FLc9E0ytRUlFJdo/CZG1zMAQ==",
];
const SPARKLE_KEY: &str = "ILPXgB6tvBz/j8eJCB0OF8tVDrzrE6iPdh9aCLe0kqA=";
const OTHER_SPARKLE_KEY: &str = "0DNpEnGoQCyO0BzJryxPtBzwT1X71vWNr1qjklZjm4k=";
const SPARKLE: &str =
    "lQ4AiM593/KEL50TWU9QPJpWaweaUf8KX+fhwJVrLyGjwJ1P8HvhNeHUcL4ML+V17uwbADlVtg3vr6mizyL0Cg==";
/// The order of the group, little-endian (RFC 8032, 5.1).
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

fn file() -> Vec<u8> {
    (0..100_000_u64).map(|at| (at * at % 251).to_le_bytes()[0]).collect()
}

fn commented([comment, global]: [&str; 2]) -> String {
    let mut lines = PREHASHED.lines().take(2).map(str::to_owned).collect::<Vec<_>>();
    lines.extend([format!("trusted comment: {comment}"), global.to_owned()]);
    lines.join("\n")
}

/// The same signature with its scalar raised by the order: the equation still holds.
fn non_canonical(signature: &mut [u8]) {
    let scalar = signature.get_mut(32..64).expect("64 bytes");
    let mut carry = 0;
    for (byte, order) in scalar.iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    assert_eq!(carry, 0);
}

fn non_canonical_minisign(text: &str) -> String {
    let line = text.lines().nth(1).expect("the line of the signature");
    let mut bytes = STANDARD.decode(line).expect("base64");
    non_canonical(bytes.get_mut(10..).expect("74 bytes"));
    text.replace(line, &STANDARD.encode(bytes))
}

fn codes(file: &[u8], keys: VendorKeys, signatures: Signatures) -> Vec<&'static str> {
    let examination = examination(file, keys, signatures);
    let findings = examination.finish(|trial| Some(holds(trial, file)));
    findings.iter().map(Finding::code).collect()
}

fn examination(file: &[u8], keys: VendorKeys, signatures: Signatures) -> Examination {
    let mut digesting = Digesting::default();
    digesting.update(file);
    let digests = digesting.finish();
    assert_eq!(digests.size, file.len() as u64);
    let version = Version::new(1, 2, 3);
    let subject = Subject { file: NAME, version: &version, blake2b: &digests.blake2b };
    Examination::new(subject, keys, signatures)
}

fn holds(trial: &Trial, file: &[u8]) -> bool {
    let mut stream = trial.start();
    file.chunks(1000).for_each(|piece| stream.update(piece));
    stream.finish()
}

fn minisign(file: &[u8], key: &str, signature: &str) -> Vec<&'static str> {
    let keys = VendorKeys { minisign: key, ..VendorKeys::default() };
    codes(file, keys, Signatures { minisign: signature, ..Signatures::default() })
}

fn sparkle(file: &[u8], key: &str, signature: &str) -> Vec<&'static str> {
    let keys = VendorKeys { sparkle: key, ..VendorKeys::default() };
    codes(file, keys, Signatures { sparkle: signature, ..Signatures::default() })
}

/// What the clients' own crate says.
fn client_takes(file: &[u8], key: &str, signature: &str) -> bool {
    let key = minisign_verify::PublicKey::decode(key).expect("a key");
    let signature = minisign_verify::Signature::decode(signature);
    signature.is_ok_and(|signature| key.verify(file, &signature, true).is_ok())
}

#[test]
fn signatures_of_both_kinds_hold_and_spoilt_ones_do_not() {
    let file = file();
    let mut tampered = file.clone();
    *tampered.last_mut().expect("100,000 bytes") ^= 1;
    let truncated = file.get(..99_999).expect("100,000 bytes");
    for text in [PREHASHED, LEGACY] {
        let none: [&str; 0] = [];
        let retagged = text.replace("RUT", "RWX").replace("RWT", "RUT").replace("RWX", "RWT");
        let recommented = text.replace("version:1.2.3", "version:1.2.4");
        for (bytes, key, text, expected) in [
            (file.as_slice(), KEY, text.to_owned(), none.as_slice()),
            (&tampered, KEY, text.to_owned(), &["firma_errata"]),
            (truncated, KEY, text.to_owned(), &["firma_errata"]),
            (&[], KEY, text.to_owned(), &["firma_errata"]),
            (&file, OTHER_KEY, text.to_owned(), &["firma_altra_chiave"]),
            (&file, KEY, recommented, &["commento_errato"]),
            // A signature of one kind passed off as the other.
            (&file, KEY, retagged, &["firma_errata"]),
            // The global signature covers the other one, so it is the first not to hold.
            (&file, KEY, non_canonical_minisign(text), &["commento_errato"]),
        ] {
            assert_eq!(minisign(bytes, key, &text), expected, "{text}");
            assert_eq!(client_takes(bytes, key, &text), expected.is_empty(), "{text}");
        }
    }
}

#[test]
fn the_trusted_comment_is_about_this_file_and_version() {
    let file = file();
    for (comment, expected) in [
        (NO_VERSION, "commento_senza_versione"),
        (OLDER_VERSION, "commento_versione"),
        (OTHER_FILE, "commento_file"),
    ] {
        let text = commented(comment);
        assert!(client_takes(&file, KEY, &text));
        assert_eq!(minisign(&file, KEY, &text), [expected]);
    }
}

#[test]
fn keys_and_signatures_are_read_in_every_form_people_have() {
    let file = file();
    let line = KEY.lines().nth(1).expect("two lines");
    for key in [KEY.to_owned(), line.to_owned(), STANDARD.encode(KEY), KEY.replace('\n', "\r\n")] {
        for text in [PREHASHED.to_owned(), STANDARD.encode(PREHASHED), format!("\n{LEGACY}\n")] {
            assert_eq!(minisign(&file, &key, &text), [""; 0], "{key} {text}");
        }
    }
    let signature = Signature::read(&STANDARD.encode(PREHASHED)).expect("a signature");
    assert_eq!(signature.text(), PREHASHED.trim_end());
    let again = STANDARD.decode(signature.for_tauri()).expect("base64");
    assert!(client_takes(&file, KEY, std::str::from_utf8(&again).expect("text")));
}

#[test]
fn what_is_no_key_or_signature_is_said_to_be_none() {
    let file = file();
    let cut = PREHASHED.lines().take(3).collect::<Vec<_>>().join("\n");
    let more = format!("{PREHASHED}{PREHASHED}");
    for text in ["a signature", &cut, &more, &"a".repeat(9000), &PREHASHED.replace("RUT", "RVT")] {
        assert_eq!(minisign(&file, KEY, text), ["firma_illeggibile"], "{text}");
    }
    assert_eq!(minisign(&file, "a key", PREHASHED), ["chiave_illeggibile"]);
    assert_eq!(minisign(&file, "", PREHASHED), ["firma_non_verificata"]);
    assert_eq!(minisign(&file, KEY, ""), [""; 0]);
    // Under the neutral element anybody could sign.
    let mut weak = b"Ed12345678".to_vec();
    weak.extend([1]);
    weak.extend([0; 31]);
    assert_eq!(Key::read(&STANDARD.encode(weak)), None);
}

#[test]
fn sparkle_signatures_hold_over_exactly_the_file() {
    let file = file();
    let mut bytes = STANDARD.decode(SPARKLE).expect("base64");
    non_canonical(&mut bytes);
    for (file, key, signature, expected) in [
        (file.as_slice(), SPARKLE_KEY, SPARKLE, ""),
        (file.get(1..).expect("100,000 bytes"), SPARKLE_KEY, SPARKLE, "firma_errata"),
        (&file, OTHER_SPARKLE_KEY, SPARKLE, "firma_errata"),
        (&file, SPARKLE_KEY, &STANDARD.encode(&bytes), "firma_errata"),
        (&file, SPARKLE_KEY, "eA==", "firma_illeggibile"),
        (&file, "eA==", SPARKLE, "chiave_illeggibile"),
        (&file, "", SPARKLE, "firma_non_verificata"),
    ] {
        assert_eq!(sparkle(file, key, signature).join(" "), expected);
    }
}

#[test]
fn only_signatures_over_every_byte_take_the_whole_file() {
    let file = file();
    let keys = VendorKeys { minisign: KEY, sparkle: SPARKLE_KEY };
    let signed = |minisign, sparkle| examination(&file, keys, Signatures { minisign, sparkle });
    assert_eq!(signed(PREHASHED, "").trials().len(), 0);
    let both = signed(LEGACY, SPARKLE);
    let mut subjects: Vec<String> = both.trials().iter().map(Trial::subject).collect();
    assert_eq!(
        subjects,
        signed(LEGACY, SPARKLE).trials().iter().map(Trial::subject).collect::<Vec<_>>()
    );
    subjects.dedup();
    assert_eq!(subjects.len(), 2);
    let codes = |found: Vec<Finding>| found.iter().map(Finding::code).collect::<Vec<_>>();
    assert_eq!(codes(both.clone().finish(|_| None)), ["controllo_in_corso"], "told once");
    assert_eq!(codes(both.clone().finish(|_| Some(true))), [""; 0]);
    assert_eq!(codes(both.finish(|_| Some(false))), ["firma_errata", "firma_errata"]);
    let other = VendorKeys { sparkle: OTHER_SPARKLE_KEY, ..keys };
    let other = examination(&file, other, Signatures { minisign: "", sparkle: SPARKLE });
    let other = other.trials().first().map(Trial::subject);
    assert!(
        other.is_some_and(|other| !subjects.contains(&other)),
        "another key is another question"
    );
}
