//! A short state word with a colour.

use askama::Template;
use askama::filters::HtmlSafe;

/// What a colour says; the text beside it must say it too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Ok,
    /// Needs attention soon.
    Warn,
    /// Wrong, refused, lost.
    Bad,
    /// Worth knowing.
    Info,
    /// No judgement.
    #[default]
    Neutral,
}

impl Tone {
    /// The CSS class of this tone.
    pub fn class(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Info => "info",
            Self::Neutral => "neutral",
        }
    }

    /// The icon that goes with this tone.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Ok => "check",
            Self::Warn | Self::Bad => "alert",
            Self::Info | Self::Neutral => "info",
        }
    }
}

/// A short state word with a colour.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "components/badge.html")]
pub struct Badge {
    tone: Tone,
    text: String,
}

impl Badge {
    /// A badge that says `text`.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into() }
    }
}

impl HtmlSafe for Badge {}
