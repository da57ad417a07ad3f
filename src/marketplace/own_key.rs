//! The key with which this marketplace countersigns: made at the first start, kept in the data folder for its owner alone.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use secrecy::{ExposeSecret as _, SecretString};

use super::storage::StorageError;
use crate::credential::SigningKey;

const FILE: &str = "signing-key";
/// Longest file that can be a key, in bytes.
const LONGEST: u64 = 1024;

/// Reads the key, or makes it where there is none. Of several processes that start at once the first one makes it.
pub(super) fn open(data: &Path) -> Result<SigningKey, StorageError> {
    let path = data.join(FILE);
    match read(&path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
        read => return parse(&read?),
    }
    let failed = |cause: getrandom::Error| StorageError::Io(io::Error::other(cause.to_string()));
    let key = SigningKey::generate().map_err(failed)?;
    let mut file = tempfile::Builder::new().prefix(".signing-key-").tempfile_in(data)?;
    file.write_all(key.written().expose_secret().as_bytes())?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(&path) {
        Ok(_) => Ok(key),
        Err(failure) if failure.error.kind() == io::ErrorKind::AlreadyExists => parse(&read(&path)?),
        Err(failure) => Err(failure.error.into()),
    }
}

fn read(path: &Path) -> io::Result<SecretString> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // One that others could read is closed to them before it is used.
        if fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
            fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
        }
    }
    let mut text = String::new();
    File::open(path)?.take(LONGEST).read_to_string(&mut text)?;
    Ok(text.into())
}

fn parse(text: &SecretString) -> Result<SigningKey, StorageError> {
    SigningKey::parse(text).map_err(|why| StorageError::Damaged(format!("the file {FILE} is no signing key: {why}")))
}
