//! A headless Chromium, driven through the `WebDriver` protocol (W3C) with plain HTTP.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use super::wait_until;

/// Where the protocol puts the reference of an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// One window; closed when it is dropped.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
}

impl Browser {
    pub fn start(width: u32, height: u32) -> Self {
        // A free port that it finds can be taken before it takes it: then it ends, and another try finds another.
        let (driver, port) = (0..10).find_map(|_| driver()).expect("a chromedriver that listens");
        let size = format!("--window-size={width},{height}");
        let arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", &size];
        let options = json!({"args": arguments, "mobileEmulation": {
            "deviceMetrics": {"width": width, "height": height, "pixelRatio": 1.0, "mobile": false, "touch": false},
        }});
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"},
        }}});
        let made = ask(port, "POST", "/session", &wanted);
        let session = format!("/session/{}", made["sessionId"].as_str().expect("session"));
        Browser { driver, port, session }
    }

    fn post(&self, command: &str, document: &Value) -> Value {
        ask(self.port, "POST", &format!("{}/{command}", self.session), document)
    }

    pub fn open(&self, url: &str) {
        self.post("url", &json!({"url": url}));
    }

    /// What a script returns that runs in the page.
    pub fn script(&self, script: &str) -> Value {
        self.post("execute/sync", &json!({"script": script, "args": []}))
    }

    /// The text that is shown at a selector; empty where nothing is.
    pub fn text(&self, selector: &str) -> String {
        let script = format!("const e = document.querySelector({selector:?}); return e ? e.innerText : '';");
        self.script(&script).as_str().unwrap_or_default().to_owned()
    }

    /// How many elements there are.
    pub fn count(&self, selector: &str) -> u64 {
        self.script(&format!("return document.querySelectorAll({selector:?}).length;")).as_u64().expect("count")
    }

    /// Waits until a text is shown at a selector.
    pub fn wait_for(&self, selector: &str, text: &str) {
        wait_until(&format!("{selector} shows {text:?}"), || self.text(selector).contains(text));
    }

    /// Clicks as a person does: what is covered or disabled cannot be clicked.
    pub fn click(&self, selector: &str) {
        let found = self.post("element", &json!({"using": "css selector", "value": selector}));
        let element = found[ELEMENT].as_str().expect("element").to_owned();
        self.post(&format!("element/{element}/click"), &json!({}));
    }

    /// Presses keys, wherever the focus is.
    pub fn press(&self, keys: &str) {
        let strokes = keys
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": key.to_string()})));
        let strokes = strokes.collect::<Vec<_>>();
        self.post("actions", &json!({"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]}));
    }

    /// What the console was told: errors and refusals of the policy.
    pub fn console(&self) -> String {
        self.post("se/log", &json!({"type": "browser"})).to_string()
    }

    /// Writes a picture of the window, for people who look at it.
    pub fn picture(&self, file: &std::path::Path) {
        use base64::Engine as _;
        let shot = ask(self.port, "GET", &format!("{}/screenshot", self.session), &Value::Null);
        let bytes = base64::engine::general_purpose::STANDARD.decode(shot.as_str().expect("picture"));
        std::fs::write(file, bytes.expect("base64")).expect("written");
    }

    /// Makes the window another size.
    pub fn resize(&self, width: u32, height: u32) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.post("goog/cdp/execute", &json!({"cmd": "Emulation.setDeviceMetricsOverride", "params": size}));
    }

    /// Light or dark, as the system asks for.
    pub fn prefer(&self, scheme: &str) {
        let parameters = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.post("goog/cdp/execute", &json!({"cmd": "Emulation.setEmulatedMedia", "params": parameters}));
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ends the browser and its helpers; the driver alone would leave them.
        let _ = std::panic::catch_unwind(|| ask(self.port, "DELETE", &self.session, &Value::Null));
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Starts the driver; returns it with its port, or nothing where it ended at once.
fn driver() -> Option<(Child, u16)> {
    let mut command = Command::new("chromedriver");
    let driver = command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut driver = driver.expect("chromedriver: `scripts/test tools` installs it");
    let lines = BufReader::new(driver.stdout.take().expect("pipe")).lines();
    let started = lines.map_while(Result::ok).find(|line| line.contains("started successfully on port"));
    let Some(line) = started else {
        let _ = driver.wait();
        return None;
    };
    let port = line.trim_end_matches('.').rsplit(' ').next().expect("port").parse().expect("port");
    Some((driver, port))
}

/// Asks the driver, which keeps connections open whatever it is told; returns the value.
#[track_caller]
fn ask(port: u16, method: &str, path: &str, document: &Value) -> Value {
    let body = if document.is_null() { String::new() } else { document.to_string() };
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    );
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("connected");
    stream.set_read_timeout(Some(std::time::Duration::from_mins(1))).expect("limit");
    stream.write_all(format!("{head}{body}").as_bytes()).expect("sent");
    let mut reader = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    while line != "\r\n" {
        line.clear();
        reader.read_line(&mut line).expect("header");
        let value = line.to_ascii_lowercase().strip_prefix("content-length:").map(|value| value.trim().to_owned());
        length = value.map_or(length, |value| value.parse().expect("length"));
    }
    let mut bytes = vec![0; length];
    reader.read_exact(&mut bytes).expect("document");
    let answer: Value = serde_json::from_slice(&bytes).expect("JSON");
    assert!(answer["value"].get("error").is_none(), "{method} {path}: {}", answer["value"]);
    answer["value"].clone()
}
