//! `http`: how the cockpit is reached, and what it bears.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use serde::{Deserialize, Serialize};

use super::setting::{Kind, Setting};
use super::{ConfigError, Networks, demand};

/// How the cockpit is reached.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Http {
    /// The address it listens on.
    pub listen: SocketAddr,
    /// How the outside reaches it; none when that is `listen`.
    pub public_url: Option<String>,
    /// The prefix of every path but `/api` and `/.well-known`; empty or `/…` without a final slash.
    pub base_path: String,
    /// Whether cookies may travel over plain HTTP to another machine.
    pub insecure_cookies: bool,
    /// Seconds a client has for the head of a request.
    pub header_timeout_seconds: u64,
    /// Seconds until the head of a response must be there.
    pub request_deadline_seconds: u64,
    /// Connections at the same time, in all.
    pub max_connections: usize,
    /// Connections at the same time from one address; loopback and trusted proxies are not counted.
    pub max_connections_per_address: usize,
    /// The largest body of a request, in bytes.
    pub body_limit_bytes: usize,
    /// The largest form with a file that somebody who is signed in may send, in bytes.
    pub upload_limit_bytes: usize,
    /// Proxies whose `X-Forwarded-…` headers are believed.
    pub trusted_proxies: Networks,
}

impl Default for Http {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            base_path: String::new(),
            insecure_cookies: false,
            header_timeout_seconds: 10,
            request_deadline_seconds: 30,
            max_connections: 10_000,
            max_connections_per_address: 100,
            body_limit_bytes: 1024 * 1024,
            upload_limit_bytes: 33 * 1024 * 1024,
            trusted_proxies: Networks::default(),
        }
    }
}

impl Http {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let base = &self.base_path;
        let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.~".contains(c);
        demand(
            base.is_empty()
                || base.starts_with('/')
                    && !base.ends_with('/')
                    && !base.contains("//")
                    && base.chars().all(plain),
            "http.base_path",
            "be empty, or begin with a slash and end without one, like /cockpit",
        )?;
        if let Some(url) = &self.public_url {
            demand(
                is_origin(url),
                "http.public_url",
                "be an origin like https://cockpit.example.com, without a path",
            )?;
        }
        for (seconds, key) in [
            (self.header_timeout_seconds, "http.header_timeout_seconds"),
            (self.request_deadline_seconds, "http.request_deadline_seconds"),
        ] {
            demand((1..=3600).contains(&seconds), key, "be between 1 and 3600")?;
        }
        demand(self.max_connections > 0, "http.max_connections", "be at least 1")?;
        demand(
            self.max_connections_per_address > 0,
            "http.max_connections_per_address",
            "be at least 1",
        )?;
        demand(self.body_limit_bytes >= 1024, "http.body_limit_bytes", "be at least 1024")?;
        demand(self.upload_limit_bytes >= 1024, "http.upload_limit_bytes", "be at least 1024")
    }

    /// Whether the outside reaches it over HTTPS.
    pub fn is_secure(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.starts_with("https://"))
    }

    /// The origin people type: `public_url`, or the address it listens on as this machine reaches it.
    pub fn origin(&self) -> String {
        self.public_url.clone().unwrap_or_else(|| format!("http://{}", self.reachable()))
    }

    /// Where people on this machine reach it.
    pub fn reachable(&self) -> SocketAddr {
        let mut reachable = self.listen;
        if self.listen.ip().is_unspecified() {
            reachable.set_ip(if self.listen.is_ipv4() {
                Ipv4Addr::LOCALHOST.into()
            } else {
                Ipv6Addr::LOCALHOST.into()
            });
        }
        reachable
    }

    /// Whether links that leave by mail lead nowhere but on this machine, though others reach it.
    pub fn leads_astray(&self) -> bool {
        self.public_url.is_none() && self.listen.ip().is_unspecified()
    }
}

/// Whether `url` is scheme and host, with nothing behind them.
pub(super) fn is_origin(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let allowed = |c: char| c.is_ascii_graphic() && !"/;,'\"".contains(c);
    host.is_some_and(|host| !host.is_empty() && host.chars().all(allowed))
}

/// The settings of this section.
pub(super) const SETTINGS: &[Setting] = &[
    Setting::new("http.listen", Kind::Text, "Address and port it listens on."),
    Setting::new(
        "http.public_url",
        Kind::Text,
        "How the outside reaches it, like https://cockpit.example.com; stands in signed tokens.",
    ),
    Setting::new(
        "http.base_path",
        Kind::Text,
        "Prefix of all pages when another cockpit mounts this one, like /crm-host.",
    ),
    Setting::new(
        "http.insecure_cookies",
        Kind::Flag,
        "Lets people sign in over plain HTTP from other machines; only for networks you trust.",
    ),
    Setting::new(
        "http.header_timeout_seconds",
        Kind::Number,
        "Seconds a client has to send the head of a request, and a connection may wait for its next one.",
    ),
    Setting::new(
        "http.request_deadline_seconds",
        Kind::Number,
        "Seconds after which a request that has no answer yet is given up.",
    ),
    Setting::new("http.max_connections", Kind::Number, "Connections at the same time, in all."),
    Setting::new(
        "http.max_connections_per_address",
        Kind::Number,
        "Connections at the same time from one address; loopback and trusted proxies are exempt.",
    ),
    Setting::new("http.body_limit_bytes", Kind::Number, "Largest body of a request, in bytes."),
    Setting::new(
        "http.upload_limit_bytes",
        Kind::Number,
        "Largest form with a file that somebody who is signed in may send, in bytes.",
    ),
    Setting::new(
        "http.trusted_proxies",
        Kind::List,
        "Addresses or networks (10.0.0.0/8) whose X-Forwarded-For is believed.",
    ),
];
