use std::io::{Cursor, Write as _};

use proptest::prelude::*;

use super::*;
use crate::package::archive::write_with;
use crate::package::{Built, root_folder, write};

/// Files in memory.
#[derive(Debug)]
struct Memory {
    files: Vec<SourceFile>,
    contents: Vec<Vec<u8>>,
}

impl Memory {
    fn new(mut entries: Vec<(String, bool, Vec<u8>)>) -> Self {
        entries.sort();
        entries.dedup_by(|a, b| a.0 == b.0);
        let files = entries.iter().map(|(path, executable, bytes)| SourceFile {
            path: path.clone(),
            size: bytes.len() as u64,
            executable: *executable,
        });
        Memory { files: files.collect(), contents: entries.iter().map(|entry| entry.2.clone()).collect() }
    }
}

impl SourceTree for Memory {
    fn files(&self) -> &[SourceFile] {
        &self.files
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        let index = self.files.iter().position(|file| file.path == path).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(Cursor::new(&self.contents[index])))
    }
}

fn pack(tree: &Memory) -> (Vec<u8>, Built) {
    let mut blob = Vec::new();
    let built = write(tree, "claim-sync-1.0.0", &mut blob, |_| Ok(())).expect("packed");
    (blob, built)
}

fn tar_of(blob: &[u8]) -> Vec<u8> {
    let mut tar = Vec::new();
    decompress(blob, blob.len() as u64, &mut tar, Limits::default()).expect("decompressed");
    tar
}

fn index(tar: Vec<u8>) -> Result<Archive<Cursor<Vec<u8>>>, Refusal> {
    Archive::index(Cursor::new(tar), Limits::default())
}

fn simple() -> Memory {
    Memory::new(vec![
        ("a.txt".into(), false, b"one".to_vec()),
        ("bin/run".into(), true, vec![0; 512]),
        ("empty".into(), false, vec![]),
    ])
}

/// A tar of entries as somebody else's program would write it.
fn foreign(entries: &[(&str, tar::EntryType, &[u8])]) -> Vec<u8> {
    let mut tar = Vec::new();
    for (path, kind, bytes) in entries {
        let file = SourceFile { path: "x".into(), size: bytes.len() as u64, executable: false };
        let mut header = header("claim-sync-1.0.0", &file).expect("header");
        header.as_mut_bytes()[..100].fill(0);
        header.as_mut_bytes()[..path.len()].copy_from_slice(path.as_bytes());
        header.set_entry_type(*kind);
        header.set_cksum();
        tar.extend_from_slice(header.as_bytes());
        tar.extend_from_slice(bytes);
        tar.extend(std::iter::repeat_n(0, padding(bytes.len() as u64)));
    }
    tar.extend([0; 2 * BLOCK]);
    tar
}

#[test]
fn what_is_packed_is_read_back() {
    let tree = simple();
    let (blob, built) = pack(&tree);
    let mut tar = Vec::new();
    let (digest, bytes) = decompress(&blob[..], blob.len() as u64, &mut tar, Limits::default()).expect("decompressed");
    assert_eq!((digest, bytes), (built.digest, built.unpacked_size));
    let archive = index(tar).expect("canonical");
    assert_eq!(archive.root(), "claim-sync-1.0.0");
    assert_eq!(archive.files(), tree.files());
    assert_eq!(archive.read("bin/run", 1000).expect("content"), vec![0; 512]);
    assert!(archive.read("bin/run", 511).is_err());
}

#[test]
fn hostile_archives_are_refused_with_a_reason() {
    use tar::EntryType::{Block, Directory, GNULongName, Link, Regular, Symlink, XHeader};
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (foreign(&[("claim-sync-1.0.0/../x", Regular, b"")]), "'.' or '..'"),
        (foreign(&[("/etc/passwd", Regular, b"")]), "is absolute"),
        (foreign(&[("x", Regular, b"")]), "lies outside a root folder"),
        (foreign(&[("claim-sync-1.0.0/x", Symlink, b"")]), "not a plain file"),
        (foreign(&[("claim-sync-1.0.0/x", Link, b"")]), "not a plain file"),
        (foreign(&[("claim-sync-1.0.0/x", Block, b"")]), "not a plain file"),
        (foreign(&[("claim-sync-1.0.0/x", Directory, b"")]), "not a plain file"),
        (foreign(&[("claim-sync-1.0.0/x", XHeader, b"path=/x")]), "not a plain file"),
        (foreign(&[("claim-sync-1.0.0/x", GNULongName, b"/x")]), "not a plain file"),
        (foreign(&[("claim-sync-1.0.0/b", Regular, b""), ("claim-sync-1.0.0/a", Regular, b"")]), "out of order"),
        (foreign(&[("claim-sync-1.0.0/a", Regular, b""), ("claim-sync-1.0.0/a", Regular, b"")]), "there twice"),
        (foreign(&[("claim-sync-1.0.0/A", Regular, b""), ("claim-sync-1.0.0/a", Regular, b"")]), "case only"),
        (
            foreign(&[("claim-sync-1.0.0/a", Regular, b""), ("claim-sync-1.0.0/a/b", Regular, b"")]),
            "a file and a folder",
        ),
        (foreign(&[("claim-sync-1.0.0/a", Regular, b""), ("other/b", Regular, b"")]), "outside the root folder"),
        (foreign(&[("claim-sync-1.0.0/nul", Regular, b"")]), "device"),
        (foreign(&[]), "no file"),
        ([foreign(&[("claim-sync-1.0.0/a", Regular, b"")]), b"more".to_vec()].concat(), "data follows its end"),
        (foreign(&[("claim-sync-1.0.0/a", Regular, b"abc")])[..BLOCK + 2].to_vec(), "middle of a file"),
    ];
    for (tar, reason) in cases {
        let refusal = index(tar).expect_err(reason).to_string();
        assert!(refusal.contains(reason), "{refusal:?} does not say {reason:?}");
    }
}

#[test]
fn a_blob_must_be_one_frame_within_bounds() {
    let (blob, _) = pack(&simple());
    let refusal =
        |blob: &[u8], limits| decompress(blob, blob.len() as u64, io::sink(), limits).expect_err("refused").to_string();
    let small = Limits { unpacked: 1024, ..Limits::default() };
    assert!(refusal(&blob, small).contains("more than 1024 bytes"));
    assert!(refusal(&[blob.clone(), b"x".to_vec()].concat(), Limits::default()).contains("data follows it"));
    assert!(refusal(&[blob.clone(), blob.clone()].concat(), Limits::default()).contains("data follows it"));
    assert!(refusal(&blob[..blob.len() - 1], Limits::default()).contains("not a single zstd frame"));
    assert!(refusal(b"PK\x03\x04", Limits::default()).contains("not a single zstd frame"));
}

#[test]
fn a_bomb_is_stopped_early() {
    let mut encoder = zstd::Encoder::new(Vec::new(), 19).expect("encoder");
    let zeros = vec![0; 1 << 20];
    (0..64).for_each(|_| encoder.write_all(&zeros).expect("compressed"));
    let bomb = encoder.finish().expect("compressed");
    assert!(bomb.len() < 64 << 10);
    let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
    let out = tempfile::tempfile().expect("file");
    let refused = |limits| match decompress(&bomb[..], bomb.len() as u64, &out, limits) {
        Err(Refusal::Flawed(flaw)) => flaw.defect,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(limits), Defect::TooLarge);
    assert!(out.metadata().expect("size").len() <= 1 << 20);
    assert_eq!(refused(Limits::default()), Defect::Ratio);
    assert!(out.metadata().expect("size").len() <= 17 << 20);
}

#[test]
fn the_root_folder_is_name_and_version() {
    let name = crate::manifest::IntegrationName::parse("acme/claim-sync").expect("name");
    assert_eq!(root_folder(&name, &semver::Version::new(1, 2, 3)), "claim-sync-1.2.3");
}

fn any_tree() -> impl Strategy<Value = Memory> {
    let path = "[a-z]{1,8}(/[a-z]{1,8}){0,2}\\.[a-z]{1,3}";
    let entry = (path, any::<bool>(), proptest::collection::vec(any::<u8>(), 0..2000));
    // A path such as prn.a is of the form, and is a device on Windows.
    let allowed = |entries: &Vec<(String, bool, Vec<u8>)>| entries.iter().all(|(path, ..)| check_path(path).is_ok());
    proptest::collection::vec(entry, 1..20).prop_filter("a device", allowed).prop_map(Memory::new)
}

#[test]
fn the_number_of_workers_shapes_nothing() {
    let mut state = 7_u32;
    let mut digits = |count: usize| -> Vec<u8> {
        let next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            b'0' + u8::try_from((state >> 24) % 10).expect("digit")
        };
        std::iter::repeat_with(next).take(count).collect()
    };
    // Nothing but small files; one job and a little; many jobs.
    for sizes in [&[10, 0, 600][..], &[(2 << 20) - 700, 5000], &[5 << 20, 1, 6 << 20]] {
        let entries = sizes.iter().enumerate().map(|(number, size)| (format!("f{number}"), false, digits(*size)));
        let tree = Memory::new(entries.collect());
        let packed = |workers| {
            let mut blob = Vec::new();
            let built = write_with(workers, &tree, "claim-sync-1.0.0", &mut blob, |_| Ok(())).expect("packed");
            (blob, built)
        };
        let first = packed(1);
        assert_eq!(pack(&tree), first);
        (2..=8).for_each(|workers| assert!(packed(workers) == first, "{workers} workers, {sizes:?}"));
    }
}

proptest! {
    #[test]
    fn what_is_accepted_is_what_the_writer_gives(
        tree in any_tree(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        sums in any::<bool>(),
    ) {
        let mut tar = tar_of(&pack(&tree).0);
        for (at, byte) in changes {
            let at = at.index(tar.len());
            tar[at] = byte;
        }
        if sums {
            let mut first = Header::from_byte_slice(&tar[..BLOCK]).clone();
            first.set_cksum();
            tar[..BLOCK].copy_from_slice(first.as_bytes());
        }
        if let Ok(archive) = index(tar.clone()) {
            let mut blob = Vec::new();
            write(&archive, archive.root(), &mut blob, |_| Ok(())).expect("packed");
            prop_assert!(tar_of(&blob) == tar);
        }
    }

    #[test]
    fn any_tree_comes_back_as_it_was(tree in any_tree()) {
        let (blob, built) = pack(&tree);
        let (again, same) = pack(&tree);
        prop_assert_eq!(&blob, &again);
        prop_assert_eq!(&built, &same);
        let archive = index(tar_of(&blob)).expect("canonical");
        prop_assert_eq!(archive.files(), tree.files());
        for (file, content) in tree.files.iter().zip(&tree.contents) {
            prop_assert_eq!(&archive.read(&file.path, u64::MAX - 1).expect("content"), content);
        }
    }

    #[test]
    fn any_flipped_bit_outside_of_content_is_refused(at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let (blob, _) = pack(&simple());
        let mut tar = tar_of(&blob);
        let content = [512..515, 1536..2048];
        let at = at.index(tar.len());
        prop_assume!(!content.iter().any(|range| range.contains(&at)));
        tar[at] ^= 1 << bit;
        prop_assert!(index(tar).is_err());
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..3000)) {
        let _ = decompress(&bytes[..], bytes.len() as u64, io::sink(), Limits::default());
        let _ = index(bytes);
    }
}
