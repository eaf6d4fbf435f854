//! Block maps as electron-updater reads them, so that it fetches only the blocks that changed.
//!
//! Both ends must cut a file at the same places: the format is that of `buildBlockMap` in
//! app-builder-lib 26, whose own results are the test vectors here.

mod chunker;
mod rabin;
#[cfg(test)]
mod tests;

use std::io::Write;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;

use self::chunker::Chunker;

/// Cuts a file, fed piece by piece, into blocks. Keeps about 50 bytes for each block of some 16 KiB.
#[derive(Default)]
pub struct Blocks {
    chunker: Chunker,
    found: Found,
}

#[derive(Default)]
struct Found {
    checksums: Vec<String>,
    sizes: Vec<u32>,
}

/// The block map of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Blockmap {
    version: &'static str,
    files: [Part; 1],
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Part {
    name: &'static str,
    offset: u64,
    checksums: Vec<String>,
    sizes: Vec<u32>,
}

impl Blocks {
    /// Takes the next piece of the file, of any length.
    pub fn update(&mut self, piece: &[u8]) {
        self.chunker.update(piece, &mut self.found);
    }

    /// The map, after the last piece.
    pub fn finish(mut self) -> Blockmap {
        self.chunker.finish(&mut self.found);
        let Found { checksums, sizes } = self.found;
        Blockmap { version: "2", files: [Part { name: "file", offset: 0, checksums, sizes }] }
    }
}

impl Found {
    fn add(&mut self, checksum: [u8; chunker::CHECKSUM], size: u32) {
        self.checksums.push(STANDARD.encode(checksum));
        self.sizes.push(size);
    }
}

impl Blockmap {
    /// The length of each block in bytes, in the order of the file.
    pub fn sizes(&self) -> &[u32] {
        let [part] = &self.files;
        &part.sizes
    }

    /// Base64 of the 18 bytes of `BLAKE2b` of each block.
    pub fn checksums(&self) -> &[String] {
        let [part] = &self.files;
        &part.checksums
    }

    /// The file `<name>.blockmap`: JSON in gzip.
    pub fn to_gzip(&self) -> Vec<u8> {
        let json = serde_json::to_vec(self).expect("texts and numbers are valid JSON");
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&json).expect("memory takes what is written");
        gzip.finish().expect("memory takes what is written")
    }
}
