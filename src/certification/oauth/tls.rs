//! Verification of certificates that is switched off.

use super::super::source::{Call, Constants, Expression, Kind, Place};
use super::clients;
use super::pairs::plain;
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
        // An empty name of a bundle of certificates is no bundle at all.
        "curlcabundle" | "requestscabundle" => look.constants.texts(value).iter().any(String::is_empty),
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
    if !(plain(key) == "verifymode" && clients::is_server_context(look, object, place)) {
        ask_pair(look, key, value, place);
    }
    if key == "verify" && clients::is_client(look, object, place) && is_off(&look.constants, value) {
        disabled(look, place, key);
    }
}

/// Rules on calls.
pub(super) fn ask_call(look: &mut Look<'_>, call: &Call, place: Place) {
    let positional: Vec<_> = call.positional().collect();
    let first = positional.first().copied();
    let second = positional.get(1).copied();
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
    ask_reflection(look, call, &positional, place);
    ask_options(look, call, place);
}

/// What names an attribute by a text: `setattr(s, "verify", False)`, `getattr(ssl, "...")`, `Object.defineProperty(...)`.
fn ask_reflection(look: &mut Look<'_>, call: &Call, positional: &[&Expression], place: Place) {
    let (Some(object), Some(key)) = (positional.first(), positional.get(1)) else { return };
    let object = object.name().unwrap_or_default();
    for key in look.constants.texts(key) {
        match (call.name.as_str(), positional.get(2)) {
            ("getattr", _) => ask_name(look, &format!("{object}.{key}"), place),
            ("setattr" | "Reflect.set", Some(value)) => ask_attribute(look, object, &key, value, place),
            ("Object.defineProperty" | "Reflect.defineProperty", Some(descriptor)) => {
                for value in look.constants.under(descriptor, "value") {
                    ask_attribute(look, object, &key, value, place);
                }
            }
            _ => {}
        }
    }
}

/// `verify=False` and `ssl=False` of what sends requests.
fn ask_options(look: &mut Look<'_>, call: &Call, place: Place) {
    let named = clients::called(look, call, place);
    let partial = matches!(named.as_str(), "partial" | "partialmethod")
        && call
            .positional()
            .next()
            .and_then(Expression::name)
            .is_some_and(|name| name.contains('.') || look.has_clients);
    let sends = clients::sends(&named) || named == "__init__" && clients::is_client(look, "self", place);
    if !sends && !partial {
        return;
    }
    for argument in &call.arguments {
        match argument.name.as_deref() {
            // Of a client of a database, `ssl` says whether there is TLS at all.
            Some("ssl") if !clients::takes_ssl(&named) => {}
            Some(key @ ("verify" | "ssl"))
                if is_off(&look.constants, &argument.value) || clients::is_bare_context(look, &argument.value) =>
            {
                disabled(look, argument.value.place, key);
            }
            Some("context") if clients::is_bare_context(look, &argument.value) => {
                disabled(look, argument.value.place, "a context without certificates");
            }
            Some("**") => {
                let verify = look.constants.under(&argument.value, "verify");
                if verify.into_iter().any(|value| is_off(&look.constants, value)) {
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

/// Whether a value may be what Python takes for false, other than `None`, which leaves what is set elsewhere.
fn is_off(constants: &Constants<'_>, value: &Expression) -> bool {
    constants.resolve(value).into_iter().any(|value| match &value.kind {
        Kind::Bool(flag) => !flag,
        Kind::Number(number) => number == "0",
        Kind::Text(_) => value.literal().is_some_and(|text| text.is_empty()),
        Kind::Call(call) if call.name == "bool" => call.positional().next().is_none_or(|inner| match &inner.kind {
            Kind::Bool(flag) => !flag,
            Kind::Number(number) => number == "0",
            _ => false,
        }),
        _ => false,
    })
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
