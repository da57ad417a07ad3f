//! A working integration that reaches every tier: the one that a person authorises, which bears its upstream's faults by
//! itself and promises service levels.

use std::fs;
use std::path::{Path, PathBuf};

use super::TestEnvironment;

/// What `call` of the connector does once, and how it does it several times.
const ONCE: &str = "\
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
            return response.read()
    except urllib.error.HTTPError as error:
        if error.code == 401:
            raise
        raise Refused(503) from None
    except OSError:
        raise Refused(503) from None
";
const OFTEN: &str = "\
    for attempt in range(5):
        wait = 0
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
                return response.read()
        except urllib.error.HTTPError as error:
            if error.code == 401:
                raise
            wait = int(error.headers.get('Retry-After') or 0)
            if error.code != 429 and error.code < 500 or wait > TIMEOUT:
                break
        except OSError:
            pass
        time.sleep(max(wait, 0.2 * 2**attempt * random.uniform(0.75, 1.25)))
    raise Refused(503)
";
const SERVICE_LEVELS: &str = "\
[support.sla]
uptime_percent = 99.9
[support.sla.first_response_hours]
critical = 1
high = 4
normal = 24

[webhook]
";

/// Lays the integration out, whose name is `acme/connector`; returns its folder.
pub fn certifiable_project(environment: &TestEnvironment) -> PathBuf {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/certification/base-oauth");
    let project = environment.copied_project(&base);
    let edit = |file: &str, find: &str, replace: &str| {
        let text = fs::read_to_string(project.join(file)).expect("read");
        assert_eq!(text.matches(find).count(), 1, "{find} is not in {file} once");
        fs::write(project.join(file), text.replace(find, replace)).expect("written");
    };
    edit("connector.py", ONCE, OFTEN);
    edit("connector.py", "import os\n", "import os\nimport random\n");
    edit("proveniq.toml", "[webhook]\n", SERVICE_LEVELS);
    // Enough deliveries for a verdict on latency in some seconds, and few enough for a machine that does other things.
    edit("proveniq.toml", "rate_per_second = 100", "rate_per_second = 40");
    project
}
