//! Key pairs of the vendor as files: the private half readable by its owner alone.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use plugin_api::Fault;
use zeroize::Zeroizing;

use super::Purpose;
use crate::config::Config;
use crate::jose::pem;

/// Makes a key pair: the private key in `path`, which must not exist, the public one beside it with
/// `.pub` added or put in place of its ending. Answers where the public key is.
pub fn create(path: &Path) -> Result<PathBuf, Fault> {
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(seed.as_mut_slice()).map_err(Fault::internal)?;
    let key = SigningKey::from_bytes(&seed);
    let public = path.with_extension("pub");
    let write = |path: &Path, text: &str, mode: u32| {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    for (path, text, mode) in [
        (path, pem::private(&key).as_str(), 0o600),
        (public.as_path(), pem::public(&key.verifying_key()).as_str(), 0o644),
    ] {
        write(path, text, mode).map_err(|error| {
            Fault::internal(format!("{} cannot be written: {error}", path.display()))
        })?;
    }
    Ok(public)
}

/// Reads a private key file.
pub fn read(path: &Path) -> Result<SigningKey, Fault> {
    let text = fs::read_to_string(path)
        .map(Zeroizing::new)
        .map_err(|error| Fault::invalid(format!("{} cannot be read: {error}", path.display())))?;
    pem::read_private(&text).ok_or_else(|| {
        Fault::invalid(format!(
            "{} holds no Ed25519 private key; `cockpit vendor new-key` makes one",
            path.display()
        ))
    })
}

/// Makes the pairs `<data>/vendor/unlock.key` and `plugin.key` where they are missing, and answers
/// the files it made.
pub fn create_missing(config: &Config) -> Result<Vec<PathBuf>, Fault> {
    let mut made = Vec::new();
    for purpose in [Purpose::Unlock, Purpose::Plugin] {
        let path = private_path(config, purpose);
        // A data directory may hold the vendor's public keys only; then it is not the vendor's.
        if path.exists() || path.with_extension("pub").exists() {
            continue;
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(Fault::internal)?;
        }
        let public = create(&path)?;
        made.extend([path, public]);
    }
    Ok(made)
}

/// Where `init` and `demo` keep the private key of `purpose`.
pub fn private_path(config: &Config, purpose: Purpose) -> PathBuf {
    config.file("vendor").join(format!("{}.key", purpose.name()))
}
