//! The maps that `buildBlockMap` of app-builder-lib 26.17.0 makes of the same bytes.

use std::io::Read as _;

use flate2::read::GzDecoder;
use sha2::{Digest as _, Sha256};

use super::{Blockmap, Blocks};

/// xorshift64*, little-endian: bytes that look random and are the same everywhere.
fn noise(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed;
    let words = std::iter::from_fn(move || {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        Some(state.wrapping_mul(0x2545_F491_4F6C_DD1D).to_le_bytes())
    });
    words.flatten().take(length).collect()
}

fn map_in_pieces(bytes: &[u8], piece: usize) -> Blockmap {
    let mut blocks = Blocks::default();
    bytes.chunks(piece).for_each(|piece| blocks.update(piece));
    blocks.finish()
}

fn json(map: &Blockmap) -> Vec<u8> {
    let mut json = Vec::new();
    GzDecoder::new(map.to_gzip().as_slice()).read_to_end(&mut json).expect("gzip");
    json
}

fn hex_sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes everything");
        hex
    })
}

fn inserted() -> Vec<u8> {
    let mut bytes = noise(100 * 1024, 1);
    bytes.splice(30_000..30_000, *b"inserted");
    bytes
}

/// Name, bytes, blocks, SHA-256 of the reference's JSON.
fn reference() -> [(&'static str, Vec<u8>, usize, &'static str); 9] {
    [
        (
            "empty",
            Vec::new(),
            0,
            "f2b5892ba320529997efe9d968bad725383d3ee42d0ebd19ac2a010485396831",
        ),
        (
            "one byte",
            vec![7],
            1,
            "74132662176a568591c9bc01e98ec90e834d4ffec284254b629b8742b8269ab6",
        ),
        (
            "100 KiB",
            noise(100 * 1024, 1),
            5,
            "f5dbafcc80b47a8d96a29a4d8caabf0c4568cb87d5bfd8a230b5c826217601ae",
        ),
        (
            "100 KiB and 8 bytes in it",
            inserted(),
            5,
            "d98f74707c2e24b374852a91c5cb5c02c607532848ab3d72141de8949b229626",
        ),
        (
            "5 MiB",
            noise(5 * 1024 * 1024, 2),
            254,
            "4b832a449b4d86df60856541429caa99aaae6d5a91a6205a4acb3a508d0ab7f9",
        ),
        (
            "zeros",
            vec![0; 100_000],
            4,
            "e96ead7e2f660f974518d9c968086f64699e40e10b1e8130a07d0dfe6e39577b",
        ),
        (
            "ones",
            vec![255; 70_000],
            3,
            "872ce94a236da993fb0b0980920982a9bcc3d9bf70f111072ca6f36f4e61d9dd",
        ),
        (
            "the shortest block",
            noise(8192, 3),
            1,
            "e176200486fed4b3fd6a832450281bb9f660543b83c03d49e4e73668b03eb6aa",
        ),
        (
            "a repeated sentence",
            b"The quick brown fox. ".repeat(10_000),
            26,
            "c461507699340e2a9743fa3a57caa0807c5647b7b9cddcb3317db60cf21c50b5",
        ),
    ]
}

#[test]
fn equals_app_builder_lib_byte_for_byte() {
    for (name, bytes, blocks, expected) in reference() {
        for piece in [bytes.len().max(1), 65_536, 8191] {
            let map = map_in_pieces(&bytes, piece);
            assert_eq!(map.sizes().len(), blocks, "{name} in pieces of {piece}");
            assert_eq!(hex_sha256(&json(&map)), expected, "{name} in pieces of {piece}");
        }
    }
}

#[test]
fn an_insertion_changes_one_block() {
    let before = map_in_pieces(&noise(100 * 1024, 1), 1);
    let after = map_in_pieces(&inserted(), 1);
    assert_eq!(before.sizes(), [9383, 21041, 32768, 22962, 16246]);
    assert_eq!(after.sizes(), [9383, 21049, 32768, 22962, 16246]);
    assert_eq!(
        before.checksums(),
        [
            "02joQKWyoTCKRue26jkDmyhs",
            "lDdsWCwBN7/9uJ8JyjT/tzmD",
            "545ZNnox8qKENGpY4ISnTc+I",
            "AFTSEzQnog9/Q4B0dquajJO5",
            "SMLN28EWXrNZm0be7Y1onx5W",
        ]
    );
    let same = before.checksums().iter().zip(after.checksums()).filter(|(a, b)| a == b).count();
    assert_eq!(same, 4);
}
