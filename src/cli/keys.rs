//! `keys`.

use clap::Subcommand;

use super::StoreArg;

/// Commands about API keys.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Create a key, store it and use it from now on
    Create {
        /// Name that tells you later what the key is for
        #[arg(long)]
        name: String,
        /// What the key may do, repeatable [default: all that you may do]
        #[arg(long = "scope", value_name = "SCOPE")]
        scopes: Vec<String>,
        /// Lifetime, such as 90d, 12h or 30m [default: no end]
        #[arg(long, value_name = "DURATION")]
        expires: Option<String>,
        /// Where to store it [env: PROVENIQ_CREDENTIAL_STORE] [default: keyring]
        #[arg(long, value_enum)]
        store: Option<StoreArg>,
    },
    /// List your keys and where each is stored; warn of those that end soon or that nothing uses
    List {
        /// List what is stored on this machine, without asking a marketplace
        #[arg(long)]
        local: bool,
    },
    /// Use a stored key from now on
    Use {
        /// Name of the key
        name: String,
    },
    /// Store a key that was created elsewhere, read from standard input
    Import {
        /// Name to store it under
        #[arg(long)]
        name: String,
        /// Where to store it [env: PROVENIQ_CREDENTIAL_STORE] [default: keyring]
        #[arg(long, value_enum)]
        store: Option<StoreArg>,
    },
    /// Revoke a key at once and forget it here
    Revoke {
        /// Name or identifier of the key
        name: String,
    },
    /// Search what is staged for secrets, as a git pre-commit hook
    ScanHook {
        /// Write the hook into this repository
        #[arg(long)]
        install: bool,
        /// Replace another's hook
        #[arg(long, requires = "install")]
        force: bool,
        /// Remove the hook from this repository
        #[arg(long, conflicts_with = "install")]
        uninstall: bool,
    },
}
