//! Advisories on dependencies: which packages lockfiles name, what OSV says of them, and whether a version is affected.

mod affected;
mod archive;
mod collector;
mod declared;
mod ecosystem;
mod installs;
mod inventory;
mod lockfile;
mod npm_range;
mod osv;
mod severity;
mod shelf;
mod version;

pub use affected::{Standing, fixed_in, standing};
pub use archive::{ArchiveBounds, ArchiveProblem, EachEntry, each_entry};
pub use collector::{Advisories, Collector, Wanted};
pub use ecosystem::Ecosystem;
pub use installs::installed_by;
pub use inventory::{Inventory, Remark, inventory};
pub use lockfile::LockedPackage;
pub use osv::{Advisory, Affected, LARGEST};
pub use severity::severity;
pub use shelf::Shelf;
pub use version::PackageVersion;
