//! Kept files, read once from beginning to end without being held.

use futures_util::StreamExt as _;
use plugin_api::{Cx, Fault, Problem};

/// Longest file that is read as a text, bytes: signatures, feeds.
const LONGEST_TEXT: u64 = 1024 * 1024;

/// Hands every piece of a kept file to `take`.
pub(crate) async fn pieces(
    cx: &Cx,
    blob_id: &str,
    mut take: impl FnMut(&[u8]) + Send,
) -> Result<(), Fault> {
    let (_, body) = cx.blob(blob_id).await?;
    let mut stream = body.into_data_stream();
    while let Some(piece) = stream.next().await {
        take(&piece.map_err(Fault::internal)?);
    }
    Ok(())
}

/// A kept file as a text; one that is too long or none is refused.
pub(crate) async fn text(cx: &Cx, blob_id: &str, size: u64) -> Result<String, Problem> {
    let unreadable = || Problem::unprocessable("testo_illeggibile");
    if size > LONGEST_TEXT {
        return Err(unreadable());
    }
    let mut bytes = Vec::new();
    pieces(cx, blob_id, |piece| bytes.extend_from_slice(piece)).await?;
    String::from_utf8(bytes).map_err(|_| unreadable())
}
