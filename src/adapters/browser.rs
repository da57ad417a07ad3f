//! The person's browser.

use url::Url;

use crate::error::{Explain, Result};

/// Opens a page in the browser that the system or `BROWSER` names. A browser that runs in the terminal is waited for.
pub async fn open(url: &Url) -> Result<()> {
    let url = url.clone();
    let opened = tokio::task::spawn_blocking(move || webbrowser::open(url.as_str())).await;
    opened.or_bug(|| "opening the browser broke".into())?.or_usage(|| "no browser could be opened".into())
}
