"""Makes `.venv` and installs the locked dependencies into it.

    python3 scripts/setup.py          what the integration needs to run
    python3 scripts/setup.py --dev    and what its tests need

Does nothing when the environment already matches the lock files.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUN_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"


def main():
    """Brings the environment up to date; returns the exit code."""
    if sys.version_info < (3, 11):
        return fail("Python 3.11 or later is needed, this is " + sys.version.split()[0])
    try:
        if not is_installed(RUN_LOCK):
            create_venv()
            install(RUN_LOCK)
        if "--dev" in sys.argv[1:] and not is_installed(DEV_LOCK):
            install(DEV_LOCK)
    except subprocess.CalledProcessError as error:
        return fail(f"the step above failed with exit code {error.returncode}")
    except SetupError as error:
        return fail(str(error))
    return 0


class SetupError(Exception):
    """Says what is missing on this machine, and how to get it."""


def create_venv():
    """Starts from nothing: neither a half-made environment nor an old package survives."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise SetupError(
            "this Python has no venv with ensurepip; on Debian and Ubuntu install the package python3-venv"
        )
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)


def install(lock):
    """Installs exactly what the lock names, and leaves a stamp of its digest.

    Packages are kept in a folder of this user's cache, so that nothing is fetched
    twice and a second project needs no network. The lock's hashes decide what is
    taken from there.
    """
    wheels = cache() / "wheels"
    from_cache = ["--no-index", "--find-links", str(wheels)]
    if pip("install", *from_cache, "-r", str(lock), stderr=subprocess.DEVNULL).returncode != 0:
        wheels.mkdir(parents=True, exist_ok=True)
        pip("download", "--dest", str(wheels), "-r", str(lock)).check_returncode()
        pip("install", *from_cache, "-r", str(lock)).check_returncode()
    stamp(lock).write_text(digest(lock))


def pip(command, *arguments, **options):
    always = ["--quiet", "--disable-pip-version-check", "--require-hashes"]
    return subprocess.run([str(PYTHON), "-m", "pip", command, *always, *arguments], **options)


def cache():
    """The user's cache folder, or one in the project where there is no home."""
    home = os.environ.get("XDG_CACHE_HOME")
    try:
        return Path(home) / "proveniq" if home else Path.home() / ".cache" / "proveniq"
    except RuntimeError:
        return ROOT / ".venv" / "cache"


def is_installed(lock):
    """Compares the stamp with the lock as it is now."""
    return PYTHON.exists() and stamp(lock).is_file() and stamp(lock).read_text() == digest(lock)


def stamp(lock):
    """Lies inside the environment, so that it vanishes with it."""
    return VENV / (lock.name + ".sha256")


def digest(lock):
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def fail(message):
    print("error: " + message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
