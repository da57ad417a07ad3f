//! Where a fresh credential is handed over to, and how: programs take it from standard input, never as an argument.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

/// A place that is given a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A secret of GitHub Actions, by `gh`.
    GitHubActions {
        /// Name of the secret.
        secret: Option<String>,
    },
    /// A CI/CD variable of GitLab, by `glab`.
    GitLab {
        /// Name of the variable.
        variable: Option<String>,
    },
    /// A field of a secret in Vault's key/value engine, version 2, by `vault`.
    Vault {
        /// Path of the secret.
        path: String,
        /// Name of the field.
        field: Option<String>,
    },
    /// A secret of AWS Secrets Manager, by `aws`.
    AwsSecretsManager {
        /// Name or ARN.
        id: String,
    },
    /// A key of a Kubernetes Secret, by `kubectl`.
    Kubernetes {
        /// Namespace of the Secret.
        namespace: String,
        /// Its name.
        secret: String,
        /// Key in it.
        key: String,
    },
    /// A program of the user's, which reads one line.
    Command {
        /// Program and arguments.
        words: Vec<String>,
        /// As it was typed.
        text: String,
    },
    /// Standard output.
    Stdout,
    /// A variable in a file that only the user can read.
    EnvFile {
        /// Path of the file.
        path: String,
        /// Name of the variable.
        variable: Option<String>,
    },
}

/// A program that is given a credential.
#[derive(Debug)]
pub struct Program {
    /// Program and arguments.
    pub words: Vec<String>,
    /// What it reads from standard input.
    pub input: SecretString,
}

const FORMS: &str = "github-actions[:NAME], gitlab[:NAME], vault:PATH[#FIELD], aws-secretsmanager:ID, \
                     kubernetes:NAMESPACE/SECRET/KEY, command:CMD, stdout, env-file:PATH[#NAME]";

impl Target {
    /// Parses the typed form; the error says what would do.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (kind, rest) = text.split_once(':').map_or((text, None), |(kind, rest)| (kind, Some(rest)));
        let missing = || format!("{text:?} is no target; known: {FORMS}");
        let rest_of = || rest.filter(|rest| !rest.is_empty()).ok_or_else(missing);
        let name = || rest.map(|rest| variable_name(text, rest)).transpose();
        match kind {
            "github-actions" => Ok(Target::GitHubActions { secret: name()? }),
            "gitlab" => Ok(Target::GitLab { variable: name()? }),
            "vault" => {
                let (path, field) = with_fragment(text, rest_of()?)?;
                Ok(Target::Vault { path, field })
            }
            "aws-secretsmanager" => Ok(Target::AwsSecretsManager { id: argument(text, rest_of()?)? }),
            "kubernetes" => match rest_of()?.split('/').collect::<Vec<_>>()[..] {
                [namespace, secret, key] => Ok(Target::Kubernetes {
                    namespace: argument(text, namespace)?,
                    secret: argument(text, secret)?,
                    key: argument(text, key)?,
                }),
                _ => Err(missing()),
            },
            "command" => {
                let words = shlex::split(rest_of()?).filter(|words| !words.is_empty());
                let words = words.ok_or_else(|| format!("{text:?}: a quote is not closed"))?;
                Ok(Target::Command { words, text: rest_of()?.to_owned() })
            }
            "stdout" if rest.is_none() => Ok(Target::Stdout),
            "env-file" => {
                let (path, variable) = with_fragment(text, rest_of()?)?;
                let variable = variable.map(|name| variable_name(text, &name)).transpose()?;
                Ok(Target::EnvFile { path, variable })
            }
            _ => Err(missing()),
        }
    }

    /// The programs that hand over `value`, in the order in which they are tried: the second where the place is not there
    /// yet, so that nothing else that it holds is lost. Empty where no program is needed.
    pub fn programs(&self, variable: &str, value: &SecretString) -> Vec<Program> {
        let name = |named: &Option<String>| named.clone().unwrap_or_else(|| variable.to_owned());
        let program = |words: &[&str], input: SecretString| Program {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            input,
        };
        let text = value.expose_secret();
        match self {
            Target::GitHubActions { secret } => vec![program(&["gh", "secret", "set", &name(secret)], value.clone())],
            Target::GitLab { variable } => {
                // `glab` takes off what it is not told to put on. GitLab masks no value with a space in it.
                let masked: &[&str] = if text.contains(char::is_whitespace) { &[] } else { &["--masked"] };
                let named = name(variable);
                ["update", "set"]
                    .map(|verb| program(&[&["glab", "variable", verb, &named], masked].concat(), value.clone()))
                    .into()
            }
            Target::Vault { path, field } => {
                let field = format!("{}=-", name(field));
                // A put with -cas=0 makes what is not there, and never overwrites.
                let put = program(&["vault", "kv", "put", "-cas=0", path, &field], value.clone());
                vec![program(&["vault", "kv", "patch", path, &field], value.clone()), put]
            }
            Target::AwsSecretsManager { id } => {
                // Not --cli-input-json: `aws` 1 reads that twice, and the second time there is nothing.
                let put = ["aws", "secretsmanager", "put-secret-value", "--secret-id", id];
                let words = [&put[..], &["--secret-string", "file:///dev/stdin"]].concat();
                vec![program(&words, value.clone())]
            }
            Target::Kubernetes { namespace, secret, key } => {
                let data = json!({"stringData": {key.as_str(): text}});
                let patch = ["--type", "merge", "--patch-file", "/dev/stdin"];
                let patch = [&["kubectl", "patch", "secret", secret, "--namespace", namespace][..], &patch].concat();
                let whole = json!({
                    "apiVersion": "v1", "kind": "Secret", "metadata": {"name": secret, "namespace": namespace},
                    "type": "Opaque", "stringData": {key.as_str(): text},
                });
                let create = ["kubectl", "create", "--namespace", namespace, "--validate=false", "--filename", "-"];
                vec![program(&patch, data.to_string().into()), program(&create, whole.to_string().into())]
            }
            Target::Command { words, .. } => vec![Program { words: words.clone(), input: format!("{text}\n").into() }],
            Target::Stdout | Target::EnvFile { .. } => Vec::new(),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = |kind: &str, mark: char, name: &Option<String>| match name {
            Some(name) => format!("{kind}{mark}{name}"),
            None => kind.to_owned(),
        };
        let text = match self {
            Target::GitHubActions { secret } => named("github-actions", ':', secret),
            Target::GitLab { variable } => named("gitlab", ':', variable),
            Target::Vault { path, field } => named(&format!("vault:{path}"), '#', field),
            Target::AwsSecretsManager { id } => format!("aws-secretsmanager:{id}"),
            Target::Kubernetes { namespace, secret, key } => format!("kubernetes:{namespace}/{secret}/{key}"),
            Target::Command { text, .. } => format!("command:{text}"),
            Target::Stdout => "stdout".to_owned(),
            Target::EnvFile { path, variable } => named(&format!("env-file:{path}"), '#', variable),
        };
        f.write_str(&text)
    }
}

impl serde::Serialize for Target {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Target {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Target::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

fn with_fragment(target: &str, rest: &str) -> Result<(String, Option<String>), String> {
    match rest.rsplit_once('#') {
        Some((before, fragment)) => Ok((argument(target, before)?, Some(argument(target, fragment)?))),
        None => Ok((argument(target, rest)?, None)),
    }
}

/// A word that a program is given must not be taken for an option of it.
fn argument(target: &str, word: &str) -> Result<String, String> {
    if word.is_empty() || word.starts_with('-') || word.chars().any(char::is_control) {
        return Err(format!("{target:?} names nothing that can be handed over to; known: {FORMS}"));
    }
    Ok(word.to_owned())
}

fn variable_name(target: &str, name: &str) -> Result<String, String> {
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !plain || name.is_empty() || name.len() > 100 || name.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(format!("{target:?}: a variable's name is made of letters, digits and '_'"));
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_parsed_shown_and_parsed_again() {
        let good = [
            "github-actions",
            "github-actions:MY_KEY",
            "gitlab:KEY",
            "vault:secret/ci/proveniq#api_key",
            "aws-secretsmanager:arn:aws:secretsmanager:eu-west-1:1:secret:x",
            "kubernetes:prod/proveniq/api-key",
            "command:sh -c 'cat > \"a b\"'",
            "stdout",
            "env-file:/etc/claim sync/.env#KEY",
        ];
        for text in good {
            let target = Target::parse(text).expect(text);
            assert_eq!(target.to_string(), text);
        }
        let bad = [
            "",
            "github",
            "github-actions:",
            "github-actions:--body=x",
            "gitlab:a-b",
            "vault",
            "vault:",
            "vault:#f",
            "aws-secretsmanager:--debug",
            "kubernetes:a/b",
            "kubernetes:a/b/c/d",
            "kubernetes:a//c",
            "command:",
            "command:sh -c 'x",
            "stdout:x",
            "env-file:",
            "env-file:a#1B",
        ];
        for text in bad {
            assert!(Target::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn no_program_has_the_value_among_its_arguments() {
        let value = SecretString::from("pvq_test_secret");
        for text in ["github-actions", "gitlab", "vault:a/b", "aws-secretsmanager:x", "kubernetes:a/b/c", "command:cat"]
        {
            for program in Target::parse(text).expect(text).programs("PROVENIQ_API_KEY", &value) {
                assert!(program.words.iter().all(|word| !word.contains("secret_")), "{:?}", program.words);
                assert!(program.input.expose_secret().contains("pvq_test_secret"), "{text}");
            }
        }
    }
}
