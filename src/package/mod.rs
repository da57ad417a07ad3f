//! Packages: which files belong, the canonical archive, its digests, and reading one that cannot be trusted.
//!
//! There is one form of archive only. The reader accepts exactly what the writer gives, byte for byte, so that links,
//! devices, extended headers, odd names and trailing data are refused by construction.

mod archive;
mod contents;
mod defect;
mod digest;
mod limits;
mod path;
mod provenance;
mod reader;
mod reasons;
mod selection;
mod tree;
mod why;

pub use archive::{Built, root_folder, write};
pub use contents::Contents;
pub use defect::{Defect, Flaw};
pub use digest::{Digesting, hex, is_digest};
pub use limits::Limits;
pub use path::{DistinctPaths, check_path};
pub use provenance::{Source, public_remote};
pub use reader::{Archive, Refusal, decompress};
pub use reasons::{Reason, Reasons};
pub use selection::{Ruling, Selection};
pub use tree::{SourceFile, SourceTree};
pub use why::{WhyIn, WhyOut};
