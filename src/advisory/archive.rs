//! Databases as OSV publishes them: a zip archive with one document for each advisory. Read document by document, within
//! bounds, since an archive says of itself what it likes.

use std::io::Read as _;
use std::ops::ControlFlow;

use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, ReaderAt, ZipArchive, ZipEntry};

use super::osv::LARGEST;

/// The archive's end is looked for in this many bytes: a comment has 65,535 at most.
const SEARCHED: u64 = (64 << 10) + 1024;

/// What an archive may hold.
#[derive(Debug, Clone, Copy)]
pub struct ArchiveBounds {
    /// Entries.
    pub entries: u64,
    /// Bytes of all of them together, unpacked.
    pub unpacked: u64,
    /// Unpacked bytes for each packed one. Advisories give 10; the densest that deflate can give are 1,032.
    pub ratio: u64,
}

impl ArchiveBounds {
    /// Several times what the largest public archive holds.
    pub const STANDARD: ArchiveBounds = ArchiveBounds { entries: 2_000_000, unpacked: 16 << 30, ratio: 100 };
    /// Small archives may be denser than this allows: their bound begins here.
    const FREE: u64 = 1 << 20;
}

/// Why an archive cannot be read whole.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveProblem {
    /// It is no archive, or cut off.
    #[error("it is no zip archive, or it is cut off")]
    NoArchive(#[source] rawzip::Error),
    /// Its list of entries is wrong.
    #[error("its list of entries is broken")]
    Directory(#[source] rawzip::Error),
    /// It lists less than it announces.
    #[error("it announces {announced} entries and lists {listed}")]
    Count {
        /// Entries by its end record.
        announced: u64,
        /// Entries that were there.
        listed: u64,
    },
    /// It unpacks to more than is read.
    #[error("it unpacks to more than {0}, which no database of advisories does")]
    Bomb(String),
}

/// Takes the name of a document, and its bytes or why they cannot be read.
pub type EachEntry<'a> = &'a mut dyn FnMut(&str, Result<&[u8], String>) -> ControlFlow<()>;

/// Reads each document of an archive of `length` bytes: its name, and its bytes or why they cannot be read. A reader that
/// breaks ends it.
pub fn each_entry<R: ReaderAt>(
    reader: R,
    length: u64,
    bounds: &ArchiveBounds,
    each: EachEntry<'_>,
) -> Result<(), ArchiveProblem> {
    let mut buffer = vec![0; rawzip::RECOMMENDED_BUFFER_SIZE];
    let located = ZipArchive::with_max_search_space(SEARCHED).locate_in_reader(reader, &mut buffer, length);
    let archive = located.map_err(|(_, cause)| ArchiveProblem::NoArchive(cause))?;
    let mut most = bounds.unpacked.min(length.saturating_mul(bounds.ratio).max(ArchiveBounds::FREE));
    let announced = archive.entries_hint();
    if announced > bounds.entries {
        return Err(ArchiveProblem::Bomb(format!("{} entries", bounds.entries)));
    }
    let mut listed = 0;
    let mut bytes = Vec::new();
    let mut entries = archive.entries(&mut buffer);
    while let Some(entry) = entries.next_entry().map_err(ArchiveProblem::Directory)? {
        listed += 1;
        if listed > announced {
            return Err(ArchiveProblem::Count { announced, listed });
        }
        let name = String::from_utf8_lossy(entry.file_path().as_ref()).into_owned();
        if entry.is_dir() || !name.to_ascii_lowercase().ends_with(".json") {
            continue;
        }
        let method = entry.compression_method();
        let found = archive.get_entry(entry.wayfinder()).map_err(|cause| cause.to_string());
        let read = found.and_then(|found| unpack(&found, method, &mut bytes));
        most = most
            .checked_sub(bytes.len() as u64)
            .ok_or_else(|| ArchiveProblem::Bomb(format!("{} times its size", bounds.ratio)))?;
        if each(&name, read.map(|()| bytes.as_slice())).is_break() {
            return Ok(());
        }
    }
    if listed == announced { Ok(()) } else { Err(ArchiveProblem::Count { announced, listed }) }
}

/// Unpacks an entry into `bytes`, and compares size and checksum with what the archive says.
fn unpack<R: ReaderAt>(entry: &ZipEntry<'_, R>, method: CompressionMethod, bytes: &mut Vec<u8>) -> Result<(), String> {
    bytes.clear();
    let read = if method == CompressionMethod::STORE {
        entry.verifying_reader(entry.reader()).take(LARGEST + 1).read_to_end(bytes)
    } else if method == CompressionMethod::DEFLATE {
        entry.verifying_reader(DeflateDecoder::new(entry.reader())).take(LARGEST + 1).read_to_end(bytes)
    } else {
        return Err("it is packed in a way that is not read here".to_owned());
    };
    read.map_err(|cause| cause.to_string())?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("it has more than {LARGEST} bytes"));
    }
    Ok(())
}
