//! The client of a marketplace's HTTP API. Knows the wire types and nothing of the server behind them.

mod accounts;
mod audit;
mod clients;
mod events;
mod installations;
mod keys;
mod renewal;
mod request;
mod reviews;
mod signing_keys;
mod signing_secrets;
mod transfer;

use std::sync::{Arc, RwLock};
use std::time::Duration;

use reqwest::{Client, Method};
use url::Url;

use super::http;
use crate::advisory::Ecosystem;
use crate::credential::{ApiKey, Bearer};
use crate::error::{Error, Explain, Result};
use crate::manifest::{IntegrationName, Manifest};
use crate::publication::VersionedName;
use crate::wire::{
    CommitUpload, Deprecate, OpenUpload, Package, PackageList, Receipt, Service, SignedVersion, Upload, Version, Yank,
};

pub use signing_secrets::SigningSecrets;

pub use renewal::Renewal;

/// Time that one request may take in all.
const TIMEOUT: Duration = Duration::from_mins(1);

/// A client of one marketplace, with the credential that it sends.
#[derive(Debug, Clone)]
pub struct MarketplaceClient {
    http: Client,
    base: Url,
    /// What requests are sent with.
    bearer: Arc<RwLock<Option<Bearer>>>,
    renewal: Option<Arc<dyn Renewal>>,
}

impl MarketplaceClient {
    /// Prepares a client; nothing is sent yet.
    pub fn new(address: &str, key: Option<ApiKey>) -> Result<Self> {
        Self::within(address, key, TIMEOUT)
    }

    /// Prepares a client that sends any kind of credential.
    pub fn bearing(address: &str, bearer: Option<Bearer>) -> Result<Self> {
        let client = Self::within(address, None, TIMEOUT)?;
        Ok(MarketplaceClient { bearer: Arc::new(RwLock::new(bearer)), ..client })
    }

    /// The same client, whose credential is kept fresh.
    #[must_use]
    pub fn renewed_by(self, renewal: Arc<dyn Renewal>) -> Self {
        MarketplaceClient { renewal: Some(renewal), ..self }
    }

    /// Prepares a client whose requests end after `limit` each.
    pub fn within(address: &str, key: Option<ApiKey>, limit: Duration) -> Result<Self> {
        let base = parse_address(address)?;
        let bearer = Arc::new(RwLock::new(key.map(Bearer::from)));
        Ok(MarketplaceClient { http: http::client(&base, limit)?, base, bearer, renewal: None })
    }

    /// The same marketplace, with another credential.
    #[must_use]
    pub fn acting_with(&self, key: ApiKey) -> Self {
        MarketplaceClient { bearer: Arc::new(RwLock::new(Some(key.into()))), renewal: None, ..self.clone() }
    }

    /// The origin to which credentials are bound.
    pub fn origin(&self) -> String {
        self.base.origin().ascii_serialization()
    }

    /// Host and port, in a form that can be the name of a folder.
    pub fn host(&self) -> String {
        let host = self.base.host_str().unwrap_or_default().replace(['[', ']', ':'], "_");
        self.base.port().map_or(host.clone(), |port| format!("{host}_{port}"))
    }

    /// The address without a final slash.
    pub fn address(&self) -> &str {
        self.base.as_str().trim_end_matches('/')
    }

    /// What the marketplace says of itself.
    pub async fn service(&self) -> Result<Service> {
        self.get("v1", &[]).await
    }

    /// Where it gives the advisories of a registry of packages.
    pub fn advisories_address(&self, ecosystem: Ecosystem) -> Result<Url> {
        let path = format!("v1/advisories/{ecosystem}/all.zip");
        self.base.join(&path).or_bug(|| format!("{path} is no path"))
    }

    /// Opens an upload, or finds the one that is under way.
    pub async fn open_upload(&self, request: &OpenUpload) -> Result<Upload> {
        self.send(Method::POST, "v1/uploads", request).await
    }

    /// Publishes what an upload holds.
    pub async fn commit(&self, upload: &str, request: &CommitUpload) -> Result<Receipt> {
        self.send(Method::POST, &format!("v1/uploads/{upload}/commit"), request).await
    }

    /// Searches the catalogue.
    pub async fn search(&self, query: &[(&'static str, String)]) -> Result<PackageList> {
        self.get("v1/packages", query).await
    }

    /// An integration with its versions.
    pub async fn package(&self, name: &IntegrationName) -> Result<Package> {
        self.get(&format!("v1/packages/{name}"), &[]).await
    }

    /// An integration with its versions, or `None` where there is none.
    pub async fn find_package(&self, name: &IntegrationName) -> Result<Option<Package>> {
        self.find(&format!("v1/packages/{name}")).await
    }

    /// A version with what was signed of it and its place in the queue, or `None` where there is none.
    pub async fn find_signed_version(&self, name: &VersionedName) -> Result<Option<SignedVersion>> {
        let found: Option<SignedVersion> = self.find(&version_path(name)).await?;
        found.map(|signed| self.must_be(name, signed)).transpose()
    }

    /// Refuses another version than the one that was asked for: what is signed of that one holds, and says nothing of this.
    fn must_be(&self, asked: &VersionedName, signed: SignedVersion) -> Result<SignedVersion> {
        let told = &signed.version;
        if told.name == asked.name && told.version == asked.version.to_string() {
            return Ok(signed);
        }
        let told = format!("{}@{}", told.name, told.version);
        Err(Error::unreachable(format!("{} answers with {told} where {asked} was asked for", self.address()))
            .hint("check the address, and what lies between: `proveniq doctor` tells where it comes from"))
    }

    /// Takes a version back.
    pub async fn yank(&self, name: &VersionedName, reason: &str) -> Result<SignedVersion> {
        let request = Yank { reason: reason.to_owned() };
        self.send(Method::POST, &format!("{}/yank", version_path(name)), &request).await
    }

    /// Gives a version again that was taken back.
    pub async fn unyank(&self, name: &VersionedName) -> Result<SignedVersion> {
        self.send(Method::POST, &format!("{}/unyank", version_path(name)), &serde_json::json!({})).await
    }

    /// Says of a version that it should be left for another, or with `None` no longer.
    pub async fn deprecate(&self, name: &VersionedName, message: Option<String>) -> Result<SignedVersion> {
        self.send(Method::PUT, &format!("{}/deprecation", version_path(name)), &Deprecate { message }).await
    }

    /// A version, or `None` where there is none.
    pub async fn find_version(&self, name: &IntegrationName, version: &str) -> Result<Option<Version>> {
        self.find(&format!("v1/packages/{name}/versions/{version}")).await
    }

    /// The manifest of a version, or `None` where there is none.
    pub async fn find_manifest(&self, name: &IntegrationName, version: &str) -> Result<Option<Manifest>> {
        self.find(&format!("v1/packages/{name}/versions/{version}/manifest")).await
    }
}

fn version_path(VersionedName { name, version }: &VersionedName) -> String {
    format!("v1/packages/{name}/versions/{version}")
}

/// Checks an address: http or https, a host, nothing secret in it. http is for loopback alone.
fn parse_address(address: &str) -> Result<Url> {
    let wrong = |why: &str| Error::usage(format!("{address:?} is no marketplace address: {why}"));
    if address.contains('@') {
        // It could hold a password, so it is not repeated.
        return Err(Error::usage("the marketplace address must not hold a user name or a password"));
    }
    let mut url = Url::parse(address).or_usage(|| format!("{address:?} is no marketplace address"))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(wrong("it must be an http or https URL"));
    }
    if url.scheme() == "http" && !http::is_loopback(&url) {
        return Err(wrong("beyond this machine it must use https, or keys could be read on the way"));
    }
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    url.set_query(None);
    url.set_fragment(None);
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked() {
        assert_eq!(parse_address("http://127.0.0.1:7464").expect("address").as_str(), "http://127.0.0.1:7464/");
        assert_eq!(parse_address("https://market.test/a").expect("address").as_str(), "https://market.test/a/");
        for bad in ["", "market.test", "ftp://x", "http://market.test", "http://127.0.0.1.evil.test"] {
            assert!(parse_address(bad).is_err(), "{bad}");
        }
        for secret in [
            "https://me:topsecret@market.test",
            "ftp://me:topsecret@x",
            "https://me:topsecret@x:99999",
            "me:topsecret@x",
        ] {
            let error = parse_address(secret).expect_err("password");
            assert!(!error.to_string().contains("topsecret"), "{error}");
        }
    }
}
