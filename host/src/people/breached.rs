//! Passwords others have used before: a short list of our own, and a file of hashes one can install.

use std::cmp::Ordering;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Seek as _, SeekFrom};
use std::path::Path;

use plugin_api::table::fold;
use sha1::{Digest as _, Sha1};

/// The most common passwords that are long enough, folded, one a line.
const COMMON: &str = include_str!("common-passwords.txt");

/// How long a SHA-1 is in hexadecimal.
const HASH: usize = 40;

/// Whether everybody who guesses tries `password` first.
pub(super) fn is_common(password: &str) -> bool {
    let folded = fold(password);
    COMMON.lines().any(|common| common == folded) || is_monotonous(&folded)
}

/// `aaaaaaaaaaaa`, `abababababab`, `123456789012`: nothing but a repetition or one long run.
fn is_monotonous(folded: &str) -> bool {
    let letters: Vec<u32> = folded.chars().map(u32::from).collect();
    let beside = |every: usize| letters.iter().copied().zip(letters.iter().copied().skip(every));
    let follows = |a: u32, b: u32| b == a + 1 || (a, b) == (u32::from('9'), u32::from('0'));
    (1..=3).any(|every| beside(every).all(|(a, b)| a == b))
        || beside(1).all(|(a, b)| follows(a, b))
        || beside(1).all(|(a, b)| follows(b, a))
}

/// Whether `file` lists the SHA-1 of `password`. The file is the "Pwned Passwords" download of
/// <https://haveibeenpwned.com/Passwords>, ordered by hash: lines `HASH:COUNT`, upper case. It has
/// some 40 GB, so it is searched where it lies.
pub(super) fn is_listed(file: &Path, password: &str) -> io::Result<bool> {
    let hash = plugin_api::hex(&Sha1::digest(password.as_bytes())).to_ascii_uppercase();
    let file = File::open(file)?;
    let (mut low, mut high) = (0, file.metadata()?.len());
    let mut reader = BufReader::with_capacity(256, file);
    while low < high {
        let middle = u64::midpoint(low, high);
        let (start, line) = line_after(&mut reader, middle)?;
        if start >= high {
            high = middle;
            continue;
        }
        let found = line.get(..HASH).unwrap_or_default().to_ascii_uppercase();
        match found.as_slice().cmp(hash.as_bytes()) {
            Ordering::Equal => return Ok(true),
            Ordering::Less => low = start + line.len() as u64,
            Ordering::Greater => high = middle,
        }
    }
    Ok(false)
}

/// The first line that begins at `offset` or later, with where it begins.
fn line_after(reader: &mut BufReader<File>, offset: u64) -> io::Result<(u64, Vec<u8>)> {
    let (mut start, mut line) = (offset, Vec::new());
    if let Some(before) = offset.checked_sub(1) {
        reader.seek(SeekFrom::Start(before))?;
        start = before + reader.read_until(b'\n', &mut line)? as u64;
        line.clear();
    } else {
        reader.seek(SeekFrom::Start(0))?;
    }
    reader.read_until(b'\n', &mut line)?;
    Ok((start, line))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn what_everybody_tries_is_known() {
        for common in ["Password1234", "PASSWORDPASSWORD", "xxxxxxxxxxxxxx", "abcabcabcabcabc"] {
            assert!(is_common(common), "{common}");
        }
        assert!(
            is_common("1234567890123") && is_common("987654321098") && is_common("abcdefghijklm")
        );
        for fine in ["correct horse battery", "long-enough-123", "àèìòùé e altro ancora"] {
            assert!(!is_common(fine), "{fine}");
        }
    }

    #[test]
    fn a_listed_password_is_found_wherever_it_stands() {
        let folder = tempfile::tempdir().expect("a folder");
        for ending in ["\r\n", "\n"] {
            for count in [0_usize, 1, 2, 3, 100] {
                let words: Vec<String> =
                    (0..count).map(|n| format!("listed password {n}")).collect();
                let mut hashes: Vec<String> = words
                    .iter()
                    .map(|word| plugin_api::hex(&Sha1::digest(word.as_bytes())).to_uppercase())
                    .collect();
                hashes.sort();
                let mut text = String::new();
                for (n, hash) in hashes.iter().enumerate() {
                    let _ = write!(text, "{hash}:{}{ending}", n * n);
                }
                let file = folder.path().join("breached.txt");
                std::fs::write(&file, text).expect("written");
                for word in &words {
                    assert!(is_listed(&file, word).expect("readable"), "{word} of {count}");
                }
                for n in 0..50 {
                    assert!(!is_listed(&file, &format!("other {n}")).expect("readable"));
                }
            }
        }
        assert!(is_listed(&folder.path().join("missing"), "x").is_err());
    }
}
