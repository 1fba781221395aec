"""Find out whether a service runs already, on this database or on this port, without disturbing it."""

import fcntl
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bot.doctor.findings import Finding, fail, ok, skipped, warn
from bot.doctor.network import call, open_session
from bot.process.readiness import PARTS, in_words, troubled
from bot.settings import DatabaseSettings, ListenerSettings

LockState = Literal["free", "held", "unreadable"]
LOOPBACK_FOR = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - read, not bound


@dataclass(frozen=True, slots=True)
class RunningService:
    """The state of the database's lock, and what /readyz on our port says (None: no service of ours)."""

    lock: LockState = "free"
    readiness: dict[str, Any] | None = None

    @property
    def is_ours(self) -> bool:
        """Whether the service on our port is the one that holds this database."""
        return self.lock == "held" and self.readiness is not None


def listener_url(listener: ListenerSettings) -> str:
    """Return the URL of the listener as seen from this machine, without a path."""
    host = LOOPBACK_FOR.get(listener.http_host, listener.http_host)
    return f"http://{f'[{host}]' if ':' in host else host}:{listener.http_port}"


async def find_service(listener: ListenerSettings | None, database: DatabaseSettings | None) -> RunningService:
    """Look at the lock and the port; each counts as free if its settings are invalid."""
    lock = lock_state(database.database_path) if database else "free"
    return RunningService(lock, await _readiness(listener) if listener else None)


async def _readiness(listener: ListenerSettings) -> dict[str, Any] | None:
    async with open_session() as http:
        content = (await call(http, "GET", f"{listener_url(listener)}/readyz")).content
    return content if isinstance(content, dict) and content.keys() >= {"ready", *PARTS} else None


def lock_state(path: Path) -> LockState:
    """Tell whether somebody holds the database's lock, by a shared lock for an instant; the file is never created."""
    try:
        with path.with_name(path.name + ".lock").open("rb") as handle:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return "free"
    except BlockingIOError:
        return "held"
    except OSError:
        return "unreadable"
    return "free"


def check_instance(database: DatabaseSettings, service: RunningService) -> list[Finding]:
    """Check that no other service uses the database."""
    path = database.database_path
    if service.lock == "unreadable":
        return [skipped("instance", f"{path}.lock can't be read")]
    if service.lock == "free":
        return [ok("instance", "no other one holds the database")]
    if service.readiness is None:
        remedy = f"stop it (fuser -v {path}.lock shows it), or give this one another DATABASE_PATH and HTTP_PORT"
        return [fail("instance", f"another instance holds {path}, and nothing of it answers at our port", remedy)]
    states = in_words(service.readiness)
    if not service.readiness["ready"]:
        return [
            fail("instance", f"the service is running, not ready ({states})", "see the database below, and its log")
        ]
    if troubled(service.readiness):
        remedy = "its log says since when and why; what this machine sees of them now stands below"
        return [warn("instance", f"the service is running, ready, but not all is well ({states})", remedy)]
    return [ok("instance", f"the service is running, ready ({states})")]
