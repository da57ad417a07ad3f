//! What the stubs of a project's upstreams answer.

use serde_json::Value;

use crate::adapters::files;
use crate::adapters::project::Project;
use crate::adapters::stub::Answers;
use crate::error::{Error, Explain, Result};
use crate::manifest::Upstream;

/// Largest OpenAPI document, in bytes.
const LARGEST: u64 = 8 << 20;

/// What the stub of an upstream answers: as its OpenAPI file says where it names one, else canned.
pub fn stub_answers(project: &Project, upstream: &Upstream) -> Result<Answers> {
    match &upstream.openapi {
        Some(path) => Ok(Answers::OpenApi(openapi(project, path)?)),
        None => Ok(Answers::Canned),
    }
}

fn openapi(project: &Project, path: &str) -> Result<Value> {
    let text = files::read_text(&project.root.join(path), LARGEST)?
        .ok_or_else(|| Error::usage(format!("there is no {path}, which an [[upstream]] names as its OpenAPI file")))?;
    serde_json::from_str(&text)
        .or_usage(|| format!("{path} is no JSON"))
        .map_err(|error| error.hint("give the OpenAPI document as JSON"))
}
