//! Walks through a file's expressions and asks the rules about each.

use super::super::source::{Argument, Call, Constants, Entry, Expression, Kind, Parsed, Place, Scopes};
use super::{commands, pairs, texts, tls};

/// Something that a rule found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::certification) struct Fault {
    pub(in crate::certification) place: Place,
    /// The rule, such as `implicit-grant`.
    pub(in crate::certification) rule: &'static str,
    pub(in crate::certification) message: String,
}

/// What surrounds an expression.
#[derive(Debug, Clone, Copy, Default)]
struct Around {
    /// It is only compared, or is said to a reader: a message of a log or of an error.
    idle: bool,
}

/// What the rules look with.
pub(super) struct Look<'e> {
    pub(super) constants: Constants<'e>,
    pub(super) scopes: &'e Scopes,
    /// Whether the file takes in a library of Python whose clients have an attribute `verify`.
    pub(super) has_clients: bool,
    pub(super) faults: Vec<Fault>,
}

/// Finds what is wrong in a file, sorted by place.
pub(in crate::certification) fn search(parsed: &Parsed) -> Vec<Fault> {
    let constants = Constants::of(&parsed.expressions, &parsed.scopes);
    let mut look = Look { constants, scopes: &parsed.scopes, has_clients: has_clients(parsed), faults: Vec::new() };
    for expression in &parsed.expressions {
        look.walk(expression, Around::default());
    }
    look.faults.sort();
    look.faults.dedup_by(|a, b| a.place == b.place && a.rule == b.rule);
    look.faults
}

/// Whether a source of Python takes in what sends requests with `verify`.
fn has_clients(parsed: &Parsed) -> bool {
    let libraries = ["requests", "httpx", "requests_oauthlib", "requests_toolbelt", "authlib", "niquests", "hvac"];
    parsed.imports.iter().any(|import| {
        let root = import.module.split('.').next().unwrap_or_default();
        libraries.contains(&root)
    })
}

impl Look<'_> {
    pub(super) fn found(&mut self, place: Place, rule: &'static str, message: impl Into<String>) {
        self.faults.push(Fault { place, rule, message: message.into() });
    }

    fn walk(&mut self, expression: &Expression, around: Around) {
        if !around.idle {
            self.ask(expression);
        }
        let inside = Around { idle: idle_inside(expression, around) };
        for child in expression.children() {
            // What is said or compared may hold calls that do something.
            let idle = inside.idle && !matches!(child.kind, Kind::Call(_) | Kind::Function(..));
            self.walk(child, Around { idle });
        }
    }

    fn ask(&mut self, expression: &Expression) {
        match &expression.kind {
            Kind::Text(pieces) => texts::ask(self, pieces, expression.place),
            Kind::Name(name) => tls::ask_name(self, name, expression.place),
            Kind::Assign(target, value) => {
                if let Some((object, key)) = target.rsplit_once('.') {
                    pairs::ask(self, key, value, expression.place);
                    pairs::ask_search(self, key, value);
                    tls::ask_attribute(self, object, key, value, expression.place);
                }
            }
            Kind::Object(entries) => self.ask_object(entries),
            Kind::List(items) => self.ask_list(items),
            Kind::Call(call) => self.ask_call(call, expression.place),
            Kind::Function(name, lets_pass, _) => tls::ask_function(self, name, *lets_pass, expression.place),
            _ => {}
        }
    }

    fn ask_object(&mut self, entries: &[Entry]) {
        let has = |key: &str| entries.iter().any(|entry| entry.key.as_deref() == Some(key));
        let is_request = ["url", "baseURL", "headers", "responseType"].into_iter().any(has) && !has("jsonrpc");
        for entry in entries {
            let computed = entry.computed.iter().flat_map(|key| self.constants.texts(key));
            let keys: Vec<_> = entry.key.iter().cloned().chain(computed).collect();
            for key in keys {
                pairs::ask(self, &key, &entry.value, entry.value.place);
                tls::ask_pair(self, &key, &entry.value, entry.value.place);
                if is_request {
                    pairs::ask_query(self, &key, &entry.value);
                }
            }
        }
    }

    /// `[("key", value), ...]`, which many libraries take for an object.
    fn ask_list(&mut self, items: &[Expression]) {
        for item in items {
            if let Kind::List(pair) = &item.kind
                && let [key, value] = pair.as_slice()
                && let Some(key) = key.literal()
            {
                pairs::ask(self, &key, value, value.place);
            }
        }
    }

    fn ask_call(&mut self, call: &Call, place: Place) {
        pairs::ask_call(self, call, place);
        tls::ask_call(self, call, place);
        commands::ask(self, call, place);
        for Argument { name, value } in &call.arguments {
            if let Some(key) = name.as_deref().filter(|key| *key != "**") {
                pairs::ask(self, key, value, value.place);
                tls::ask_pair(self, key, value, value.place);
            }
        }
    }
}

/// Whether texts directly inside are only compared, or said to a reader.
fn idle_inside(expression: &Expression, around: Around) -> bool {
    match &expression.kind {
        Kind::Compare(_) => true,
        Kind::Call(call) => is_speech(call) || is_question(call),
        // What a function does, and a value that gets a name, is no longer part of what is said.
        Kind::Function(..) | Kind::Assign(..) => false,
        _ => around.idle,
    }
}

/// Logs, errors and output.
fn is_speech(call: &Call) -> bool {
    let method = call.method();
    let logs = ["log", "logger", "logging", "console", "tracing", "winston", "pino", "warnings"];
    let by_logger = call.name.split('.').rev().skip(1).any(|part| {
        let part = part.to_lowercase();
        logs.contains(&part.as_str()) || part.ends_with("logger") || part.ends_with("_log")
    });
    let says = matches!(
        method,
        "print"
            | "println"
            | "eprintln"
            | "eprint"
            | "panic"
            | "bail"
            | "ensure"
            | "anyhow"
            | "unimplemented"
            | "todo"
            | "unreachable"
            | "debug"
            | "info"
            | "warn"
            | "warning"
            | "error"
            | "trace"
            | "critical"
            | "fatal"
            | "fail"
            | "expect"
            | "describe"
            | "it"
            | "test"
            | "log"
            | "reject"
            | "context"
            | "with_context"
            | "exit"
            | "help"
    );
    by_logger
        || says
        || method.ends_with("Error")
        || method.ends_with("Exception")
        || method.starts_with("assert")
        || call.name.starts_with("assert")
}

/// What asks whether a text is there: its argument is compared, not used.
fn is_question(call: &Call) -> bool {
    matches!(
        call.method(),
        "includes"
            | "startsWith"
            | "endsWith"
            | "indexOf"
            | "startswith"
            | "endswith"
            | "starts_with"
            | "ends_with"
            | "contains"
            | "test"
            | "match"
            | "matches"
            | "equals"
            | "eq"
            | "toBe"
            | "toEqual"
            | "toContain"
            | "replace"
            | "split"
            | "strip_prefix"
            | "removeprefix"
    )
}
