//! A line of the settings reference.

/// What a setting holds, which decides how the text of an environment variable is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text as it stands.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Flag,
    /// Several texts; separated by commas in an environment variable.
    List,
    /// Text that is never shown; also accepted as the path of a file, in the variable `…_FILE`.
    Secret,
}

/// A setting as the reference describes it.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Its name, `section.name`.
    pub key: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it means, in one sentence.
    pub text: &'static str,
}

impl Setting {
    /// A setting.
    pub(super) const fn new(key: &'static str, kind: Kind, text: &'static str) -> Self {
        Self { key, kind, text }
    }

    /// The environment variable that sets it.
    pub fn variable(&self) -> String {
        format!("{PREFIX}{}", self.key.replace('.', "__").to_uppercase())
    }
}

/// What the names of all environment variables of the cockpit begin with.
pub(super) const PREFIX: &str = "COCKPIT_";
