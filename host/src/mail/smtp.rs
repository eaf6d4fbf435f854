//! Mails to a mail server (RFC 5321).

use std::time::Duration;

use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{AsyncSmtpTransportBuilder, Error};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use tokio::time::timeout;

use super::transport::Refusal;
use crate::config::{Config, Secret};

type Connector = AsyncSmtpTransport<Tokio1Executor>;

/// Replies about who we are, not about the mail (RFC 4954 §6): they end when somebody corrects the
/// settings, so no mail is given up for them at once.
const ABOUT_US: [u16; 4] = [530, 534, 535, 538];

/// A mail server.
pub(super) struct Smtp {
    /// The way to it, or why there is none.
    connector: Result<Connector, String>,
    patience: Duration,
}

impl Smtp {
    /// As the settings say.
    pub(super) fn of(config: &Config) -> Self {
        let patience = Duration::from_secs(config.mail.timeout_seconds.into());
        let url = config.mail.smtp_url.as_ref().map_or("", Secret::expose);
        let connector = builder(url, public_host(config))
            .map(|builder| builder.timeout(Some(patience)).build())
            .map_err(|error| format!("the setting mail.smtp_url cannot be used: {error}"));
        if let Err(error) = &connector {
            tracing::error!(error, "No mail can be sent.");
        }
        Self { connector, patience }
    }

    pub(super) async fn send(&self, message: &Message) -> Result<(), Refusal> {
        let connector = self.connector.as_ref().map_err(Refusal::for_now)?;
        match timeout(self.patience, connector.send(message.clone())).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(refusal(&error)),
            Err(_) => Err(Refusal::for_now("the mail server took too long")),
        }
    }
}

/// What we are called outside, to greet the server with.
fn public_host(config: &Config) -> Option<&str> {
    let url = config.http.public_url.as_deref()?;
    let host = url.split_once("://")?.1.split(':').next()?;
    let is_name = host.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c));
    (is_name && !host.is_empty()).then_some(host)
}

/// `host` is what we are called when the address names nothing else.
fn builder(url: &str, host: Option<&str>) -> Result<AsyncSmtpTransportBuilder, Error> {
    // lettre knows plain SMTP as the absence of the parameter.
    let url = url.strip_suffix("?tls=none").unwrap_or(url);
    let builder = Connector::from_url(url)?;
    let place = url.split_once("://").map_or("", |(_, rest)| rest.split('?').next().unwrap_or(""));
    let names_us = place.split_once('/').is_some_and(|(_, name)| !name.is_empty());
    Ok(match host {
        Some(host) if !names_us => builder.hello_name(ClientId::Domain(host.to_owned())),
        _ => builder,
    })
}

fn refusal(error: &Error) -> Refusal {
    let code = error.status().map(u16::from);
    let is_final = error.is_permanent() && !code.is_some_and(|code| ABOUT_US.contains(&code));
    // The cause stands in the sources: refused connections, certificates, replies.
    let mut reason = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !reason.contains(&cause_text) {
            reason = format!("{reason}: {cause_text}");
        }
        source = cause.source();
    }
    Refusal { reason: super::compose::one_line(&reason, 500), is_final }
}
