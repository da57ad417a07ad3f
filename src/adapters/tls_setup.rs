//! What a TLS connection to a URL begins with, where no HTTP client of a library makes it.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use rustls_platform_verifier::BuilderVerifierExt as _;
use url::Url;

use crate::error::{Explain, Result};

/// How to connect, and the name that the certificate must hold.
#[derive(Debug, Clone)]
pub struct TlsSetup {
    /// TLS 1.2 or later, HTTP/1.1, the certificates that this system trusts.
    pub config: Arc<ClientConfig>,
    /// The name.
    pub name: ServerName<'static>,
}

impl TlsSetup {
    /// Prepares a connection to the host of a URL.
    pub fn to(url: &Url) -> Result<Self> {
        let failed = || "cannot set up TLS".to_owned();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .or_bug(failed)?
            .with_platform_verifier()
            .or_usage(failed)?
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        let unnamed = || format!("{url} names no host that a certificate could name");
        let name = ServerName::try_from(host_of(url)).or_usage(unnamed)?;
        Ok(TlsSetup { config: Arc::new(config), name })
    }
}

/// The host of a URL: an IPv6 address stands in brackets there, and without them elsewhere.
pub fn host_of(url: &Url) -> String {
    url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned()
}
