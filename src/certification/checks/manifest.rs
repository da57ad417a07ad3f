//! PKG-MANIFEST: the manifest is complete and speaks of what is shipped.

use crate::certification::check::{Area, Check, Kind, Subject};
use crate::certification::finding::Finding;
use crate::certification::finished::Finished;
use crate::certification::tier::Tier;
use crate::manifest::{FILE_NAME, IntegrationType};

pub(super) const CHECK: Check = Check {
    id: "PKG-MANIFEST",
    area: Area::Packaging,
    tier: Tier::Listed,
    kind: Kind::Static,
    proves: "the manifest is complete and what it names is shipped",
    mend: "complete proveniq.toml",
    anchor: "integration",
    revision: 1,
    run,
};

fn run(subject: &Subject<'_>) -> Finished {
    let manifest = subject.manifest;
    let mut findings = Vec::new();
    let mut demand = |holds: bool, message: String| {
        if !holds {
            findings.push(Finding::at(FILE_NAME, None, message));
        }
    };
    let takes_events = manifest.webhook.as_ref().is_some_and(|webhook| !webhook.events.is_empty());
    demand(
        takes_events || manifest.integration.kind != IntegrationType::Webhook,
        "webhook.events is empty, and an integration of type webhook takes events".into(),
    );
    demand(
        manifest.run.is_some() || manifest.integration.kind == IntegrationType::SdkPlugin,
        "[run] is missing, so nobody can start the integration to check it".into(),
    );
    demand(subject.tree.contains(FILE_NAME), "the manifest itself is not shipped".into());
    if let Some(plugin) = &manifest.plugin {
        demand(subject.tree.contains(&plugin.entry), format!("plugin.entry {} is not shipped", plugin.entry));
    }
    Finished::from_findings(findings, "complete")
}
