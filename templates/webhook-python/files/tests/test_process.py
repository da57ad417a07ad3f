"""The process as `proveniq.toml` starts it: configuration, signals, exit codes."""

import base64
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import EVENT, EVENT_PATH, Endpoint, RecordsServer
from integration.config import ConfigError, load_dotenv, parse_port, parse_records

ROOT = Path(__file__).parent.parent


def start(folder: Path, **environ: str) -> subprocess.Popen[str]:
    """Starts the integration in a folder of its own, so that no `.env` is read by chance."""
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PORT": "0", **environ}
    command = [sys.executable, "-m", "integration"]
    return subprocess.Popen(command, cwd=folder, env=environ, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("value", ["", "whsec_c2hvcnQ=", "whsec_%%%", "c2VjcmV0" * 5])
def test_a_missing_or_malformed_secret_is_exit_code_2(tmp_path: Path, value: str) -> None:
    process = start(tmp_path, PROVENIQ_WEBHOOK_SECRET=value)
    _, message = process.communicate(timeout=10)
    assert process.returncode == 2
    assert message.startswith("error: PROVENIQ_WEBHOOK_SECRET is ")
    assert value == "" or value not in message


def test_sigterm_ends_it_with_exit_code_0_and_nothing_secret_is_logged(tmp_path: Path, secret: str) -> None:
    process = start(tmp_path, PROVENIQ_WEBHOOK_SECRET=secret)
    assert process.stderr is not None
    seen = ""
    while "Uvicorn running" not in seen:
        line = process.stderr.readline()
        assert line, f"it ended early: {seen}"
        seen += line
    process.send_signal(signal.SIGTERM)
    _, rest = process.communicate(timeout=5)
    assert process.returncode == 0
    assert "Traceback" not in rest
    assert secret not in seen + rest


def test_dotenv_adds_but_does_not_override(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("# comment\nPORT=1\nexport HOST='0.0.0.0'\nDATA_DIR=\"a b\"\n\nnonsense\n")
    environ = {"PORT": "2"}
    load_dotenv(path, environ)
    assert environ == {"PORT": "2", "HOST": "0.0.0.0", "DATA_DIR": "a b"}


def test_a_delivery_that_was_done_is_known_after_a_crash(tmp_path: Path, secret: str, records: RecordsServer) -> None:
    for _ in range(2):
        process = start(tmp_path, PROVENIQ_WEBHOOK_SECRET=secret, SYSTEM_OF_RECORD_URL=records.url)
        endpoint = Endpoint(f"http://127.0.0.1:{port_of(process)}", [base64.b64decode(secret.removeprefix("whsec_"))])
        assert endpoint.deliver("ledger.event.created", EVENT).status_code == 204
        endpoint.client.close()
        process.kill()
        process.communicate()
    assert records.calls == [("PUT", EVENT_PATH)]


def port_of(process: subprocess.Popen[str]) -> str:
    """Reads the log until it says where it listens."""
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(r"http://127\.0\.0\.1:([0-9]+)", line):
            return found[1]
    raise AssertionError("it ended early")


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"SYSTEM_OF_RECORD_URL": "ftp://records"}, "SYSTEM_OF_RECORD_URL"),
        ({"SYSTEM_OF_RECORD_URL": "http://user@records"}, "SYSTEM_OF_RECORD_URL"),
        ({"SYSTEM_OF_RECORD_CLIENT_ID": "x"}, "together, or neither"),
    ],
)
def test_a_malformed_system_of_record_is_named(environ: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        parse_records(environ)


@pytest.mark.parametrize("text", ["http", "-1", "65536", "3000.0"])
def test_a_malformed_port_is_named(text: str) -> None:
    with pytest.raises(ConfigError, match="PORT"):
        parse_port(text)
