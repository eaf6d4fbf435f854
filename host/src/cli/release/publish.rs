//! `cockpit release publish`: draft, files, publication; the same command again goes on.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};
use tokio::time::sleep;

use super::remote::{Remote, part};
use crate::cli::{Failure, say};

/// What belongs to another file and is sent after it.
const BESIDE: [&str; 3] = ["sig", "minisig", "blockmap"];
/// How much of a file is read at once, bytes.
const PIECE: usize = 1024 * 1024;
/// The finding that says that a file is being read.
const BEING_CHECKED: &str = "controllo_in_corso";
/// How often, and how long each time, files that are being checked are waited for.
const TURNS: u32 = 720;
const TURN: Duration = Duration::from_secs(5);
/// Where the drafts are.
const RELEASES: &str = "/api/admin/rilasci";

/// Send the files of a release to a cockpit and publish it
///
/// A token with the permission `update-server:publish` is enough. The command may be repeated: what
/// is there already is not sent again, and a release that is out stays as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  cockpit release publish --url https://cockpit.example.com --product STUDIO-PRO \\
    --version 3.2.0 --channel beta --note en=NEWS.md Studio-3.2.0-x64.exe Studio-3.2.0-x64.exe.sig
  cockpit release publish … --rollout 10,50@24,100@72 Studio-3.2.0.AppImage
  cockpit release publish … --draft Studio-3.2.0.dmg

The platform is guessed from the name; FILE=windows/x86_64/nsis says it.")]
pub(in crate::cli) struct Publish {
    /// Address of the cockpit
    #[arg(long, env = "COCKPIT_URL", value_name = "URL")]
    url: String,
    /// API token
    ///
    /// Other users of this machine see the arguments of running programs, so better `COCKPIT_TOKEN`.
    #[arg(long, env = "COCKPIT_TOKEN", hide_env_values = true)]
    token: String,
    /// Code of the product
    #[arg(long)]
    product: String,
    /// Semantic version of the release
    #[arg(long)]
    version: String,
    /// A channel it comes into; may be repeated
    #[arg(long = "channel", value_name = "CHANNEL", required = true)]
    channels: Vec<String>,
    /// What is new, a Markdown file by language; may be repeated
    #[arg(long = "note", value_name = "LANGUAGE=FILE", value_parser = named)]
    notes: Vec<(String, String)>,
    /// Percent of the installations, each after so many hours; left out, everybody at once
    #[arg(long, value_name = "10,50@24,100@72", value_parser = stages)]
    rollout: Option<Stages>,
    #[command(flatten)]
    marks: Marks,
    /// Publish although there are warnings
    #[arg(long)]
    accept_warnings: bool,
    /// Leave it a draft, to be published on its page
    #[arg(long)]
    draft: bool,
    /// Files of the release, with their signatures and block maps
    #[arg(value_name = "FILE[=PLATFORM/ARCHITECTURE/FORMAT]", required = true)]
    files: Vec<String>,
}

/// What a release is besides its version.
#[derive(Debug, clap::Args)]
struct Marks {
    /// Older installations take it before any later one
    #[arg(long)]
    step: bool,
    /// Clients should take it at once
    #[arg(long)]
    critical: bool,
}

/// Percent and hours.
#[derive(Debug, Clone)]
struct Stages(Vec<(i64, i64)>);

fn stages(text: &str) -> Result<Stages, String> {
    let read = |one: &str| {
        let (percent, hours) = one.split_once('@').unwrap_or((one, "0"));
        Some((percent.trim().parse().ok()?, hours.trim().parse().ok()?))
    };
    let all: Option<Vec<_>> = text.split(',').map(read).collect();
    all.map(Stages).ok_or_else(|| "write it like 10,50@24,100@72".to_owned())
}

fn named(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it like en=NEWS.md")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// A file that is sent, and what it is for.
struct Sent {
    path: PathBuf,
    name: String,
    query: String,
}

impl Publish {
    pub(super) async fn run(self) -> Result<(), Failure> {
        let files = self.sent()?;
        let remote = Remote::at(&self.url, &self.token)?;
        let release = self.drafted(&remote).await?;
        let id = release["id"].as_str().unwrap_or_default().to_owned();
        if release["stato"] == "pubblicato" {
            say(format!("{} {} is published already.", self.product, self.version));
            return Ok(());
        }
        for file in &files {
            send(&remote, &release, &id, file).await?;
        }
        if self.draft {
            say(format!("{} {} is a draft with its files.", self.product, self.version));
            return Ok(());
        }
        let mut body = json!({ "conferma_avvisi": self.accept_warnings });
        if let Some(Stages(stages)) = &self.rollout {
            let stage = |(percent, hours): &(i64, i64)| json!({ "percentuale": percent, "dopo_ore": hours });
            body["fasi"] = stages.iter().map(stage).collect();
        }
        published(&remote, &id, &body).await?;
        say(format!("{} {} is published.", self.product, self.version));
        Ok(())
    }

    /// The release, made unless it is there already.
    async fn drafted(&self, remote: &Remote) -> Result<Json, Failure> {
        let list =
            format!("{RELEASES}?prodotto={}&versione={}", part(&self.product), part(&self.version));
        let known = remote.get(&list).await?;
        let lines = known["dati"].as_array().map(Vec::as_slice).unwrap_or_default();
        let is_it = |line: &&Json| {
            line["prodotto"] == self.product.as_str() && line["versione"] == self.version.as_str()
        };
        if let Some(id) = lines.iter().find(is_it).and_then(|line| line["id"].as_str()) {
            return remote.get(&format!("{RELEASES}/{id}")).await;
        }
        let mut notes = BTreeMap::new();
        for (language, file) in &self.notes {
            let text = std::fs::read_to_string(file);
            let text = text.map_err(|error| Failure::refused(format!("{file}: {error}")))?;
            notes.insert(language, text);
        }
        let body = json!({
            "prodotto": self.product, "versione": self.version, "canali": self.channels,
            "note": notes, "tappa": self.marks.step, "critico": self.marks.critical,
        });
        let key = format!("release:{}:{}", self.product, self.version);
        remote.post(RELEASES, &key, &body).await
    }

    /// The files in the order in which they are sent.
    fn sent(&self) -> Result<Vec<Sent>, Failure> {
        let mut files = Vec::new();
        for told in &self.files {
            let (path, place) = match told.rsplit_once('=') {
                Some((path, place)) if !Path::new(told).exists() => (path, place),
                _ => (told.as_str(), ""),
            };
            let path = PathBuf::from(path);
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if !path.is_file() {
                return Err(Failure::refused(format!("{} is no file", path.display())));
            }
            let names = ["piattaforma", "architettura", "formato"];
            let said = names.iter().zip(place.split('/')).filter(|(_, said)| !said.is_empty());
            let query: Vec<String> =
                said.map(|(name, said)| format!("{name}={}", part(said))).collect();
            files.push(Sent { name: name.to_owned(), query: query.join("&"), path });
        }
        files.sort_by_key(|file| is_beside(&file.path));
        Ok(files)
    }
}

/// Lets a draft out once its files were examined: large ones are read while nobody waits.
async fn published(remote: &Remote, id: &str, body: &Json) -> Result<(), Failure> {
    let (path, key) = (format!("{RELEASES}/{id}/pubblica"), format!("publish:{id}"));
    for turn in 0..TURNS {
        let Err(failure) = remote.post(&path, &key, body).await else { return Ok(()) };
        let found = remote.get(&path).await?;
        let found = found.as_array().map(Vec::as_slice).unwrap_or_default();
        if found.iter().any(|one| one["impedisce"] == true && one["riprovare"] != true) {
            return Err(failure);
        }
        if !found.iter().any(|one| one["codice"] == BEING_CHECKED) {
            // Either it was refused for something else, or all was looked at just now.
            return remote.post(&path, &key, body).await.map(drop);
        }
        if turn == 0 {
            say("The files are being checked.");
        }
        sleep(TURN).await;
    }
    Err(Failure::busy("the files are still being checked; repeat the command later"))
}

fn is_beside(path: &Path) -> bool {
    path.extension().and_then(|end| end.to_str()).is_some_and(|end| BESIDE.contains(&end))
}

/// Sends a file unless it is there as it is here.
async fn send(remote: &Remote, release: &Json, id: &str, file: &Sent) -> Result<(), Failure> {
    let known = release["file"].as_array().map(Vec::as_slice).unwrap_or_default();
    let same = known.iter().find(|one| one["nome"] == file.name.as_str());
    if let Some(sha256) = same.and_then(|one| one["sha256"].as_str())
        && sha256 == digest(&file.path)?
    {
        say(format!("{} is there already.", file.name));
        return Ok(());
    }
    let path = format!("{RELEASES}/{id}/file/{}?{}", part(&file.name), file.query);
    let kept = remote.put(&path, &file.path).await?;
    if !is_beside(&file.path)
        && let Some(sha256) = kept["sha256"].as_str()
        && sha256 != digest(&file.path)?
    {
        return Err(Failure::busy(format!("{} arrived as something else", file.name)));
    }
    say(format!("{} was sent.", file.name));
    Ok(())
}

fn digest(path: &Path) -> Result<String, Failure> {
    let unreadable = |error| Failure::refused(format!("{}: {error}", path.display()));
    let mut hash = Sha256::new();
    let mut file = std::fs::File::open(path).map_err(unreadable)?;
    let mut piece = vec![0; PIECE];
    loop {
        let count = file.read(&mut piece).map_err(unreadable)?;
        match piece.get(..count) {
            Some(read) if count > 0 => hash.update(read),
            _ => return Ok(plugin_api::hex(&hash.finalize())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_percent_and_hours() {
        assert_eq!(stages("10,50@24, 100@72").expect("three").0, [(10, 0), (50, 24), (100, 72)]);
        assert!(stages("ten").is_err());
    }
}
