//! `mail`: how mails leave.

use lettre::message::Mailbox;
use serde::{Deserialize, Serialize};

use super::setting::{Kind, Setting};
use super::{ConfigError, Secret, demand};

/// How mails leave.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// Whether mails are sent, or written into the data directory.
    pub transport: MailTransport,
    /// `smtp://…` or `smtps://…` of the server that takes mails, password and all.
    pub smtp_url: Option<Secret>,
    /// Whom mails come from: `cockpit@example.com`, or with a name before it.
    pub from: Option<String>,
    /// Seconds one mail may take to be handed over.
    pub timeout_seconds: u32,
}

/// Where mails go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTransport {
    /// Files in the data directory, for trying things out.
    Files,
    /// A mail server (RFC 5321).
    Smtp,
}

impl Default for Mail {
    fn default() -> Self {
        Self { transport: MailTransport::Files, smtp_url: None, from: None, timeout_seconds: 30 }
    }
}

impl Mail {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let is_smtp = self.transport == MailTransport::Smtp;
        let is_sender = |text: &String| text.parse::<Mailbox>().is_ok();
        demand(
            self.from.as_ref().map_or(!is_smtp, is_sender),
            "mail.from",
            "be an e-mail address like cockpit@example.com or Acme <cockpit@example.com>",
        )?;
        let url = self.smtp_url.as_ref().map(Secret::expose);
        demand(
            url.map_or(!is_smtp, says_whether_encrypted),
            "mail.smtp_url",
            "look like smtps://user:password@host or smtp://user:password@host:587?tls=required; \
             tls=opportunistic and tls=none exist for servers without encryption",
        )?;
        demand((1..=300).contains(&self.timeout_seconds), "mail.timeout_seconds", "be 1 to 300")
    }
}

/// Plain SMTP must say so: a forgotten parameter would send passwords in clear.
fn says_whether_encrypted(url: &str) -> bool {
    let (place, query) = url.split_once('?').unwrap_or((url, ""));
    let has_host = |rest: &str| rest.rsplit('@').next().is_some_and(|host| !host.is_empty());
    match place.split_once("://") {
        Some(("smtps", rest)) => has_host(rest) && query.is_empty(),
        Some(("smtp", rest)) => {
            has_host(rest) && ["tls=required", "tls=opportunistic", "tls=none"].contains(&query)
        }
        _ => false,
    }
}

/// The settings of this section.
pub(super) const SETTINGS: &[Setting] = &[
    Setting::new(
        "mail.transport",
        Kind::Text,
        "files writes mails into the folder mail of the data directory; smtp sends them.",
    ),
    Setting::new(
        "mail.smtp_url",
        Kind::Secret,
        "Server that takes mails: smtps://user:password@host, or smtp://user:password@host:587 with \
         ?tls=required, ?tls=opportunistic or ?tls=none.",
    ),
    Setting::new(
        "mail.from",
        Kind::Text,
        "Whom mails come from: cockpit@example.com, or Acme <cockpit@example.com>.",
    ),
    Setting::new(
        "mail.timeout_seconds",
        Kind::Number,
        "Seconds one mail may take to be handed over before it is tried again later.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn smtp(url: &str, from: &str) -> Mail {
        Mail {
            transport: MailTransport::Smtp,
            smtp_url: Some(Secret::from(url.to_owned())),
            from: Some(from.to_owned()),
            ..Mail::default()
        }
    }

    #[test]
    fn sending_needs_a_sender_and_a_word_about_encryption() {
        assert!(Mail::default().check().is_ok());
        let from = "Acme S.p.A. <cockpit@example.com>";
        for url in ["smtps://a:b@h", "smtp://h:25?tls=none", "smtp://a:b@h/helo?tls=required"] {
            assert!(smtp(url, from).check().is_ok(), "{url}");
        }
        for url in ["smtp://a:b@h", "smtp://?tls=none", "http://h", "smtp://h?tls=maybe", ""] {
            let refusal = smtp(url, from).check().unwrap_err().0;
            assert!(refusal.starts_with("the setting mail.smtp_url must "), "{url}: {refusal}");
        }
        for from in ["", "nobody", "a@b\nBcc: c@d"] {
            assert!(smtp("smtps://h", from).check().is_err(), "{from}");
            let files = Mail { from: Some(from.to_owned()), ..Mail::default() };
            assert!(files.check().is_err(), "{from}");
        }
        assert!(Mail { transport: MailTransport::Smtp, ..Mail::default() }.check().is_err());
    }
}
