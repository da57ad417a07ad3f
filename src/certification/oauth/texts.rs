//! Texts that are URLs, queries or forms. A text with a space in it is prose or code of another language.

use super::super::source::{Expression, Kind, Piece, Place};
use super::pairs;
use super::search::Look;

/// Stands for a hole; no source text holds it.
const HOLE: char = '\u{0}';

/// Parameters that are secret whatever they hold.
const SECRET: &[&str] = &[
    "accesstoken",
    "authtoken",
    "oauthtoken",
    "bearertoken",
    "bearer",
    "idtoken",
    "refreshtoken",
    "apikey",
    "xapikey",
    "apitoken",
    "clientsecret",
    "jwt",
    "privatetoken",
    "sessiontoken",
    "appsecret",
];

/// What a `token` that may stand in a URL is called: it works once, or opens nothing.
const HARMLESS: &[&str] = &[
    "reset",
    "invit",
    "verif",
    "confirm",
    "csrf",
    "xsrf",
    "page",
    "next",
    "cursor",
    "continu",
    "magic",
    "unsubscribe",
    "activat",
    "share",
    "sync",
    "since",
    "captcha",
    "onetime",
    "challenge",
];

/// Rules on a text.
pub(super) fn ask(look: &mut Look<'_>, pieces: &[Piece], place: Place) {
    let (text, holes) = spelled(look, pieces);
    if text.chars().any(char::is_whitespace) || text.is_empty() {
        return;
    }
    if let Some((_, rest)) = text.split_once("://") {
        let userinfo = rest.split(['/', '?', '#']).next().unwrap_or_default().rsplit_once('@').map(|(info, _)| info);
        let web = ["http", "https", "ws", "wss"].iter().any(|scheme| text.starts_with(&format!("{scheme}://")));
        let name = userinfo.filter(|info| web && info.contains(HOLE)).map(|_| holes.join(" ").to_lowercase());
        if name.is_some_and(|name| name.contains("token") || name.contains("secret") || name.contains("key")) {
            pairs::token(look, place, "user information");
        }
    }
    let (query, in_url) = match text.split_once('?') {
        Some((_, query)) => (query.to_owned(), true),
        // What goes on with a client's secret is the form of a token request (RFC 6749 section 2.3.1), and no query.
        None => (text.clone(), text.starts_with('&') && !text.contains("&client_secret=")),
    };
    let before = text.len() - query.len();
    let path = text[..before].to_lowercase();
    // A link that is sent to somebody, and works once.
    let once = ["reset", "invit", "verif", "confirm", "unsubscribe", "activat", "magic"]
        .iter()
        .any(|word| path.contains(word));
    let mut hole = text[..before].matches(HOLE).count();
    for part in query.split('&') {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        let held = value.matches(HOLE).count();
        if !(once && key == "token") {
            ask_parameter(look, place, (key, value), holes.get(hole).map_or("", String::as_str), in_url);
        }
        hole += key.matches(HOLE).count() + held;
    }
    if in_url {
        ask_queries(look, pieces, place);
    }
}

fn ask_parameter(look: &mut Look<'_>, place: Place, (key, value): (&str, &str), name: &str, in_url: bool) {
    let is_plain = |text: &str| !text.contains(HOLE);
    match pairs::plain(key).as_str() {
        "responsetype" if is_plain(value) && pairs::has_word(value, "token") => pairs::implicit(look, place),
        "granttype" if value == "password" => pairs::password(look, place),
        "redirecturi" if pairs::is_wildcard(value) => pairs::wildcard(look, place),
        _ if in_url && value.contains(HOLE) && is_secret(key, name) => pairs::token(look, place, key),
        _ => {}
    }
}

/// A text that is set as the query of a URL.
pub(super) fn ask_set_query(look: &mut Look<'_>, value: &Expression) {
    if let Kind::Text(pieces) = &value.kind {
        let marked: Vec<_> = [Piece::Literal("?".to_owned())].into_iter().chain(pieces.iter().cloned()).collect();
        ask(look, &marked, value.place);
    }
}

/// A hole behind `?` or `&` that is a whole query: `${url}?${params}`.
fn ask_queries(look: &mut Look<'_>, pieces: &[Piece], place: Place) {
    let mut before = String::new();
    for piece in pieces {
        match piece {
            Piece::Literal(text) => before.push_str(text),
            Piece::Hole(hole) => {
                if before.ends_with(['?', '&']) {
                    for key in pairs::secret_keys(look, hole) {
                        pairs::token(look, place, &key);
                    }
                }
                before.push(HOLE);
            }
        }
    }
}

/// The text with constants put in, and the names of what stays open, in order.
fn spelled(look: &Look<'_>, pieces: &[Piece]) -> (String, Vec<String>) {
    let mut text = String::new();
    let mut holes = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Literal(literal) => text.push_str(&literal.replace(HOLE, "")),
            Piece::Hole(hole) => match look.constants.texts(hole).first() {
                Some(constant) if !is_value(&text) => text.push_str(&constant.replace(HOLE, "")),
                _ => {
                    text.push(HOLE);
                    holes.push(pairs::spelled(hole));
                }
            },
        }
    }
    (text, holes)
}

/// Whether a text ends where a parameter's value begins; a constant there is as open as a variable, unless it names a grant.
fn is_value(text: &str) -> bool {
    let key = text.rsplit(['?', '&']).next().unwrap_or_default();
    key.strip_suffix('=').is_some_and(|key| is_secret(key, ""))
}

/// Whether what stands under a key of a query is secret, also going by what it is called in the code.
pub(super) fn is_secret(key: &str, name: &str) -> bool {
    let (key, name) = (pairs::plain(key), pairs::plain(name));
    match key.as_str() {
        "token" => !HARMLESS.iter().any(|word| name.contains(word)),
        "key" | "auth" => ["apikey", "token", "secret"].iter().any(|word| name.contains(word)),
        key => SECRET.contains(&key),
    }
}
