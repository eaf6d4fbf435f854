//! Uncompressed tar (POSIX.1-2001 `ustar`, with `pax` records for what does not fit): files that are
//! read from anywhere, without unpacking what comes before.

mod read;
mod write;

pub use read::{Entry, Unreadable, block};
pub use write::{END, head, link, padding};

/// Everything in a tar begins at a multiple of this, bytes.
pub const BLOCK: u64 = 512;

/// `size` rounded up to whole blocks, bytes.
pub fn blocks(size: u64) -> u64 {
    size.div_ceil(BLOCK).saturating_mul(BLOCK)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a whole tar as whoever has it in memory.
    fn entries(tar: &[u8]) -> Vec<Entry> {
        let mut found = Vec::new();
        let (mut at, mut pax) = (0usize, Vec::new());
        while let Some(head) = tar.get(at..at + 512) {
            let Some(entry) = block(head, &pax).expect("readable") else { break };
            pax.clear();
            let content = at + 512;
            let size = usize::try_from(entry.size).expect("small");
            if entry.is_pax() {
                pax = tar.get(content..content + size).expect("there").to_vec();
            } else {
                found.push(entry.clone());
            }
            at = content + usize::try_from(blocks(entry.size)).expect("small");
        }
        found
    }

    #[test]
    fn what_is_written_is_read() {
        let long = format!("targets/stable/1.0.0/{}.{}.exe", "ab".repeat(32), "n".repeat(180));
        let mut tar = Vec::new();
        for (path, content) in [("manifest.json", &b"{}"[..]), (&*long, &[7; 513][..])] {
            tar.extend(head(path, content.len() as u64, 1_768_471_200_000));
            tar.extend(content);
            tar.extend(padding(content.len() as u64));
        }
        tar.extend(link(&long.replace("stable", "beta"), &long, 0));
        tar.extend(head("big", 9 * 1024 * 1024 * 1024, 0));
        let read = entries(&tar);
        let paths: Vec<_> = read.iter().map(|entry| (entry.path.as_str(), entry.size)).collect();
        let beta = long.replace("stable", "beta");
        assert_eq!(
            paths,
            [("manifest.json", 2), (&long, 513), (&beta, 0), ("big", 9 * 1024 * 1024 * 1024)]
        );
        assert!(read.iter().filter(|entry| entry.is_file()).count() == 3);
        assert_eq!(tar.len() % 512, 0);
    }

    #[test]
    fn a_changed_head_is_refused_and_zeros_end_it() {
        let mut tar = head("a", 1, 0);
        assert!(block(&END[..512], &[]).expect("zeros").is_none());
        tar[0] = b'b';
        assert_eq!(block(&tar, &[]), Err(Unreadable));
        assert_eq!(block(&tar[..100], &[]), Err(Unreadable));
    }
}
