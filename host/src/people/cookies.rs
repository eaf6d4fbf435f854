//! The cookie of a session: what it is called, where it is sent, and whether it can work at all.

use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, HeaderValue};

use crate::config::Http;

/// How the session's cookie is set under one configuration.
///
/// Over https it is `__Host-cockpit`, which no other host can set (RFC 6265bis §4.1.3), or
/// `__Secure-cockpit` when it is confined to a base path. Over plain http browsers refuse both on
/// most addresses, so it is `cockpit`, and only where nobody listens in: on this machine, or where
/// the administrator says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CookieRules {
    name: &'static str,
    path: String,
    secure: bool,
    /// Whether signing in can work.
    pub(crate) usable: bool,
}

impl CookieRules {
    /// The rules of this configuration.
    pub(crate) fn of(http: &Http) -> Self {
        let secure = http.origin().starts_with("https://");
        let path = if http.base_path.is_empty() { "/" } else { http.base_path.as_str() };
        let name = match (secure, path) {
            (true, "/") => "__Host-cockpit",
            (true, _) => "__Secure-cockpit",
            (false, _) => "cockpit",
        };
        let usable = secure || http.insecure_cookies || http.listen.ip().is_loopback();
        Self { name, path: path.to_owned(), secure, usable }
    }

    /// The session's token in the cookies of a request.
    pub(crate) fn read<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        if self.usable { cookie(headers, self.name) } else { None }
    }

    /// Hands the browser the session's token for `seconds`.
    pub(crate) fn set(&self, headers: &mut HeaderMap, token: &str, seconds: i64) {
        self.write(headers, self.name, token, seconds, "; HttpOnly");
    }

    /// Takes the session's token from the browser.
    pub(crate) fn clear(&self, headers: &mut HeaderMap) {
        self.set(headers, "", 0);
    }

    /// The token of who gave his password and owes the second factor, in the cookies of a request.
    pub(crate) fn read_challenge<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        if self.usable { cookie(headers, &self.challenge_name()) } else { None }
    }

    /// Hands the browser that token for `seconds`.
    pub(crate) fn challenge(&self, headers: &mut HeaderMap, token: &str, seconds: i64) {
        self.write(headers, &self.challenge_name(), token, seconds, "; HttpOnly");
    }

    /// Takes that token from the browser.
    pub(crate) fn clear_challenge(&self, headers: &mut HeaderMap) {
        self.challenge(headers, "", 0);
    }

    fn challenge_name(&self) -> String {
        format!("{}-challenge", self.name)
    }

    /// Keeps a preference for a year; nothing secret.
    pub(crate) fn remember(&self, headers: &mut HeaderMap, what: &str, value: &str) {
        self.write(headers, &format!("cockpit-{what}"), value, 31_536_000, "");
    }

    fn write(&self, headers: &mut HeaderMap, name: &str, value: &str, seconds: i64, more: &str) {
        let secure = if self.secure { "; Secure" } else { "" };
        let path = &self.path;
        let cookie =
            format!("{name}={value}; Path={path}; Max-Age={seconds}; SameSite=Lax{more}{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            headers.append(SET_COOKIE, cookie);
        }
    }
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs =
        lines.flat_map(|line| line.split(';')).filter_map(|one| one.trim().split_once('='));
    pairs.find(|(known, value)| *known == name && !value.is_empty()).map(|(_, value)| value)
}

/// A preference the browser kept: `lang` or `theme`.
pub(crate) fn preference<'a>(headers: &'a HeaderMap, what: &str) -> Option<&'a str> {
    cookie(headers, &format!("cockpit-{what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(url: Option<&str>, base_path: &str, listen: &str) -> CookieRules {
        CookieRules::of(&Http {
            public_url: url.map(str::to_owned),
            base_path: base_path.to_owned(),
            listen: listen.parse().expect("an address"),
            ..Http::default()
        })
    }

    fn set(rules: &CookieRules) -> String {
        let mut headers = HeaderMap::new();
        rules.set(&mut headers, "t", 60);
        headers[SET_COOKIE].to_str().expect("text").to_owned()
    }

    #[test]
    fn over_https_no_other_host_can_set_it() {
        let cookie = set(&rules(Some("https://c.example"), "", "0.0.0.0:80"));
        assert_eq!(cookie, "__Host-cockpit=t; Path=/; Max-Age=60; SameSite=Lax; HttpOnly; Secure");
        let cookie = set(&rules(Some("https://c.example"), "/crm", "0.0.0.0:80"));
        assert!(cookie.starts_with("__Secure-cockpit=t; Path=/crm;"), "{cookie}");
    }

    #[test]
    fn over_plain_http_it_works_on_this_machine_only() {
        let here = rules(None, "", "127.0.0.1:8080");
        assert!(here.usable);
        assert_eq!(set(&here), "cockpit=t; Path=/; Max-Age=60; SameSite=Lax; HttpOnly");
        assert!(!rules(None, "", "0.0.0.0:8080").usable);
        assert!(!rules(Some("http://c.example"), "", "192.0.2.1:80").usable);
    }

    #[test]
    fn a_cookie_of_another_name_is_no_session() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=b; cockpit=plain;  x=__Host-cockpit=y"));
        assert_eq!(rules(Some("https://c.example"), "", "0.0.0.0:80").read(&headers), None);
        assert_eq!(rules(None, "", "127.0.0.1:80").read(&headers), Some("plain"));
        assert_eq!(rules(None, "", "0.0.0.0:80").read(&headers), None);
    }
}
