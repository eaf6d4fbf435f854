//! Where mails go: into files, or to a mail server.

use lettre::Message;
use lettre::message::header::ContentTransferEncoding;

use super::files::Files;
use super::smtp::Smtp;
use crate::config::{Config, MailTransport};

/// Where mails go.
pub(super) enum Transport {
    Files(Files),
    Smtp(Smtp),
}

/// Why a mail was not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// One sentence; never a secret.
    pub(super) reason: String,
    /// Whether trying again is of no use.
    pub(super) is_final: bool,
}

impl Refusal {
    pub(super) fn for_good(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), is_final: true }
    }

    pub(super) fn for_now(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), is_final: false }
    }
}

impl Transport {
    /// As the settings say.
    pub(super) fn of(config: &Config) -> Self {
        match config.mail.transport {
            MailTransport::Files => Self::Files(Files::of(config)),
            MailTransport::Smtp => Self::Smtp(Smtp::of(config)),
        }
    }

    /// How letters beyond ASCII are written: readable in a file, safe on any way through the net.
    pub(super) fn encoding(&self) -> ContentTransferEncoding {
        match self {
            Self::Files(_) => ContentTransferEncoding::EightBit,
            Self::Smtp(_) => ContentTransferEncoding::QuotedPrintable,
        }
    }

    /// Whether the words of secret mails stay in the database: files are for trying things out.
    pub(super) fn keeps_secrets(&self) -> bool {
        matches!(self, Self::Files(_))
    }

    /// Hands `message` over.
    pub(super) async fn send(&self, message: &Message) -> Result<(), Refusal> {
        match self {
            Self::Files(files) => files.send(message).await,
            Self::Smtp(smtp) => smtp.send(message).await,
        }
    }

    /// What became of `message`, for whoever tries his settings out.
    pub(super) fn told(&self, message: &Message) -> String {
        match self {
            Self::Files(files) => format!("Written to {}.", files.path(message).display()),
            Self::Smtp(_) => "The mail server took it.".to_owned(),
        }
    }
}
