//! A package that may be believed to be one: canonical, with nothing in it that no package holds, and with a manifest.

use std::io::{self, Read, Seek};

use super::archive::root_folder;
use super::defect::{Defect, Flaw};
use super::limits::Limits;
use super::reader::{Archive, Refusal};
use super::selection::Selection;
use super::tree::SourceTree;
use crate::manifest::{self, FILE_NAME, IntegrationName, Manifest, PackageRules};
use crate::toml_reader;

/// Most files that a refusal names.
const MOST_NAMED: usize = 10;

/// An archive and its manifest. Client and marketplace read every package by this.
#[derive(Debug)]
pub struct Contents<R> {
    /// The files.
    pub archive: Archive<R>,
    /// The manifest inside.
    pub manifest: Manifest,
}

impl<R: Read + Seek + Send> Contents<R> {
    /// Reads an uncompressed archive.
    pub fn read(source: R, limits: Limits) -> Result<Self, Refusal> {
        let archive = Archive::index(source, limits)?;
        let manifest = manifest_of(&archive)?;
        refuse_forbidden(&archive)?;
        Ok(Contents { archive, manifest })
    }

    /// Holds the name and version inside, and the root folder, against those that were announced.
    pub fn hold_to(&self, name: &IntegrationName, version: &str) -> Result<(), Flaw> {
        let identity = &self.manifest.integration;
        if identity.name == *name && identity.version.to_string() == version {
            return self.hold_to_root();
        }
        let inside = format!("{} {}", identity.name, identity.version);
        let text = format!("the manifest inside is of {inside}, announced was {name} {version}");
        Err(Defect::ManifestDiffers.because(text))
    }

    /// Holds the root folder against the manifest inside.
    pub fn hold_to_root(&self) -> Result<(), Flaw> {
        let root = root_folder(&self.manifest.integration.name, &self.manifest.integration.version);
        if self.archive.root() == root {
            return Ok(());
        }
        Err(Defect::RootFolder.because(format!("the root folder is {:?} where {root:?} is due", self.archive.root())))
    }
}

fn manifest_of<R: Read + Seek + Send>(archive: &Archive<R>) -> Result<Manifest, Refusal> {
    let bytes = archive
        .read(FILE_NAME, toml_reader::MAX_BYTES as u64)
        .map_err(|cause| Defect::Manifest.because(format!("{FILE_NAME} cannot be read from the package: {cause}")))?;
    let text = String::from_utf8(bytes).map_err(|_| Defect::Manifest.because(format!("{FILE_NAME} is not UTF-8")))?;
    manifest::parse(FILE_NAME, &text).map_err(Refusal::Manifest)
}

/// What a packer leaves out by itself must not come in by hand either.
fn refuse_forbidden<R: Read + Seek + Send>(archive: &Archive<R>) -> Result<(), Refusal> {
    let selection = Selection::new(&PackageRules::default()).map_err(|why| Refusal::Io(io::Error::other(why)))?;
    let forbidden = archive.files().iter().filter(|file| selection.forbids(&file.path));
    let paths: Vec<_> = forbidden.take(MOST_NAMED).map(|file| file.path.as_str()).collect();
    if paths.is_empty() {
        return Ok(());
    }
    Err(Defect::Forbidden.because(format!("{} does not belong into a package", paths.join(", "))).into())
}
