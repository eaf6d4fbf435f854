//! `cockpit release sign`: signs update metadata where the keys are, and no cockpit is.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use update_server::domain::tuf::canonical::canonical;
use update_server::domain::tuf::key::Keyring;
use zeroize::Zeroizing;

use crate::cli::{Failure, say};
use crate::jose::pem;

/// Sign update metadata that waits for a key kept away from the cockpit
///
/// The documents come from the page of the product's signing keys. Those that ask for this key are
/// signed where they are; send them back on the same page. Read what is printed before you do: it is
/// what you vouch for.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cockpit release sign --key root-1.key 2.root.json
  cockpit release sign --key targets.key STUDIO.documents.json
  cockpit release sign --key targets.key - < 3.stable.json > signed.json

A document - is read from standard input and written to standard output.")]
pub(in crate::cli) struct Sign {
    /// Ed25519 private key, PKCS #8 PEM
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Documents, or lists of them
    #[arg(value_name = "DOCUMENT", required = true)]
    documents: Vec<PathBuf>,
}

/// A key at hand.
struct Signer {
    ring: Keyring,
    id: String,
}

impl Sign {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let signer = Signer::read(&self.key)?;
        let mut count = 0;
        for path in &self.documents {
            count += signer.sign_file(path)?;
        }
        if count == 0 {
            return Err(Failure::refused(format!(
                "none of these documents asks for the key {}; is it the right one?",
                signer.id
            )));
        }
        Ok(())
    }
}

impl Signer {
    fn read(path: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(path).map(Zeroizing::new);
        let text = text.map_err(|error| unreadable(path, &error))?;
        let key = pem::read_private(&text).ok_or_else(|| {
            Failure::refused(format!(
                "{} holds no Ed25519 private key; `cockpit release keygen` makes one",
                path.display()
            ))
        })?;
        let mut ring = Keyring::default();
        let id = ring.add(&Zeroizing::new(key.to_bytes())).id();
        Ok(Self { ring, id })
    }

    /// Signs what asks for it in a file; answers how much that was.
    fn sign_file(&self, path: &Path) -> Result<usize, Failure> {
        let is_stream = path.as_os_str() == "-";
        let mut bytes = Vec::new();
        let read = if is_stream {
            std::io::stdin().read_to_end(&mut bytes)
        } else {
            File::open(path).and_then(|mut file| file.read_to_end(&mut bytes))
        };
        read.map_err(|error| unreadable(path, &error))?;
        let mut all: Json =
            serde_json::from_slice(&bytes).map_err(|error| unreadable(path, &error))?;
        let documents = match &mut all {
            Json::Array(documents) => documents.iter_mut().collect(),
            one => vec![one],
        };
        let mut told = Vec::new();
        for document in documents {
            told.extend(self.sign(document)?);
        }
        let bytes = serde_json::to_vec(&all).map_err(|error| unreadable(path, &error))?;
        if is_stream {
            let written = std::io::stdout().write_all(&bytes);
            written.map_err(|error| unwritable(path, &error))?;
        } else if !told.is_empty() {
            replace(path, &bytes).map_err(|error| unwritable(path, &error))?;
        }
        for line in &told {
            if is_stream {
                let _ = writeln!(std::io::stderr(), "{line}");
            } else {
                say(line);
            }
        }
        Ok(told.len())
    }

    /// Signs a document if it asks for this key; answers what it says.
    fn sign(&self, document: &mut Json) -> Result<Option<String>, Failure> {
        let refused = |why: &str| Failure::refused(format!("this is no TUF metadata: {why}"));
        let signed = document.get("signed").ok_or_else(|| refused("`signed` is missing"))?;
        let told = summary(signed);
        let bytes = canonical(signed).map_err(|what| refused(&what.0))?;
        let signatures = document.get_mut("signatures").and_then(Json::as_array_mut);
        let signatures = signatures.ok_or_else(|| refused("`signatures` is missing"))?;
        let mut asked = signatures.iter_mut().filter(|one| one["keyid"] == *self.id).peekable();
        if asked.peek().is_none() {
            return Ok(None);
        }
        let signature = self.ring.sign(&self.id, &bytes).unwrap_or_default();
        for one in asked {
            one["sig"] = Json::from(signature.as_str());
        }
        Ok(Some(told))
    }
}

/// What somebody vouches for who signs this.
fn summary(signed: &Json) -> String {
    let text = |value: &Json| value.as_str().unwrap_or("?").to_owned();
    let mut lines = vec![format!(
        "{} version {}, until {}",
        text(&signed["_type"]),
        signed["version"],
        text(&signed["expires"])
    )];
    for (role, keys) in signed["roles"].as_object().into_iter().flatten() {
        let ids = keys["keyids"].as_array().into_iter().flatten().map(text).collect::<Vec<_>>();
        lines.push(format!("  {role}: {} of {}", keys["threshold"], ids.join(", ")));
    }
    let delegated = signed["delegations"]["roles"].as_array().into_iter().flatten();
    let delegated: Vec<String> = delegated.map(|role| text(&role["name"])).collect();
    if !delegated.is_empty() {
        lines.push(format!("  channels: {}", delegated.join(", ")));
    }
    let targets = signed["targets"].as_object();
    let folder = |name: &String| name.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let folders: BTreeSet<String> =
        targets.into_iter().flat_map(|all| all.keys().filter_map(folder)).collect();
    if !folders.is_empty() {
        let folders = folders.into_iter().collect::<Vec<_>>().join(", ");
        let count = targets.map_or(0, serde_json::Map::len);
        lines.push(format!("  {count} files: {folders}"));
    }
    lines.join("\n")
}

/// Puts a file in the place of another, whole or not at all.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let mut file = File::create(&name)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&name, path)
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::refused(format!("{} cannot be read: {error}", path.display()))
}

fn unwritable(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::refused(format!("{} cannot be written: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use update_server::domain::tuf::upload::read;

    use super::*;

    fn key(folder: &Path) -> (PathBuf, Signer) {
        let path = folder.join("root.key");
        crate::vendor::pair::create(&path).expect("a pair");
        let signer = Signer::read(&path).expect("a key");
        (path, signer)
    }

    #[test]
    fn what_asks_for_the_key_is_signed_and_the_rest_stays_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, signer) = key(folder.path());
        let signed = json!({"_type": "root", "version": 2, "expires": "2027-01-01T00:00:00Z",
            "roles": {"root": {"keyids": [signer.id], "threshold": 1}}});
        let other = json!({"keyid": "other", "sig": "00"});
        let asked = json!([other, {"keyid": signer.id, "sig": ""}]);
        let not_asked = json!({"signed": {"_type": "targets"}, "signatures": [other]});
        let file = folder.path().join("documents.json");
        let all = json!([{"signed": signed, "signatures": asked}, not_asked]);
        fs::write(&file, all.to_string()).expect("written");
        let sign = Sign { key: path.clone(), documents: vec![file.clone()] };
        sign.run().expect("signed");

        let bytes = fs::read(&file).expect("there");
        let now: Json = serde_json::from_slice(&bytes).expect("JSON");
        assert_eq!(now[1], not_asked);
        assert_eq!(now[0]["signatures"][0], other);
        let envelopes = read(&bytes).map_err(|_| "unreadable").expect("readable");
        let made = envelopes.iter().find_map(|one| one.by_key().remove(&signer.id));
        let message = canonical(&signed).expect("canonical");
        assert_eq!(made, signer.ring.sign(&signer.id, &message));
        let told = summary(&signed);
        assert!(told.starts_with("root version 2, until 2027") && told.contains(&signer.id));

        fs::write(&file, not_asked.to_string()).expect("written");
        let said = sign.run().expect_err("nothing asks");
        assert!(said.sentence().contains("none of these documents asks for the key"));
        fs::write(&file, "{}").expect("written");
        assert!(sign.run().expect_err("no metadata").sentence().contains("no TUF metadata"));
        let wrong = Sign { key: file.clone(), documents: vec![file] };
        assert!(wrong.run().expect_err("no key").sentence().contains("no Ed25519 private key"));
    }

    #[test]
    fn the_summary_names_what_a_channel_says() {
        let file = json!({"length": 1, "hashes": {}});
        let targets = json!({"_type": "targets", "version": 3, "expires": "2027-01-01T00:00:00Z",
            "targets": {"stable/1.0.0/a.exe": file, "stable/1.0.0/a.msi": file,
                "stable/1.1.0/a.exe": file}});
        let told = summary(&targets);
        assert!(told.contains("3 files: stable/1.0.0, stable/1.1.0"), "{told}");
        let top = json!({"_type": "targets", "version": 1, "expires": "", "targets": {},
            "delegations": {"keys": {}, "roles": [{"name": "beta"}, {"name": "stable"}]}});
        assert!(summary(&top).contains("channels: beta, stable"));
    }
}
