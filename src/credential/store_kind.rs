//! Where secrets of keys are kept.

use crate::manifest::vocabulary;

vocabulary! {
    /// A kind of credential store.
    StoreKind, "credential store" {
        /// The operating system's keyring.
        Keyring = "keyring",
        /// A 0600 file, not encrypted.
        File = "file",
        /// A 0600 file, encrypted with a passphrase.
        Age = "age",
    }
}
