"""The command line: `python -m bot`. Each command imports what it needs, so that none waits for another's imports."""

import sys

from bot.process.termination import end_at_once

if __name__ == "__main__" and sys.argv[1:2] == ["run"]:
    end_at_once()  # before anything else is imported: that takes long enough to be told to end meanwhile

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bot.process import packages

try:
    import click
except ModuleNotFoundError:
    raise SystemExit(packages.NOT_INSTALLED) from None

from bot import __version__
from bot.process.command_name import command_name
from bot.process.console import flush_output, report_unexpected
from bot.process.exit_codes import INTERRUPTED, UNEXPECTED_ERROR
from bot.settings_or_exit import load_settings, load_settings_group, refuse_missing

if TYPE_CHECKING:
    from bot.settings import Settings, SettingsGroup

TIMEOUT_SECONDS = 5.0
READINESS_BYTES = 65_536
OWNER_ONLY = 0o077  # the database says who follows what: no other user of the machine may read its files

AnyGroup = TypeVar("AnyGroup", bound="SettingsGroup")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(version)s")
def commands() -> None:
    """OnRoute: tells shoppers of a Pick and Pack store, in Telegram, each step of their order."""


# ── the service ──────────────────────────────────────────────────────────────


@commands.command()
def run() -> None:
    """Run the service: webhook listener, poller, bot, sender."""
    os.umask(OWNER_ONLY)
    end_at_once()  # until the service handles signals itself
    settings = load_settings()
    _configure_logging(settings)
    from bot.server import run as run_service

    raise click.exceptions.Exit(run_service(settings))


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
@click.option("--send-test", is_flag=True, help="Send a test message to everybody in STAFF_IDS.")
def doctor(as_json: bool, order: str | None, send_test: bool) -> None:
    """Check settings, database, clock, Telegram, Pick and Pack, addresses, words: a line each, and what to do."""
    from bot.doctor import main as run_doctor

    raise click.exceptions.Exit(run_doctor(json=as_json, order=order, send_test=send_test))


@commands.command(short_help="Ask for the settings, and write .env.")
@click.option(
    "--env-file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path(".env"),
    show_default=True,
    help="The file to write.",
)
def init(env_file: Path) -> None:
    """Ask for the settings, try token and key, make the secrets, find your Telegram id, and write .env."""
    from bot.init import main as run_init

    raise click.exceptions.Exit(run_init(os.environ, env_file))


# ── inspecting ───────────────────────────────────────────────────────────────


@commands.command(short_help="Print the settings in force.")
def config() -> None:
    """Print the settings in force and where each came from, secrets as ***."""
    from bot.settings.report import describe

    rows = describe(load_settings())
    width = max(len(row.name) for row in rows)
    for row in rows:
        click.echo(f"{row.name:<{width}} = {row.value}  ({row.source})")


@commands.command(short_help="Check the words of every language.")
def locales() -> None:
    """Check every language: missing and broken messages, variables, tags, lengths, how it speaks, intents.txt."""
    from bot.settings import LocaleSettings
    from bot.understanding.examples import check_examples
    from bot.words.fluent.checking import check
    from bot.words.fluent.files import default_folder

    override = load_settings_group(LocaleSettings).locales_override
    problems = [*check(default_folder(), override), *check_examples(default_folder(), override)]
    for problem in problems:
        click.echo(problem)
    if problems:
        raise click.ClickException(f"{len(problems)} to mend")
    click.echo("every language is complete")


@commands.command(short_help="Print what the bot would understand of a text.")
@click.option("--language", help="Of the writer, for example es or pt-BR; else DEFAULT_LOCALE.")
@click.option("--json", "as_json", is_flag=True, help='An object: {"numbers", "guesses", "payloads", "intent", "why"}.')
@click.option("--lines", is_flag=True, help='A line {"id", "text", "language", "entities"?} in, an object a line out.')
def understand(language: str | None, as_json: bool, lines: bool) -> None:
    """Print what the bot would understand of a text on standard input. Texts of LOCALES_OVERRIDE count."""
    from bot.settings import LocaleSettings
    from bot.understanding import command
    from bot.understanding.reading import load_reader

    words = load_settings_group(LocaleSettings)
    reader, language = load_reader(words.locales_override), language or words.default_locale
    for hint in command.hints(language, is_typed=sys.stdin.isatty()):
        click.echo(hint, err=True)
    try:
        for answer in command.answer(sys.stdin.buffer, reader, language, lines=lines, as_json=as_json):
            click.echo(answer)
    except UnicodeDecodeError:
        raise click.ClickException("the text is not UTF-8") from None


@commands.command()
def healthcheck() -> None:
    """Exit 0 if the running service is ready: it takes webhooks. Says how its neighbours are."""
    from http.client import HTTPConnection, HTTPException

    from bot.process.readiness import body_in_words
    from bot.settings import ListenerSettings

    listener = load_settings_group(ListenerSettings)
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(listener.http_host, listener.http_host)  # noqa: S104 - compared, not bound
    connection = HTTPConnection(host, listener.http_port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", "/readyz")
        response = connection.getresponse()
        status, body = response.status, response.read(READINESS_BYTES)
    except (OSError, HTTPException) as error:
        raise click.ClickException(f"no answer from {host}, port {listener.http_port} ({_describe(error)})") from None
    finally:
        connection.close()
    said = f": {words}" if (words := body_in_words(body)) else ""
    if status != 200:
        raise click.ClickException(f"not ready: /readyz answered {status}{said}")
    click.echo(f"ready{said}")


@commands.command(short_help="Copy the database to FILE.")
@click.argument("target", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
def backup(target: Path) -> None:
    """Write a consistent copy of the database to FILE, while the service runs."""
    from bot.settings import DatabaseSettings
    from bot.store.backup import backup as copy
    from bot.store.errors import StoreError

    os.umask(OWNER_ONLY)
    try:
        copy(load_settings_group(DatabaseSettings).database_path, target)
    except StoreError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{target} can't be written ({error.strerror})") from None
    click.echo(f"copied to {target}")


# ── deep links ───────────────────────────────────────────────────────────────


@commands.command()
@click.argument("order_id", required=False)
@click.option("--shop", is_flag=True, help="The link that opens the bot itself, for the counter or the shop's page.")
@click.option("--qr", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.png", help="Draw it as well.")
@click.option("--bot-name", help="The bot's name, with or without its @, to save asking Telegram for it.")
def link(order_id: str | None, shop: bool, qr: Path | None, bot_name: str | None) -> None:
    """Print the signed deep link of an order or, with --shop, the bot's own link."""
    from bot.order_link import ask_bot_name, check_arguments, draw_qr_code, parse_bot_name, signed_payload
    from bot.people.links import bot_link, deep_link
    from bot.settings import AccessSettings, TelegramSettings

    check_arguments(order_id, shop=shop, qr=qr)
    given_name = None if bot_name is None else parse_bot_name(bot_name)
    secrets = () if order_id is None else load_settings_group(AccessSettings).secret_values()
    if order_id is not None and not secrets:
        refuse_missing("LINK_SECRET", "is required for signed links")
    payload = None if order_id is None else signed_payload(order_id.strip(), secrets)
    name = given_name or ask_bot_name(load_settings_group(TelegramSettings))
    url = bot_link(name) if payload is None else deep_link(name, payload)
    click.echo(url)
    if qr:
        draw_qr_code(url, qr)


# ── errors ───────────────────────────────────────────────────────────────────


def _configure_logging(settings: "Settings") -> None:
    from bot.process import logs

    secrets = settings.secret_values()
    logs.configure(log_format=settings.log_format, level=settings.log_level, secrets=secrets)


def _describe(error: BaseException) -> str:
    return getattr(error, "strerror", None) or type(error).__name__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code. No error shows a traceback."""
    try:
        if not packages.are_installed():
            raise click.ClickException(packages.NOT_INSTALLED)
        code = commands.main(arguments, prog_name=command_name(), standalone_mode=False)
        click.echo(nl=False)  # flushes, so that an error of the output is raised here
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:  # the reader of a pipe has closed it, as `head` does
        return 1
    except Exception as error:  # the outer edge of the program: a person gets one line, the log the rest
        report_unexpected(error)
        return UNEXPECTED_ERROR
    finally:
        flush_output()


if __name__ == "__main__":
    sys.exit(main())
