//! Archives that nobody should trust, as hostile programs would write them: one or more for each kind of defect.

use std::io::Write as _;

use proveniq::package::Defect;
use tar::{EntryType, Header};

use super::Files;

const ROOT: &str = "plain-1.0.0";
const BLOCK: usize = 512;

/// A compressed archive, and the defect that it must be refused for.
pub struct Hostile {
    pub what: &'static str,
    pub defect: Defect,
    pub blob: Vec<u8>,
}

/// A header as the canonical one, of any path.
fn header(path: &[u8], kind: EntryType, size: u64) -> Header {
    let mut header = Header::new_ustar();
    header.as_mut_bytes()[..path.len()].copy_from_slice(path);
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(0o644);
    header.set_mtime(315_532_800);
    header.set_uid(0);
    header.set_gid(0);
    header.set_cksum();
    header
}

fn entry(header: &Header, content: &[u8]) -> Vec<u8> {
    let padding = content.len().next_multiple_of(BLOCK) - content.len();
    [header.as_bytes(), content, &vec![0; padding]].concat()
}

fn file(path: &str) -> Vec<u8> {
    entry(&header(format!("{ROOT}/{path}").as_bytes(), EntryType::Regular, 1), b"x")
}

fn compressed(tar: &[u8]) -> Vec<u8> {
    zstd::encode_all(tar, 3).expect("compressed")
}

/// An archive of these entries, ended as it is due.
fn archive(entries: &[Vec<u8>]) -> Vec<u8> {
    compressed(&[entries.concat(), vec![0; 2 * BLOCK]].concat())
}

fn of_paths(paths: &[&str]) -> Vec<u8> {
    archive(&paths.iter().map(|path| file(path)).collect::<Vec<_>>())
}

fn of_kind(kind: EntryType, content: &[u8]) -> Vec<u8> {
    let mut header = header(format!("{ROOT}/x").as_bytes(), kind, content.len() as u64);
    if matches!(kind, EntryType::Symlink | EntryType::Link) {
        header.set_link_name("/etc/passwd").expect("link");
        header.set_cksum();
    }
    archive(&[entry(&header, content), file("y")])
}

fn of_raw_path(path: &[u8]) -> Vec<u8> {
    archive(&[entry(&header(path, EntryType::Regular, 1), b"x")])
}

/// One file whose header is changed, and its checksum made to hold.
fn of_changed_header(change: impl FnOnce(&mut Header)) -> Vec<u8> {
    let mut header = header(format!("{ROOT}/x").as_bytes(), EntryType::Regular, 1);
    change(&mut header);
    header.set_cksum();
    archive(&[entry(&header, b"x")])
}

/// Zeros, as long as they are.
fn bomb(bytes: u64) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 3).expect("encoder");
    let header = header(format!("{ROOT}/x").as_bytes(), EntryType::Regular, bytes);
    encoder.write_all(header.as_bytes()).expect("written");
    let zeros = vec![0; 1 << 20];
    (0..bytes >> 20).for_each(|_| encoder.write_all(&zeros).expect("written"));
    encoder.write_all(&[0; 2 * BLOCK]).expect("written");
    encoder.finish().expect("compressed")
}

/// All of them.
pub fn hostile_archives() -> Vec<Hostile> {
    let plain = Files::plain("acme/plain", "1.0.0");
    let honest = plain.pack(ROOT);
    let tar = zstd::decode_all(&honest[..]).expect("tar");
    let mut all = kinds();
    all.extend(names());
    let mut add = |what, defect, blob| all.push(Hostile { what, defect, blob });
    add("no content where a size is", Defect::Truncated, compressed(&file("x")[..BLOCK]));
    add("a size beyond the end", Defect::Truncated, of_changed_header(|header| header.set_size(1 << 20)));
    add("a size beyond every bound", Defect::TooLarge, of_changed_header(|header| header.set_size(1 << 40)));
    add("a size smaller than the content", Defect::HeaderChecksum, {
        let content = vec![b'n'; 3 * BLOCK];
        archive(&[entry(&header(format!("{ROOT}/x").as_bytes(), EntryType::Regular, 512), &content)])
    });
    add("no size", Defect::Size, of_changed_header(|header| header.as_mut_bytes()[124..136].fill(b'z')));
    add("a wrong checksum", Defect::HeaderChecksum, {
        let mut tar = tar.clone();
        tar[110] ^= 1;
        compressed(&tar)
    });
    add("other owners", Defect::Header, of_changed_header(|header| header.set_uid(1000)));
    add("setuid", Defect::Header, of_changed_header(|header| header.set_mode(0o4755)));
    add("another time", Defect::Header, of_changed_header(|header| header.set_mtime(1)));
    add("bytes behind the name", Defect::Header, of_changed_header(|header| header.as_mut_bytes()[90] = b'x'));
    add("data after the archive", Defect::TrailingData, compressed(&[&tar[..], b"more"].concat()));
    add("empty blocks after the archive", Defect::TrailingData, compressed(&[&tar[..], &[0; BLOCK]].concat()));
    add("data in the padding", Defect::TrailingData, {
        let mut entry = file("x");
        entry[BLOCK + 100] = 1;
        archive(&[entry])
    });
    add("two archives in one frame", Defect::TrailingData, compressed(&[&tar[..], &tar[..]].concat()));
    add("no end", Defect::Truncated, compressed(&tar[..tar.len() - BLOCK]));
    add("no file", Defect::Empty, archive(&[]));
    add("two frames", Defect::SeveralFrames, [&honest[..], &honest[..]].concat());
    let skipped = [&[0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0][..], b"more"].concat();
    add("a skipped frame behind", Defect::SeveralFrames, [&honest[..], &skipped].concat());
    add("data behind the frame", Defect::TrailingData, [&honest[..], b"x"].concat());
    add("half a frame", Defect::Truncated, honest[..honest.len() - 1].to_vec());
    add("a damaged frame", Defect::Compression, {
        let mut blob = honest.clone();
        let last = blob.len() - 1;
        blob[last] ^= 1;
        blob
    });
    add("a bomb", Defect::Ratio, bomb(64 << 20));
    // Contents that do not compress, so that it is their number that counts.
    let many = (0..100_000_u64).map(|number| {
        let content = number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_le_bytes();
        entry(&header(format!("{ROOT}/{number:06}").as_bytes(), EntryType::Regular, 8), &content)
    });
    let many: Vec<_> = many.collect();
    add("100,000 files", Defect::TooManyFiles, archive(&many));
    add("a key", Defect::Forbidden, plain.clone().with("certs/server.KEY", "x").pack(ROOT));
    add("git's folder", Defect::Forbidden, plain.clone().with(".git/config", "x").pack(ROOT));
    add("no manifest", Defect::Manifest, plain.clone().without("proveniq.toml").pack(ROOT));
    add("another root folder", Defect::RootFolder, plain.pack("plain-2.0.0"));
    add("two root folders", Defect::RootFolder, {
        archive(&[file("x"), entry(&header(b"other/y", EntryType::Regular, 1), b"x")])
    });
    all
}

fn kinds() -> Vec<Hostile> {
    let kinds = [
        ("a symbolic link", Defect::Symlink, EntryType::Symlink, ""),
        ("a hard link", Defect::Hardlink, EntryType::Link, ""),
        ("a character device", Defect::Device, EntryType::Char, ""),
        ("a block device", Defect::Device, EntryType::Block, ""),
        ("a pipe", Defect::Device, EntryType::Fifo, ""),
        ("a folder", Defect::Folder, EntryType::Directory, ""),
        ("a sparse file", Defect::Sparse, EntryType::GNUSparse, "x"),
        ("a PAX path", Defect::PaxHeader, EntryType::XHeader, "18 path=/etc/cron\n"),
        ("a PAX size", Defect::PaxHeader, EntryType::XHeader, "11 size=99\n"),
        ("a global PAX header", Defect::PaxHeader, EntryType::XGlobalHeader, "18 path=/etc/cron\n"),
        ("a GNU long name", Defect::GnuLongName, EntryType::GNULongName, "/etc/cron.d/x\0"),
        ("a GNU long link", Defect::GnuLongName, EntryType::GNULongLink, "/etc/passwd\0"),
        ("a contiguous file", Defect::EntryType, EntryType::Continuous, "x"),
        ("a kind of its own", Defect::EntryType, EntryType::new(b'V'), "x"),
    ];
    let hostile = |(what, defect, kind, content): (&'static str, Defect, EntryType, &str)| Hostile {
        what,
        defect,
        blob: of_kind(kind, content.as_bytes()),
    };
    kinds.into_iter().map(hostile).collect()
}

fn names() -> Vec<Hostile> {
    let raw: [(&'static str, Defect, &[u8]); 6] = [
        ("an absolute path", Defect::AbsolutePath, b"/etc/passwd"),
        ("a path above the root folder", Defect::ParentPath, b"../x"),
        ("a path out of the root folder", Defect::ParentPath, b"plain-1.0.0/../../x"),
        ("an empty part", Defect::EmptyPath, b"plain-1.0.0/a//x"),
        ("a file beside the root folder", Defect::RootFolder, b"x"),
        ("a name that is not UTF-8", Defect::NotUtf8, b"plain-1.0.0/\xff"),
    ];
    let paths: [(&'static str, Defect, &[&str]); 15] = [
        ("a backslash", Defect::WindowsName, &["..\\..\\x"]),
        ("a drive", Defect::WindowsName, &["C:x"]),
        ("a device", Defect::WindowsName, &["docs/NUL.txt"]),
        ("a numbered device", Defect::WindowsName, &["com1"]),
        ("a stream", Defect::WindowsName, &["a.txt:hidden"]),
        ("a dot at the end", Defect::WindowsName, &["a."]),
        ("an escape sequence", Defect::ControlCharacter, &["a\u{1b}[2J"]),
        ("the same path twice", Defect::Duplicate, &["a", "a"]),
        ("a path again later", Defect::Duplicate, &["a", "b", "a"]),
        ("paths that differ in case", Defect::CaseCollision, &["A", "a"]),
        ("folders that differ in case", Defect::CaseCollision, &["A/x", "a/X"]),
        ("letters with one capital", Defect::CaseCollision, &["s", "\u{17f}"]),
        ("composed and not", Defect::UnicodeCollision, &["cafe\u{301}", "caf\u{e9}"]),
        ("a file and a folder", Defect::FileAndFolder, &["a", "a/b"]),
        ("files that are not sorted", Defect::Order, &["b", "a"]),
    ];
    let raw = raw.into_iter().map(|(what, defect, path)| Hostile { what, defect, blob: of_raw_path(path) });
    let paths = paths.into_iter().map(|(what, defect, paths)| Hostile { what, defect, blob: of_paths(paths) });
    raw.chain(paths).collect()
}
