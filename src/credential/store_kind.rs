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

impl StoreKind {
    /// Where it is, in words.
    pub fn title(self) -> &'static str {
        match self {
            StoreKind::Keyring => "the operating system's keyring",
            StoreKind::File => "a file that only you can read, not encrypted",
            StoreKind::Age => "a file that is encrypted with your passphrase",
        }
    }
}
