//! `cockpit reference`: every list of the documentation that the program itself can print.

use std::fmt::Write as _;

use clap::{Args, CommandFactory as _};
use plugin_api::manifest::{Manifest, Texts};

use super::{Cli, Failure, say};
use crate::config;

/// Print commands, settings, permissions, routes and jobs as Markdown
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  cockpit reference > docs/reference.md   what the documentation holds"
)]
pub(super) struct Reference {}

impl Reference {
    #[expect(clippy::unnecessary_wraps, clippy::unused_self, reason = "as every command")]
    pub(super) fn run(self) -> Result<(), Failure> {
        say(text().trim_end());
        Ok(())
    }
}

type RowsOf = fn(&Manifest) -> Vec<String>;

/// The whole reference of this build: the host and the plugins compiled into it.
pub(super) fn text() -> String {
    let mut manifests = vec![crate::host_plugin::plugin().manifest().clone()];
    manifests.extend(plugin_api::export::compiled_in().iter().map(|p| p.manifest().clone()));
    let mut out = "# Reference\n\nPrinted by `cockpit reference`; a test compares.\n".to_owned();
    section(&mut out, "Commands", "| command | what it does |", &commands());
    let _ = write!(out, "\n## Settings\n\n{}", config::reference());
    let lists: [(&str, &str, RowsOf); 4] = [
        ("Permissions", "| permission | who has it may | default roles |", permissions),
        ("Settings of plugins", "| plugin | setting | default | what it means |", settings),
        ("Routes", "| method | path | who may call it |", routes),
        ("Jobs", "| plugin | job | runs |", jobs),
    ];
    for (title, head, of) in lists {
        section(&mut out, title, head, &manifests.iter().flat_map(of).collect::<Vec<_>>());
    }
    out
}

fn section(out: &mut String, title: &str, head: &str, rows: &[String]) {
    let line: String = head.chars().map(|c| if c == '|' { '|' } else { '-' }).collect();
    let _ = write!(out, "\n## {title}\n\n{head}\n{line}\n");
    for row in rows {
        let _ = writeln!(out, "{row}");
    }
}

fn commands() -> Vec<String> {
    let mut rows = Vec::new();
    let root = Cli::command();
    for command in root.get_subcommands() {
        describe("cockpit", command, &mut rows);
    }
    rows
}

fn describe(parent: &str, command: &clap::Command, rows: &mut Vec<String>) {
    let name = format!("{parent} {}", command.get_name());
    let mut below = command.get_subcommands().peekable();
    if below.peek().is_none() {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        rows.push(format!("| `{name}` | {} |", cell(&about)));
    }
    for command in below {
        describe(&name, command, rows);
    }
}

fn permissions(manifest: &Manifest) -> Vec<String> {
    let row = |p: &plugin_api::manifest::Permission| {
        format!("| `{}` | {} | {} |", p.id, cell(english(&p.sentence)), p.roles.join(", "))
    };
    manifest.permissions.iter().map(row).collect()
}

fn settings(manifest: &Manifest) -> Vec<String> {
    let row = |s: &plugin_api::manifest::Setting| {
        let label = cell(english(&s.label));
        format!("| {} | `{}` | `{}` | {label} |", manifest.id, s.key, s.default)
    };
    manifest.settings.iter().map(row).collect()
}

fn routes(manifest: &Manifest) -> Vec<String> {
    let row =
        |r: &plugin_api::manifest::Route| format!("| {} | `{}` | {} |", r.method, r.path, r.access);
    manifest.routes.iter().map(row).collect()
}

fn jobs(manifest: &Manifest) -> Vec<String> {
    let row = |job: &plugin_api::manifest::Job| {
        let runs = job.cron.as_ref().map_or("when queued".to_owned(), |cron| format!("`{cron}`"));
        format!("| {} | {} | {runs} |", manifest.id, job.name)
    };
    manifest.jobs.iter().map(row).collect()
}

fn english(texts: &Texts) -> &str {
    texts.get("en").map_or("", String::as_str)
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    /// Run `cargo run -- reference > docs/reference.md` when it differs.
    #[test]
    #[cfg(all(
        feature = "customer-accounts",
        feature = "license-generator",
        feature = "registration-inventory",
        feature = "update-server"
    ))]
    fn the_documentation_holds_what_the_program_prints() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/reference.md");
        let kept = std::fs::read_to_string(path).unwrap();
        assert_eq!(kept.trim_end(), super::text().trim_end());
    }
}
