//! Blobs in a folder: parts arrive in `uploads/`, whole packages lie under `blobs/` by digest.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The blob folder.
#[derive(Debug, Clone)]
pub(in crate::marketplace) struct Blobs {
    root: PathBuf,
}

impl Blobs {
    pub(super) fn open(root: &Path) -> io::Result<Self> {
        let blobs = Blobs { root: root.to_owned() };
        fs::create_dir_all(root.join("blobs"))?;
        fs::create_dir_all(root.join("uploads"))?;
        Ok(blobs)
    }

    /// Where a package lies. The digest must have been checked to be one.
    pub(in crate::marketplace) fn path(&self, digest: &str) -> PathBuf {
        self.root.join("blobs").join(&digest[..2]).join(digest)
    }

    /// Where the parts of an upload arrive. The identifier must be one that storage made.
    pub(in crate::marketplace) fn upload_path(&self, id: &str) -> PathBuf {
        self.root.join("uploads").join(id)
    }

    /// Folder for files that live as long as a request.
    pub(in crate::marketplace) fn scratch(&self) -> PathBuf {
        self.root.join("uploads")
    }

    /// Bytes of an upload that have arrived.
    pub(in crate::marketplace) fn received(&self, id: &str) -> io::Result<u64> {
        match fs::metadata(self.upload_path(id)) {
            Ok(metadata) => Ok(metadata.len()),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(cause) => Err(cause),
        }
    }

    /// Identifiers of uploads of which something has arrived.
    pub(super) fn arrived(&self) -> io::Result<Vec<String>> {
        let names = fs::read_dir(self.scratch())?.map(|entry| Ok(entry?.file_name().into_string().ok()));
        Ok(names.collect::<io::Result<Vec<_>>>()?.into_iter().flatten().collect())
    }

    /// Appends a part that begins at `offset`; returns the bytes that have arrived after it, or before it where the part
    /// begins elsewhere. One that cannot be written whole is taken back.
    pub(in crate::marketplace) fn append(&self, id: &str, offset: u64, part: &[u8]) -> io::Result<Result<u64, u64>> {
        let mut file = OpenOptions::new().create(true).append(true).open(self.upload_path(id))?;
        // Two clients may send the same part at the same time.
        file.lock()?;
        let before = file.metadata()?.len();
        if before != offset {
            return Ok(Err(before));
        }
        match file.write_all(part).and_then(|()| file.sync_data()) {
            Ok(()) => Ok(Ok(before + part.len() as u64)),
            Err(cause) => {
                file.set_len(before)?;
                Err(cause)
            }
        }
    }

    /// Gives a whole upload its place, durably. The upload stays until it is discarded, so that whoever commits it at the
    /// same time finds it too. A blob that is there already stays.
    pub(in crate::marketplace) fn keep(&self, id: &str, digest: &str) -> io::Result<()> {
        let (upload, place) = (self.upload_path(id), self.path(digest));
        let folder = place.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder)?;
        File::open(&upload)?.sync_all()?;
        // Not every file system has links.
        if fs::hard_link(&upload, &place).is_err() && !place.exists() {
            fs::rename(&upload, &place)?;
        }
        File::open(folder)?.sync_all()
    }

    /// Removes what an upload has left.
    pub(in crate::marketplace) fn discard(&self, id: &str) -> io::Result<()> {
        match fs::remove_file(self.upload_path(id)) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
            _ => Ok(()),
        }
    }
}
