//! One question of a form: its label, control, hint and error, tied together.

use askama::Template;
use askama::filters::HtmlSafe;

use super::{FormErrors, field_id};

/// One question of a form.
#[derive(Debug, Clone, Template)]
#[template(path = "components/field.html")]
pub struct Field {
    kind: Kind,
    name: String,
    id: String,
    label: String,
    hint: String,
    error: Option<String>,
    values: Vec<String>,
    choices: Vec<Choice>,
    attributes: Vec<(&'static str, String)>,
    required: bool,
    mono: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Input(&'static str),
    Textarea,
    Select,
    Checkbox,
    Checkboxes,
    Radios,
}

#[derive(Debug, Clone)]
struct Choice {
    value: String,
    text: String,
    hint: String,
}

impl Field {
    fn new(kind: Kind, name: impl Into<String>, label: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            kind,
            id: field_id(&name),
            name,
            label: label.into(),
            hint: String::new(),
            error: None,
            values: Vec::new(),
            choices: Vec::new(),
            attributes: Vec::new(),
            required: false,
            mono: false,
        }
    }

    /// A line of text.
    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Input("text"), name, label)
    }

    /// An e-mail address.
    pub fn email(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Input("email"), name, label).autocomplete("email")
    }

    /// A whole number.
    pub fn number(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Input("number"), name, label).inputmode("numeric")
    }

    /// A day, sent as `YYYY-MM-DD`.
    pub fn date(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Input("date"), name, label)
    }

    /// A secret; its value is never printed back.
    pub fn password(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Input("password"), name, label)
    }

    /// Words to search for.
    pub fn search(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Input("search"), name, label).autocomplete("off")
    }

    /// A file to upload; the form must be `enctype="multipart/form-data"`.
    pub fn file(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Input("file"), name, label)
    }

    /// Text of several lines.
    pub fn textarea(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Textarea, name, label).attribute("rows", "4")
    }

    /// One of many, from a drop-down; add the [`Field::option`]s.
    pub fn select(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Select, name, label)
    }

    /// Yes or no: sends `name=true` when checked, nothing otherwise.
    pub fn checkbox(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Checkbox, name, label)
    }

    /// Any number of the [`Field::option`]s, each sent as `name=value`.
    pub fn checkboxes(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Checkboxes, name, label)
    }

    /// One of a few that are worth explaining: cards with the [`Field::option`]s.
    pub fn radios(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Radios, name, label)
    }

    /// What the field holds, or which option is chosen.
    #[must_use]
    pub fn value(self, value: impl Into<String>) -> Self {
        self.values([value])
    }

    /// Which options are chosen.
    #[must_use]
    pub fn values<T: Into<String>>(mut self, values: impl IntoIterator<Item = T>) -> Self {
        self.values = values.into_iter().map(Into::into).collect();
        self
    }

    /// Whether a [`Field::checkbox`] is checked.
    #[must_use]
    pub fn checked(self, checked: bool) -> Self {
        self.values(checked.then_some("true"))
    }

    /// One more option.
    #[must_use]
    pub fn option(self, value: impl Into<String>, text: impl Into<String>) -> Self {
        self.option_with_hint(value, text, "")
    }

    /// One more option with a sentence that explains it (not shown in a drop-down).
    #[must_use]
    pub fn option_with_hint(
        mut self,
        value: impl Into<String>,
        text: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        let (value, text, hint) = (value.into(), text.into(), hint.into());
        self.choices.push(Choice { value, text, hint });
        self
    }

    /// Says what to write, before it is written.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hint = text.into();
        self
    }

    /// Shows what these errors say about this field.
    #[must_use]
    pub fn errors(mut self, errors: &FormErrors) -> Self {
        self.error = errors.of(&self.name).map(str::to_owned);
        self
    }

    /// Shows an error.
    #[must_use]
    pub fn error(mut self, message: impl Into<String>) -> Self {
        self.error = Some(message.into());
        self
    }

    /// The form cannot be sent without it.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// In fixed-width letters: keys and codes.
    #[must_use]
    pub fn mono(mut self) -> Self {
        self.mono = true;
        self.attribute("spellcheck", "false").attribute("autocapitalize", "off")
    }

    /// What a browser may fill in (the HTML tokens: `email`, `organization`, `new-password`).
    #[must_use]
    pub fn autocomplete(self, token: impl Into<String>) -> Self {
        self.attribute("autocomplete", token)
    }

    /// Which on-screen keyboard to show: `numeric`, `decimal`, `email`, `url`.
    #[must_use]
    pub fn inputmode(self, mode: impl Into<String>) -> Self {
        self.attribute("inputmode", mode)
    }

    /// The smallest number allowed.
    #[must_use]
    pub fn min(self, min: i64) -> Self {
        self.attribute("min", min.to_string())
    }

    /// The largest number allowed.
    #[must_use]
    pub fn max(self, max: i64) -> Self {
        self.attribute("max", max.to_string())
    }

    /// The first day allowed, `YYYY-MM-DD`.
    #[must_use]
    pub fn earliest(self, day: impl Into<String>) -> Self {
        self.attribute("min", day)
    }

    /// The last day allowed, `YYYY-MM-DD`.
    #[must_use]
    pub fn latest(self, day: impl Into<String>) -> Self {
        self.attribute("max", day)
    }

    /// At most so many characters.
    #[must_use]
    pub fn maxlength(self, characters: usize) -> Self {
        self.attribute("maxlength", characters.to_string())
    }

    /// Lines of a text area.
    #[must_use]
    pub fn rows(self, rows: usize) -> Self {
        self.attribute("rows", rows.to_string())
    }

    /// Several files may be chosen.
    #[must_use]
    pub fn multiple(self) -> Self {
        self.attribute("multiple", "multiple")
    }

    /// Shown and sent, but not to be changed.
    #[must_use]
    pub fn readonly(self) -> Self {
        self.attribute("readonly", "readonly")
    }

    /// Takes the focus when the page opens; for pages that are one form.
    #[must_use]
    pub fn autofocus(self) -> Self {
        self.attribute("autofocus", "autofocus")
    }

    /// Another id than the one made of the name, when two forms of a page share names.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }

    fn attribute(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.retain(|(known, _)| *known != name);
        self.attributes.push((name, value.into()));
        self
    }

    fn current(&self) -> &str {
        match self.kind {
            Kind::Input("password" | "file") => "",
            _ => self.values.first().map_or("", String::as_str),
        }
    }

    fn has(&self, value: &str) -> bool {
        self.values.iter().any(|chosen| chosen == value)
    }

    fn choice_id(&self, index: usize) -> String {
        if index == 0 { self.id.clone() } else { format!("{}-{index}", self.id) }
    }

    fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if !self.hint.is_empty() {
            ids.push(format!("{}-hint", self.id));
        }
        if self.error.is_some() {
            ids.push(format!("{}-error", self.id));
        }
        ids.join(" ")
    }
}

impl HtmlSafe for Field {}
