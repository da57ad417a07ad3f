//! `login`, `logout` and `whoami`.

use clap::Args;

use super::StoreArg;

/// Arguments of `login`.
#[derive(Debug, Args)]
pub struct LoginArgs {
    /// Show a code to type into a browser elsewhere [default: where there is no display]
    #[arg(long, conflicts_with_all = ["browser", "with_token"])]
    pub device: bool,
    /// Open a browser here, also where there seems to be no display
    #[arg(long, conflicts_with = "with_token")]
    pub browser: bool,
    /// Read an API key or an access token from standard input
    #[arg(long)]
    pub with_token: bool,
    /// What the sign-in may do, repeatable [default: everything]
    #[arg(long = "scope", value_name = "SCOPE", conflicts_with = "with_token")]
    pub scopes: Vec<String>,
    /// Time that you have in the browser
    #[arg(long, value_name = "DURATION", default_value = "5m", conflicts_with = "with_token")]
    pub timeout: String,
    /// Where to store it [env: PROVENIQ_CREDENTIAL_STORE] [default: keyring]
    #[arg(long, value_enum)]
    pub store: Option<StoreArg>,
}

/// Arguments of `logout`.
#[derive(Debug, Args)]
pub struct LogoutArgs {
    /// Forget it here without asking the marketplace to revoke it
    #[arg(long)]
    pub local: bool,
}
