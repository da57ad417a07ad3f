//! Endpoints that verify with libraries that others wrote, each a process of its own.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// What an endpoint is written in; says which libraries it can verify with.
#[derive(Debug, Clone, Copy)]
pub enum Runtime {
    Node,
    Python,
    Rust,
}

/// A running endpoint; ended when it is dropped.
pub struct VendorEndpoint {
    child: Child,
    pub url: String,
}

impl VendorEndpoint {
    /// Starts one that verifies with the library `kind`, or not at all.
    pub fn start(runtime: Runtime, kind: &str, secret: &str, checks: bool) -> Self {
        let mut command = runtime.command();
        command.env("KIND", kind).env("WEBHOOK_SECRET", secret).env("CHECK", if checks { "on" } else { "off" });
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("started");
        let mut port = String::new();
        BufReader::new(child.stdout.take().expect("pipe")).read_line(&mut port).expect("port");
        assert!(!port.is_empty(), "the endpoint for {kind} has ended");
        VendorEndpoint { child, url: format!("http://127.0.0.1:{}/hook", port.trim()) }
    }
}

impl Drop for VendorEndpoint {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Runtime {
    fn folder(self) -> &'static str {
        match self {
            Runtime::Node => "node",
            Runtime::Python => "python",
            Runtime::Rust => "rust",
        }
    }

    fn fixture(self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/vendors").join(self.folder())
    }

    /// The files that decide what is installed.
    fn inputs(self) -> &'static [&'static str] {
        match self {
            Runtime::Node => &["package.json", "package-lock.json", "asymmetric.mjs", "endpoint.mjs"],
            Runtime::Python => &["requirements.lock"],
            Runtime::Rust => &["Cargo.toml", "Cargo.lock", "src/main.rs"],
        }
    }

    /// The program, with its libraries installed.
    fn command(self) -> Command {
        let place = self.installed();
        let mut command = match self {
            Runtime::Node => Command::new("node"),
            Runtime::Python => Command::new(place.join("venv/bin/python")),
            Runtime::Rust => Command::new(place.join("debug/endpoint")),
        };
        match self {
            Runtime::Node => drop(command.arg(place.join("endpoint.mjs"))),
            Runtime::Python => drop(command.arg(self.fixture().join("endpoint.py"))),
            Runtime::Rust => {}
        }
        command
    }

    fn installed(self) -> PathBuf {
        let place = format!("vendors/{}", self.folder());
        install_once(&place, &self.fixture(), self.inputs(), |place| self.install(place))
    }

    fn install(self, place: &Path) {
        match self {
            Runtime::Node => install_node(&self.fixture(), self.inputs(), place),
            Runtime::Python => install_python(&self.fixture(), place),
            Runtime::Rust => {
                let mut cargo = Command::new(env!("CARGO"));
                cargo.current_dir(self.fixture()).args(["build", "--locked", "--target-dir"]).arg(place);
                succeeds(&mut cargo);
            }
        }
    }
}

/// Installs into the target folder once, also where tests in several processes ask at once; later runs find it there. The
/// files `inputs` of the fixture decide what is installed.
pub fn install_once(name: &str, fixture: &Path, inputs: &[&str], install: impl FnOnce(&Path)) -> PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let beside = |ending: &str| PathBuf::from(format!("{}.{ending}", place.display()));
    fs::create_dir_all(place.parent().expect("folder")).expect("folder");
    let lock = File::create(beside("lock")).expect("lock");
    lock.lock().expect("locked");
    let inputs: Vec<_> = inputs.iter().map(|name| fs::read(fixture.join(name)).expect(name)).collect();
    let (inputs, stamp) = (inputs.concat(), beside("stamp"));
    if fs::read(&stamp).is_ok_and(|installed| installed == inputs) {
        return place;
    }
    let _ = fs::remove_file(&stamp);
    install(&place);
    fs::write(&stamp, inputs).expect("stamp");
    place
}

/// Copies the files and installs what their lockfile names.
pub fn install_node(fixture: &Path, files: &[&str], place: &Path) {
    fs::create_dir_all(place).expect("folder");
    for name in files {
        fs::copy(fixture.join(name), place.join(name)).expect("copied");
    }
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    succeeds(Command::new("npm").args(arguments).current_dir(place));
}

/// Makes an environment and installs what `requirements.lock` names.
pub fn install_python(fixture: &Path, place: &Path) {
    let venv = place.join("venv");
    succeeds(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&venv).current_dir(fixture));
    let arguments = ["-m", "pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:"];
    succeeds(Command::new(venv.join("bin/python")).args(arguments).arg("-r").arg(fixture.join("requirements.lock")));
}

fn succeeds(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output().expect("started");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
