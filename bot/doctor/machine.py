"""Checks of this machine: folders, disk, port, clock, time zone."""

import os
import shutil
import socket
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot.doctor.findings import Finding, fail, ok, warn
from bot.doctor.service import Service
from bot.ingest.connections import why_not
from bot.settings import DatabaseSettings, ListenerSettings, StoreSettings, TimingSettings

MEGABYTE = 1_000_000
API = "Pick and Pack"  # as its check names it
LEAST_FREE, LITTLE_FREE = 50 * MEGABYTE, 500 * MEGABYTE
CLOCK_WARNS, CLOCK_FAILS = 60.0, 300.0
NO_BACKUPS = "set BACKUP_DIR to a folder, best one on another disk"


def check_folder(database: DatabaseSettings) -> list[Finding]:
    """Whether the database's folder, and the files that are there already, can be written."""
    path = database.database_path
    files = [path, *(path.with_name(path.name + ending) for ending in ("-wal", "-shm", ".lock"))]
    trouble = cannot_write(path.parent) or next(filter(None, map(_cannot_change, files)), "")
    if trouble:
        remedy = f"give this user ({_user()}) the right to write there, or point DATABASE_PATH to another folder"
        return [fail("database folder", trouble, remedy)]
    made = "" if is_there(path.parent) else " (it is made at the first start)"
    return [ok("database folder", f"{path.parent} can be written{made}")]


def cannot_write(folder: Path) -> str:
    """Why a file can't be made in `folder`, or where it would be made; empty if it can. Leaves nothing behind."""
    place = nearest(folder)
    try:
        with tempfile.TemporaryFile(dir=place) as probe:
            probe.write(b"0")
    except OSError as error:
        return f"{place} can't be written: {os.strerror(error.errno or 0)}"
    return ""


def nearest(folder: Path) -> Path:
    """The folder itself, or the nearest one above it that exists."""
    return next((place for place in (folder, *folder.absolute().parents) if is_there(place)), Path("/"))


def is_there(path: Path) -> bool:
    """Whether we can see it: what lies in a folder that nobody lets us look into is as good as not there."""
    try:
        return path.exists()
    except PermissionError:
        return False


def _cannot_change(path: Path) -> str:
    return f"{path} can't be written: it belongs to another user" if is_there(path) and not _may_change(path) else ""


def _may_change(path: Path) -> bool:
    return os.access(path, os.R_OK | os.W_OK)


def _user() -> str:
    return f"uid {os.geteuid()}" if hasattr(os, "geteuid") else "the service's"


def check_disk(database: DatabaseSettings) -> list[Finding]:
    """Whether there is room for the database to grow, and for a copy of it."""
    path = database.database_path
    free = shutil.disk_usage(nearest(path.parent)).free
    size = path.stat().st_size if is_there(path) else 0
    says = f"{free // MEGABYTE} MB free where the database is, which has {size // MEGABYTE} MB"
    remedy = f"make room on the disk of {nearest(path.parent)}, or lower KEEP_DAYS"
    if free < LEAST_FREE:
        return [fail("disk", says, remedy)]
    return [warn("disk", says, remedy) if free < max(LITTLE_FREE, 2 * size) else ok("disk", says)]


def check_backups(pace: TimingSettings, database: DatabaseSettings) -> list[Finding]:
    """Whether backups can be written, and whether they would survive the database's disk."""
    folder = pace.backup_dir
    if folder is None:
        return [warn("backups", "there are none: BACKUP_DIR is not set", NO_BACKUPS)]
    trouble = cannot_write(folder)
    if trouble:
        return [fail("backups", trouble, f"give this user ({_user()}) the right to write there, or change BACKUP_DIR")]
    same = nearest(folder).stat().st_dev == nearest(database.database_path.parent).stat().st_dev
    return [ok("backups", f"{folder} can be written{', but is on the same disk as the database' if same else ''}")]


def check_port(listener: ListenerSettings, service: Service) -> list[Finding]:
    """Whether the port is free, or ours already."""
    host, port = listener.http_host, listener.http_port
    if service.is_ours:
        return [ok("port", f"the running service listens on {host}, port {port}")]
    try:
        _try_to_listen(host, port)
    except OSError as error:
        says, _, remedy = why_not(error, host, port).partition(": ")
        return [fail("port", says, f"{remedy}; who has it, shows: ss -ltnp 'sport = :{port}'")]
    return [ok("port", f"{host}, port {port} is free")]


def _try_to_listen(host: str, port: int) -> None:
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        probe.listen(1)


def check_clock(offsets: Mapping[str, float]) -> list[Finding]:
    """How far this clock is from those of the neighbours; `offsets` in seconds, ours minus theirs, by their names."""
    if not offsets:
        return [warn("clock", "not compared: no neighbour's answer has a date", "mend the network, then run it again")]
    # the API's own date first: its tokens are what a wrong clock spoils
    name = min(offsets, key=lambda one: (one != API, one))
    off = offsets[name]
    direction = "ahead of" if off > 0 else "behind"
    says = f"this clock is {abs(off):.0f} s {direction} {name}'s"
    remedy = "switch on time synchronisation: timedatectl set-ntp true (for a container: on its host)"
    if abs(off) > CLOCK_FAILS:
        return [fail("clock", says, remedy)]
    return [warn("clock", says, remedy) if abs(off) > CLOCK_WARNS else ok("clock", f"agrees with {name}'s")]


def check_time_zone(store: StoreSettings, wall: float) -> list[Finding]:
    """What time the store is thought to have; `wall` is Unix time."""
    zone = store.store_timezone
    says = f"it is {datetime.fromtimestamp(wall, zone):%H:%M} in {zone.key}, the store opens {store.store_hours}"
    if store.source_of("STORE_TIMEZONE") == "default":
        return [warn("time zone", f"{says}; STORE_TIMEZONE is not set", "set it, e.g. STORE_TIMEZONE=America/Lima")]
    return [ok("time zone", says)]
