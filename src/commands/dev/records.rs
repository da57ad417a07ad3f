//! What `dev` tells beside deliveries: one record for each thing that happens.

use serde::Serialize;

use crate::ui::{Page, Render, Tone};

/// One line of the stream.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Record {
    /// The integration is up.
    Started {
        endpoint: String,
        marketplace: String,
        /// Stubs that stand for upstreams, by the variables that hold their addresses.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        stubs: Vec<(String, String)>,
    },
    /// A file has changed: the integration is being started anew.
    Changed {},
    /// The integration does not run; a change of a file starts it anew.
    Down {
        why: String,
        #[serde(skip_serializing_if = "String::is_empty")]
        output: String,
    },
}

impl Render for Record {
    fn schema(&self) -> &'static str {
        match self {
            Record::Started { .. } => "proveniq.dev.started/1",
            Record::Changed {} => "proveniq.dev.changed/1",
            Record::Down { .. } => "proveniq.dev.down/1",
        }
    }

    fn human(&self, page: &mut Page) {
        match self {
            Record::Started { endpoint, marketplace, stubs } => {
                page.toned(Tone::Good, format!("running: {endpoint}, marketplace {marketplace}"));
                for (variable, url) in stubs {
                    page.toned(Tone::Dim, format!("  {variable} is not set: a stub answers at {url}"));
                }
            }
            Record::Changed {} => {
                page.toned(Tone::Dim, "a file has changed: starting anew");
            }
            Record::Down { why, output } => {
                page.toned(Tone::Bad, why).lines("  | ", output.trim_end().lines());
                page.toned(Tone::Dim, "waiting for a change");
            }
        }
    }
}
