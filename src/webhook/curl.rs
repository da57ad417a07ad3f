//! A `curl` line that sends an attempt again, byte for byte.

use std::fmt::Write as _;

use super::attempt::Attempt;
use super::exchange::Exchange;

/// Longest body that fits on a command line that a person copies, in bytes.
const LONGEST_BODY: usize = 4096;

/// Makes the command, for a POSIX shell with `$'…'` (bash, zsh, ksh, busybox). `None` where the body is too long to copy.
/// The signature in it holds as long as the endpoint tolerates its timestamp.
pub(super) fn command(url: &str, attempt: &Attempt) -> Option<String> {
    let headers = attempt.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice()));
    line(url, attempt.method, &headers.collect::<Vec<_>>(), &attempt.body)
}

/// Makes the command for an exchange that was sent somewhere. Credentials, which are never shown, are left out.
pub fn command_of(exchange: &Exchange) -> Option<String> {
    let request = &exchange.arrival.request;
    let sent = request.headers.iter().filter(|header| header.is_end_to_end() && !header.is_credential());
    let headers = sent.map(|header| (header.name.as_str(), header.value.as_slice()));
    line(&exchange.forward.as_ref()?.url, &request.method, &headers.collect::<Vec<_>>(), &request.body)
}

fn line(url: &str, method: &str, headers: &[(&str, &[u8])], body: &[u8]) -> Option<String> {
    if body.len() > LONGEST_BODY {
        return None;
    }
    let mut line = String::from("curl -sS -i");
    match method {
        "POST" => {}
        "HEAD" => line.push_str(" --head"),
        method if method.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            let _ = write!(line, " -X {method}");
        }
        method => {
            let _ = write!(line, " -X {}", quoted(method.as_bytes()));
        }
    }
    for (name, value) in headers {
        // curl sends an empty value only for a header that ends in a semicolon.
        let header =
            if value.is_empty() { format!("{name};").into_bytes() } else { [name.as_bytes(), b": ", value].concat() };
        let _ = write!(line, " -H {}", quoted(&header));
    }
    if headers.iter().all(|(name, _)| *name != "content-type") {
        line.push_str(" -H 'content-type:'");
    }
    if method != "HEAD" && (method != "GET" || !body.is_empty()) {
        let _ = write!(line, " --data-binary {}", quoted(body));
    }
    let _ = write!(line, " {}", quoted(url.as_bytes()));
    Some(line)
}

/// Quotes bytes for a shell: in single quotes where they are plain text, else in `$'…'`.
fn quoted(bytes: &[u8]) -> String {
    let plain = bytes.iter().all(|byte| (b' '..=b'~').contains(byte) && *byte != b'\'');
    if plain && !bytes.starts_with(b"@") {
        return format!("'{}'", String::from_utf8_lossy(bytes));
    }
    let mut text = String::from("$'");
    for byte in bytes {
        match byte {
            b'\'' => text.push_str("\\'"),
            b'\\' => text.push_str("\\\\"),
            b'\n' => text.push_str("\\n"),
            b' '..=b'~' => text.push(char::from(*byte)),
            byte => {
                let _ = write!(text, "\\{byte:03o}");
            }
        }
    }
    text.push('\'');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_the_bytes_back() {
        for bytes in [&b"plain"[..], b"it's\n\\ {\"a\": 1}", &[0xff, 0x80, b'1', b'\''], "Zo\u{eb}".as_bytes()] {
            let script = format!("printf %s {}", quoted(bytes));
            let output = std::process::Command::new("bash").args(["-c", &script]).output().expect("bash");
            assert_eq!(output.stdout, bytes, "{script}");
        }
    }

    #[test]
    fn an_empty_header_and_an_absent_content_type_are_sent_so() {
        let headers = vec![("webhook-signature".to_owned(), vec![])];
        let attempt = Attempt { method: "POST", headers, body: b"x".to_vec() };
        let line = command("http://127.0.0.1:1/", &attempt).expect("line");
        assert_eq!(
            line,
            "curl -sS -i -H 'webhook-signature;' -H 'content-type:' --data-binary 'x' 'http://127.0.0.1:1/'"
        );
    }
}
