//! Packages up and down.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};

use reqwest::Method;

use super::MarketplaceClient;
use crate::error::{Error, Explain, Result};
use crate::package::Digesting;
use crate::wire::{OpenUpload, PART_BYTES, UPLOAD_OFFSET, Upload, Version};

impl MarketplaceClient {
    /// Sends a package in parts, from where the upload stands; `progress` is told the bytes that have arrived.
    pub async fn upload(&self, request: &OpenUpload, package: &mut File, progress: impl Fn(u64)) -> Result<Upload> {
        let failed = || "cannot read the package".to_owned();
        let mut upload = self.open_upload(request).await?;
        while upload.offset < upload.size {
            progress(upload.offset);
            package.seek(SeekFrom::Start(upload.offset)).or_usage(failed)?;
            let mut part = Vec::new();
            (&*package).take(PART_BYTES as u64).read_to_end(&mut part).or_usage(failed)?;
            if part.is_empty() {
                return Err(self.nonsense("it asks for more bytes than the package has"));
            }
            upload = self.send_part(&upload, part).await?;
        }
        progress(upload.offset);
        Ok(upload)
    }

    async fn send_part(&self, upload: &Upload, part: Vec<u8>) -> Result<Upload> {
        let expected = upload.offset + part.len() as u64;
        let request = self.request(Method::PATCH, &format!("v1/uploads/{}", upload.id))?;
        let request = request.header(UPLOAD_OFFSET, upload.offset).body(part);
        let response = self.deliver(request).await.map_err(|why| self.undelivered(why))?;
        let after: Upload = self.document(response).await?;
        if after.offset == expected { Ok(after) } else { Err(self.nonsense("it counts the bytes it received wrongly")) }
    }

    /// Fetches a package into `out` and checks it against the version's digest; `progress` is told the bytes that have come.
    pub async fn download(&self, version: &Version, out: &mut File, progress: impl Fn(u64)) -> Result<()> {
        let path = format!("v1/packages/{}/versions/{}/download", version.name, version.version);
        let response = self.retried(|| self.request(Method::GET, &path)).await?;
        let mut response = self.successful(response).await?;
        let mut digesting = Digesting::new(out);
        while let Some(chunk) = response.chunk().await.map_err(|cause| self.unreachable(&cause))? {
            digesting.write_all(&chunk).or_usage(|| "cannot write the package".into())?;
            if digesting.bytes() > version.size {
                return Err(self.nonsense("the package is larger than announced"));
            }
            progress(digesting.bytes());
        }
        let (_, digest, _) = digesting.finish();
        if digest == version.blob_digest {
            return Ok(());
        }
        Err(Error::unreachable(format!(
            "the package of {} {} is not what was published",
            version.name, version.version
        ))
        .hint(format!("expected SHA-256 {}, received {digest}", version.blob_digest)))
    }
}
