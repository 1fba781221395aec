"""`python -m bot doctor`: looks at everything the service needs, one line a check, and says what to do."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import asdict
from functools import partial
from json import dumps
from pathlib import Path
from typing import Any

import click

from bot.doctor import content, machine
from bot.doctor.address import check_address
from bot.doctor.database import check_database
from bot.doctor.findings import Finding, cleaned, fail, lines, skipped
from bot.doctor.given import Given
from bot.doctor.pickpack import check_pickpack
from bot.doctor.service import check_instance, look_for_service
from bot.doctor.telegram import check_telegram
from bot.process.clock import Clock, SystemClock
from bot.process.redaction import Redaction
from bot.settings import (
    AccessSettings,
    DatabaseSettings,
    ListenerSettings,
    LocaleSettings,
    PickPackSettings,
    SettingsGroup,
    StoreSettings,
    TelegramSettings,
    TimingSettings,
    WebhookSettings,
)

Look = Callable[..., Iterable[Finding]]
AsyncLook = Callable[..., Awaitable[Iterable[Finding]]]


def main(json: bool, order: str | None) -> int:
    """Check everything, print it, and give the exit code: 1 if a check failed. `order` is asked for as well."""
    findings = asyncio.run(examine(os.environ, Path(".env"), order=order))
    if json:
        click.echo(dumps([asdict(finding) for finding in findings], indent=2))
    else:
        click.echo("\n".join(lines(findings)))
    return int(any(finding.result == "fail" for finding in findings))


async def examine(
    environ: Mapping[str, str], dotenv: Path, *, order: str | None = None, clock: Clock | None = None
) -> list[Finding]:
    """Give the findings of all checks, in the order in which they are shown; no secret is in any of them."""
    given, clock = Given(environ, dotenv), clock or SystemClock()
    service = await look_for_service(given.part(ListenerSettings), given.part(DatabaseSettings))
    offsets: dict[str, float] = {}
    ask, look = partial(_checked, given), partial(_checked_here, given)
    # before anything else: the check of the public address may listen at the port itself
    port = await look(machine.check_port, "port", ListenerSettings, rest=(service,))
    apart = asyncio.gather(
        ask(check_pickpack, "pick and pack", PickPackSettings, rest=(order, clock, offsets)),
        ask(check_telegram, "telegram", TelegramSettings, AccessSettings, rest=(clock, offsets)),
        ask(check_address, "public address", TelegramSettings, ListenerSettings, rest=(service,)),
    )
    found = [
        given.check(),
        await look(content.check_secrets, "secrets", WebhookSettings, AccessSettings, rest=(dotenv,)),
        await look(content.check_words, "words", LocaleSettings),
        await look(content.check_contact, "privacy contact", StoreSettings),
        await look(machine.check_time_zone, "time zone", StoreSettings, rest=(clock.wall(),)),
        await look(machine.check_folder, "database folder", DatabaseSettings),
        await look(machine.check_disk, "disk", DatabaseSettings),
        await look(check_instance, "instance", DatabaseSettings, rest=(service,)),
        await look(check_database, "database", DatabaseSettings, rest=(service,)),
        await look(machine.check_backups, "backups", TimingSettings, DatabaseSettings),
        port,
        *await apart,
        machine.check_clock(offsets),
    ]
    return cleaned((finding for group in found for finding in group), Redaction(given.secret_values()))


async def _checked(
    given: Given, look: AsyncLook, name: str, *needs: type[SettingsGroup], rest: tuple[Any, ...] = ()
) -> list[Finding]:
    """Run one check with the parts of the settings that it needs; whatever it meets, the others go on."""
    parts = [given.part(kind) for kind in needs]
    if None in parts:
        return [skipped(name, "a setting that it needs is wrong")]
    try:
        return list(await look(*parts, *rest))
    except Exception as error:  # the outer edge of a check: what nobody thought of is a finding too
        says = f"could not be checked ({type(error).__name__})"
        return [fail(name, says, "run it again; if it stays, report it with the other lines")]


async def _checked_here(
    given: Given, look: Look, name: str, *needs: type[SettingsGroup], rest: tuple[Any, ...] = ()
) -> list[Finding]:
    async def in_thread(*arguments: Any) -> Iterable[Finding]:
        return await asyncio.to_thread(look, *arguments)  # a slow disk must not hold up the calls under way

    return await _checked(given, in_thread, name, *needs, rest=rest)
