"""Run `python -m bot doctor`: check everything the service needs, in a line each, and say what to do."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import asdict
from functools import partial
from json import dumps
from pathlib import Path
from typing import Any

import click

from bot.doctor import configuration, machine
from bot.doctor.database import check_database
from bot.doctor.findings import Finding, fail, format_lines, redacted, skipped
from bot.doctor.last_webhooks import check_last_webhooks
from bot.doctor.loaded_settings import LoadedSettings
from bot.doctor.pickpack import check_pickpack
from bot.doctor.public_address import check_address
from bot.doctor.running_service import check_instance, find_service
from bot.doctor.staff_message import send_test as send_message
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

SyncCheck = Callable[..., Iterable[Finding]]
AsyncCheck = Callable[..., Awaitable[Iterable[Finding]]]
SEND_TEST = ("test message", TelegramSettings, AccessSettings, LocaleSettings, StoreSettings)


def main(json: bool, order: str | None, send_test: bool) -> int:
    """Run and print all checks, and return the exit code: 1 if a check failed. `order` is fetched as well.

    `send_test`: send everybody in STAFF_IDS a message.
    """
    findings = asyncio.run(examine(os.environ, Path(".env"), order=order, send_test=send_test))
    if json:
        click.echo(dumps([asdict(finding) for finding in findings], indent=2))
    else:
        click.echo("\n".join(format_lines(findings)))
    return int(any(finding.result == "fail" for finding in findings))


async def examine(
    environ: Mapping[str, str],
    dotenv: Path,
    *,
    order: str | None = None,
    clock: Clock | None = None,
    send_test: bool = False,
) -> list[Finding]:
    """Return the findings of all checks, in the order in which they are shown, without any secret."""
    settings, clock = LoadedSettings(environ, dotenv), clock or SystemClock()
    service = await find_service(settings.part(ListenerSettings), settings.part(DatabaseSettings))
    offsets: dict[str, float] = {}
    check, check_in_thread = partial(_run_check, settings), partial(_run_check_in_thread, settings)
    # first, because the check of the public URL may listen on the port itself
    port = await check_in_thread(machine.check_port, "port", ListenerSettings, extra=(service,))
    # before the others: checking the words keeps the processor busy, and on a small one an answer would come too late
    network = await asyncio.gather(
        check(check_pickpack, "pick and pack", PickPackSettings, extra=(order, clock, offsets)),
        check(check_telegram, "telegram", TelegramSettings, AccessSettings, extra=(clock, offsets)),
        check(check_address, "public address", TelegramSettings, ListenerSettings, extra=(service,)),
        *([check(send_message, *SEND_TEST)] if send_test else []),
    )
    groups = [
        settings.check(),
        await check_in_thread(configuration.check_secrets, "secrets", WebhookSettings, AccessSettings, extra=(dotenv,)),
        await check_in_thread(configuration.check_words, "words", LocaleSettings),
        await check_in_thread(configuration.check_contact, "privacy contact", StoreSettings),
        await check_in_thread(configuration.check_pickup, "pickup place", StoreSettings),
        await check_in_thread(machine.check_time_zone, "time zone", StoreSettings, extra=(clock.wall(),)),
        await check_in_thread(machine.check_folder, "database folder", DatabaseSettings),
        await check_in_thread(machine.check_disk, "disk", DatabaseSettings),
        await check_in_thread(check_instance, "instance", DatabaseSettings, extra=(service,)),
        await check_in_thread(
            check_database,
            "database",
            DatabaseSettings,
            extra=(service, settings.part(TelegramSettings), clock.wall()),
        ),
        await check_in_thread(
            check_last_webhooks,
            "webhook",
            WebhookSettings,
            DatabaseSettings,
            extra=(service, settings.part(TelegramSettings), clock.wall()),
        ),
        await check_in_thread(machine.check_backups, "backups", TimingSettings, DatabaseSettings),
        port,
        *network,
        _check_clock(settings, offsets),
    ]
    return redacted((finding for group in groups for finding in group), Redaction(settings.secret_values()))


def _check_clock(settings: LoadedSettings, offsets: Mapping[str, float]) -> list[Finding]:
    if settings.part(PickPackSettings) is None and settings.part(TelegramSettings) is None:
        return [skipped("clock", "nobody could be asked: a setting is wrong")]
    return machine.check_clock(offsets)


async def _run_check(
    settings: LoadedSettings, check: AsyncCheck, name: str, *needs: type[SettingsGroup], extra: tuple[Any, ...] = ()
) -> list[Finding]:
    """Run one check with the parts of the settings that it needs; if it fails unexpectedly, the others go on."""
    parts = [settings.part(kind) for kind in needs]
    if None in parts:
        return [skipped(name, "a setting that it needs is wrong")]
    try:
        return list(await check(*parts, *extra))
    except Exception as error:  # the outer edge of a check: an unexpected error is a finding too
        says = f"could not be checked ({type(error).__name__})"
        return [fail(name, says, "run it again; if it stays, report it with the other lines")]


async def _run_check_in_thread(
    settings: LoadedSettings, check: SyncCheck, name: str, *needs: type[SettingsGroup], extra: tuple[Any, ...] = ()
) -> list[Finding]:
    async def in_thread(*arguments: Any) -> Iterable[Finding]:
        return await asyncio.to_thread(check, *arguments)  # a slow disk must not block the network checks

    return await _run_check(settings, in_thread, name, *needs, extra=extra)
