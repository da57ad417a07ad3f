//! `keys`.

use clap::{Args, Subcommand};

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
        /// Make a key that attestations are signed with instead; its secret half never leaves this machine
        #[arg(long, conflicts_with_all = ["scopes", "expires"])]
        signing: bool,
        /// Publisher that it signs for [default: the one of the project in this folder]
        #[arg(long, value_name = "NAME", requires = "signing")]
        publisher: Option<String>,
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
    /// Tell what is wrong with your keys: unused, old, dead, leaked ones; exit code 1 where something is to be done
    Audit,
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
    /// Put a fresh key in the place of a key: both work until the grace period is over
    Rotate(RotateArgs),
    /// Show a key
    Show {
        /// Name or identifier of the key
        name: String,
        /// Print its secret, alone on standard output; asks before
        #[arg(long)]
        reveal: bool,
    },
    /// Revoke a key at once and forget it here
    Revoke {
        /// Name or identifier of the key
        name: String,
        /// Revoke a key that attestations are signed with
        #[arg(long)]
        signing: bool,
        /// Publisher that it signs for [default: the one of the project in this folder]
        #[arg(long, value_name = "NAME", requires = "signing")]
        publisher: Option<String>,
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

/// Arguments of `keys rotate`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct RotateArgs {
    /// Name or identifier of the key [default: PROVENIQ_API_KEY, else the key in use]
    pub name: Option<String>,
    /// Rotate the secret that deliveries are signed with instead; meanwhile they carry both signatures
    #[arg(long, conflicts_with_all = ["name", "store"])]
    pub webhook: bool,
    /// How long the old one still works, such as 24h, 7d or 0s
    #[arg(long, value_name = "DURATION", default_value = "24h")]
    pub grace: String,
    /// Where to hand the fresh one over to, repeatable.
    #[arg(
        long = "to",
        value_name = "TARGET",
        help = "Where to hand the fresh one over to, repeatable: github-actions[:NAME], gitlab[:NAME], vault:PATH[#FIELD], \
                aws-secretsmanager:ID, kubernetes:NAMESPACE/SECRET/KEY, command:CMD, stdout, env-file:PATH[#NAME]"
    )]
    pub targets: Vec<String>,
    /// Store a key here that is not stored yet, such as the one in PROVENIQ_API_KEY
    #[arg(long, value_enum)]
    pub store: Option<StoreArg>,
    /// Seconds that each program has to take the fresh one, 1 to 600
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub timeout: u64,
    /// Give up a rotation that was begun elsewhere and will not go on; what it made is revoked
    #[arg(long)]
    pub replace: bool,
    /// Finish the rotation that was cut off here
    #[arg(long, conflicts_with_all = ["grace", "targets", "store", "replace", "abort", "check"])]
    pub resume: bool,
    /// Take the rotation back that was cut off here: the old one stays
    #[arg(long, conflicts_with_all = ["grace", "targets", "store", "replace", "check"])]
    pub abort: bool,
    /// Only tell whether a rotation is due: exit 1 where it is
    #[arg(long, conflicts_with_all = ["grace", "targets", "store", "replace"])]
    pub check: bool,
    /// Age at which a rotation is due; one is due near the end of a key's life too
    #[arg(long, value_name = "DURATION", default_value = "60d", requires = "check")]
    pub max_age: String,
}
