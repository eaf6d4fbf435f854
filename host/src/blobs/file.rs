//! Files on disk: written whole or not at all, read in pieces ahead of who takes them.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Bytes;
use futures_util::stream::{self, BoxStream};
use futures_util::{StreamExt as _, TryFutureExt as _};
use plugin_api::Fault;
use rustix::buffer::spare_capacity;
use sha2::{Digest as _, Sha256};
use tokio::fs::{self, File};
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};

/// How much is read at a time, bytes.
const PIECE: u64 = 256 * 1024;
/// How many pieces are read before they are taken.
const AHEAD: usize = 2;

/// A file that is being written, aside from where it will lie.
pub(super) struct Sink {
    file: File,
    /// SHA-256 of what was written.
    pub(super) hash: Sha256,
    /// How much was written, bytes.
    pub(super) size: u64,
}

impl Sink {
    /// Begins the file that will lie at `path`.
    pub(super) async fn create(path: &Path) -> Result<Self, Fault> {
        let folder = path.parent().ok_or_else(|| Fault::internal("a file without a folder"))?;
        fs::create_dir_all(folder).await.map_err(disk)?;
        let file = File::create(aside(path)).await.map_err(disk)?;
        Ok(Self { file, hash: Sha256::new(), size: 0 })
    }

    /// Goes on after `size` bytes, whose hash is `hash`; what lies behind them was never vouched for.
    pub(super) async fn resume(path: &Path, size: u64, hash: Sha256) -> Result<Self, Fault> {
        let mut file = File::options().write(true).open(aside(path)).await.map_err(disk)?;
        if file.metadata().await.map_err(disk)?.len() < size {
            return Err(Fault::internal("a part of a file is gone from the disk"));
        }
        file.set_len(size).await.map_err(disk)?;
        file.seek(io::SeekFrom::Start(size)).await.map_err(disk)?;
        Ok(Self { file, hash, size })
    }

    pub(super) async fn take(&mut self, piece: &[u8]) -> Result<(), Fault> {
        self.hash.update(piece);
        self.file.write_all(piece).await.map_err(disk)?;
        self.size += piece.len() as u64;
        Ok(())
    }

    /// Returns once everything reached the disk.
    pub(super) async fn sync(&mut self) -> Result<(), Fault> {
        self.file.flush().await.map_err(disk)?;
        self.file.sync_data().await.map_err(disk)
    }
}

/// Puts what was written aside where it belongs, for good; again without harm.
pub(super) async fn place(path: &Path) -> Result<(), Fault> {
    match fs::rename(aside(path), path).await {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::metadata(path).await.map_err(disk)?;
        }
        renamed => renamed.map_err(disk)?,
    }
    // The new name must reach the disk as well.
    let folder = path.parent().ok_or_else(|| Fault::internal("a file without a folder"))?;
    File::open(folder).await.map_err(disk)?.sync_all().await.map_err(disk)
}

/// Opens a file to be read; none when it is not there.
pub(super) async fn open(path: &Path) -> Result<Option<Arc<std::fs::File>>, Fault> {
    match File::open(path).await {
        Ok(file) => Ok(Some(Arc::new(file.into_std().await))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(disk(error)),
    }
}

/// `length` bytes of the file from `start` on, a little ahead of who takes them.
pub(super) fn read(
    file: &Arc<std::fs::File>,
    start: u64,
    length: u64,
) -> BoxStream<'static, io::Result<Bytes>> {
    let (file, end) = (Arc::clone(file), start + length);
    let places = (0..length.div_ceil(PIECE)).map(move |piece| start + piece * PIECE);
    stream::iter(places)
        .map(move |at| {
            let file = Arc::clone(&file);
            let wanted = usize::try_from((end - at).min(PIECE)).unwrap_or_default();
            tokio::task::spawn_blocking(move || piece(&file, at, wanted))
                .unwrap_or_else(|error| Err(io::Error::other(error)))
        })
        .buffered(AHEAD)
        .boxed()
}

/// Reads into memory that nobody has to clear first.
fn piece(file: &std::fs::File, mut at: u64, wanted: usize) -> io::Result<Bytes> {
    let mut piece = Vec::with_capacity(wanted);
    while piece.len() < wanted {
        let left = wanted - piece.len();
        let count = match rustix::io::pread(file, spare_capacity(&mut piece), at) {
            Err(rustix::io::Errno::INTR) => continue,
            count => count?,
        };
        if count == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        at += count.min(left) as u64;
    }
    // The room of a vector may be larger than what was asked for.
    piece.truncate(wanted);
    Ok(Bytes::from(piece))
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
