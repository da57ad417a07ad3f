//! Recognises stack traces in answers: they tell an attacker what runs where.

use std::sync::LazyLock;

use regex::bytes::RegexSet;

use super::attempt::Answer;

/// What each runtime writes: Python, JavaScript, Java and Kotlin, Go, Rust, Ruby, PHP, .NET.
const TRACES: [(&str, &str); 8] = [
    ("Python", r#"Traceback \(most recent call last\)|File (?:"|&quot;)[^"&\n]+\.py(?:"|&quot;), line \d+"#),
    ("JavaScript", r"(?:\n|\\n|<br>)\s*(?:&nbsp;)*at [^\n]{0,200}?(?:\.[cm]?[jt]sx?|node:[a-z_/]+):\d+(?::\d+)?\)?"),
    ("Java", r"\bat [\w.$/]+\([\w$]+\.(?:java|kt|scala):\d+\)"),
    ("Go", r"goroutine \d+ \[[a-z ]+\]:"),
    ("Rust", r"panicked at |stack backtrace:"),
    ("Ruby", r"\.rb:\d+:in [`']"),
    ("PHP", r"#\d+ /[^\n]{0,200}\.php\(\d+\)|Stack trace:\s*\n?#0"),
    (".NET", r"\bat [\w.<>`]+\([^)\n]{0,200}\) in [^\n]{1,200}:line \d+"),
];

static SET: LazyLock<Option<RegexSet>> = LazyLock::new(|| RegexSet::new(TRACES.map(|(_, pattern)| pattern)).ok());

/// Names the runtime whose stack trace an answer shows.
pub(super) fn stack_trace(answer: &Answer) -> Option<&'static str> {
    if answer.body.is_empty() {
        return None;
    }
    let matched = SET.as_ref()?.matches(&answer.body).into_iter().next()?;
    TRACES.get(matched).map(|(runtime, _)| *runtime)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn trace(body: &str) -> Option<&'static str> {
        stack_trace(&Answer { status: 500, headers: vec![], body: body.as_bytes().to_vec(), elapsed: Duration::ZERO })
    }

    #[test]
    fn traces_of_common_runtimes_are_recognised() {
        let javascript = "SyntaxError: Unexpected end of JSON input\n    at JSON.parse (<anonymous>)\n    at handler (/app/src/server.js:12:8)";
        assert_eq!(trace(javascript), Some("JavaScript"));
        assert_eq!(trace(&serde_json::json!({"stack": javascript}).to_string()), Some("JavaScript"));
        assert_eq!(trace("Traceback (most recent call last):"), Some("Python"));
        assert_eq!(trace("at com.acme.Hook.handle(Hook.java:31)"), Some("Java"));
        assert_eq!(trace("goroutine 7 [running]:"), Some("Go"));
        assert_eq!(trace("thread 'main' panicked at src/main.rs:2:5"), Some("Rust"));
        assert_eq!(trace("hook.rb:3:in `call'"), Some("Ruby"));
        assert_eq!(trace("#0 /var/www/hook.php(12): handle()"), Some("PHP"));
        assert_eq!(trace("   at Acme.Hook.Handle(String body) in /src/Hook.cs:line 14"), Some(".NET"));
    }

    #[test]
    fn ordinary_words_are_none() {
        for body in ["", "not found", "{\"error\":\"look at the documentation\"}", "Meet at noon (line 3)"] {
            assert_eq!(trace(body), None, "{body}");
        }
    }
}
