"""The environment of the peers: packages that are no dependency of the bot, in a virtual environment of their own."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".venv-peers"
PINS = ROOT / "benchmarks" / "peers" / "requirements.txt"
STAMP = FOLDER / "peers.stamp"
INSTALL_SECONDS = 300


class PeersMissingError(Exception):
    """The peers can't be had here; the text says why."""


def peers_python() -> Path:
    """Return the peers' Python; make their environment where it isn't of today's pins. Raises PeersMissingError."""
    python = FOLDER / "bin" / "python"
    pins = PINS.read_text(encoding="utf-8")
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == pins:
        return python
    try:
        _run(sys.executable, "-m", "venv", "--clear", str(FOLDER))
        pip = ("-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--require-hashes")
        _run(str(python), *pip, "-r", str(PINS))
    except (OSError, subprocess.SubprocessError) as error:
        raise PeersMissingError(f"their packages can't be installed here ({type(error).__name__})") from None
    STAMP.write_text(pins, encoding="utf-8")
    return python


def _run(*command: str) -> None:
    subprocess.run(command, check=True, timeout=INSTALL_SECONDS, capture_output=True)
