"""Check the database without changing anything: no migration, no new file, no lock that disturbs the service."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database as Tables

from bot.doctor.findings import Finding, fail, ok, skipped, warn
from bot.doctor.running_service import RunningService
from bot.people.server_features import fingerprint, lacking
from bot.process.command_name import command_name
from bot.settings import DatabaseSettings, TelegramSettings
from bot.store.connection import explain
from bot.store.foreign_files import why_foreign
from bot.store.migrations import migrations

CHECK, SERVER = "database", "bot api server"
INTEGRITY_SECONDS = 4.0
STEPS_BETWEEN_CHECKS = 50_000
RESTORE = "stop the service and restore the last backup, as docs/operations.md says"


def check_database(
    database: DatabaseSettings, service: RunningService, telegram: TelegramSettings | None, now: float
) -> list[Finding]:
    """Check that the file exists, is intact, and has the tables of this version; and what the service has noted in it.

    `telegram`: None where one of these settings is wrong. `now` is wall time.
    """
    path = database.database_path
    try:
        is_new = is_empty(path)
    except PermissionError:
        return [skipped(CHECK, f"{path.parent} can't be looked into")]
    if foreign := why_foreign(path):
        says, _, remedy = foreign.rpartition(": ")
        return [fail(CHECK, says, remedy)]
    if is_new:
        return [ok(CHECK, f"there is none at {path} yet; it is made at the first start")]
    try:
        with open_read_only(path, running=service.lock == "held") as connection:
            other_version = _version(path, connection)
            if other_version is not None:
                return [other_version]
            return [_integrity(path, connection), *_older_server(connection, telegram, now)]
    except sqlite3.Error as error:
        says, _, remedy = explain(error, path).rpartition(": ")
        return [fail(CHECK, says or str(path), RESTORE if "backup" in remedy else remedy)]


def is_empty(path: Path) -> bool:
    """Tell whether there is no database yet. Raises PermissionError where its folder can't be looked into."""
    return not path.exists() or not path.stat().st_size


@contextmanager
def open_read_only(path: Path, *, running: bool) -> Iterator[sqlite3.Connection]:
    """Open the file read-only, and as immutable if no service runs: otherwise SQLite would create -wal and -shm."""
    options = "mode=ro" if running else "mode=ro&immutable=1"
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{options}", uri=True, timeout=1.0)
    connection.row_factory = sqlite3.Row
    try:
        yield connection
    finally:
        connection.close()


def _version(path: Path, connection: sqlite3.Connection) -> Finding | None:
    """Compare the migrations applied to the file with ours; None if they are the same."""
    tables = Tables(connection)
    known = [step.name for step in migrations.pending(Tables(memory=True))]
    applied = [step.name for step in migrations.applied(tables)]
    unknown = [name for name in applied if name not in known]
    if unknown:
        remedy = "install that version again, or restore a backup from before it"
        return fail(CHECK, f"{path} was written by a newer version (it holds the step {unknown[-1]})", remedy)
    if len(applied) < len(known):
        remedy = f"make a backup first: {command_name()} backup FILE; then start"
        return warn(CHECK, f"the next start brings {path} up to this version ({known[-1]})", remedy)
    return None


def _integrity(path: Path, connection: sqlite3.Connection) -> Finding:
    deadline = time.monotonic() + INTEGRITY_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > deadline, STEPS_BETWEEN_CHECKS)
    try:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        return ok(CHECK, f"{path} is of this version; too large to be checked whole in {INTEGRITY_SECONDS:g} s")
    if found == "ok":
        return ok(CHECK, f"{path} is of this version and whole")
    if path.with_name(path.name + "-wal").exists():
        remedy = "start the service once, which recovers it; if doctor then says the same, restore the last backup"
        return warn(CHECK, f"{path} was not closed in order, so that it can't be checked", remedy)
    return fail(CHECK, f"{path} is damaged", RESTORE)


def _older_server(connection: sqlite3.Connection, telegram: TelegramSettings | None, now: float) -> list[Finding]:
    """Say what the service had to leave out of its messages, if anything."""
    if telegram is None:
        return []
    lacks = lacking(connection, fingerprint(telegram.telegram_api_url), now)
    if not lacks:
        return []
    says = f"it doesn't know {', '.join(sorted(lacks))}: messages go without"
    return [
        warn(SERVER, says, "update the server behind TELEGRAM_API_URL; all is tried again after its restart, or a day")
    ]
