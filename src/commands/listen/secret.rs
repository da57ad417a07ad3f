//! `listen secret`: how the secret of the marketplace's deliveries gets to the integration.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::adapters::files::{self, Access};
use crate::context::Context;
use crate::error::Result;
use crate::stages::session::{self, Purpose};
use crate::ui::{Page, Render};
use crate::webhook::SigningSecret;

const VARIABLE: &str = "PROVENIQ_WEBHOOK_SECRET";
/// Largest .env file that is changed, in bytes.
const LARGEST: u64 = 1 << 20;

/// The secret, because it was asked for.
#[derive(Serialize)]
struct Printed {
    marketplace: String,
    secret: String,
}

/// A file that holds the secret.
#[derive(Serialize)]
struct Written {
    marketplace: String,
    #[serde(serialize_with = "crate::ui::path_text")]
    file: PathBuf,
    variable: &'static str,
}

/// Prints the secret alone, or writes it to a file.
pub(super) async fn run(context: &Context, file: Option<&Path>) -> Result<u8> {
    let session = session::open(context, Purpose::Work)?;
    let secret = session.client.webhook_secret().await?;
    let marketplace = session.client.address().to_owned();
    let Some(file) = file else {
        return context.output.outcome(&Printed { marketplace, secret: secret.expose().to_owned() });
    };
    let file = context.cwd.join(file);
    let before = files::read_text(&file, LARGEST)?.unwrap_or_default();
    files::write_atomically(&file, with_variable(&before, &secret).as_bytes(), Access::Private)?;
    context.output.outcome(&Written { marketplace, file, variable: VARIABLE })
}

/// The file with the variable set once; everything else stays as it is.
fn with_variable(before: &str, secret: &SigningSecret) -> String {
    let line = format!("{VARIABLE}={}\n", secret.expose());
    let is_it = |line: &str| {
        line.trim_start()
            .trim_start_matches("export ")
            .strip_prefix(VARIABLE)
            .is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let mut text = String::new();
    let mut set = false;
    for old in before.split_inclusive('\n') {
        if !is_it(old) {
            text.push_str(old);
        } else if !std::mem::replace(&mut set, true) {
            text.push_str(&line);
        }
    }
    if !set {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&line);
    }
    text
}

impl Render for Printed {
    fn schema(&self) -> &'static str {
        "proveniq.listen-secret/1"
    }

    fn human(&self, page: &mut Page) {
        page.line(&self.secret);
    }
}

impl Render for Written {
    fn schema(&self) -> &'static str {
        "proveniq.listen-secret-file/1"
    }

    fn human(&self, page: &mut Page) {
        page.line(format!("{} is set in {}", self.variable, self.file.display()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_is_set_once_and_the_rest_stays() {
        let secret = SigningSecret::generate().expect("randomness");
        let line = format!("{VARIABLE}={}\n", secret.expose());
        assert_eq!(with_variable("", &secret), line);
        assert_eq!(with_variable("A=1", &secret), format!("A=1\n{line}"));
        let before = format!("A=1\n{VARIABLE}=old\n# {VARIABLE}=\nexport {VARIABLE} = x\nB=2\n");
        assert_eq!(with_variable(&before, &secret), format!("A=1\n{line}# {VARIABLE}=\nB=2\n"));
    }
}
