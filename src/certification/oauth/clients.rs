//! What sends requests, as far as a file tells: clients of Python, by how they are made and what they derive from.

use super::super::source::{Call, Expression, Kind, Place, last_part};
use super::search::Look;

/// What the name of a client says.
const CLIENTS: [&str; 4] = ["session", "client", "http", "requests"];

/// What a call calls, without its module and under its own name: `C(...)` after `from httpx import Client as C`.
pub(super) fn called(look: &Look<'_>, call: &Call, place: Place) -> String {
    let names = look.constants.meanings(&call.name, place);
    let known = names.into_iter().find_map(Expression::name);
    last_part(known.unwrap_or(&call.name)).to_owned()
}

/// Whether what has a name sends requests, or makes what does.
pub(super) fn sends(method: &str) -> bool {
    let constructs = method.starts_with(char::is_uppercase)
        && ["Client", "Session", "Transport", "Connector", "ConnectionPool"].iter().any(|end| method.ends_with(end));
    constructs
        || is_verb(method)
        || matches!(
            method,
            "send"
                | "stream"
                | "urlopen"
                | "build_request"
                | "client"
                | "resource"
                | "session"
                | "fetch"
                | "fetch_token"
                | "refresh_token"
                | "HTTPSConnection"
                | "HTTPSHandler"
        )
}

fn is_verb(method: &str) -> bool {
    matches!(method, "get" | "post" | "put" | "patch" | "delete" | "head" | "options" | "request" | "ws_connect")
}

/// Whether `ssl` of a call is about verification; of a client of a database, it says whether there is TLS at all.
pub(super) fn takes_ssl(method: &str) -> bool {
    is_verb(method) || method == "TCPConnector"
}

/// Whether an object is a client whose attribute `verify` is about TLS.
pub(super) fn is_client(look: &Look<'_>, object: &str, place: Place) -> bool {
    let says = |name: &str| {
        let name = name.to_lowercase();
        CLIENTS.iter().any(|word| name.contains(word))
    };
    let class = look.scopes.class_at(place);
    // What an object says of itself counts where its class derives from a client.
    if let Some(class) = class.filter(|class| matches!(object, "self" | "cls") || class.name == object) {
        return class.bases.iter().any(|base| says(base));
    }
    if says(object) {
        return true;
    }
    if !look.has_clients || matches!(object, "self" | "cls") {
        return false;
    }
    // What is made in another way than by a client is none; of what is not known it is assumed.
    let made = look.constants.meanings(object, place);
    let others = made.iter().filter(|value| match &value.kind {
        Kind::Call(call) => {
            let named = called(look, call, value.place);
            let own = look.scopes.classes().find(|class| class.name == named);
            own.is_some_and(|class| !class.bases.iter().any(|base| says(base)))
                || matches!(named.as_str(), "parse_args" | "Namespace" | "SimpleNamespace" | "ArgumentParser")
        }
        _ => false,
    });
    made.is_empty() || others.count() < made.len()
}

/// Whether a context is one of a server, which asks nobody for a certificate unless it is told to.
pub(super) fn is_server_context(look: &Look<'_>, object: &str, place: Place) -> bool {
    let made = look.constants.meanings(object, place);
    !made.is_empty()
        && made.iter().all(|value| match &value.kind {
            Kind::Call(call) => call.arguments.iter().any(|argument| {
                let purpose = argument.value.name().map(last_part);
                matches!(purpose, Some("PROTOCOL_TLS_SERVER" | "CLIENT_AUTH"))
            }),
            _ => false,
        })
}

/// Whether a context of TLS is made without what makes it verify: `ssl.SSLContext(ssl.PROTOCOL_TLSv1_2)`.
pub(super) fn is_bare_context(look: &Look<'_>, value: &Expression) -> bool {
    let told = value.name().is_some_and(|name| {
        look.constants.put_into(name, value.place).iter().any(|key| key == "verify_mode" || key == "check_hostname")
    });
    let bare = |value: &&Expression| match &value.kind {
        Kind::Call(call) if called(look, call, value.place) == "SSLContext" => {
            let protocol = call.positional().next().and_then(Expression::name).map(last_part);
            !matches!(protocol, Some("PROTOCOL_TLS_CLIENT"))
        }
        _ => false,
    };
    !told && look.constants.resolve(value).iter().any(bare)
}
