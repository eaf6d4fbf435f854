//! Where blocks end: at fingerprints whose low 14 bits are set, never below 8 KiB, at 32 KiB.

use blake2::digest::consts::U18;
use blake2::{Blake2b, Digest as _};

use super::Found;
use super::rabin::{Rabin, WINDOW};

/// Bytes of a checksum.
pub(super) const CHECKSUM: usize = 18;

const SHORTEST: usize = 8 * 1024;
const LONGEST: usize = 32 * 1024;
const BOUNDARY: u64 = 16 * 1024 - 1;
/// Bytes at the start of a block that no fingerprint covers.
const UNREAD: usize = SHORTEST - WINDOW;

/// The block that is being read.
#[derive(Default)]
pub(super) struct Chunker {
    rabin: Rabin,
    hash: Blake2b<U18>,
    length: usize,
}

impl Chunker {
    pub(super) fn update(&mut self, mut piece: &[u8], found: &mut Found) {
        while !piece.is_empty() {
            let (taken, ends) = self.scan(piece);
            let (block, rest) = piece.split_at(taken);
            self.hash.update(block);
            self.length += taken;
            if ends {
                self.finish(found);
            }
            piece = rest;
        }
    }

    /// Ends the block; an empty one is none.
    pub(super) fn finish(&mut self, found: &mut Found) {
        let done = std::mem::take(self);
        if let Some(size) = u32::try_from(done.length).ok().filter(|size| *size > 0) {
            found.add(done.hash.finalize().into(), size);
        }
    }

    /// How many bytes of a piece belong to this block, and whether it ends there.
    fn scan(&mut self, piece: &[u8]) -> (usize, bool) {
        let skipped = UNREAD.saturating_sub(self.length).min(piece.len());
        for (at, byte) in piece.iter().enumerate().skip(skipped) {
            let fingerprint = self.rabin.slide(*byte);
            let length = self.length + at + 1;
            let cut = length >= SHORTEST && fingerprint & BOUNDARY == BOUNDARY;
            if cut || length >= LONGEST {
                return (at + 1, true);
            }
        }
        (piece.len(), false)
    }
}
