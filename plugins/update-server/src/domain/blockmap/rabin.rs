//! The Rabin fingerprint of the last 64 bytes, as github.com/aclements/go-rabin computes it.

/// Bytes that decide where a block ends.
pub(super) const WINDOW: usize = 64;

/// Irreducible over GF(2), of degree 63.
const POLYNOMIAL: u64 = 0xbfe6_b8a5_bf37_8d83;
/// A remainder has degree 62 at most.
const REMAINDER: u64 = (1 << 63) - 1;
/// What the byte that leaves the top of the fingerprint adds to its remainder: `i * x^63 mod p`.
const PUSH: [u64; 256] = multiples(63);
/// What a byte contributes once it is as old as the window: `i * x^(8 * 63) mod p`.
const POP: [u64; 256] = multiples(8 * 63);

const fn multiples(power: u32) -> [u64; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut remainder = byte as u64;
        let mut step = 0;
        while step < power {
            remainder <<= 1;
            if remainder & !REMAINDER != 0 {
                remainder ^= POLYNOMIAL;
            }
            step += 1;
        }
        table[byte] = remainder;
        byte += 1;
    }
    table
}

/// A fingerprint that slides over a file.
pub(super) struct Rabin {
    hash: u64,
    window: [u8; WINDOW],
    oldest: usize,
}

impl Default for Rabin {
    fn default() -> Self {
        Self { hash: 0, window: [0; WINDOW], oldest: 0 }
    }
}

impl Rabin {
    /// Takes a byte in and lets the oldest go. A window of zeros counts as empty.
    #[inline]
    pub(super) fn slide(&mut self, byte: u8) -> u64 {
        let left = std::mem::replace(&mut self.window[self.oldest % WINDOW], byte);
        self.oldest = (self.oldest + 1) % WINDOW;
        self.hash ^= POP[usize::from(left)];
        let top = (self.hash >> 55).to_le_bytes()[0];
        self.hash = (((self.hash << 8) | u64::from(byte)) & REMAINDER) ^ PUSH[usize::from(top)];
        self.hash
    }
}
