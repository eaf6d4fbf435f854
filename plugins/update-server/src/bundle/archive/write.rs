//! Heads of a tar.

use super::blocks;

/// What stands at the end of a tar.
pub const END: [u8; 1024] = [0; 1024];

/// Longest path in the head itself, bytes.
const PATH: usize = 100;
/// Largest size in the head itself, bytes: eleven octal digits.
const SIZE: u64 = 0o777_7777_7777;

/// What stands before a file of `size` bytes; `at` in unix milliseconds.
pub fn head(path: &str, size: u64, at: i64) -> Vec<u8> {
    let mut records = String::new();
    if path.len() > PATH {
        records += &record("path", path);
    }
    if size > SIZE {
        records += &record("size", &size.to_string());
    }
    let mut all = extended(&records, at);
    all.extend(plain(path, "", size.min(SIZE), at, b'0'));
    all
}

/// A file that is the same as an earlier one.
pub fn link(path: &str, to: &str, at: i64) -> Vec<u8> {
    let mut records = String::new();
    for (name, text) in [("path", path), ("linkpath", to)] {
        if text.len() > PATH {
            records += &record(name, text);
        }
    }
    let mut all = extended(&records, at);
    all.extend(plain(path, to, 0, at, b'1'));
    all
}

/// What fills the last block of a file of `size` bytes.
pub fn padding(size: u64) -> Vec<u8> {
    vec![0; usize::try_from(blocks(size) - size).unwrap_or_default()]
}

/// A `pax` record counts itself.
fn record(name: &str, value: &str) -> String {
    let rest = name.len() + value.len() + 3;
    let mut length = rest + 1;
    while rest + length.to_string().len() != length {
        length += 1;
    }
    format!("{length} {name}={value}\n")
}

fn extended(records: &str, at: i64) -> Vec<u8> {
    if records.is_empty() {
        return Vec::new();
    }
    let size = records.len() as u64;
    let mut all = plain("pax", "", size, at, b'x').to_vec();
    all.extend(records.as_bytes());
    all.extend(padding(size));
    all
}

fn plain(path: &str, to: &str, size: u64, at: i64, kind: u8) -> [u8; 512] {
    let mut head = [0u8; 512];
    let seconds = u64::try_from(at / 1000).unwrap_or_default();
    let mut put = |from: usize, text: &[u8], room: usize| {
        for (place, byte) in head.iter_mut().skip(from).take(room).zip(text) {
            *place = *byte;
        }
    };
    put(0, path.as_bytes(), PATH);
    put(100, b"0000644\0", 8);
    put(108, b"0000000\0", 8);
    put(116, b"0000000\0", 8);
    put(124, format!("{size:011o}\0").as_bytes(), 12);
    put(136, format!("{seconds:011o}\0").as_bytes(), 12);
    put(148, b"        ", 8);
    put(156, &[kind], 1);
    put(157, to.as_bytes(), PATH);
    put(257, b"ustar\x0000", 8);
    let sum: u64 = head.iter().map(|byte| u64::from(*byte)).sum();
    let sum = format!("{sum:06o}\0 ");
    for (place, byte) in head.iter_mut().skip(148).zip(sum.bytes()) {
        *place = byte;
    }
    head
}
