//! Just enough HTML to see the attributes of a fragment.

/// An attribute of a start tag; names are lower case, values as they stand.
#[derive(Debug, PartialEq)]
pub(super) struct Attribute {
    pub(super) tag: String,
    pub(super) name: String,
    pub(super) value: String,
}

/// Every attribute of `html` in order; a tag without any is there with an empty name.
pub(super) fn attributes(html: &str) -> Vec<Attribute> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if after.starts_with(|c: char| c.is_ascii_alphabetic()) {
            rest = tag(after, &mut found);
        }
    }
    found
}

/// Reads one start tag; gives what follows it.
fn tag<'a>(text: &'a str, found: &mut Vec<Attribute>) -> &'a str {
    let ends = |c: char| c.is_whitespace() || matches!(c, '>' | '/');
    let (name, mut rest) = text.split_at(text.find(ends).unwrap_or(text.len()));
    let tag = name.to_lowercase();
    found.push(Attribute { tag: tag.clone(), name: String::new(), value: String::new() });
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            return rest.get(1..).unwrap_or("");
        }
        let ends = |c: char| ends(c) || c == '=';
        let length = rest.find(ends).unwrap_or(rest.len()).max(1);
        let (name, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let (value, after) = match after.trim_start().strip_prefix('=') {
            Some(after) => value(after.trim_start()),
            None => ("", after),
        };
        let name = name.to_lowercase();
        found.push(Attribute { tag: tag.clone(), name, value: value.to_owned() });
        rest = after;
    }
}

fn value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    let end = text.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_however_they_are_written() {
        let html = "<p>a < b</p><!-- <i style=x> --><a HREF='/x' title=\"a > b\" hidden>\
                    <img src=/y alt=''/><br/>";
        let found: Vec<(String, String, String)> =
            attributes(html).into_iter().map(|a| (a.tag, a.name, a.value)).collect();
        let expected = [
            ("p", "", ""),
            ("a", "", ""),
            ("a", "href", "/x"),
            ("a", "title", "a > b"),
            ("a", "hidden", ""),
            ("img", "", ""),
            ("img", "src", "/y"),
            ("img", "alt", ""),
            ("br", "", ""),
        ];
        let expected = expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()));
        assert_eq!(found, expected);
    }
}
