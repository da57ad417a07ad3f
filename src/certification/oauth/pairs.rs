//! `key: value`, however it is written: grants, redirects, and tokens that go into a query.

use super::super::source::{Call, Expression, Kind, Piece, Place};
use super::search::Look;
use super::texts;

/// Rules on a key with its value.
pub(super) fn ask(look: &mut Look<'_>, key: &str, value: &Expression, place: Place) {
    match plain(key).as_str() {
        "responsetype" if look.constants.texts(value).iter().any(|text| has_word(text, "token")) => {
            implicit(look, place);
        }
        "granttype" if look.constants.texts(value).iter().any(|text| text.trim() == "password") => {
            password(look, place);
        }
        "redirecturi"
        | "redirecturis"
        | "redirecturl"
        | "redirecturls"
        | "callbackurl"
        | "callbackurls"
        | "callbackuri"
        | "callbackuris"
        | "allowedredirecturis"
        | "allowedredirecturls"
        | "validredirecturis"
        | "redirectallowlist"
        | "allowedcallbackurls"
        | "postlogoutredirecturis" => {
            let wild = |value: &Expression| look.constants.texts(value).iter().any(|text| is_wildcard(text));
            let values = listed(look, value);
            if values.iter().any(wild) {
                wildcard(look, place);
            }
        }
        _ => {}
    }
}

/// The values of a list, or the one value.
fn listed(look: &Look<'_>, value: &Expression) -> Vec<Expression> {
    let resolved = look.constants.resolve(value).into_iter();
    resolved
        .flat_map(|value| match &value.kind {
            Kind::List(items) => items.clone(),
            _ => vec![value.clone()],
        })
        .collect()
}

/// Rules on calls that put a key with a value somewhere, and on those that are a grant by themselves.
pub(super) fn ask_call(look: &mut Look<'_>, call: &Call, place: Place) {
    let positional: Vec<_> = call.positional().collect();
    let puts = matches!(
        call.method(),
        "append"
            | "set"
            | "insert"
            | "append_pair"
            | "add"
            | "put"
            | "field"
            | "text"
            | "param"
            | "setdefault"
            | "push"
            | "set_var"
            | "query_pair"
            | "add_extra_param"
            | "with_param"
            | "setParameter"
            | "addParameter"
    );
    if let (true, [key, value, ..]) = (puts, positional.as_slice()) {
        let in_url = call.name.contains("searchParams") || call.method() == "append_pair" && is_url_builder(call);
        for key in look.constants.texts(key) {
            ask(look, &key, value, value.place);
            super::tls::ask_pair(look, &key, value, value.place);
            if in_url && texts::is_secret(&key, &spelled(value)) {
                token(look, place, &key);
            }
        }
    }
    let by_password = [
        "exchange_password",
        "acquire_token_by_username_password",
        "acquireTokenByUsernamePassword",
        "LegacyApplicationClient",
        "ResourceOwnerPassword",
        "ResourceOwnerPasswordCredentialsGrant",
    ];
    if by_password.contains(&call.method()) {
        password(look, place);
    }
    let keyword = |name: &str| call.arguments.iter().any(|argument| argument.name.as_deref() == Some(name));
    if matches!(call.method(), "fetch_token" | "fetch_access_token") && keyword("username") && keyword("password") {
        password(look, place);
    }
    if call.method() == "set_query" {
        for query in &positional {
            texts::ask_set_query(look, query);
        }
    }
    if call.method() == "use_implicit_flow" {
        implicit(look, place);
    }
    if is_request(call) {
        for argument in &call.arguments {
            if let Some(name) = argument.name.as_deref() {
                ask_query(look, name, &argument.value);
            } else if let Kind::Object(entries) = &argument.value.kind {
                let named = entries.iter().filter_map(|entry| Some((entry.key.as_deref()?, &entry.value)));
                named.for_each(|(key, value)| ask_query(look, key, value));
            }
        }
    }
    let builds_query = matches!(
        call.method(),
        "query" | "with_query" | "update_query" | "query_pairs" | "parse_with_params" | "extend_pairs"
    );
    if builds_query && !call.name.contains("db") && !call.name.contains("sql") {
        for argument in positional {
            query_of(look, argument);
        }
    }
}

/// `params: {...}` of a request goes into its URL.
pub(super) fn ask_query(look: &mut Look<'_>, key: &str, value: &Expression) {
    if matches!(key, "params" | "searchParams" | "qs" | "query") {
        query_of(look, value);
    }
}

/// `url.search = ...` sets a query, as text or as an object.
pub(super) fn ask_search(look: &mut Look<'_>, key: &str, value: &Expression) {
    if key == "search" {
        query_of(look, value);
        texts::ask_set_query(look, value);
    }
}

fn query_of(look: &mut Look<'_>, value: &Expression) {
    for key in secret_keys(look, value) {
        token(look, value.place, &key);
    }
}

/// The keys of a query under which something secret stands; empty where the value is none.
pub(super) fn secret_keys(look: &Look<'_>, value: &Expression) -> Vec<String> {
    let mut found = Vec::new();
    for resolved in look.constants.resolve(value) {
        found.extend(keys_of(look, resolved, 0).into_iter().filter(|(key, value)| texts::is_secret(key, value)));
    }
    let mut keys: Vec<_> = found.into_iter().map(|(key, _)| key).collect();
    if let Some(name) = value.name() {
        let builds = look.constants.resolve(value).iter().any(|resolved| is_query(resolved));
        let put = if builds { look.constants.put_into(name, value.place) } else { Vec::new() };
        keys.extend(put.into_iter().filter(|key| texts::is_secret(key, "")));
    }
    keys
}

fn keys_of(look: &Look<'_>, value: &Expression, depth: usize) -> Vec<(String, String)> {
    match &value.kind {
        Kind::Object(entries) => {
            entries.iter().filter_map(|entry| Some((entry.key.clone()?, spelled(&entry.value)))).collect()
        }
        Kind::List(items) => {
            let pairs = items.iter().filter_map(|item| match &item.kind {
                Kind::List(pair) if pair.len() == 2 => Some((pair[0].literal()?, spelled(&pair[1]))),
                _ => None,
            });
            pairs.collect()
        }
        Kind::Call(call) if is_query(value) && depth < 4 => {
            // `new URLSearchParams(...)`, `urlencode(...)`, and `.toString()` of one.
            let inner = call.positional().chain(&call.receiver).flat_map(|inner| look.constants.resolve(inner));
            let inner: Vec<_> = inner.collect();
            let keywords =
                call.arguments.iter().filter_map(|argument| Some((argument.name.clone()?, spelled(&argument.value))));
            let keywords: Vec<_> = keywords.collect();
            inner.into_iter().flat_map(|inner| keys_of(look, inner, depth + 1)).chain(keywords).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether an expression builds a query.
fn is_query(value: &Expression) -> bool {
    let Kind::Call(call) = &value.kind else { return matches!(value.kind, Kind::Object(_)) };
    matches!(call.method(), "URLSearchParams" | "urlencode" | "stringify" | "QueryParams" | "dict")
        || call.method() == "toString" && (call.receiver.as_ref().is_some_and(is_query) || call.name.contains("arams"))
}

/// Whether a call sends a request.
pub(super) fn is_request(call: &Call) -> bool {
    matches!(
        call.method(),
        "get"
            | "post"
            | "put"
            | "patch"
            | "delete"
            | "head"
            | "options"
            | "request"
            | "send"
            | "fetch"
            | "axios"
            | "got"
            | "ky"
            | "stream"
            | "ws_connect"
            | "Request"
            | "create"
            | "extend"
            | "Client"
            | "AsyncClient"
            | "Session"
            | "ClientSession"
            | "urlopen"
            | "build_request"
    )
}

fn is_url_builder(call: &Call) -> bool {
    let of_url = |inner: &Expression| matches!(&inner.kind, Kind::Call(inner) if inner.method() == "query_pairs_mut");
    call.name.contains("query_pairs_mut")
        || call.receiver.as_ref().is_some_and(|receiver| {
            of_url(receiver) || matches!(&receiver.kind, Kind::Call(inner) if is_url_builder(inner))
        })
}

/// The names in a value, to tell what it is by what it is called.
pub(super) fn spelled(value: &Expression) -> String {
    let own = match &value.kind {
        Kind::Name(name) => name.clone(),
        Kind::Call(call) => call.name.clone(),
        Kind::Text(pieces) => pieces.iter().filter(|piece| matches!(piece, Piece::Hole(_))).map(|_| "?").collect(),
        _ => String::new(),
    };
    let inner: Vec<_> = value.children().into_iter().map(spelled).collect();
    format!("{own} {}", inner.join(" "))
}

pub(super) fn implicit(look: &mut Look<'_>, place: Place) {
    look.found(place, "implicit-grant", "asks for a token by the implicit grant (response_type=token)");
}

pub(super) fn password(look: &mut Look<'_>, place: Place) {
    look.found(place, "password-grant", "uses the password grant (grant_type=password)");
}

pub(super) fn wildcard(look: &mut Look<'_>, place: Place) {
    look.found(place, "wildcard-redirect", "has a redirect address with a wildcard");
}

pub(super) fn token(look: &mut Look<'_>, place: Place, key: &str) {
    look.found(place, "token-in-url", format!("puts a token into a URL, as {key}"));
}

/// Whether a redirect address holds a wildcard.
pub(super) fn is_wildcard(text: &str) -> bool {
    let text = text.to_lowercase().replace("%2a", "*");
    text.contains('*')
}

/// Whether one of the words of a list is `word`.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    text.replace("%20", " ").split([' ', '+', ',']).any(|part| part == word)
}

/// A key without case and separators: `redirect_uri`, `redirectUri` and `redirect-uri` are one.
pub(super) fn plain(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
