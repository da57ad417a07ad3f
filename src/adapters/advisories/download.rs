//! Fetching an archive of advisories into a temporary file: bounded, and only where it has changed.

use std::fs::File;
use std::io::{Seek as _, Write as _};
use std::path::Path;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{ETAG, IF_NONE_MATCH};
use reqwest::redirect::{Attempt, Policy};
use url::Url;

use crate::adapters::files::{self, Access};
use crate::adapters::http;
use crate::error::{Error, Explain, Result};
use crate::ui::Output;

/// Largest archive, in bytes: several times the largest public one.
const LARGEST: u64 = 2 << 30;
/// Time for the whole of it.
const TIMEOUT: Duration = Duration::from_mins(30);
/// Time in which something must arrive.
const SILENCE: Duration = Duration::from_mins(1);
/// Redirects that are followed: archives often lie in the storage of somebody else.
const REDIRECTS: usize = 5;

/// What a download came to.
#[derive(Debug)]
pub enum Downloaded {
    /// The archive, and its entity tag where the server gave one.
    Archive(File, Option<String>),
    /// It is the one that `etag` names.
    Unchanged,
}

/// Fetches an archive to a file without a name in `folder`. No credential goes with it, so that redirects may be followed; never from
/// https to http.
pub async fn download(url: &Url, etag: Option<&str>, folder: &Path, output: &Output) -> Result<Downloaded> {
    let failed = || format!("cannot fetch advisories from {url}");
    let client = http::build(http::builder(url, TIMEOUT).read_timeout(SILENCE).redirect(Policy::custom(redirected)))?;
    let mut request = client.get(url.clone());
    if let Some(etag) = etag {
        request = request.header(IF_NONE_MATCH, etag);
    }
    let reach = |cause: reqwest::Error| {
        Error::unreachable(failed()).because(cause.without_url()).hint("another address is taken with --from")
    };
    let mut response = request.send().await.map_err(reach)?;
    if response.status() == StatusCode::NOT_MODIFIED && etag.is_some() {
        return Ok(Downloaded::Unchanged);
    }
    if !response.status().is_success() {
        let status = response.status();
        return Err(Error::unreachable(format!("{}: the server answered {status}", failed()))
            .hint("another address is taken with --from; {ecosystem} in it stands for npm, PyPI and crates.io"));
    }
    let tag = response.headers().get(ETAG).and_then(|tag| tag.to_str().ok()).map(str::to_owned);
    let announced = response.content_length();
    let too_large = || Error::usage(format!("{}: the archive has more than {LARGEST} bytes", failed()));
    if announced.is_some_and(|length| length > LARGEST) {
        return Err(too_large());
    }
    let write_failed = || format!("cannot keep advisories in {}", folder.display());
    files::create_folder(folder, Access::Shared)?;
    let mut file = tempfile::tempfile_in(folder).or_usage(write_failed)?;
    let progress = output.progress("Fetching", announced.unwrap_or_default());
    let mut length = 0;
    while let Some(chunk) = response.chunk().await.map_err(reach)? {
        length += chunk.len() as u64;
        if length > LARGEST {
            return Err(too_large());
        }
        file.write_all(&chunk).or_usage(write_failed)?;
        progress.set(length);
    }
    file.rewind().or_usage(write_failed)?;
    Ok(Downloaded::Archive(file, tag))
}

fn redirected(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let from_https = attempt.previous().last().is_some_and(|from| from.scheme() == "https");
    if attempt.previous().len() > REDIRECTS {
        attempt.error("it redirects again and again")
    } else if from_https && attempt.url().scheme() != "https" {
        attempt.error("it redirects from https to another protocol")
    } else {
        attempt.follow()
    }
}
