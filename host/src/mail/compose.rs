//! A mail as it is sent: text and HTML side by side (RFC 2046 §5.1.4), every header typed.

use std::time::{Duration, UNIX_EPOCH};

use askama::Template;
use lettre::message::header::{
    ContentTransferEncoding, ContentType, HeaderName, HeaderValue, Subject,
};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use plugin_api::db::{Mail, MailLink};

use super::letterhead::Letterhead;
use super::transport::Refusal;

/// The longest subject, in letters; programs cut longer ones.
const SUBJECT: usize = 200;
/// The longest name of a person, in letters.
const NAME: usize = 100;
/// The longest address of the web a link may have, bytes.
const LINK: usize = 2000;
/// The longest line of a message, bytes (RFC 5322 §2.1.1).
const LINE: usize = 998;
/// The longest text, bytes; a mail has no attachments.
const TEXT: usize = 256 * 1024;

#[derive(Template)]
#[template(path = "mail/message.txt")]
struct Text<'a> {
    paragraphs: &'a [String],
    button: Option<&'a Button>,
    company: &'a str,
    origin: &'a str,
}

#[derive(Template)]
#[template(path = "mail/message.html")]
struct Html<'a> {
    subject: &'a str,
    paragraphs: &'a [String],
    button: Option<&'a Button>,
    company: &'a str,
    origin: &'a str,
}

struct Button {
    label: String,
    href: String,
}

/// The message `mail` becomes, the same one every time: a receiver that gets it twice can tell by
/// its id. A mail that can never be sent is refused for good.
pub(super) fn message(
    letterhead: &Letterhead,
    mail: &Mail,
    id: &str,
    at: i64,
    preferred: ContentTransferEncoding,
) -> Result<Message, Refusal> {
    let to = recipient(mail)?;
    let subject = one_line(&mail.subject, SUBJECT);
    let paragraphs: Vec<String> = mail.paragraphs.iter().map(|text| lines(text)).collect();
    if paragraphs.iter().map(String::len).sum::<usize>() > TEXT {
        return Err(Refusal::for_good("the text is too long for a mail"));
    }
    let button = mail.link.as_ref().map(|link| button(letterhead, link)).transpose()?;
    let (company, origin) = (letterhead.company.as_str(), letterhead.origin.as_str());
    let (paragraphs, button) = (paragraphs.as_slice(), button.as_ref());
    let text = Text { paragraphs, button, company, origin }.render();
    let html = Html { subject: &subject, paragraphs, button, company, origin }.render();
    let (text, html) = (text.map_err(unwritable)?, html.map_err(unwritable)?);
    let alternatives = MultiPart::alternative()
        .boundary(format!("part-{id}"))
        .singlepart(part(ContentType::TEXT_PLAIN, &text, preferred))
        .singlepart(part(ContentType::TEXT_HTML, &html, preferred));
    let seconds = u64::try_from(at / 1000).unwrap_or_default();
    Message::builder()
        .from(letterhead.from.clone())
        .to(to)
        .header(Subject::from(subject))
        .date(UNIX_EPOCH + Duration::from_secs(seconds))
        .message_id(Some(letterhead.message_id(id)))
        .raw_header(automatic())
        .multipart(alternatives)
        .map_err(unwritable)
}

/// Whether a link leads to a path of ours; anything else must not look as if it came from us.
pub(crate) fn is_ours(link: &MailLink) -> bool {
    let path = &link.path;
    path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= LINK
        && !path.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\')
}

/// Nobody's program should answer it (RFC 3834).
fn automatic() -> HeaderValue {
    let name = HeaderName::new_from_ascii_str("Auto-Submitted");
    HeaderValue::new(name, "auto-generated".to_owned())
}

fn recipient(mail: &Mail) -> Result<Mailbox, Refusal> {
    // Parsed as it is, not cleaned: a changed address could be somebody else's.
    let address: Address = mail.to.parse().map_err(|error| {
        Refusal::for_good(format!("the recipient's address cannot be used: {error}"))
    })?;
    let name = one_line(&mail.to_name, NAME);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), address))
}

fn button(letterhead: &Letterhead, link: &MailLink) -> Result<Button, Refusal> {
    if !is_ours(link) {
        return Err(Refusal::for_good("its link is no path of this cockpit"));
    }
    Ok(Button { label: one_line(&link.label, NAME), href: letterhead.address(&link.path) })
}

fn part(kind: ContentType, text: &str, preferred: ContentTransferEncoding) -> SinglePart {
    let text = text.replace("\r\n", "\n");
    let is_short = text.lines().all(|line| line.len() <= LINE);
    let body = if preferred == ContentTransferEncoding::EightBit && is_short {
        Body::dangerous_pre_encoded(text.replace('\n', "\r\n").into_bytes(), preferred)
    } else {
        let encoded = |encoding| Body::new_with_encoding(text.clone(), encoding);
        encoded(ContentTransferEncoding::SevenBit)
            .or_else(|_| encoded(ContentTransferEncoding::QuotedPrintable))
            .unwrap_or_else(Body::new)
    };
    SinglePart::builder().content_type(kind).body(body)
}

/// `text` in one line of at most `longest` letters, so that it can never become a header.
pub(super) fn one_line(text: &str, longest: usize) -> String {
    let text: String = text.chars().map(|c| if breaks(c) { ' ' } else { c }).collect();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(longest).collect::<String>().trim_end().to_owned()
}

/// `text` with its line breaks, and no other control character.
fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars().map(|c| if c != '\n' && breaks(c) { ' ' } else { c }).collect()
}

/// Control characters, and the separators that some programs take for the end of a line.
fn breaks(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

fn unwritable(error: impl std::fmt::Display) -> Refusal {
    Refusal::for_good(format!("the mail cannot be written: {error}"))
}
