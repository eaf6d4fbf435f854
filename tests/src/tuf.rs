//! A client of signed metadata (TUF 1.0.34 §5) that believes nothing: every signature, version, length
//! and hash is verified, and nothing may ever be older than what was seen before.

use std::collections::BTreeMap;
use std::time::SystemTime;

use ed25519_dalek::{Signature, VerifyingKey};
use plugin_api::time::parse_instant;
use reqwest::Method;
use serde_json::Value;

use crate::client::Client;
use crate::jws::sha256;

/// The server went away in the middle.
#[derive(Debug, Clone, Copy)]
pub struct Gone;

/// What a client trusts, from one look at the repository to the next.
#[derive(Debug, Clone)]
pub struct Trusted {
    root: Value,
    versions: BTreeMap<String, i64>,
}

/// A file the repository vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Bytes.
    pub length: u64,
    /// Hex.
    pub sha256: String,
}

/// The files by name: `<channel>/<version>/<file>`.
pub type Targets = BTreeMap<String, Target>;

/// The bytes at `path`; none for 404. A server that is not ready yet (503) is gone as well, any other
/// answer fails.
pub async fn fetch(client: &Client, path: &str) -> Result<Option<Vec<u8>>, Gone> {
    let asked = client.request(Method::GET, path).send().await;
    let answer = asked.map_err(|_| Gone)?;
    let status = answer.status().as_u16();
    let bytes = answer.bytes().await.map_err(|_| Gone)?.to_vec();
    match status {
        200 => Ok(Some(bytes)),
        404 => Ok(None),
        503 => Err(Gone),
        _ => panic!("{path}: {status} {}", String::from_utf8_lossy(&bytes)),
    }
}

/// Where metadata is asked for.
struct Repository<'a> {
    client: &'a Client,
    base: &'a str,
}

impl Repository<'_> {
    async fn get(&self, name: &str) -> Result<Option<Vec<u8>>, Gone> {
        fetch(self.client, &format!("{}/metadata/{name}", self.base)).await
    }
}

impl Trusted {
    /// Begins with the first root of the repository at `base`, as a program that came with it does.
    pub async fn begin(client: &Client, base: &str) -> Self {
        let root = fetch(client, &format!("{base}/metadata/1.root.json")).await;
        let root = read(&root.expect("it runs").expect("the first root"));
        assert_eq!(number(&root, "version"), 1);
        Self { root, versions: BTreeMap::from([("root".to_owned(), 1)]) }
    }

    /// The highest version seen of each role.
    pub fn versions(&self) -> &BTreeMap<String, i64> {
        &self.versions
    }

    /// Goes through the whole repository at `base`; panics unless all of it is consistent.
    pub async fn walk(&mut self, client: &Client, base: &str) -> Result<Targets, Gone> {
        let at = &Repository { client, base };
        while let Some(bytes) = at.get(&format!("{}.root.json", self.versions["root"] + 1)).await? {
            let next = read(&bytes);
            verify(&bytes, &next, keys(&self.root, "root"), "root, by the one before");
            verify(&bytes, &next, keys(&next, "root"), "root, by itself");
            assert_eq!(number(&next, "version"), self.versions["root"] + 1);
            *self.versions.get_mut("root").expect("one") += 1;
            self.root = next;
        }
        is_fresh(&self.root, "root");

        let bytes = at.get("timestamp.json").await?.expect("a timestamp");
        let timestamp = self.taken(&bytes, "timestamp", None);
        let named = &timestamp["meta"]["snapshot.json"];
        let snapshot = self.named(at, "snapshot", named).await?;
        let meta = snapshot["meta"].as_object().expect("roles");
        for (file, named) in meta {
            let role = file.strip_suffix(".json").expect("a file of metadata");
            self.rises(role, number(named, "version"));
        }
        let top = self.named(at, "targets", &meta["targets.json"]).await?;
        assert_eq!(top["targets"].as_object().map(serde_json::Map::len), Some(0));
        let delegations = &top["delegations"];
        let mut targets = Targets::new();
        for role in delegations["roles"].as_array().expect("channels") {
            let name = role["name"].as_str().expect("a name");
            let named = meta.get(&format!("{name}.json"));
            let bytes = versioned(at, name, named.expect("in the snapshot")).await?;
            let found = read(&bytes);
            verify(&bytes, &found, of(delegations, role), name);
            self.accepts(&found, name, named);
            for (path, file) in found["targets"].as_object().expect("files") {
                assert!(path.starts_with(&format!("{name}/")), "{path} is not for {name}");
                let length = file["length"].as_u64().expect("a length");
                let sha256 = file["hashes"]["sha256"].as_str().expect("a hash").to_owned();
                targets.insert(path.clone(), Target { length, sha256 });
            }
        }
        assert_eq!(meta.len(), 1 + delegations["roles"].as_array().map_or(0, Vec::len));
        Ok(targets)
    }

    /// A document of a role of the root that another one named.
    async fn named(
        &mut self,
        at: &Repository<'_>,
        role: &str,
        named: &Value,
    ) -> Result<Value, Gone> {
        let bytes = versioned(at, role, named).await?;
        Ok(self.taken(&bytes, role, Some(named)))
    }

    /// What a document of a role of the root says, after all was verified.
    fn taken(&mut self, bytes: &[u8], role: &str, named: Option<&Value>) -> Value {
        let found = read(bytes);
        verify(bytes, &found, keys(&self.root, role), role);
        self.accepts(&found, role, named);
        found
    }

    fn accepts(&mut self, found: &Value, role: &str, named: Option<&Value>) {
        let version = number(found, "version");
        assert!(named.is_none_or(|named| number(named, "version") == version), "{role} {version}");
        is_fresh(found, role);
        self.rises(role, version);
    }

    fn rises(&mut self, role: &str, version: i64) {
        let seen = self.versions.entry(role.to_owned()).or_default();
        assert!(version >= *seen, "{role} went back from {seen} to {version}");
        *seen = version;
    }
}

/// The document `role` in the version it was named with, which must be there, as it was named.
async fn versioned(at: &Repository<'_>, role: &str, named: &Value) -> Result<Vec<u8>, Gone> {
    let name = format!("{}.{role}.json", number(named, "version"));
    let bytes = at.get(&name).await?.unwrap_or_else(|| panic!("{name} is named and not there"));
    if let Some(length) = named.get("length").and_then(Value::as_u64) {
        assert_eq!(bytes.len() as u64, length, "{name}");
    }
    if let Some(hash) = named["hashes"]["sha256"].as_str() {
        assert_eq!(sha256(&bytes), hash, "{name}");
    }
    Ok(bytes)
}

/// The signed part of a document.
fn read(bytes: &[u8]) -> Value {
    let mut whole: Value = serde_json::from_slice(bytes)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(bytes)));
    whole["signed"].take()
}

fn number(of: &Value, name: &str) -> i64 {
    of[name].as_i64().unwrap_or_else(|| panic!("no {name} in {of}"))
}

#[expect(clippy::disallowed_methods, reason = "a client has a clock of its own")]
fn is_fresh(signed: &Value, role: &str) {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("after 1970");
    let end = signed["expires"].as_str().and_then(parse_instant).expect("an end");
    assert!(i128::from(end) > i128::try_from(now.as_millis()).expect("small"), "{role} has ended");
}

/// The keys of a role and how many of them must sign.
type Keys = (BTreeMap<String, VerifyingKey>, i64);

fn keys(root: &Value, role: &str) -> Keys {
    of(root, &root["roles"][role])
}

fn of(holder: &Value, role: &Value) -> Keys {
    let ids = role["keyids"].as_array().expect("ids").iter().filter_map(Value::as_str);
    let keys = ids.map(|id| {
        let key = &holder["keys"][id];
        assert_eq!(sha256(canonical(key).as_bytes()), id, "the id of a key is its hash");
        let public = bytes_of(key["keyval"]["public"].as_str().expect("a key"));
        let public = VerifyingKey::try_from(public.as_slice()).expect("an Ed25519 key");
        (id.to_owned(), public)
    });
    (keys.collect(), number(role, "threshold"))
}

/// Panics unless enough of `keys` signed the document.
fn verify(bytes: &[u8], signed: &Value, (keys, threshold): Keys, what: &str) {
    let whole: Value = serde_json::from_slice(bytes).expect("it was read before");
    let message = canonical(signed);
    let made = whole["signatures"].as_array().expect("signatures");
    let good = keys.iter().filter(|(id, key)| {
        let made = made.iter().filter(|one| one["keyid"] == id.as_str());
        let mut made = made.filter_map(|one| one["sig"].as_str());
        made.any(|hex| {
            let signature = Signature::from_slice(&bytes_of(hex)).expect("64 bytes");
            key.verify_strict(message.as_bytes(), &signature).is_ok()
        })
    });
    let good = i64::try_from(good.count()).expect("few");
    assert!(threshold > 0 && good >= threshold, "{what}: {good} of {threshold} signatures");
}

/// Canonical JSON (OLPC).
pub fn canonical(value: &Value) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(members) => {
            let members: BTreeMap<_, _> = members.iter().collect();
            let pairs = members
                .into_iter()
                .map(|(name, value)| format!("{}:{}", quoted(name), canonical(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}

fn bytes_of(hex: &str) -> Vec<u8> {
    let pairs = hex.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).expect("ASCII"));
    pairs.map(|pair| u8::from_str_radix(pair, 16).expect("hexadecimal")).collect()
}
