//! Packages as the tests want them: honest ones, and others.

use std::io::{self, Read, Write as _};

use proveniq::package::{Digesting, SourceFile, SourceTree, write};
use serde_json::{Value, json};

use super::{Http, Reply};

/// Files in memory.
#[derive(Clone)]
pub struct Files {
    files: Vec<SourceFile>,
    contents: Vec<Vec<u8>>,
}

impl Files {
    /// The plain project as `name` and `version`.
    pub fn plain(name: &str, version: &str) -> Self {
        let manifest = include_str!("../fixtures/plain/proveniq.toml");
        let manifest = manifest.replace("acme/plain", name).replace("\"1.0.0\"", &format!("{version:?}"));
        let none = Files { files: Vec::new(), contents: Vec::new() };
        none.with("README.md", include_str!("../fixtures/plain/README.md"))
            .with("docs/api.md", include_str!("../fixtures/plain/docs/api.md"))
            .with("docs/setup.md", include_str!("../fixtures/plain/docs/setup.md"))
            .with("handler.py", include_str!("../fixtures/plain/handler.py"))
            .with("proveniq.toml", &manifest)
    }

    /// The same with a file added.
    #[must_use]
    pub fn with(mut self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let at = self.files.partition_point(|file| file.path.as_str() < path);
        let bytes = content.as_ref().to_vec();
        self.files.insert(at, SourceFile { path: path.to_owned(), size: bytes.len() as u64, executable: false });
        self.contents.insert(at, bytes);
        self
    }

    /// The same without a file.
    #[must_use]
    pub fn without(mut self, path: &str) -> Self {
        let at = self.files.iter().position(|file| file.path == path).expect("file");
        self.files.remove(at);
        self.contents.remove(at);
        self
    }

    /// The same with another content of a file.
    #[must_use]
    pub fn replacing(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.without(path).with(path, content)
    }

    /// The canonical package with the root folder `root`.
    pub fn pack(&self, root: &str) -> Vec<u8> {
        let mut blob = Vec::new();
        write(self, root, &mut blob, |_| Ok(())).expect("packed");
        blob
    }
}

impl SourceTree for Files {
    fn files(&self) -> &[SourceFile] {
        &self.files
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        let at = self.files.iter().position(|file| file.path == path).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(self.contents[at].as_slice()))
    }
}

/// A package with what is announced of it.
#[derive(Clone)]
pub struct Announced {
    pub document: Value,
    pub blob: Vec<u8>,
}

impl Announced {
    /// Announces a compressed archive truthfully.
    pub fn truly(name: &str, version: &str, blob: Vec<u8>) -> Self {
        let tar = zstd::decode_all(&blob[..]).expect("zstd");
        let document = json!({
            "name": name, "version": version, "digest": sha256(&tar), "blob_digest": sha256(&blob), "size": blob.len(),
        });
        Announced { document, blob }
    }

    /// The plain project under another name and version.
    pub fn plain(name: &str, version: &str) -> Self {
        let root = format!("{}-{version}", name.split_once('/').expect("publisher").1);
        Self::truly(name, version, Files::plain(name, version).pack(&root))
    }

    /// Takes other bytes, whose own digest and size are announced truthfully.
    pub fn announce_blob(&mut self, blob: Vec<u8>) {
        self.document["blob_digest"] = json!(sha256(&blob));
        self.document["size"] = json!(blob.len());
        self.blob = blob;
    }

    /// Opens an upload and sends all; returns the upload's identifier.
    pub fn send(&self, http: &Http) -> String {
        let opened = http.post("/v1/uploads", &self.document).expect(200);
        let id = opened["id"].as_str().expect("id").to_owned();
        self.send_part(http, &id, 0, self.blob.len()).expect(200);
        id
    }

    /// Sends the bytes from `from` to `to`.
    pub fn send_part(&self, http: &Http, id: &str, from: usize, to: usize) -> Reply {
        let offset = from.to_string();
        http.send("PATCH", &format!("/v1/uploads/{id}"), &[("upload-offset", &offset)], &self.blob[from..to])
    }

    /// Sends all and commits it with an honest claim.
    pub fn publish(&self, http: &Http) -> Reply {
        commit(http, &self.send(http))
    }
}

/// Commits an upload with an honest claim.
pub fn commit(http: &Http, upload: &str) -> Reply {
    http.post(&format!("/v1/uploads/{upload}/commit"), &claim())
}

/// A claim that every check of tier listed holds.
pub fn claim() -> Value {
    use proveniq::certification::{RuleSet, Tier};
    let rules = RuleSet::current();
    let checks: Vec<_> = rules.checks.iter().filter(|check| check.tier == Tier::Listed).collect();
    let verdicts: Vec<_> = checks.iter().map(|check| json!({"id": check.id, "verdict": "pass"})).collect();
    json!({"certification": {"rule_set": rules.version, "tier": "listed", "checks": verdicts}})
}

fn sha256(bytes: &[u8]) -> String {
    let mut digesting = Digesting::new(io::sink());
    digesting.write_all(bytes).expect("digested");
    digesting.finish().1
}
