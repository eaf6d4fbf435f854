//! Components escape what they are given, tie labels to controls and use texts that exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::*;
use crate::lang::{Catalogue, SHARED};

fn lang(code: &str) -> crate::Lang {
    Catalogue::new(&[]).lang(code)
}

/// The values of an attribute in a piece of HTML.
fn attribute<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let needle = format!(" {name}=\"");
    html.split(needle.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn templates() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let components = fs::read_dir(folder.join("components")).unwrap();
    let mut paths: Vec<_> = components.map(|entry| entry.unwrap().path()).collect();
    paths.push(folder.join("base.html"));
    let named = |path: &std::path::PathBuf| path.display().to_string();
    paths.iter().map(|path| (named(path), fs::read_to_string(path).unwrap())).collect()
}

fn keys(source: &str) -> Vec<&str> {
    let is_key = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
    source.lines().filter(is_key).filter_map(|line| line.split(" =").next()).collect()
}

#[test]
fn no_component_lets_a_text_out_raw() {
    for code in crate::lang::LANGUAGES {
        let html = gallery(&lang(code));
        assert!(!html.contains("<script"), "raw text in {html}");
        assert!(html.contains("&#60;script&#62;"), "the hostile text is shown, escaped");
        assert!(!html.contains("⟦"), "a text is missing: {html}");
    }
}

#[test]
fn pages_need_no_inline_style_or_script() {
    let html = gallery(&lang("en"));
    for forbidden in [" style=", " onclick=", " onchange=", "javascript:"] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    for (name, source) in templates() {
        assert!(!source.contains(" style=") && !source.contains("<style"), "{name}");
        assert!(!source.contains("<script>"), "{name}");
    }
}

#[test]
fn ids_are_unique_and_every_reference_has_its_target() {
    let html = gallery(&lang("en"));
    let all = attribute(&html, "id");
    let ids: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(ids.len(), all.len(), "an id is used twice");
    for name in ["for", "aria-labelledby", "aria-describedby", "popovertarget", "data-dialog"] {
        for target in attribute(&html, name).iter().flat_map(|ids| ids.split(' ')) {
            assert!(ids.contains(target), "{name}=\"{target}\" leads nowhere");
        }
    }
}

#[test]
fn a_field_ties_label_hint_and_error_to_its_control() {
    let errors: FormErrors = [("e-mail", "Write an address.")].into_iter().collect();
    let html = Field::email("e-mail", "E-mail").hint("Work").errors(&errors).required().to_string();
    assert!(html.contains("<label for=\"f-e-mail\">"), "{html}");
    assert!(html.contains("id=\"f-e-mail\" name=\"e-mail\" type=\"email\""), "{html}");
    assert!(html.contains("aria-describedby=\"f-e-mail-hint f-e-mail-error\""), "{html}");
    assert!(html.contains("aria-invalid=\"true\" required"), "{html}");
    let summary = errors.summary(&lang("en")).to_string();
    assert!(summary.contains("<a href=\"#f-e-mail\">Write an address.</a>"), "{summary}");
    assert_eq!(FormErrors::new().summary(&lang("en")).to_string(), "");
}

#[test]
fn a_field_keeps_what_was_typed_except_a_password() {
    assert!(Field::text("a", "A").value("x\"y").to_string().contains("value=\"x&#34;y\""));
    assert!(!Field::password("a", "A").value("hush").to_string().contains("hush"));
    let select = Field::select("s", "S").option("1", "One").option("2", "Two").value("2");
    assert!(select.to_string().contains("<option value=\"2\" selected>"));
    let radios = Field::radios("r", "R").option("1", "One").option("2", "Two").value("1");
    assert!(
        radios.to_string().contains("id=\"f-r\" name=\"r\" type=\"radio\" value=\"1\" checked")
    );
    assert!(Field::checkbox("c", "C").checked(true).to_string().contains(" checked"));
    assert!(!Field::checkbox("c", "C").checked(false).to_string().contains(" checked"));
}

#[test]
fn a_typed_confirmation_matches_its_word_only() {
    let html = Confirm::new(&lang("en"), "d", "Delete", "/x", "Gone.").word("a.b").to_string();
    assert!(html.contains("pattern=\"a\\.b\""), "{html}");
}

#[test]
fn an_action_is_a_link_or_a_form() {
    assert!(Action::link("Go", "/a?b=1&c").to_string().contains("href=\"/a?b=1&#38;c\""));
    let post = Action::post("Do", "/do").with("id", "7").to_string();
    assert!(post.contains("method=\"post\" action=\"/do\""), "{post}");
    assert!(post.contains("<input type=\"hidden\" name=\"id\" value=\"7\">"), "{post}");
}

#[test]
fn icons_are_those_of_the_sprite() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let sprite = fs::read_to_string(folder.join("icons.html")).unwrap();
    let drawn: BTreeSet<&str> = attribute(&sprite, "id").into_iter().collect();
    let named: Vec<String> = ICONS.iter().map(|name| format!("i-{name}")).collect();
    assert_eq!(drawn, named.iter().map(String::as_str).collect());
    for (name, source) in templates() {
        for used in source.split("#i-").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(used.starts_with("{{") || ICONS.contains(&used), "{name} uses {used}");
        }
    }
    assert!(Icon::new("no-such-icon").to_string().contains("#i-dot"));
}

#[test]
fn both_languages_have_the_same_keys_in_the_same_order() {
    let [(_, en), (_, it)] = SHARED else { panic!("two languages") };
    assert_eq!(keys(en), keys(it));
    assert_eq!(keys(en).len(), keys(en).into_iter().collect::<BTreeSet<_>>().len());
}

#[test]
fn every_text_a_template_asks_for_exists() {
    let lang = lang("en");
    for (name, source) in templates() {
        for call in [".t(\"", ".n(\"", ".with(\""] {
            for key in source.split(call).skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(lang.has(key), "{name} asks for {key}");
            }
        }
    }
}
