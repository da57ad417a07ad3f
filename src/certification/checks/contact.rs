//! SUP-CONTACT.

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;
use crate::manifest::FILE_NAME;

pub(super) const CHECK: Check = Check {
    id: "SUP-CONTACT",
    area: Area::Support,
    tier: Tier::Listed,
    kind: Kind::Static,
    proves: "users have an address for support",
    mend: "set email or url under [support] in proveniq.toml",
    anchor: "support",
    revision: 1,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    let support = &subject.manifest.support;
    match support.email.as_deref().or(support.url.as_deref()) {
        None => Finished::from_findings(
            vec![Finding::at(FILE_NAME, None, "neither support.email nor support.url is set")],
            "",
        ),
        Some(contact) if contact.ends_with("@example.com") || contact.contains("//example.com") => {
            Finished::from_findings(vec![Finding::at(FILE_NAME, None, format!("{contact} is a placeholder"))], "")
        }
        Some(contact) => Finished::pass(contact.to_owned()),
    }
}
