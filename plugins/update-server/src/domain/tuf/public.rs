//! Public keys as people have them at hand: hexadecimal, OpenSSH, PEM.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use plugin_api::hex;

use super::key::PublicKey;

/// What stands before the 32 bytes in a `SubjectPublicKeyInfo` of Ed25519 (RFC 8410 §4).
const SPKI: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
/// What stands before them in a key of OpenSSH (RFC 8709 §4).
const SSH: &[u8] = b"\0\0\0\x0bssh-ed25519\0\0\0\x20";

/// Reads keys: one a line as 64 hexadecimal digits or as `ssh-ed25519 …`, or blocks of PEM. The error
/// is the number of the first line that is none, from 1.
pub fn read(text: &str) -> Result<Vec<PublicKey>, usize> {
    let mut keys = Vec::new();
    let mut block: Option<(usize, String)> = None;
    for (line, at) in text.lines().map(str::trim).zip(1..) {
        if line == "-----BEGIN PUBLIC KEY-----" && block.is_none() {
            block = Some((at, String::new()));
        } else if line == "-----END PUBLIC KEY-----" {
            let (begin, base64) = block.take().ok_or(at)?;
            keys.push(after(&base64, &SPKI).ok_or(begin)?);
        } else if let Some((_, base64)) = &mut block {
            base64.push_str(line);
        } else if let Some(rest) = line.strip_prefix("ssh-ed25519 ") {
            let base64 = rest.split_whitespace().next().unwrap_or_default();
            keys.push(after(base64, SSH).ok_or(at)?);
        } else if !line.is_empty() {
            keys.push(PublicKey::of_hex(line).ok_or(at)?);
        }
    }
    block.map_or(Ok(keys), |(begin, _)| Err(begin))
}

/// The key that follows `prefix`.
fn after(base64: &str, prefix: &[u8]) -> Option<PublicKey> {
    PublicKey::of_hex(&hex(STANDARD.decode(base64).ok()?.strip_prefix(prefix)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first key of RFC 8032 §7.1, as `openssl pkey -pubout` and `ssh-keygen -y` write it.
    const HEX: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    const PEM: &str = "-----BEGIN PUBLIC KEY-----\n\
        MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n\
        -----END PUBLIC KEY-----";
    const SSH_LINE: &str = "ssh-ed25519 \
        AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea ann@example.com";

    #[test]
    fn every_form_of_a_key_is_the_same_key() {
        for text in [HEX, PEM, SSH_LINE, &format!("\n  {}  \r\n", HEX.to_uppercase())] {
            let keys = read(text).expect("readable");
            assert_eq!(keys.iter().map(PublicKey::hex).collect::<Vec<_>>(), [HEX], "{text}");
        }
        let all = [HEX, "", PEM, SSH_LINE].join("\r\n");
        assert_eq!(read(&all).map(|keys| keys.len()), Ok(3));
        assert_eq!(read("").map(|keys| keys.len()), Ok(0));
    }

    #[test]
    fn the_line_that_is_no_key_is_named() {
        let cut = PEM.replace("HURo=", "");
        let open = "-----BEGIN PUBLIC KEY-----\nMCow";
        for (text, line) in [
            ("zz".to_owned(), 1),
            (format!("{HEX}\n\n{HEX}00"), 3),
            (format!("{HEX}\n{cut}"), 2),
            (format!("{HEX}\n{open}"), 2),
            ("-----END PUBLIC KEY-----".to_owned(), 1),
            ("ssh-ed25519".to_owned(), 1),
            ("ssh-ed25519 AAAA".to_owned(), 1),
            (format!("ssh-rsa {HEX}"), 1),
        ] {
            assert_eq!(read(&text), Err(line), "{text}");
        }
    }
}
