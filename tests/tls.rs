//! SEC-TLS: what `certify` sees of endpoints beyond this machine. They run on this machine, at its address on the network.

use std::fs;
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{TestEnvironment, wait_until};

/// The address of this machine on its network. Nothing is sent.
fn own_address() -> IpAddr {
    let socket = UdpSocket::bind("0.0.0.0:0").expect("socket");
    socket.connect("203.0.113.1:9").expect("these tests need a network interface beside loopback");
    socket.local_addr().expect("address").ip()
}

/// An authority of the test's own, and what it vouches for.
struct Authority {
    environment: TestEnvironment,
    address: IpAddr,
}

/// An endpoint that runs until it is dropped.
struct Endpoint {
    server: Child,
    url: String,
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

const ELLIPTIC: [&str; 5] = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

impl Authority {
    fn new() -> Self {
        let mut environment = TestEnvironment::new();
        environment.set("SSL_CERT_FILE", environment.path("root.pem"));
        let authority = Authority { environment, address: own_address() };
        let (root, key) = (authority.path("root.pem"), authority.path("root-key.pem"));
        authority
            .openssl(&["req", "-x509", "-subj", "/CN=root", "-days", "2", "-keyout", &key, "-out", &root], &ELLIPTIC);
        authority.vouch_for("leaf", &format!("IP:{}", authority.address), "1 hour ago");
        fs::write(
            authority.environment.work().join("proveniq.toml"),
            "[integration]\nname = \"acme/deployed\"\ntitle = \"Deployed\"\nversion = \"1.0.0\"\ntype = \"native\"\n\
             category = \"compliance\"\nsummary = \"Runs elsewhere\"\nlicense = \"MIT\"\n",
        )
        .expect("written");
        authority
    }

    fn path(&self, name: &str) -> String {
        self.environment.path(name).to_str().expect("UTF-8").to_owned()
    }

    fn openssl(&self, arguments: &[&str], more: &[&str]) {
        let mut command = self.environment.prepared("openssl", &self.environment.work(), &[arguments, more].concat());
        assert!(command.status().expect("openssl").success());
    }

    /// Makes `NAME.pem` and `NAME-key.pem` for alternative names, at a time.
    fn vouch_for(&self, name: &str, names: &str, time: &str) {
        let (certificate, key) = (self.path(&format!("{name}.pem")), self.path(&format!("{name}-key.pem")));
        let (request, extensions) = (self.path("request.pem"), self.path("extensions"));
        fs::write(&extensions, format!("subjectAltName={names}\nextendedKeyUsage=serverAuth\n")).expect("written");
        self.openssl(&["req", "-subj", "/CN=leaf", "-keyout", &key, "-out", &request], &ELLIPTIC);
        let (root, root_key) = (self.path("root.pem"), self.path("root-key.pem"));
        let signed_by = ["-CA", &root, "-CAkey", &root_key, "-CAcreateserial", "-extfile", &extensions, "-days", "2"];
        let signing =
            [&[time, "openssl", "x509", "-req", "-in", &request, "-out", &certificate], &signed_by[..]].concat();
        let mut command = self.environment.prepared("faketime", &self.environment.work(), &signing);
        assert!(command.status().expect("faketime: `scripts/test tools` installs it").success());
    }

    /// Starts an endpoint with the certificate of `name`.
    fn serve(&self, name: &str, oldest: &str, newest: &str, hsts: &str) -> Endpoint {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tls_endpoint.py");
        let port = self.free_port();
        let mut command =
            self.environment.prepared("python3", &self.environment.work(), &[script.to_str().expect("UTF-8")]);
        command.env("ADDRESS", self.address.to_string()).env("PORT", port.to_string());
        command.env("CERTIFICATE", self.path(&format!("{name}.pem"))).env("KEY", self.path(&format!("{name}-key.pem")));
        command.env("OLDEST", oldest).env("NEWEST", newest).env("HSTS", hsts).stderr(Stdio::null());
        self.running(command.spawn().expect("started"), port)
    }

    fn free_port(&self) -> u16 {
        TcpListener::bind((self.address, 0)).expect("port").local_addr().expect("address").port()
    }

    fn running(&self, server: Child, port: u16) -> Endpoint {
        let address = SocketAddr::new(self.address, port);
        let endpoint = Endpoint { server, url: format!("https://{address}/callback") };
        wait_until("it listens", || TcpStream::connect(address).is_ok());
        endpoint
    }

    /// What `certify` says of endpoints.
    fn certify(&self, urls: &[&str]) -> Value {
        let named = urls.iter().flat_map(|url| ["--endpoint", url]);
        let arguments: Vec<_> = ["certify", "--tier", "verified", "--json"].into_iter().chain(named).collect();
        let report = self.environment.run(&arguments).json();
        let checks = report["checks"].as_array().unwrap_or_else(|| panic!("{report}"));
        checks.iter().find(|check| check["id"] == "SEC-TLS").expect("the check").clone()
    }
}

const HSTS: &str = "max-age=31536000; includeSubDomains";

/// Rule and message of each finding.
fn findings(check: &Value) -> Vec<(&str, &str)> {
    let findings = check["findings"].as_array().map(Vec::as_slice).unwrap_or_default();
    findings
        .iter()
        .map(|finding| (finding["rule"].as_str().expect("rule"), finding["message"].as_str().expect("text")))
        .collect()
}

#[test]
fn an_endpoint_of_today_passes() {
    let authority = Authority::new();
    let (second, third) = (authority.serve("leaf", "1.2", "1.2", HSTS), authority.serve("leaf", "1.3", "1.3", HSTS));
    let check = authority.certify(&[&second.url, &third.url]);
    assert_eq!((&check["verdict"], &check["summary"]), (&"pass".into(), &"2 endpoints held".into()), "{check}");
}

#[test]
fn old_versions_are_found_beside_new_ones() {
    let authority = Authority::new();
    let endpoint = authority.serve("leaf", "1.0", "1.3", HSTS);
    let check = authority.certify(&[&endpoint.url]);
    let url = &endpoint.url;
    let expected = [format!("{url} still takes TLS 1.0"), format!("{url} still takes TLS 1.1")];
    let seen = findings(&check);
    assert_eq!(seen, [("tls.old-version", &*expected[0]), ("tls.old-version", &*expected[1])], "{check}");
    let only = authority.serve("leaf", "1.1", "1.2", HSTS);
    let check = authority.certify(&[&only.url]);
    assert_eq!(findings(&check), [("tls.old-version", &*format!("{} still takes TLS 1.1", only.url))], "{check}");
}

/// Another server than Python's: the one that OpenSSL has for tests.
#[test]
fn an_endpoint_that_has_old_versions_only_fails() {
    let authority = Authority::new();
    let port = authority.free_port();
    let (certificate, key) = (authority.path("leaf.pem"), authority.path("leaf-key.pem"));
    let place = SocketAddr::new(authority.address, port).to_string();
    let arguments = ["s_server", "-accept", &place, "-cert", &certificate, "-key", &key, "-tls1_1", "-www", "-quiet"];
    let arguments = [&arguments[..], &["-cipher", "ALL:@SECLEVEL=0"]].concat();
    let mut command = authority.environment.prepared("openssl", &authority.environment.work(), &arguments);
    let endpoint = authority.running(
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("started"),
        port,
    );
    let check = authority.certify(&[&endpoint.url]);
    let rules: Vec<_> = findings(&check).into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(rules, ["tls.old-version", "tls.handshake"], "{check}");
}

#[test]
fn certificates_that_do_not_hold_fail() {
    let authority = Authority::new();
    authority.vouch_for("other", "DNS:elsewhere.acme.test", "1 hour ago");
    authority.vouch_for("expired", &format!("IP:{}", authority.address), "2020-01-01 00:00:00");
    let stranger = Authority::new();
    let endpoints = [
        authority.serve("other", "1.2", "1.3", HSTS),
        authority.serve("expired", "1.2", "1.3", HSTS),
        stranger.serve("leaf", "1.2", "1.3", HSTS),
    ];
    for endpoint in &endpoints {
        let check = authority.certify(&[&endpoint.url]);
        let seen = findings(&check);
        assert!(
            seen.len() == 1 && seen[0].0 == "tls.handshake" && seen[0].1.contains("certificate does not hold"),
            "{check}"
        );
    }
}

#[test]
fn strict_transport_security_is_due_for_half_a_year() {
    let authority = Authority::new();
    for (hsts, says) in [
        ("", "without Strict-Transport-Security"),
        ("max-age=3600", "does not hold for"),
        ("includeSubDomains", "does not hold for"),
    ] {
        let endpoint = authority.serve("leaf", "1.2", "1.3", hsts);
        let check = authority.certify(&[&endpoint.url]);
        let seen = findings(&check);
        assert!(seen.len() == 1 && seen[0].0 == "tls.hsts" && seen[0].1.contains(says), "{hsts:?}: {check}");
    }
}

#[test]
fn plain_http_beyond_this_machine_fails_and_loopback_has_no_object() {
    let authority = Authority::new();
    let check = authority.certify(&["http://192.0.2.1/callback"]);
    assert!(findings(&check)[0].1.contains("it is not https"), "{check}");
    assert_eq!(authority.certify(&["http://127.0.0.1:1/", "http://localhost:1/"])["verdict"], "not_applicable");
    assert_eq!(authority.certify(&[])["verdict"], "not_applicable");
    let arguments = ["certify", "--tier", "verified", "--endpoint", "acme.test"];
    authority.environment.run(&arguments).expect(2).says("name an address such as");
}

#[test]
fn redirect_uris_of_the_manifest_count() {
    let authority = Authority::new();
    let endpoint = authority.serve("leaf", "1.2", "1.3", "");
    let manifest = authority.environment.work().join("proveniq.toml");
    let text = fs::read_to_string(&manifest).expect("manifest");
    fs::write(
        &manifest,
        format!("{text}\n[oauth]\nredirect_uris = [\"http://127.0.0.1/callback\", \"{}\"]\n", endpoint.url),
    )
    .expect("written");
    let check = authority.certify(&[]);
    assert_eq!((check["verdict"].as_str(), &check["findings"][0]["line"]), (Some("fail"), &11.into()), "{check}");
    let report = authority.environment.run(&["certify", "--static", "--tier", "verified", "--json"]).json();
    let checks = report["checks"].as_array().expect("checks");
    assert!(checks.iter().any(|check| check["id"] == "SEC-TLS" && check["verdict"] == "not_run"), "{report}");
}

#[test]
fn endpoints_that_do_not_answer_leave_no_answer() {
    let authority = Authority::new();
    // One that takes connections and says nothing, and one that is not there.
    let silent = TcpListener::bind((authority.address, 0)).expect("port");
    let closed = authority.free_port();
    let started = Instant::now();
    for port in [silent.local_addr().expect("address").port(), closed] {
        let url = format!("https://{}/", SocketAddr::new(authority.address, port));
        let check = authority.certify(&[&url]);
        assert_eq!(check["verdict"], "inconclusive", "{check}");
        assert!(check["summary"].as_str().expect("text").starts_with(&url), "{check}");
    }
    assert!(started.elapsed() < Duration::from_mins(1), "every wait is bounded");
}
