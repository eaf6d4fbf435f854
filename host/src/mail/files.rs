//! Mails as files of the data directory, one each, for trying things out.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use lettre::Message;
use lettre::message::header::Date;
use plugin_api::Fault;
use plugin_api::db::Db;
use tokio::fs::{self, DirBuilder, OpenOptions};
use tokio::io::AsyncWriteExt as _;

use super::transport::Refusal;
use crate::config::Config;
use crate::store;

/// The folder mails are written to.
pub(crate) fn directory(config: &Config) -> PathBuf {
    config.file("mail")
}

/// A folder of mails.
pub(super) struct Files {
    directory: PathBuf,
}

impl Files {
    pub(super) fn of(config: &Config) -> Self {
        Self { directory: directory(config) }
    }

    pub(super) async fn send(&self, message: &Message) -> Result<(), Refusal> {
        let path = self.path(message);
        self.write(&path, &message.formatted()).await.map_err(|error| {
            Refusal::for_now(format!("{} cannot be written: {error}", path.display()))
        })
    }

    /// `<time>-<id>.eml`: sorted by time, and the same name for the same mail.
    pub(super) fn path(&self, message: &Message) -> PathBuf {
        let headers = message.headers();
        let at = headers.get::<Date>().map_or(UNIX_EPOCH, std::time::SystemTime::from);
        let at = jiff::Timestamp::try_from(at).unwrap_or_default().strftime("%Y%m%dT%H%M%SZ");
        let id = headers.get_raw("Message-ID").unwrap_or_default();
        let id = id.trim_start_matches('<').split('@').next().unwrap_or_default();
        self.directory.join(format!("{at}-{id}.eml"))
    }

    /// Whole or not at all, and for our own user only: a mail may let its reader in.
    async fn write(&self, path: &Path, content: &[u8]) -> std::io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(&self.directory).await?;
        let aside = path.with_extension("part");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        let mut file = options.open(&aside).await?;
        file.write_all(content).await?;
        file.sync_all().await?;
        fs::rename(&aside, path).await
    }
}

/// Removes the files of mails that are gone from the database: too old, or of somebody who was
/// erased. Answers how many.
pub(crate) async fn sweep(config: &Config, db: &Db) -> Result<usize, Fault> {
    let mut files = match fs::read_dir(directory(config)).await {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(0),
        files => files.map_err(Fault::internal)?,
    };
    let mut removed = 0;
    while let Some(file) = files.next_entry().await.map_err(Fault::internal)? {
        let name = file.file_name();
        let Some(id) = name.to_str().and_then(mail_id) else { continue };
        if !store::mail::is_kept(db, id).await? {
            fs::remove_file(file.path()).await.map_err(Fault::internal)?;
            removed += 1;
        }
    }
    Ok(removed)
}

/// The id in the name of a file that [`Files::path`] made.
fn mail_id(name: &str) -> Option<&str> {
    let (_, id) = name.strip_suffix(".eml")?.split_once('-')?;
    (id.len() == 36).then_some(id)
}
