//! What is wrong with an archive, by names that do not change.

use std::fmt;

/// A kind of defect. Its name is part of every refusal, for programs to go by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Defect {
    /// Not a zstd frame, or a damaged one.
    Compression,
    /// The bytes end too early.
    Truncated,
    /// Another frame follows the one.
    SeveralFrames,
    /// Bytes follow the frame or the archive, or lie between files.
    TrailingData,
    /// More bytes than allowed.
    TooLarge,
    /// More bytes than such a small file may stand for.
    Ratio,
    /// More files than allowed.
    TooManyFiles,
    /// No file at all.
    Empty,
    /// A header whose checksum is wrong, as where a size before it is.
    HeaderChecksum,
    /// A header that is not the canonical one of its file.
    Header,
    /// A size that cannot be read.
    Size,
    /// A symbolic link.
    Symlink,
    /// A hard link.
    Hardlink,
    /// A device or a pipe.
    Device,
    /// A folder.
    Folder,
    /// A sparse file.
    Sparse,
    /// A PAX header.
    PaxHeader,
    /// A GNU long name.
    GnuLongName,
    /// Another kind of entry.
    EntryType,
    /// A path from the root of the file system.
    AbsolutePath,
    /// A path with a part `.` or `..`.
    ParentPath,
    /// A path with an empty part, or with none.
    EmptyPath,
    /// A path that is too long.
    LongPath,
    /// A path that is not UTF-8.
    NotUtf8,
    /// A control character.
    ControlCharacter,
    /// A name that Windows cannot hold, or keeps for a device.
    WindowsName,
    /// The same path twice.
    Duplicate,
    /// Paths that differ in case only.
    CaseCollision,
    /// Paths that differ in Unicode normalisation only.
    UnicodeCollision,
    /// A path that is both file and folder.
    FileAndFolder,
    /// Files that are not sorted by path.
    Order,
    /// Files outside of the one root folder, or a wrong one.
    RootFolder,
    /// A file that no package may hold.
    Forbidden,
    /// A manifest that is not there or cannot be read.
    Manifest,
    /// A manifest of something else than was announced.
    ManifestDiffers,
}

impl Defect {
    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Defect::Compression => "compression",
            Defect::Truncated => "truncated",
            Defect::SeveralFrames => "several-frames",
            Defect::TrailingData => "trailing-data",
            Defect::TooLarge => "too-large",
            Defect::Ratio => "ratio",
            Defect::TooManyFiles => "too-many-files",
            Defect::Empty => "empty",
            Defect::HeaderChecksum => "header-checksum",
            Defect::Header => "header",
            Defect::Size => "size",
            Defect::Symlink => "symlink",
            Defect::Hardlink => "hardlink",
            Defect::Device => "device",
            Defect::Folder => "folder",
            Defect::Sparse => "sparse",
            Defect::PaxHeader => "pax-header",
            Defect::GnuLongName => "gnu-long-name",
            Defect::EntryType => "entry-type",
            Defect::AbsolutePath => "absolute-path",
            Defect::ParentPath => "parent-path",
            Defect::EmptyPath => "empty-path",
            Defect::LongPath => "long-path",
            Defect::NotUtf8 => "not-utf8",
            Defect::ControlCharacter => "control-character",
            Defect::WindowsName => "windows-name",
            Defect::Duplicate => "duplicate",
            Defect::CaseCollision => "case-collision",
            Defect::UnicodeCollision => "unicode-collision",
            Defect::FileAndFolder => "file-and-folder",
            Defect::Order => "order",
            Defect::RootFolder => "root-folder",
            Defect::Forbidden => "forbidden",
            Defect::Manifest => "manifest",
            Defect::ManifestDiffers => "manifest-differs",
        }
    }

    /// A flaw of this kind.
    pub(super) fn because(self, text: impl Into<String>) -> Flaw {
        Flaw { defect: self, text: text.into() }
    }
}

/// A defect, and what of the archive has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Its kind.
    pub defect: Defect,
    /// What was found, in words.
    pub text: String,
}

impl fmt::Display for Flaw {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.defect.name(), self.text)
    }
}
