//! Names of channels, versions and files that every TUF client reads, asks for and signs alike.

/// Whether a channel, a version or a file may be called so in signed metadata: printable ASCII without
/// what patterns, addresses and file systems take for something else.
pub fn is_part(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b" ._+-~()@,=!'&;$".contains(&byte);
    !name.is_empty() && name != "." && name != ".." && name.bytes().all(is_plain)
}

/// Whether a channel may be a delegated role: not called as a role of the top level.
pub fn is_channel(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    is_part(name)
        && name.bytes().all(is_plain)
        && !super::role::Role::ALL.into_iter().any(|role| role.name() == name)
}

/// The name of a file in signed metadata.
pub fn target(channel: &str, version: &str, file: &str) -> String {
    format!("{channel}/{version}/{file}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_clients_would_read_differently_are_refused() {
        for name in ["app-1.0.0+5.AppImage", "Acme Setup (x64) 1.0.exe", "~a"] {
            assert!(is_part(name), "{name}");
        }
        for name in ["", ".", "..", "a/b", "a\\b", "a*", "a?b", "a%20b", "caffè", "a\nb", "a#b"] {
            assert!(!is_part(name), "{name}");
        }
        assert!(is_channel("stable") && is_channel("beta.2") && !is_channel("nightly builds"));
        assert!(["root", "targets", "snapshot", "timestamp"].into_iter().all(|n| !is_channel(n)));
    }
}
