//! Every hash that some protocol wants of a file, computed while it streams through once.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use blake2::Blake2b512;
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha512};

/// Hashes that are being computed.
#[derive(Clone, Default)]
pub struct Digesting {
    size: u64,
    sha1: Sha1,
    sha256: Sha256,
    sha512: Sha512,
    blake2b: Blake2b512,
}

/// The hashes of a whole file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digests {
    /// Bytes of the file.
    pub size: u64,
    /// For Squirrel and Velopack; no protection against forgery.
    pub sha1: [u8; 20],
    /// For TUF and Velopack, and what files are stored under.
    pub sha256: [u8; 32],
    /// For electron-updater.
    pub sha512: [u8; 64],
    /// What prehashed minisign signatures sign.
    pub blake2b: [u8; 64],
}

impl Digesting {
    /// Takes the next piece of the file, of any length.
    pub fn update(&mut self, piece: &[u8]) {
        self.size += piece.len() as u64;
        self.sha1.update(piece);
        self.sha256.update(piece);
        self.sha512.update(piece);
        self.blake2b.update(piece);
    }

    /// The hashes, after the last piece.
    pub fn finish(self) -> Digests {
        Digests {
            size: self.size,
            sha1: self.sha1.finalize().into(),
            sha256: self.sha256.finalize().into(),
            sha512: self.sha512.finalize().into(),
            blake2b: self.blake2b.finalize().into(),
        }
    }
}

impl Digests {
    /// SHA-1 in lower-case hex.
    pub fn sha1_hex(&self) -> String {
        hex(&self.sha1)
    }

    /// SHA-256 in lower-case hex.
    pub fn sha256_hex(&self) -> String {
        hex(&self.sha256)
    }

    /// BLAKE2b-512 as it is kept: base64 of the 64 bytes.
    pub fn blake2b_base64(&self) -> String {
        STANDARD.encode(self.blake2b)
    }

    /// SHA-512 as electron-updater writes it: base64 of the 64 bytes.
    pub fn sha512_base64(&self) -> String {
        STANDARD.encode(self.sha512)
    }
}

/// The BLAKE2b-512 that was kept; zeros, which are of no file, for what is none.
pub fn kept_blake2b(base64: &str) -> [u8; 64] {
    let bytes = STANDARD.decode(base64).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.unwrap_or([0; 64])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes everything");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hashes_of_abc_are_those_of_the_standards() {
        let mut digesting = Digesting::default();
        for piece in [&b"a"[..], b"", b"bc"] {
            digesting.update(piece);
        }
        let digests = digesting.finish();
        assert_eq!(digests.size, 3);
        assert_eq!(digests.sha1_hex(), "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert_eq!(
            digests.sha256_hex(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(
            digests.sha512_base64(),
            "3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=="
        );
        assert!(hex(&digests.blake2b).starts_with("ba80a53f981c4d0d6a2797b69f12f6e9"));
    }
}
