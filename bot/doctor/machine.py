"""Check this machine: folders, disk space, the port, the clock, the time zone."""

import os
import shutil
import socket
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot.doctor.drives import network_drive
from bot.doctor.findings import Finding, fail, ok, warn
from bot.doctor.running_service import RunningService
from bot.ingest.connections import explain_listen_error
from bot.process.file_access import describe_owner
from bot.settings import DatabaseSettings, ListenerSettings, StoreSettings, TimingSettings

MEGABYTE = 1_000_000
API = "Pick and Pack"  # its name in `offsets`
MIN_FREE, LOW_FREE = 50 * MEGABYTE, 500 * MEGABYTE
CLOCK_WARN_SECONDS, CLOCK_FAIL_SECONDS = 60.0, 300.0
NO_BACKUPS = "set BACKUP_DIR to a folder, best one on another disk"


def check_folder(database: DatabaseSettings) -> list[Finding]:
    """Check that the database's folder, and the files that exist already, can be written."""
    path = database.database_path
    files = [path, *(path.with_name(path.name + ending) for ending in ("-wal", "-shm", ".lock"))]
    error = cannot_write(path.parent) or next(filter(None, map(_cannot_change, files)), "")
    if error:
        remedy = f"give this user ({_user()}) the right to write there, or point DATABASE_PATH to another folder"
        return [fail("database folder", error, remedy)]
    made = "" if is_visible(path.parent) else " (it is made at the first start)"
    if kind := network_drive(nearest_existing(path.parent)):
        remedy = "point DATABASE_PATH to a disk of this machine: SQLite's locks can't be relied on over a network"
        return [warn("database folder", f"{path.parent} is on a network drive ({kind})", remedy)]
    return [ok("database folder", f"{path.parent} can be written{made}")]


def cannot_write(folder: Path) -> str:
    """Say why a file can't be created in `folder`, which may not exist yet; empty if it can. Leaves nothing behind."""
    place = nearest_existing(folder)
    try:
        with tempfile.TemporaryFile(dir=place) as probe:
            probe.write(b"0")
    except OSError as error:
        return f"{place} can't be written: {os.strerror(error.errno or 0)}"
    return ""


def nearest_existing(folder: Path) -> Path:
    """Return the folder itself, or its nearest parent that exists."""
    return next((place for place in (folder, *folder.absolute().parents) if is_visible(place)), Path("/"))


def is_visible(path: Path) -> bool:
    """Tell whether the path exists and we may see it."""
    try:
        return path.exists()
    except PermissionError:
        return False


def _cannot_change(path: Path) -> str:
    return f"{path} can't be written: it {describe_owner(path)}" if is_visible(path) and not _may_change(path) else ""


def _may_change(path: Path) -> bool:
    return os.access(path, os.R_OK | os.W_OK)


def _user() -> str:
    return f"uid {os.geteuid()}" if hasattr(os, "geteuid") else "the service's"


def check_disk(database: DatabaseSettings) -> list[Finding]:
    """Check that there is room for the database to grow, and for a copy of it."""
    path = database.database_path
    free = shutil.disk_usage(nearest_existing(path.parent)).free
    size = path.stat().st_size if is_visible(path) else 0
    says = f"{free // MEGABYTE} MB free where the database is, which has {size // MEGABYTE} MB"
    remedy = f"make room on the disk of {nearest_existing(path.parent)}, or lower KEEP_DAYS"
    if free < MIN_FREE:
        return [fail("disk", says, remedy)]
    return [warn("disk", says, remedy) if free < max(LOW_FREE, 2 * size) else ok("disk", says)]


def check_backups(pace: TimingSettings, database: DatabaseSettings) -> list[Finding]:
    """Check that backups can be written, and whether they are on another disk than the database."""
    folder = pace.backup_dir
    if folder is None:
        return [warn("backups", "there are none: BACKUP_DIR is not set", NO_BACKUPS)]
    error = cannot_write(folder)
    if error:
        return [fail("backups", error, f"give this user ({_user()}) the right to write there, or change BACKUP_DIR")]
    same = nearest_existing(folder).stat().st_dev == nearest_existing(database.database_path.parent).stat().st_dev
    return [ok("backups", f"{folder} can be written{', but is on the same disk as the database' if same else ''}")]


def check_port(listener: ListenerSettings, service: RunningService) -> list[Finding]:
    """Check that the port is free or taken by our own service."""
    host, port = listener.http_host, listener.http_port
    if service.is_ours:
        return [ok("port", f"the running service listens on {host}, port {port}")]
    try:
        _try_to_listen(host, port)
    except OSError as error:
        says, _, remedy = explain_listen_error(error, host, port).partition(": ")
        return [fail("port", says, f"{remedy}; who has it, shows: ss -ltnp 'sport = :{port}'")]
    return [ok("port", f"{host}, port {port} is free")]


def _try_to_listen(host: str, port: int) -> None:
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        probe.listen(1)


def check_clock(offsets: Mapping[str, float]) -> list[Finding]:
    """Check this clock against those of Telegram and Pick and Pack; `offsets` are ours minus theirs, in seconds."""
    if not offsets:
        return [warn("clock", "not compared: no neighbour's answer has a date", "mend the network, then run it again")]
    # Pick and Pack's date is preferred: a wrong clock breaks the lifetime of its tokens
    name = min(offsets, key=lambda one: (one != API, one))
    offset = offsets[name]
    direction = "ahead of" if offset > 0 else "behind"
    says = f"this clock is {abs(offset):.0f} s {direction} {name}'s"
    remedy = "switch on time synchronisation: timedatectl set-ntp true (for a container: on its host)"
    if abs(offset) > CLOCK_FAIL_SECONDS:
        return [fail("clock", says, remedy)]
    return [warn("clock", says, remedy) if abs(offset) > CLOCK_WARN_SECONDS else ok("clock", f"agrees with {name}'s")]


def check_time_zone(store: StoreSettings, wall: float) -> list[Finding]:
    """Show the store's time and opening hours, and warn if no time zone is set; `wall` is Unix time."""
    zone = store.store_timezone
    says = f"it is {datetime.fromtimestamp(wall, zone):%H:%M} in {zone.key}, the store is open {store.store_hours}"
    if store.source_of("STORE_TIMEZONE") == "default":
        return [warn("time zone", f"{says}; STORE_TIMEZONE is not set", "set it, e.g. STORE_TIMEZONE=America/Lima")]
    return [ok("time zone", says)]
