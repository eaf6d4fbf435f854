//! Where a form may lead back to: a page of this cockpit, never another site.

/// `path` when it is a path of this site, else `/`. A browser reads `//host`, `/\host` and
/// `/<tab>/host` as another site, and drops control characters before it looks.
pub fn local_path(path: &str) -> &str {
    let is_local = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', '#'])
        && !path.chars().any(char::is_control)
        && path.len() <= 2000;
    if is_local && path.is_ascii() { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_this_cockpit_are_led_to() {
        for path in ["/", "/crm/licences?state=attiva&q=a%20b", "/x/../y"] {
            assert_eq!(local_path(path), path);
        }
    }

    #[test]
    fn other_sites_are_not() {
        for path in [
            "//evil",
            "/\\evil",
            "\\\\evil",
            "https://evil",
            "evil",
            "",
            "/\t/evil",
            "/\n/evil",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: x=1",
            "/\u{a0}/evil",
            "/\0",
        ] {
            assert_eq!(local_path(path), "/", "{path:?}");
        }
    }
}
