//! Files as bodies of answers.

use futures_util::{Stream, TryStreamExt as _};
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;

/// Reads a file piece by piece, so that memory does not grow with it.
pub(super) fn chunks(file: File) -> impl Stream<Item = std::io::Result<bytes::Bytes>> {
    futures_util::stream::try_unfold(file, |mut file| async move {
        let mut piece = bytes::BytesMut::with_capacity(64 << 10);
        let count = file.read_buf(&mut piece).await?;
        Ok((count > 0).then(|| (piece.freeze(), file)))
    })
    .into_stream()
}
