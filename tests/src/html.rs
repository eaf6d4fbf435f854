//! Reads as much of our own pages as the tests need: links, forms and the text between tags.

/// A form of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Where it is sent.
    pub action: String,
    /// `get` or `post`.
    pub method: String,
    /// Its fields with what stands in them; buttons are among them.
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// Whether it has a field or button of this name.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(known, _)| known == name)
    }

    /// What is sent after these fields were filled in.
    pub fn filled<'a>(&'a self, given: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let is_given = |name: &str| given.iter().any(|(known, _)| *known == name);
        let own = self.fields.iter().filter(|(name, _)| !is_given(name));
        own.map(|(name, value)| (name.as_str(), value.as_str()))
            .chain(given.iter().copied())
            .collect()
    }
}

/// The tags of a page with their attributes, in order; names in lower case, values unescaped.
pub fn tags(page: &str) -> impl Iterator<Item = (&str, Vec<(String, String)>)> {
    page.split('<').skip(1).filter_map(|rest| {
        let end = end_of_tag(rest)?;
        let (name, attributes) =
            rest[..end].split_once(char::is_whitespace).unwrap_or((&rest[..end], ""));
        Some((name, read_attributes(attributes)))
    })
}

fn end_of_tag(rest: &str) -> Option<usize> {
    let mut quoted = false;
    rest.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == '>' && !quoted).then_some(at)
    })
}

fn read_attributes(mut text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    loop {
        text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if text.is_empty() {
            return found;
        }
        let end =
            text.find(|c: char| c.is_whitespace() || c == '=' || c == '/').unwrap_or(text.len());
        let (name, rest) = text.split_at(end.max(1));
        let (value, rest) = match rest.strip_prefix("=\"") {
            Some(rest) => rest.split_once('"').unwrap_or((rest, "")),
            None => ("", rest),
        };
        found.push((name.to_ascii_lowercase(), unescaped(value)));
        text = rest;
    }
}

/// Text with the entities our templates write turned back.
pub fn unescaped(text: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'")];
    let numbered = [("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&"), ("&amp;", "&")];
    named.iter().chain(&numbered).fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// The value of an attribute, empty when the tag has none of this name.
pub fn attribute(attributes: &[(String, String)], name: &str) -> String {
    let found = attributes.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.clone()).unwrap_or_default()
}

/// Where the links of a page lead.
pub fn links(page: &str) -> Vec<String> {
    let anchors = tags(page).filter(|(name, _)| *name == "a");
    let mut links: Vec<String> = anchors.map(|(_, found)| attribute(&found, "href")).collect();
    links.retain(|link| !link.is_empty());
    links
}

/// The forms of a page.
pub fn forms(page: &str) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut inside = false;
    for (name, attributes) in tags(page) {
        let is = |name: &str| attribute(&attributes, name);
        match name {
            "form" => {
                inside = true;
                let method = if is("method").is_empty() { "get".to_owned() } else { is("method") };
                forms.push(Form { action: is("action"), method, fields: Vec::new() });
            }
            "/form" => inside = false,
            "input" | "button" | "textarea" | "select" if inside && !is("name").is_empty() => {
                let is_off = matches!(is("type").as_str(), "checkbox" | "radio")
                    && !attributes.iter().any(|(name, _)| name == "checked");
                if let (false, Some(form)) = (is_off, forms.last_mut()) {
                    form.fields.push((is("name"), is("value")));
                }
            }
            "option" if inside && attributes.iter().any(|(name, _)| name == "selected") => {
                if let Some((_, chosen)) = forms.last_mut().and_then(|form| form.fields.last_mut())
                {
                    *chosen = is("value");
                }
            }
            _ => {}
        }
    }
    forms
}

/// What a person reads: the text between the tags, blanks folded.
pub fn text(page: &str) -> String {
    let mut text = String::new();
    for piece in page.split('<') {
        let after = end_of_tag(piece).map_or(piece, |end| &piece[end + 1..]);
        text.push_str(after);
        text.push(' ');
    }
    unescaped(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_with_its_hidden_fields_and_filled() {
        let page = r#"<p>x<form method="post" action="/a?b=1&amp;c=2"><input type="hidden" name="id"
            value="a&quot;>b"><input name=q disabled><select name="s"><option value="1"><option
            value="2" selected></select><input type="checkbox" name="c" value="on"></form>"#;
        let forms = forms(page);
        assert_eq!(forms.len(), 1);
        assert_eq!(forms[0].action, "/a?b=1&c=2");
        let filled = forms[0].filled(&[("extra", "1")]);
        assert_eq!(filled, [("id", "a\">b"), ("s", "2"), ("extra", "1")]);
    }

    #[test]
    fn what_people_read_is_the_text_between_tags() {
        assert_eq!(text("<h1 title=\"a>b\">A &amp; B</h1>\n<p>c</p>"), "A & B c");
        assert_eq!(links("<a class=\"x\" href=\"/y\">z</a><a>w</a>"), ["/y"]);
    }
}
