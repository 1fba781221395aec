"""The command line. What a command needs is imported inside it, so that none waits for what another one needs."""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

try:
    import click
except ModuleNotFoundError:
    raise SystemExit("OnRoute's packages are not installed for this Python: run `make demo` first.") from None

from bot.process.exit_codes import INTERRUPTED, UNEXPECTED, WRONG_SETTINGS

if TYPE_CHECKING:
    from bot.settings import Part, Settings

PATIENCE_SECONDS = 5.0
FOR_US_ALONE = 0o077  # the database says who follows what: no other user of the machine may read its files

AnyPart = TypeVar("AnyPart", bound="Part")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """OnRoute: tells shoppers of a Pick and Pack store, in Telegram, each step of their order."""


# ── the service ──────────────────────────────────────────────────────────────


@commands.command()
def run() -> None:
    """Run the service: webhook listener, poller, bot, sender."""
    os.umask(FOR_US_ALONE)
    # until the service has its own way to stop, a SIGTERM stops like Ctrl-C: at once, and as told
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        settings = _settings()
        _log(settings)
        from bot.server import run as run_service

        code = run_service(settings)
    except KeyboardInterrupt:
        code = 0
    raise click.exceptions.Exit(code)


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


@commands.command(short_help="Run it against simulators, with a page to see it.")
@click.option("--port", type=click.IntRange(0, 65535), default=8088, show_default=True, help="Of the page.")
@click.option(
    "--speed",
    type=click.FloatRange(0, 1000, min_open=True),
    default=1.0,
    show_default=True,
    help="How fast time goes; 2 is twice as fast.",
)
@click.option("--language", default="en", show_default=True, help="The first shopper's, for example es or pt-BR.")
@click.option(
    "--script",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Run this scenario without a browser, print the transcript, exit 0 or 1.",
)
@click.option(
    "--words",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of your own words, as for LOCALES_OVERRIDE, to see them on the page.",
)
def demo(port: int, speed: float, language: str, script: Path | None, words: Path | None) -> None:
    """Run the service against simulators, with a chat page for the browser. Needs no token, no key, no network."""
    from bot.demo.command import main as run_demo

    raise click.exceptions.Exit(run_demo(port=port, speed=speed, language=language, script=script, words=words))


@commands.command(short_help="Check everything, and say what to do.")
@click.option("--json", "as_json", is_flag=True, help="A list of {check, result, says, remedy}.")
@click.option("--order", help="Ask for this order as well.")
def doctor(as_json: bool, order: str | None) -> None:
    """Check settings, database, clock, Telegram, Pick and Pack, addresses, words: a line each, and what to do."""
    from bot.doctor import main as examine

    raise click.exceptions.Exit(examine(json=as_json, order=order))


# ── looking at it ────────────────────────────────────────────────────────────


@commands.command(short_help="Print the settings in force.")
def config() -> None:
    """Print the settings in force and where each came from, secrets as ***."""
    from bot.settings.report import describe

    rows = describe(_settings())
    width = max(len(row.name) for row in rows)
    for row in rows:
        click.echo(f"{row.name:<{width}} = {row.value}  ({row.source})")


@commands.command(short_help="Check the words of every language.")
def locales() -> None:
    """Check every language: missing, extra and broken messages, wrong variables, tags that Telegram refuses."""
    from bot.settings import WordsPart
    from bot.words.fluent.catalog import check, default_folder

    problems = check(default_folder(), _part(WordsPart).locales_override)
    for problem in problems:
        click.echo(problem)
    if problems:
        raise click.ClickException(f"{len(problems)} to mend")
    click.echo("every language is complete")


@commands.command()
def healthcheck() -> None:
    """Exit 0 if the running service is ready."""
    from http.client import HTTPConnection, HTTPException

    from bot.settings import ListenerPart

    listener = _part(ListenerPart)
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(listener.http_host, listener.http_host)  # noqa: S104
    connection = HTTPConnection(host, listener.http_port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", "/readyz")
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        raise click.ClickException(f"no answer from {host}, port {listener.http_port} ({_name(error)})") from None
    finally:
        connection.close()
    if status != 200:
        raise click.ClickException(f"not ready: /readyz answered {status}")
    click.echo("ready")


@commands.command(short_help="Copy the database to FILE.")
@click.argument("target", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
def backup(target: Path) -> None:
    """Write a consistent copy of the database to FILE, while the service runs."""
    from bot.settings import DatabasePart
    from bot.store.database import backup as copy
    from bot.store.errors import StoreTrouble

    os.umask(FOR_US_ALONE)
    try:
        copy(_part(DatabasePart).database_path, target)
    except StoreTrouble as trouble:
        raise click.ClickException(str(trouble)) from None
    except OSError as error:
        raise click.ClickException(f"{target} can't be written ({error.strerror})") from None
    click.echo(f"copied to {target}")


# ── deep links ───────────────────────────────────────────────────────────────


@commands.command()
@click.argument("order_id")
@click.option("--qr", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.png", help="Draw it as well.")
@click.option("--bot-name", help="The bot's name, to save asking Telegram for it.")
def link(order_id: str, qr: Path | None, bot_name: str | None) -> None:
    """Print the signed deep link of an order."""
    from bot.people.links import deep_link
    from bot.settings import TelegramPart

    if qr and qr.suffix.lower() not in (".png", ".svg"):
        raise click.BadParameter("must end in .png or .svg", param_hint="--qr")
    payload = _payload(order_id.strip())
    url = deep_link(bot_name or _ask_bot_name(_part(TelegramPart)), payload)
    click.echo(url)
    if qr:
        _draw(url, qr)


def _payload(order_id: str) -> str:
    from bot.people.links import TooLong, sign
    from bot.settings import EXAMPLES, PeoplePart, WrongSettings
    from bot.settings.sources import Fault

    secrets = _part(PeoplePart).secret_values()
    if not secrets:
        example = f"LINK_SECRET={EXAMPLES['LINK_SECRET']}"
        _refuse(WrongSettings([Fault("LINK_SECRET", "is required for signed links", example)]))
    try:
        payload = sign(order_id, secrets)
    except ValueError:
        raise click.BadParameter("is no order id", param_hint="ORDER_ID") from None
    if isinstance(payload, TooLong):
        wrong = f"this id has no link: it is too long for one ({payload.size} bytes, at most {payload.limit})"
        raise click.ClickException(wrong)
    return payload


def _ask_bot_name(telegram: Any) -> str:
    """Ask Telegram for the bot's name. No error's own text is shown: it may hold the address, and that the token."""
    import asyncio
    import json

    import aiohttp

    async def ask() -> tuple[int, bytes]:
        url = f"{telegram.telegram_api_url}/bot{telegram.bot_token.get_secret_value()}/getMe"
        limit = aiohttp.ClientTimeout(total=PATIENCE_SECONDS)
        async with (
            aiohttp.ClientSession(timeout=limit, trust_env=True) as session,
            session.get(url, allow_redirects=False) as response,  # an address that an answer names is not ours to ask
        ):
            return response.status, await response.content.read(65_536)

    try:
        status, body = asyncio.run(ask())
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
        raise click.ClickException(f"Telegram can't be reached ({_name(error)}); give --bot-name") from None
    if status in (401, 404):
        raise click.ClickException("Telegram refuses BOT_TOKEN")
    try:
        return str(json.loads(body)["result"]["username"])
    except (ValueError, KeyError, TypeError):
        raise click.ClickException(f"Telegram's answer ({status}) has no name in it; give --bot-name") from None


def _draw(url: str, target: Path) -> None:
    import segno

    try:
        segno.make_qr(url, error="m").save(str(target), scale=8, border=4)
    except OSError as error:
        raise click.ClickException(f"{target} can't be written ({error.strerror})") from None


# ── settings, and the outer edge ─────────────────────────────────────────────


def _settings() -> "Settings":
    from bot.settings import WrongSettings, load

    try:
        return load()
    except WrongSettings as wrong:
        _refuse(wrong)


def _part(part: type[AnyPart]) -> AnyPart:
    from bot.settings import WrongSettings, load_part

    try:
        return load_part(part)
    except WrongSettings as wrong:
        _refuse(wrong)


def _refuse(wrong: Any) -> NoReturn:
    """List every fault on standard error and end with 78."""
    click.echo("The settings can't be used:", err=True)
    for fault in wrong.faults:
        click.echo(f"  {fault.name}: {fault.wrong}\n      e.g. {fault.example}", err=True)
    raise click.exceptions.Exit(WRONG_SETTINGS)


def _log(settings: "Settings") -> None:
    from bot.process import logs

    secrets = settings.secret_values()
    logs.configure(form=settings.log_format, level=settings.log_level, secrets=secrets)


def _name(error: BaseException) -> str:
    return getattr(error, "strerror", None) or type(error).__name__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code. Nothing that goes wrong shows a traceback."""
    try:
        code = commands.main(arguments, prog_name="python -m bot", standalone_mode=False)
        click.echo(nl=False)  # flushes, so that trouble with the output is met here
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:  # whoever read this has gone
        return 1
    except Exception as error:  # the outer edge: a person gets a line, the log gets the rest
        _report_unexpected(error)
        return UNEXPECTED
    finally:
        _settle_output()


def _settle_output() -> None:
    """Flush, or let go of what nobody takes: at its end the interpreter would try once more and complain."""
    try:
        click.echo(nl=False)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report_unexpected(error: Exception) -> None:
    """Say what and where, without the error's own words, which may hold a secret; the log strikes those out."""
    import logging
    import traceback

    if logging.getLogger().handlers:
        logging.getLogger("bot").critical("an unexpected error", exc_info=error)
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}, line {place.lineno}"
    click.echo(f"Unexpected error: {type(error).__name__} in {where}.", err=True)


if __name__ == "__main__":
    sys.exit(main())
