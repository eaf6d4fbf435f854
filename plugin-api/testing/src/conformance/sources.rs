//! The plugin's own files, and the literals in them.

use std::path::{Path, PathBuf};

/// A file that was read.
pub(super) struct Source {
    pub(super) path: PathBuf,
    /// Without the lines that are comments.
    pub(super) text: String,
}

/// Every file below `folder` whose name ends with `ending`, sorted.
pub(super) fn below(folder: &Path, ending: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
                let text = lines.collect::<Vec<_>>().join("\n");
                found.push(Source { path, text });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

impl Source {
    /// The literals that follow `call` and an opening parenthesis, with what stands after them.
    pub(super) fn literals<'a>(
        &'a self,
        call: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> + 'a {
        self.text.match_indices(call).filter_map(move |(at, _)| {
            let before = self.text.get(..at)?.chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                return None;
            }
            let rest = self.text.get(at + call.len()..)?.strip_prefix('(')?.trim_start();
            rest.strip_prefix('"')?.split_once('"')
        })
    }

    /// The path for people.
    pub(super) fn name(&self) -> String {
        let parts: Vec<_> = self.path.iter().rev().take(3).collect();
        parts.iter().rev().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
    }
}
