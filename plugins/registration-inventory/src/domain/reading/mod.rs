//! From the bytes that software sends to a [`Report`]: whatever can be read is, the rest is flagged.
//!
//! Only what names no software is refused. Neither the form of a body nor its encoding has to be what
//! its content type says.

mod body;
mod fields;
mod form;
mod json;
mod multipart;
mod names;
pub mod number;
mod text;

use std::borrow::Cow;

use super::{Flag, Report};
use fields::Fields;

/// A report that was read, and what it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What could be read.
    pub report: Report,
    /// The body, or the query where there is no body, as it came: decoded and otherwise unchanged.
    pub payload: String,
}

/// Why nothing was made of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It is neither JSON nor a form.
    Malformed,
    /// It does not say which software it is of.
    Nameless,
}

impl Unreadable {
    /// Its stable code; the text is `problem-<codice>`.
    pub fn codice(self) -> &'static str {
        match self {
            Self::Malformed => "corpo_non_leggibile",
            Self::Nameless => "nome_software_mancante",
        }
    }

    /// The field that is wrong, as a JSON pointer (RFC 6901), and the key of the text about it.
    pub fn field(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Malformed => None,
            Self::Nameless => Some(("/nome_software", "field-nome-software-mancante")),
        }
    }
}

/// The flags of one report.
#[derive(Debug, Default)]
struct Flags(Vec<Flag>);

impl Flags {
    fn set(&mut self, flag: Flag) {
        if !self.0.contains(&flag) {
            self.0.push(flag);
        }
    }
}

/// What the body broke off or is no form of anything.
#[derive(Debug)]
struct Broken;

/// Reads a request: its body, else its query. At most 64 KiB, which whoever calls sees to.
pub fn read(
    body: &[u8],
    content_type: Option<&str>,
    query: Option<&str>,
) -> Result<Reading, Unreadable> {
    let mut flags = Flags::default();
    let body = body::decoded(body, content_type, &mut flags);
    let query = query.unwrap_or_default();
    let blank = |c: char| c.is_whitespace() || c == '\0';
    let has_body = !body.trim_matches(blank).is_empty();
    let text = if has_body { body } else { Cow::Borrowed(query) };
    let trimmed = text.trim_matches(blank);
    // A JSON text within a JSON text comes from programs that encode twice.
    let inner = trimmed.starts_with('"').then(|| json::text(trimmed, &mut flags)).flatten();
    let trimmed = inner.as_deref().map_or(trimmed, str::trim);

    let mut fields = Fields::default();
    let read = if trimmed.starts_with(['{', '[']) {
        json::read(trimmed, &mut fields, &mut flags)
    } else if trimmed.starts_with("--") {
        multipart::read(trimmed, &mut fields, &mut flags)
    } else {
        form::read(trimmed, &mut fields, &mut flags)
    };
    if has_body && !query.is_empty() {
        // The address fills in what the body leaves open; one that is no form says nothing.
        let mut more = Fields::default();
        if form::read(query, &mut more, &mut flags).is_ok() {
            fields.fill_in(more);
        }
    }
    match (fields.into_report(flags, read.is_err()), read) {
        (Some(report), _) => Ok(Reading { report, payload: text.into_owned() }),
        (None, Ok(())) => Err(Unreadable::Nameless),
        (None, Err(Broken)) => Err(Unreadable::Malformed),
    }
}

#[cfg(test)]
mod tests;
