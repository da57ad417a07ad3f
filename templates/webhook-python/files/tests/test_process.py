"""The process as `proveniq.toml` starts it: configuration, signals, exit codes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from integration.config import ConfigError, load_dotenv, parse_port

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


@pytest.mark.parametrize("text", ["http", "-1", "65536", "3000.0"])
def test_a_malformed_port_is_named(text: str) -> None:
    with pytest.raises(ConfigError, match="PORT"):
        parse_port(text)
