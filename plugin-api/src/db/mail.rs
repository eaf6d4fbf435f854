//! A mail as the code that causes it says it; the host writes it in both forms and sends it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A mail that leaves after the commit, at least once.
///
/// It carries words, not markup: the host renders text and HTML from its own templates, so that no
/// text of somebody's can become a header or a script.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Mail {
    /// What it is about, `noun.past_participle`: `user.invited`. Lists filter by it.
    pub kind: String,
    /// The e-mail address it goes to.
    pub to: String,
    /// The name of whom it goes to; may be empty.
    pub to_name: String,
    /// The branch it belongs to: who sees it in the list of mails.
    pub organisation_id: String,
    /// The subject, in the language of whom it goes to.
    pub subject: String,
    /// The text, a paragraph each.
    pub paragraphs: Vec<String>,
    /// What to do next, shown as a button.
    pub link: Option<MailLink>,
    /// Whether its text lets whoever reads it in: it is blanked once an SMTP server took it.
    pub secret: bool,
    /// A mail with the same key is written only once; empty for none.
    pub unique_key: String,
}

/// What it is and where it goes; its words may let whoever reads them in.
impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut mail = f.debug_struct("Mail");
        mail.field("kind", &self.kind).field("to", &self.to).finish_non_exhaustive()
    }
}

/// A link of a mail; no `Debug`, because its path may hold what lets whoever reads it in.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MailLink {
    /// What the button says.
    pub label: String,
    /// Where it leads: a path of the cockpit beginning with `/`. The host makes it absolute.
    pub path: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_does_not_tell_what_lets_somebody_in() {
        let path = "/reset?token=canary".to_owned();
        let mail = Mail {
            paragraphs: vec!["canary".to_owned()],
            link: Some(MailLink { label: String::new(), path }),
            ..Mail::default()
        };
        assert!(!format!("{mail:?}").contains("canary"));
    }
}
