//! Every text exists in both languages, and every text that pages ask for exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use plugin_api::Catalogue;

use crate::host_plugin::LOCALES;

fn keys(source: &str) -> Vec<&str> {
    let is_key = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
    source.lines().filter(is_key).filter_map(|line| line.split(" =").next()).collect()
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_keys_in_the_same_order() {
    let of = |language: &str| -> Vec<&str> {
        let sources = LOCALES.iter().filter(|(code, _)| *code == language);
        sources.flat_map(|(_, source)| keys(source)).collect()
    };
    let (en, it) = (of("en"), of("it"));
    assert_eq!(en, it);
    assert_eq!(en.len(), en.iter().collect::<BTreeSet<_>>().len());
}

#[test]
fn every_text_the_host_asks_for_exists() {
    let lang = Catalogue::new(LOCALES).lang("en");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = files(&root.join("src"), "rs");
    sources.extend(files(&root.join("../templates/host"), "html"));
    let mut missing = Vec::new();
    for path in sources {
        let source = fs::read_to_string(&path).expect("a file");
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        let calls = ["lang.t(\"", "lang.n(\"", "lang.with(\"", "lang().t(\"", "lang().with(\""];
        for call in calls {
            for key in source.split(call).skip(1).filter_map(|rest| rest.split('"').next()) {
                if !lang.has(key) {
                    missing.push(format!("{} asks for {key}", path.display()));
                }
            }
        }
        for start in ["banner-", "module-failed-", "unlock-refused-"] {
            let quoted = format!("\"{start}");
            for rest in source.split(quoted.as_str()).skip(1) {
                let key = format!("{start}{}", rest.split('"').next().unwrap_or_default());
                if !lang.has(&key) {
                    missing.push(format!("{} asks for {key}", path.display()));
                }
            }
        }
        for call in ["Problem::conflict(\"", "Problem::unprocessable(\"", "Problem::malformed(\""] {
            for code in source.split(call).skip(1).filter_map(|rest| rest.split('"').next()) {
                let key = format!("problem-{}", code.replace('_', "-"));
                if !lang.has(&key) {
                    missing.push(format!("{} asks for {key}", path.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
