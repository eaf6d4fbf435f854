//! Sealed bytes: a version byte, a nonce of 24 bytes, then XChaCha20-Poly1305.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use plugin_api::{Fault, FaultKind};
use zeroize::Zeroizing;

use super::kek::Kek;

const VERSION: u8 = 1;
const NONCE: usize = 24;

/// Encrypts `plain` under a key of `plugin` and `purpose`, which are authenticated with it.
pub(super) fn seal(kek: &Kek, plugin: &str, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, Fault> {
    seal_with(&kek.derive("seal", plugin, purpose), &aad(plugin, purpose), plain)
}

/// Encrypts `plain` under `key`; `aad` is authenticated with it.
pub(super) fn seal_with(key: &[u8; 32], aad: &str, plain: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce).map_err(Fault::internal)?;
    let sealed = XChaCha20Poly1305::new(&Key::from(*key))
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: aad.as_bytes() })
        .map_err(|_| Fault::invalid("there is too much to seal"))?;
    let mut out = Vec::with_capacity(1 + NONCE + sealed.len());
    out.push(VERSION);
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&sealed);
    Ok(out)
}

/// Decrypts what [`seal`] made.
pub(super) fn open(
    kek: &Kek,
    plugin: &str,
    purpose: &str,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Fault> {
    open_with(&kek.derive("seal", plugin, purpose), &aad(plugin, purpose), sealed)
        .map_err(|fault| fault.about(purpose))
}

/// Decrypts what [`seal_with`] made.
pub(super) fn open_with(
    key: &[u8; 32],
    aad: &str,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let altered = || Fault::new(FaultKind::Invalid, "the sealed bytes were altered");
    let (version, rest) = sealed.split_first().ok_or_else(altered)?;
    let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or_else(altered)?;
    if *version != VERSION {
        return Err(altered());
    }
    XChaCha20Poly1305::new(&Key::from(*key))
        .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: aad.as_bytes() })
        .map(Zeroizing::new)
        .map_err(|_| altered())
}

fn aad(plugin: &str, purpose: &str) -> String {
    format!("{VERSION}\0{plugin}\0{purpose}")
}
