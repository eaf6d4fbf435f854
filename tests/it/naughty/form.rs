//! A form of a page, filled in by somebody who writes whatever he likes.

use std::collections::BTreeSet;

use cockpit_tests::html;

/// A form with everything in it.
#[derive(Debug, Clone)]
pub(super) struct Form {
    /// Where it is sent.
    pub(super) action: String,
    /// `get` or `post`.
    pub(super) method: String,
    /// How it is sent: empty unless it carries files.
    pub(super) encoding: String,
    fields: Vec<Field>,
    /// Its buttons: where each sends it instead, and how; empty as the form says.
    buttons: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
struct Field {
    name: String,
    /// The type of an input, or the name of the element.
    kind: String,
    value: String,
    is_required: bool,
    is_invalid: bool,
    /// What can be chosen, for fields one does not write in.
    choices: Vec<String>,
}

impl Field {
    fn is_text(&self) -> bool {
        let chosen = ["hidden", "radio", "checkbox", "select", "button", "submit", "file"];
        !chosen.contains(&self.kind.as_str())
    }

    /// What somebody writes who was told that this field is wrong.
    fn proper(&self, serial: &str) -> String {
        if !self.value.is_empty() || !self.is_required && self.kind != "email" {
            return self.value.clone();
        }
        match (self.kind.as_str(), self.name.as_str()) {
            ("email", _) => format!("n{serial}@naughty.example"),
            ("password", _) => "correct horse battery staple".to_owned(),
            ("date", _) => "2027-01-31".to_owned(),
            ("number", _) | (_, "quantita" | "parametro_sedi") => "1".to_owned(),
            (_, "parametro_server") => "192.0.2.1".to_owned(),
            (_, "versione") => format!("{serial}.1"),
            (_, "versione_rilascio") => format!("{serial}.1.0"),
            (_, "amount") => "10.00".to_owned(),
            (_, "currency") => "EUR".to_owned(),
            _ => format!("P{serial}"),
        }
    }

    /// What is chosen unless somebody chooses: boxes stay empty, but of several the first is taken,
    /// and nothing is left empty that was refused like that.
    fn chosen(&self, is_refused: bool) -> Option<String> {
        let is_box = self.kind == "checkbox" && self.choices.len() < 2;
        let first = || self.choices.iter().find(|choice| !choice.is_empty());
        match self.kind.as_str() {
            "button" | "submit" | "file" => None,
            "hidden" => Some(self.value.clone()),
            _ if !self.value.is_empty() => Some(self.value.clone()),
            "select" if !self.is_required && !is_refused => self.choices.first().cloned(),
            // Perhaps it contradicts another choice.
            "checkbox" if is_refused => None,
            _ if is_box => None,
            _ => first().cloned(),
        }
    }
}

impl Form {
    /// A form that no page shows now: `fields` are names, those with a value are not written in.
    pub(super) fn by_hand(action: &str, fields: &str) -> Self {
        let field = |field: &str| {
            let (name, value) = field.split_once('=').unwrap_or((field, ""));
            Field {
                name: name.to_owned(),
                kind: if field.contains('=') { "hidden" } else { "text" }.to_owned(),
                value: value.to_owned(),
                is_required: true,
                is_invalid: false,
                choices: Vec::new(),
            }
        };
        Self {
            action: action.to_owned(),
            method: "post".to_owned(),
            encoding: String::new(),
            fields: fields.split_whitespace().map(field).collect(),
            buttons: Vec::new(),
        }
    }

    /// The forms that this one is: its own, and one for each button that sends it elsewhere.
    fn by_buttons(self) -> Vec<Self> {
        let elsewhere = self.buttons.iter().filter(|(action, _)| !action.is_empty());
        let mut forms: Vec<Self> = elsewhere
            .map(|(action, method)| {
                let method = if method.is_empty() { &self.method } else { method }.clone();
                Self { action: action.clone(), method, ..self.clone() }
            })
            .collect();
        let is_own = forms.len() < self.buttons.len() || forms.is_empty();
        forms.extend(is_own.then_some(self));
        forms
    }

    /// The names of the fields one writes in.
    pub(super) fn texts(&self) -> Vec<&str> {
        let texts = self.fields.iter().filter(|field| field.is_text());
        texts.map(|field| field.name.as_str()).collect()
    }

    /// The names of the texts that may stay empty.
    pub(super) fn optional(&self) -> impl Iterator<Item = String> {
        let optional = self.fields.iter().filter(|field| field.is_text() && !field.is_required);
        optional.map(|field| field.name.clone())
    }

    /// The names of the fields that the page says are wrong.
    pub(super) fn invalid(&self) -> BTreeSet<String> {
        let invalid = self.fields.iter().filter(|field| field.is_invalid);
        invalid.map(|field| field.name.clone()).collect()
    }

    /// The fields as they are sent. `word` gives what is written into the text with this number;
    /// the fields `refused` get something proper. With `chosen`, that stands in all others too.
    pub(super) fn filled<'a>(
        &self,
        word: impl Fn(usize) -> &'a str,
        refused: &BTreeSet<String>,
        serial: &str,
        chosen: Option<&str>,
    ) -> Vec<(String, String)> {
        let mut number = 0;
        let mut filled = Vec::new();
        for field in &self.fields {
            let value = if !field.is_text() {
                let is_refused = refused.contains(&field.name);
                field.chosen(is_refused).map(|own| chosen.map_or(own, str::to_owned))
            } else if refused.contains(&field.name) {
                Some(field.proper(serial))
            } else {
                number += 1;
                Some(word(number - 1).to_owned())
            };
            filled.extend(value.map(|value| (field.name.clone(), value)));
        }
        filled
    }
}

/// The forms of a page.
pub(super) fn forms(page: &str) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut is_inside = false;
    for (tag, attributes) in html::tags(page) {
        let is = |name: &str| html::attribute(&attributes, name);
        let has = |name: &str| attributes.iter().any(|(known, _)| known == name);
        if tag == "button" && is_inside && is("type") != "button" {
            let form = forms.last_mut().expect("inside of one");
            let is_first = form.buttons.iter().all(|(action, _)| !action.is_empty());
            if is_first && has("name") && !has("formaction") {
                // The one that a press of Enter takes.
                let (name, value, kind) = (is("name"), is("value"), "hidden".to_owned());
                let (is_required, is_invalid, choices) = (false, false, Vec::new());
                form.fields.push(Field { name, kind, value, is_required, is_invalid, choices });
            }
            form.buttons.push((is("formaction"), is("formmethod")));
        }
        match tag {
            "form" => {
                is_inside = true;
                let (action, method, encoding) = (is("action"), is("method"), is("enctype"));
                let (fields, mut buttons) = (Vec::new(), Vec::new());
                if has("data-preview") {
                    // Our script sends it there while somebody types.
                    buttons.push((is("data-preview"), String::new()));
                }
                forms.push(Form { action, method, encoding, fields, buttons });
            }
            "/form" => is_inside = false,
            "input" | "textarea" | "select" | "button" if is_inside && has("name") => {
                let kind = if tag != "input" {
                    tag.to_owned()
                } else if has("type") {
                    is("type")
                } else {
                    "text".to_owned()
                };
                let field = Field {
                    name: is("name"),
                    kind,
                    value: is("value"),
                    is_required: has("required"),
                    is_invalid: has("aria-invalid"),
                    choices: Vec::new(),
                };
                let fields = &mut forms.last_mut().expect("inside of one").fields;
                if matches!(field.kind.as_str(), "radio" | "checkbox") {
                    add_choice(fields, field, has("checked"));
                } else {
                    fields.push(field);
                }
            }
            "option" if is_inside => {
                let field = forms.last_mut().and_then(|form| form.fields.last_mut());
                if let Some(field) = field.filter(|field| field.kind == "select") {
                    field.choices.push(is("value"));
                    if has("selected") {
                        field.value = is("value");
                    }
                }
            }
            _ => {}
        }
    }
    forms.into_iter().flat_map(Form::by_buttons).collect()
}

/// Several boxes of one name are one field.
fn add_choice(fields: &mut Vec<Field>, mut new: Field, is_chosen: bool) {
    let value = std::mem::take(&mut new.value);
    let known = fields.iter().position(|field| field.name == new.name);
    let at = known.unwrap_or_else(|| {
        fields.push(new);
        fields.len() - 1
    });
    let field = &mut fields[at];
    if is_chosen {
        field.value.clone_from(&value);
    }
    field.choices.push(value);
}

#[test]
fn what_is_refused_gets_something_proper() {
    let page = r#"<form method="post" action="/x"><input type="hidden" name="v" value="3">
        <input name="name" required><input name="email" type="email" required aria-invalid="true">
        <select name="s"><option value=""><option value="b" selected></select>
        <input type="radio" name="r" value="1"><input type="radio" name="r" value="2">
        <input type="checkbox" name="c" value="true"><textarea name="t"></textarea></form>"#;
    let form = forms(page).remove(0);
    assert_eq!(form.texts(), ["name", "email", "t"]);
    let words = ["one", "two", "three"];
    let filled = form.filled(|n| words[n], &form.invalid(), "7", None);
    let pairs: Vec<(&str, &str)> = filled.iter().map(|(a, b)| (&**a, &**b)).collect();
    let email = ("email", "n7@naughty.example");
    assert_eq!(pairs, [("v", "3"), ("name", "one"), email, ("s", "b"), ("r", "1"), ("t", "two")]);
    let wild = form.filled(|n| words[n], &BTreeSet::new(), "7", Some("!"));
    assert!(wild.contains(&("v".into(), "!".into())) && wild.contains(&("r".into(), "!".into())));
}

#[test]
fn a_button_sends_its_form_elsewhere() {
    let page = r#"<form method="post" action="/x"><input name="a"><button>x</button>
        <button formaction="/y">y</button><button formaction="/z" formmethod="get">z</button></form>
        <form method="post"><button formaction="/only">o</button></form>"#;
    let forms = forms(page);
    let told: Vec<(&str, &str)> = forms.iter().map(|form| (&*form.method, &*form.action)).collect();
    assert_eq!(told, [("post", "/y"), ("get", "/z"), ("post", "/x"), ("post", "/only")]);
    assert_eq!(forms[1].texts(), ["a"]);
}
