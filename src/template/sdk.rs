//! The TypeScript SDK as the tarball that `npm ci` installs, so that nothing unpublished is fetched.

use std::io::Write as _;

use flate2::{Compression, GzBuilder};
use rust_embed::RustEmbed;
use tar::{EntryType, Header};

use crate::error::{Explain, Result};

/// Where the tarball lies in a project.
pub(super) const TARBALL: &str = "vendor/proveniq-marketplace-sdk-1.0.0.tgz";

/// Time of every entry: the one that npm itself gives, 1985-10-26T08:15:00Z.
const TIME: u64 = 499_162_500;

#[derive(RustEmbed)]
#[folder = "sdk/typescript/"]
#[include = "package.json"]
#[include = "README.md"]
#[include = "LICENSE"]
#[include = "dist/**"]
struct Embedded;

/// Builds the tarball in npm's form. The same binary always gives the same bytes.
pub(super) fn tarball() -> Result<Vec<u8>> {
    let failed = || "cannot pack the SDK".to_owned();
    let mut paths: Vec<_> = Embedded::iter().collect();
    paths.sort();
    let gzip = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    let mut archive = tar::Builder::new(gzip);
    for path in paths {
        let Some(file) = Embedded::get(&path) else { continue };
        let mut header = Header::new_ustar();
        header.set_size(file.data.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(TIME);
        header.set_entry_type(EntryType::Regular);
        archive.append_data(&mut header, format!("package/{path}"), file.data.as_ref()).or_bug(failed)?;
    }
    let mut gzip = archive.into_inner().or_bug(failed)?;
    gzip.flush().or_bug(failed)?;
    gzip.finish().or_bug(failed)
}
