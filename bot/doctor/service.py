"""Is a service running already, on this database, at this port? Looked at without disturbing it."""

import fcntl
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bot.doctor.findings import Finding, fail, ok, skipped, warn
from bot.doctor.network import call, session
from bot.settings import DatabaseSettings, ListenerSettings

Lock = Literal["free", "held", "unreadable"]
STATES = ("database", "telegram", "pickpack")
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - read, not bound


@dataclass(frozen=True, slots=True)
class Service:
    """What was seen: the lock of the database, and what /readyz of our port says (None: nothing of ours)."""

    lock: Lock = "free"
    readiness: dict[str, Any] | None = None

    @property
    def is_ours(self) -> bool:
        """Whether what answers at the port is the service that holds this database."""
        return self.lock == "held" and self.readiness is not None


def own_url(listener: ListenerSettings) -> str:
    """The address of the listener as seen from this machine, without a path."""
    host = EVERY_ADDRESS.get(listener.http_host, listener.http_host)
    return f"http://{f'[{host}]' if ':' in host else host}:{listener.http_port}"


async def look_for_service(listener: ListenerSettings | None, database: DatabaseSettings | None) -> Service:
    """Look at lock and port. Either is taken for free where its settings are wrong."""
    lock = look_at_lock(database.database_path) if database else "free"
    return Service(lock, await _readiness(listener) if listener else None)


async def _readiness(listener: ListenerSettings) -> dict[str, Any] | None:
    async with session() as http:
        content = (await call(http, "GET", f"{own_url(listener)}/readyz")).content
    return content if isinstance(content, dict) and content.keys() >= {"ready", *STATES} else None


def look_at_lock(path: Path) -> Lock:
    """Whether somebody holds the database's lock. It is taken shared, for an instant, and never made."""
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


def check_instance(database: DatabaseSettings, service: Service) -> list[Finding]:
    """Whether the database is ours to start on."""
    path = database.database_path
    if service.lock == "unreadable":
        return [skipped("instance", f"{path}.lock can't be read")]
    if service.lock == "free":
        return [ok("instance", "no other one holds the database")]
    if service.readiness is None:
        remedy = f"stop it (fuser -v {path}.lock shows it), or give this one another DATABASE_PATH and HTTP_PORT"
        return [fail("instance", f"another instance holds {path}, and nothing of it answers at our port", remedy)]
    states = ", ".join(f"{name} {service.readiness[name]}" for name in STATES)
    if service.readiness["ready"]:
        return [ok("instance", f"the service is running, ready ({states})")]
    return [warn("instance", f"the service is running, not ready ({states})", "its log says what it waits for")]
