//! Verification of certificates that is switched off.

use super::super::source::{Call, Constants, Expression, Kind, Place};
use super::pairs::{is_request, plain};
use super::search::Look;

/// Keys whose `false` switches it off.
const NEEDED: &[&str] = &[
    "rejectunauthorized",
    "strictssl",
    "sslvalidate",
    "sslverify",
    "verifyssl",
    "sslcertverify",
    "checkhostname",
    "asserthostname",
    "verifycertificates",
    "tlsverify",
    "verifytls",
    "tlsrejectunauthorized",
];

/// Keys whose `true` switches it off.
const FORBIDDEN: &[&str] = &[
    "tlsallowinvalidcertificates",
    "tlsallowinvalidhostnames",
    "ignorehttpserrors",
    "acceptinsecurecerts",
    "tlsinsecure",
    "insecureskipverify",
    "dangeracceptinvalidcerts",
    "dangeracceptinvalidhostnames",
    "tlsskipverify",
];

/// Methods whose `true` switches it off.
const METHODS: &[&str] = &[
    "danger_accept_invalid_certs",
    "danger_accept_invalid_hostnames",
    "tls_danger_accept_invalid_certs",
    "tls_danger_accept_invalid_hostnames",
    "disable_verification",
    "accept_invalid_certs",
    "accept_invalid_hostnames",
];

/// Rules on a key with its value.
pub(super) fn ask_pair(look: &mut Look<'_>, key: &str, value: &Expression, place: Place) {
    let key = plain(key);
    let is = |flag| is_flag(&look.constants, value, flag);
    let off = match key.as_str() {
        key if NEEDED.contains(&key) => is(false),
        key if FORBIDDEN.contains(&key) => is(true),
        "nodetlsrejectunauthorized" | "pythonhttpsverify" => is_zero(&look.constants, value),
        "certreqs" | "verifymode" => is_none(&look.constants, value),
        "checkserveridentity" => {
            let values = look.constants.resolve(value);
            values.iter().any(|value| matches!(value.kind, Kind::Function(_, true, _)))
        }
        _ => false,
    };
    if off {
        disabled(look, place, &key);
    }
}

/// `ssl.verify_mode = ssl.CERT_NONE`, `session.verify = False`.
pub(super) fn ask_attribute(look: &mut Look<'_>, object: &str, key: &str, value: &Expression, place: Place) {
    ask_pair(look, key, value, place);
    let object = object.to_lowercase();
    let client = ["session", "client", "http", "requests"].iter().any(|word| object.contains(word));
    if key == "verify" && client && is_flag(&look.constants, value, false) {
        disabled(look, place, key);
    }
}

/// Rules on calls.
pub(super) fn ask_call(look: &mut Look<'_>, call: &Call, place: Place) {
    let first = call.positional().next();
    let second = call.positional().nth(1);
    if METHODS.contains(&call.method()) && first.is_some_and(|first| is_flag(&look.constants, first, true)) {
        disabled(look, place, call.method());
    }
    if call.method() == "set_verify" && first.is_some_and(|mode| is_none(&look.constants, mode)) {
        disabled(look, place, call.method());
    }
    if call.method() == "setopt" && first.and_then(Expression::name).is_some_and(|name| name.contains("SSL_VERIFY")) {
        let off = second.is_some_and(|value| is_zero(&look.constants, value) || is_flag(&look.constants, value, false));
        if off {
            disabled(look, place, "SSL_VERIFYPEER");
        }
    }
    ask_options(look, call);
}

/// `verify=False` and `ssl=False` of what sends requests.
fn ask_options(look: &mut Look<'_>, call: &Call) {
    let partial = call.method() == "partial"
        && call.positional().next().and_then(Expression::name).is_some_and(|name| name.contains('.'));
    let transport =
        matches!(call.method(), "HTTPTransport" | "AsyncHTTPTransport" | "TCPConnector" | "client" | "resource");
    if !is_request(call) && !partial && !transport {
        return;
    }
    for argument in &call.arguments {
        match argument.name.as_deref() {
            // Of a client of a database, `ssl` says whether there is TLS at all.
            Some("ssl")
                if !matches!(
                    call.method(),
                    "TCPConnector" | "get" | "post" | "put" | "patch" | "delete" | "head" | "request" | "ws_connect"
                ) => {}
            Some(key @ ("verify" | "ssl")) if is_flag(&look.constants, &argument.value, false) => {
                disabled(look, argument.value.place, key);
            }
            Some("**") => {
                let objects = look.constants.resolve(&argument.value).into_iter();
                let entries = objects.filter_map(|object| match &object.kind {
                    Kind::Object(entries) => Some(entries),
                    _ => None,
                });
                let verify = entries.flatten().find(|entry| entry.key.as_deref() == Some("verify"));
                if verify.is_some_and(|entry| is_flag(&look.constants, &entry.value, false)) {
                    disabled(look, argument.value.place, "verify");
                }
            }
            _ => {}
        }
    }
}

/// References to what exists only to switch it off.
pub(super) fn ask_name(look: &mut Look<'_>, name: &str, place: Place) {
    let last = name.rsplit('.').next().unwrap_or(name);
    if matches!(last, "_create_unverified_context" | "DANGER_ACCEPT_INVALID_CERTS" | "DANGER_ACCEPT_INVALID_HOSTS") {
        disabled(look, place, last);
    }
}

/// A verifier of certificates that lets everything pass.
pub(super) fn ask_function(look: &mut Look<'_>, name: &str, lets_pass: bool, place: Place) {
    if lets_pass && matches!(name, "verify_server_cert" | "checkServerIdentity") {
        disabled(look, place, name);
    }
}

fn is_flag(constants: &Constants<'_>, value: &Expression, flag: bool) -> bool {
    constants.resolve(value).iter().any(|value| matches!(value.kind, Kind::Bool(found) if found == flag))
}

fn is_zero(constants: &Constants<'_>, value: &Expression) -> bool {
    let number = |value: &&Expression| matches!(&value.kind, Kind::Number(number) if number == "0");
    constants.resolve(value).iter().any(number) || constants.texts(value).iter().any(|text| text == "0")
}

fn is_none(constants: &Constants<'_>, value: &Expression) -> bool {
    let none = |name: &str| {
        matches!(name.rsplit('.').next(), Some("CERT_NONE" | "VERIFY_NONE")) || name.ends_with("VerifyMode.NONE")
    };
    let named = constants.resolve(value).iter().any(|value| value.name().is_some_and(none));
    named || constants.texts(value).iter().any(|text| text == "CERT_NONE")
}

pub(super) fn disabled(look: &mut Look<'_>, place: Place, by: &str) {
    look.found(place, "tls-verification", format!("switches the verification of TLS certificates off, by {by}"));
}
