//! Places that a key is handed over to: servers that the real programs talk to, and programs that only write down what
//! they were given.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::TestEnvironment;

/// A running server; ended when it is dropped.
pub struct TargetServer {
    child: Child,
    pub port: u16,
}

impl Drop for TargetServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/targets").join(name)
}

impl TargetServer {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("started");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("pipe")).read_line(&mut line).expect("port");
        let port = line.trim().parse().expect("the server tells its port");
        TargetServer { child, port }
    }

    /// GitHub's API for secrets of Actions, over TLS; each secret becomes a file in the work folder. `gh` finds it by the
    /// environment's variables.
    pub fn github(environment: &mut TestEnvironment) -> Self {
        let path = |name: &str| environment.path(name).to_str().expect("UTF-8").to_owned();
        let (key, certificate) = (path("key.pem"), path("certificate.pem"));
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"])
            .args(["-addext", "subjectAltName=DNS:localhost", "-keyout", &key, "-out", &certificate])
            .stderr(Stdio::null())
            .status();
        assert!(made.expect("openssl").success());
        let mut command = Command::new(python("python"));
        command.arg(fixture("github.py")).arg(environment.work()).args([&certificate, &key]);
        let server = Self::start(command);
        environment.set("SSL_CERT_FILE", &certificate);
        environment.set("GH_REPO", format!("localhost:{}/acme/claim-sync", server.port));
        environment.set("GH_ENTERPRISE_TOKEN", "github-token");
        environment.set("GH_CONFIG_DIR", environment.path("gh"));
        server
    }

    /// GitLab's API for CI/CD variables; each becomes a file in the work folder. `glab` finds it by the environment's
    /// variables.
    pub fn gitlab(environment: &mut TestEnvironment) -> Self {
        let mut command = Command::new("python3");
        command.arg(fixture("gitlab.py")).arg(environment.work());
        let server = Self::start(command);
        let host = format!("127.0.0.1:{}", server.port);
        let folder = environment.path("glab");
        fs::create_dir(&folder).expect("folder");
        let config =
            format!("check_update: false\nhosts:\n  {host:?}:\n    api_protocol: http\n    api_host: {host:?}\n");
        fs::write(folder.join("config.yml"), config).expect("written");
        // `glab` takes no other mode.
        fs::set_permissions(folder.join("config.yml"), fs::Permissions::from_mode(0o600)).expect("mode");
        environment.set("GLAB_CONFIG_DIR", folder);
        environment.set("GITLAB_HOST", host);
        environment.set("GITLAB_REPO", "acme/claim-sync");
        environment.set("GITLAB_TOKEN", "gitlab-token");
        server
    }

    /// The Kubernetes API for Secrets; each becomes a file in the work folder. `kubectl` finds it by `KUBECONFIG`.
    pub fn kubernetes(environment: &mut TestEnvironment) -> Self {
        let mut command = Command::new("python3");
        command.arg(fixture("kubernetes.py")).arg(environment.work());
        let server = Self::start(command);
        let config = format!(
            "apiVersion: v1\nkind: Config\ncurrent-context: x\n\
             clusters: [{{name: c, cluster: {{server: \"http://127.0.0.1:{}\"}}}}]\n\
             users: [{{name: u, user: {{}}}}]\ncontexts: [{{name: x, context: {{cluster: c, user: u}}}}]\n",
            server.port
        );
        fs::write(environment.path("kubeconfig"), config).expect("written");
        environment.set("KUBECONFIG", environment.path("kubeconfig"));
        environment.set("HOME", environment.path("home"));
        server
    }

    /// AWS Secrets Manager as `moto` plays it, with one secret; the real `aws` is on `PATH` then.
    pub fn aws(environment: &mut TestEnvironment, secret: &str) -> Self {
        let program = "import sys; from moto.server import ThreadedMotoServer as S\n\
                       s = S('127.0.0.1', 0, verbose=False); s.start()\n\
                       print(s.get_host_and_port()[1], flush=True); sys.stdin.read()";
        let mut command = Command::new(python("python"));
        command.args(["-c", program]).stdin(Stdio::piped());
        let server = Self::start(command);
        environment.set("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{}", server.port));
        for (name, value) in [
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
            ("AWS_DEFAULT_REGION", "eu-west-1"),
            ("AWS_CONFIG_FILE", "/dev/null"),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
        ] {
            environment.set(name, value);
        }
        environment.put_on_path(python("aws").parent().expect("folder"));
        let created = ["secretsmanager", "create-secret", "--name", secret, "--secret-string", "none yet"];
        let made = environment.prepared("aws", &environment.work(), &created).output().expect("aws");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        server
    }
}

impl TestEnvironment {
    /// Puts a folder before all others of `PATH`.
    pub fn put_on_path(&mut self, folder: &Path) {
        let before = self.variable("PATH").unwrap_or_else(|| std::env::var("PATH").expect("PATH"));
        self.set("PATH", format!("{}:{before}", folder.display()));
    }

    /// Puts a program of that name on `PATH` which writes its arguments and what it reads to files in the work folder,
    /// and ends with the exit code in the file `NAME.exit` where there is one.
    pub fn put_recorder(&mut self, name: &str) {
        let folder = self.path("bin");
        fs::create_dir_all(&folder).expect("folder");
        let script = format!(
            "#!/bin/sh\nprintf '%s\\n' \"$*\" >> {name}.arguments\ncat > {name}.input\nenv > {name}.variables\n\
             for code in $(cat {name}.exit 2>/dev/null); do rm {name}.exit; exit $code; done\n"
        );
        let program = folder.join(name);
        fs::write(&program, script).expect("written");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("mode");
        self.put_on_path(&folder);
    }
}

/// A program of the Python environment in which `aws`, `moto` and `nacl` are installed.
fn python(program: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("targets");
    fs::create_dir_all(&root).expect("folder");
    let lock = File::create(root.join("lock")).expect("lock");
    lock.lock().expect("locked");
    let (place, stamp) = (root.join("venv"), root.join("stamp"));
    let wanted = fs::read(fixture("requirements.lock")).expect("requirements");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return place.join("bin").join(program);
    }
    let succeeds = |command: &mut Command| {
        let output = command.stdin(Stdio::null()).output().expect("started");
        assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    succeeds(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&place));
    let install = ["-m", "pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:", "-r"];
    succeeds(Command::new(place.join("bin/python")).args(install).arg(fixture("requirements.lock")));
    fs::write(&stamp, wanted).expect("stamp");
    place.join("bin").join(program)
}

/// Tells whether a program is installed.
pub fn is_installed(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(program).is_file())
}
