//! The words by which names and values are judged, all in small letters.

/// Words of names for what a person may have thought of.
#[rustfmt::skip]
pub(super) const PASSWORDS: &[&str] = &[
    "password", "passwd", "passphrase", "pwd", "pass", "passcode", "passwort", "pw", "psw", "userpass", "dbpass",
    "dbpassword", "requirepass", "pgpassword", "masterauth", "userpassword",
];

/// Words of names for what a machine made.
#[rustfmt::skip]
pub(super) const KEYS: &[&str] = &[
    "secret", "secrets", "token", "apikey", "authkey", "accesskey", "secretkey", "privatekey", "signingkey",
    "encryptionkey", "accesstoken", "authtoken", "bearertoken", "clientsecret", "credential", "credentials",
    "creds", "authorization", "bearer", "pat", "hmac", "pepper", "passkey", "masterkey", "apitoken", "appkey",
    "appsecret", "refreshtoken", "apisecret", "sessionsecret", "cookiesecret", "cookiepassword", "jwtsecret",
    "webhooksecret", "licensekey", "dsn",
];

/// Words that make a key of the `key` after them.
#[rustfmt::skip]
pub(super) const OF_KEYS: &[&str] = &[
    "api", "access", "secret", "private", "auth", "encryption", "encrypt", "signing", "sign", "master", "shared",
    "storage", "app", "application", "service", "license", "consumer", "admin", "ssh", "session", "cookie", "jwt",
    "hmac", "aes", "crypto", "cipher", "deploy", "deployment", "webhook", "subscription", "account", "client",
    "server", "rest", "write", "read", "ingest", "ingestion", "integration", "developer", "user", "root", "sas",
    "instrumentation", "host", "function", "function's", "base", "sdk", "token", "security", "wp", "logged",
    "secure", "nonce",
];

/// Words around the telling one that turn it into something else.
#[rustfmt::skip]
pub(super) const OTHERS: &[&str] = &[
    "url", "uri", "endpoint", "path", "file", "filename", "dir", "folder", "name", "names", "id", "ids", "type",
    "types", "field", "fields", "label", "labels", "placeholder", "hint", "help", "length", "len", "min", "max",
    "minimum", "maximum", "regex", "regexp", "pattern", "policy", "expiry", "expires", "expiration", "expired",
    "expire", "ttl", "timeout", "header", "headers", "prefix", "suffix", "format", "version", "count", "counter",
    "index", "column", "error", "errors", "message", "messages", "msg", "title", "description", "desc", "input",
    "form", "page", "reset", "forgot", "forgotten", "ref", "reference", "arn", "manager", "provider", "store",
    "class", "schema", "algorithm", "alg", "size", "limit", "limits", "issuer", "audience", "scope", "scopes",
    "kind", "status", "state", "created", "updated", "confirm", "confirmation", "public", "publishable", "pub",
    "foreign", "sort", "partition", "cache", "row", "next", "continuation", "sync", "show", "hide", "toggle",
    "invalid", "wrong", "missing", "bad", "no", "is", "has", "need", "needs", "use", "enable", "enabled", "disable",
    "disabled", "required", "require", "allowed", "allow", "supports", "hash", "hashed", "digest", "checksum",
    "sha", "sha1", "sha256", "md5", "fingerprint", "integrity", "etag", "encrypted", "sealed", "location", "source",
    "selector", "xpath", "button", "link", "icon", "text", "tooltip", "event", "handler", "callback", "function",
    "method", "model", "service", "generator", "validator", "strength", "rules", "rule", "attribute", "attr",
    "param", "parameter", "parameters", "params", "var", "variable", "env", "envvar", "command", "cmd", "symbol",
    "lexer", "parser", "syntax", "grammar", "csrfname", "mask", "color", "style", "css", "translation", "i18n",
    "example", "sample", "dummy", "fake", "mock", "primary_key", "keyboard", "lookup", "bucket", "region",
    "resource", "change", "request", "output", "idempotency", "lifecycle", "pagination", "recovery", "rotation",
    "rotate", "interval", "date", "time", "at", "on", "by", "used", "usage", "tokens", "tokenizer", "stop", "pad",
    "eos", "bos", "unk", "sep", "cls", "mode", "module", "package", "account",
];

/// Of `OTHERS`, those that may precede the telling word.
#[rustfmt::skip]
pub(super) const OTHER_EXCEPTIONS: &[&str] = &[
    "service", "account", "reset", "env",
];

/// Words that people take for a password where none is meant.
#[rustfmt::skip]
pub(super) const WEAK: &[&str] = &[
    "password", "passwd", "passw", "secret", "secretkey", "admin", "administrator", "root", "guest", "user",
    "username", "test", "testing", "tester", "testpass", "testpassword", "testsecret", "testtoken", "testkey",
    "default", "letmein", "welcome", "mypassword", "mysecret", "mytoken", "mypass", "myapikey", "mykey", "postgres",
    "mysql", "mongo", "redis", "rabbitmq", "token", "apikey", "string", "none", "null", "undefined", "true",
    "false", "nil", "empty", "value", "hidden", "fake", "faketoken", "fakekey", "fakepassword", "demo", "pass",
    "foo", "bar", "baz", "abc", "hello", "world", "supersecret", "topsecret", "verysecret", "local", "dev",
    "development", "key", "somesecret", "somepassword", "sometoken", "pwd", "temp", "correct", "wrong", "invalid",
    "new", "old", "newpassword", "oldpassword", "wrongpassword", "asdf", "qwer", "yourpassword", "yoursecret",
    "yourtoken", "yourkey", "yourapikey", "unused", "unknown", "nopassword", "anything", "whatever", "something",
    "required", "optional",
];

/// How texts begin that are no secrets, or are kept safe already.
#[rustfmt::skip]
pub(super) const HARMLESS: &[&str] = &[
    "$2a$", "$2b$", "$2y$", "$argon2", "$pbkdf2", "$scrypt", "$1$", "$5$", "$6$", "$apr1$", "pbkdf2", "{sha",
    "{ssha", "{bcrypt", "{noop}", "sha256:", "sha512:", "sha1:", "sha1-", "sha256-", "sha384-", "sha512-", "md5:",
    "ssh-rsa", "ssh-ed25519", "ecdsa-", "-----begin public", "-----begin cert", "pk.", "pk_live_", "pk_test_",
    "pk_", "ey", "ag", "enc:", "gcp:", "data:", "http:", "https:", "urn:", "application/", "text/", "/", "./",
    "../", "~/", "c:\\", "#", "vault/", "projects/", "secret/", "0x0", "aqicah",
];

/// How names of files end.
#[rustfmt::skip]
pub(super) const FILES: &[&str] = &[
    ".pem", ".key", ".json", ".txt", ".yml", ".yaml", ".env", ".crt", ".p12", ".jks", ".pfx", ".js", ".ts", ".py",
    ".com", ".org", ".html", ".md", ".xml", ".toml",
];

/// Words that stand in the place of a secret, wherever they are in it.
#[rustfmt::skip]
pub(super) const STAND_INS: &[&str] = &[
    "example", "placeholder", "changeme", "change_me", "change-me", "changeit", "replaceme", "replace_me",
    "replace-me", "replace_with", "your_", "your-", "yourkey", "yourtoken", "yoursecret", "yourpass", "youraccess",
    "yourapi", "_here", "-here", "keyhere", "tokenhere", "secrethere", "goeshere", "insert_", "insert-", "<insert",
    "dummy", "redacted", "not-a-real", "not_a_real", "notreal", "notasecret", "not-a-secret", "not_a_secret",
    "todo", "fixme", "lorem", "ipsum", "foobar", "foo_bar", "foo-bar", "foobaz", "s3cr3t-here", "xxxx", "****",
    "....", "----", "____", "####", "0000000", "1111111", "123456789", "abcdefgh", "abcd1234", "qwerty", "deadbeef",
    "cafebabe", "0123456", "asdfasdf", "testtest", "placehold", "censored", "masked", "obfuscated",
];

/// Texts that hold the place of a value that is filled in later, or name where it is.
#[rustfmt::skip]
pub(super) const REFERENCES: &[&str] = &[
    "${", "{{", "}}", "#{", "<%", "%>", "$(", "@{", "%{", "{%", "[[", "__", "process.env", "os.environ", "getenv",
    "import.meta", "secretkeyref", "valuefrom", "secrets.", "var.", "vault:", "op://", "ssm:", "arn:", "enc[",
    "keyvault", "data.aws", "local.", "module.", "config.", "settings.", "request.", "params.", "self.", "this.",
    "args.", "env.", "env(", "secret://", "file:", "ref+", "{cipher}", "aws-secrets", "awskms:",
];

/// Words by which a name is found whose value is judged by itself.
#[rustfmt::skip]
pub(super) const NAMES: &[&str] = &[
    "pass", "pwd", "secret", "token", "credential", "creds", "api_key", "access_key", "auth_key", "private_key",
    "encryption_key", "encrypt_key", "signing_key", "sign_key", "master_key", "shared_key", "storage_key",
    "app_key", "application_key", "service_key", "license_key", "consumer_key", "admin_key", "session_key",
    "cookie_key", "jwt_key", "hmac_key", "aes_key", "crypto_key", "cipher_key", "deploy_key", "webhook_key",
    "subscription_key", "account_key", "client_key", "server_key", "write_key", "ingest_key", "ingestion_key",
    "integration_key", "developer_key", "root_key", "sas_key", "host_key", "function_key", "sdk_key",
    "security_key", "pepper", "authorization", "requirepass", "masterauth",
];
