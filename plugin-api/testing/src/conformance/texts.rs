//! Texts: the same keys in every language, and one for every key that is used.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use plugin_api::{Caller, Lang};

use super::faults::Faults;
use super::folder;
use super::manifest::is_kebab;
use super::sources::{Source, below};
use crate::Harness;

pub(super) fn check(harness: &Harness, crate_dir: &Path, faults: &mut Faults) {
    locales(&crate_dir.join("locales"), faults);
    let plugin = harness.world.under_test();
    let lang = harness.world.cx(&plugin, Caller::default(), 0).lang();
    let mut files = below(&crate_dir.join("src"), ".rs");
    let templates = folder(crate_dir, "templates", &plugin.manifest().id);
    files.extend(templates.map(|folder| below(&folder, ".html")).unwrap_or_default());
    for file in &files {
        used(file, &lang, faults);
    }
}

/// The keys of one language's file, in order, each with the variables it takes.
type Keys = Vec<(String, BTreeSet<String>)>;

fn locales(folder: &Path, faults: &mut Faults) {
    let mut files: BTreeMap<String, [Option<Keys>; 2]> = BTreeMap::new();
    for file in below(folder, ".ftl") {
        let name = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let stem = name.trim_end_matches(".ftl");
        for (at, language) in plugin_api::lang::LANGUAGES.into_iter().enumerate() {
            let Some(rest) = stem.strip_suffix(language) else { continue };
            if let Some(slot) = files.entry(rest.to_owned()).or_default().get_mut(at) {
                *slot = Some(keys(&file.text));
            }
        }
    }
    faults.check(files.contains_key(""), || "locales: en.ftl and it.ftl are missing".to_owned());
    for (stem, [en, it]) in files {
        let (Some(en), Some(it)) = (en, it) else {
            faults.tell(format!("locales: {stem}en.ftl and {stem}it.ftl are not both there"));
            continue;
        };
        compare(&stem, &en, &it, faults);
    }
}

fn compare(stem: &str, en: &Keys, it: &Keys, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for (key, _) in en {
        faults.check(seen.insert(key), || format!("locales: {stem}en.ftl has {key} twice"));
    }
    let named = |keys: &Keys, key: &str| keys.iter().any(|(known, _)| known == key);
    for (key, _) in en.iter().filter(|(key, _)| !named(it, key)) {
        faults.tell(format!("locales: {stem}it.ftl lacks {key}"));
    }
    for (key, _) in it.iter().filter(|(key, _)| !named(en, key)) {
        faults.tell(format!("locales: {stem}en.ftl lacks {key}"));
    }
    if en.len() != it.len() {
        return;
    }
    for ((key, variables), (other, others)) in en.iter().zip(it) {
        if key != other {
            let order = format!("locales: {stem}en.ftl has {key} where {stem}it.ftl has {other}");
            faults.tell(order);
            return;
        }
        faults.check(variables == others, || {
            format!("locales: {stem}: {key} does not take the same variables in both languages")
        });
    }
}

fn keys(ftl: &str) -> Keys {
    let mut keys = Keys::new();
    for line in ftl.lines().filter(|line| !line.starts_with('#')) {
        let is_message = line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-');
        if let Some((key, _)) = line.split_once('=').filter(|_| is_message) {
            keys.push((key.trim().to_owned(), BTreeSet::new()));
        }
        if let Some((_, variables)) = keys.last_mut() {
            variables.extend(line.split('$').skip(1).map(|rest| {
                rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
            }));
        }
    }
    keys
}

fn used(file: &Source, lang: &Lang, faults: &mut Faults) {
    let mut needed: Vec<String> = Vec::new();
    for call in ["t", "n"] {
        needed.extend(file.literals(call).map(|(key, _)| key.to_owned()));
    }
    // Other things have a `with` too; only that of a text takes a slice.
    let with = file
        .literals("with")
        .filter(|(_, rest)| rest.trim_start_matches([',', ' ', '\n', '\t']).starts_with("&["));
    needed.extend(with.map(|(key, _)| key.to_owned()));
    for call in ["Problem::malformed", "Problem::conflict", "Problem::unprocessable"] {
        needed.extend(file.literals(call).map(|(codice, _)| problem_key(codice)));
    }
    needed.extend(second_literals(&file.text, "Problem::new(").map(problem_key));
    let details = second_literals(&file.text, "FieldProblem::new(");
    needed.extend(details.filter(|detail| is_kebab(detail)).map(str::to_owned));
    needed.retain(|key| !key.is_empty() && !key.contains(['{', ' ', '\\']));
    for key in needed {
        faults.check(lang.has(&key), || format!("{}: there is no text {key:?}", file.name()));
    }
}

fn problem_key(codice: &str) -> String {
    format!("problem-{}", codice.replace('_', "-"))
}

/// The literals that are the second argument of `call`, which ends with its parenthesis.
fn second_literals<'a>(text: &'a str, call: &'a str) -> impl Iterator<Item = &'a str> + 'a {
    text.match_indices(call).filter_map(move |(at, _)| {
        let before = text.get(..at)?.chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            return None;
        }
        let arguments = text.get(at + call.len()..)?;
        let (_, rest) = arguments.split_once(',')?;
        rest.trim_start().strip_prefix('"')?.split_once('"').map(|(literal, _)| literal)
    })
}
