//! Files on disk: written whole or not at all, read in pieces.

use std::io::{ErrorKind, SeekFrom};
use std::path::{Path, PathBuf};

use axum::body::{Body, Bytes};
use futures_util::{StreamExt as _, stream};
use plugin_api::{Fault, FaultKind};
use sha2::{Digest as _, Sha256};
use tokio::fs::{self, File};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _, AsyncWriteExt as _};

/// How much is read at a time, bytes.
const PIECE: usize = 64 * 1024;

/// Writes `body` to `path`; its length, and its SHA-256 in hex.
pub(super) async fn write(path: &Path, body: Body, largest: u64) -> Result<(u64, String), Fault> {
    let folder = path.parent().ok_or_else(|| Fault::internal("a file without a folder"))?;
    fs::create_dir_all(folder).await.map_err(disk)?;
    let aside = aside(path);
    let mut file = File::create(&aside).await.map_err(disk)?;
    let (mut size, mut hash) = (0u64, Sha256::new());
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece =
            piece.map_err(|error| Fault::invalid(format!("the body broke off: {error}")))?;
        size += piece.len() as u64;
        if size > largest {
            let told = format!("a file has at most {largest} bytes");
            return Err(Fault::new(FaultKind::TooLarge, told));
        }
        hash.update(&piece);
        file.write_all(&piece).await.map_err(disk)?;
    }
    file.sync_all().await.map_err(disk)?;
    fs::rename(&aside, path).await.map_err(disk)?;
    // The new name must reach the disk as well.
    File::open(folder).await.map_err(disk)?.sync_all().await.map_err(disk)?;
    Ok((size, plugin_api::hex(&hash.finalize())))
}

/// `length` bytes of the file from `start` on, read as fast as they are taken.
pub(super) async fn read(path: &Path, start: u64, length: u64) -> Result<Body, Fault> {
    let mut file = File::open(path).await.map_err(disk)?;
    file.seek(SeekFrom::Start(start)).await.map_err(disk)?;
    let pieces = stream::try_unfold((file, length), |(mut file, left)| async move {
        let wanted = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
        if wanted == 0 {
            return Ok(None);
        }
        let mut piece = vec![0; wanted];
        let count = file.read(&mut piece).await?;
        if count == 0 {
            return Err(std::io::Error::from(ErrorKind::UnexpectedEof));
        }
        piece.truncate(count);
        Ok(Some((Bytes::from(piece), (file, left - count as u64))))
    });
    Ok(Body::from_stream(pieces))
}

/// Removes the file and what was written aside, if they are there.
pub(super) async fn remove(path: &Path) -> Result<(), Fault> {
    for path in [aside(path), path.to_owned()] {
        match fs::remove_file(&path).await {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(disk(error)),
            _ => {}
        }
    }
    Ok(())
}

fn aside(path: &Path) -> PathBuf {
    path.with_extension("part")
}

fn disk(error: impl std::fmt::Display) -> Fault {
    Fault::internal(format!("the disk failed: {error}"))
}
