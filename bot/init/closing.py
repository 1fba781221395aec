"""The end of the conversation: what is about to be written, what to enter in Pick and Pack, and what to do next."""

from pathlib import Path

import click

from bot.ingest.application import WEBHOOK_PATH
from bot.init.answers import Answers, shown
from bot.init.console import Console
from bot.init.env_file import line_of
from bot.init.neighbours import Neighbours
from bot.process.command_name import command_name
from bot.settings import SettingsError, load


def show_changes(answers: Answers, console: Console) -> None:
    """Show what is about to be written, secrets by their length only."""
    changes = answers.changes()
    width = max(map(len, changes), default=0)
    console.say("" if changes else "\nNothing has changed.")
    for name, text in changes.items():
        console.say(f"  {name:<{width}}  {'(left out)' if text is None else shown(name, text)}")


def show_what_is_wrong(answers: Answers, dotenv: Path, console: Console) -> None:
    """List what is wrong with settings that were not asked about."""
    try:
        load(answers.fixed, dotenv)
    except SettingsError as error:
        console.say("\nSome of what was there before has still to be mended:")
        for problem in error.problems:
            console.say(f"  {problem.name}: {problem.says}\n      e.g. {problem.example}")


def show_webhook(answers: Answers, dotenv: Path, text: str, console: Console) -> None:
    """Say what to enter in Pick and Pack's settings, and show the secret once if that is wanted."""
    address = answers.text("PUBLIC_URL").rstrip("/") or "https://<your address>"
    line = line_of(text, "WEBHOOK_SECRET")
    place = f"of WEBHOOK_SECRET, {dotenv} line {line}" if line else "of WEBHOOK_SECRET"
    console.say(f"""
In Pick and Pack's settings, under webhooks, add one:
  type    ORDER_STATUS
  method  POST
  URL     {address}{WEBHOOK_PATH}
  header  {answers.text("WEBHOOK_HEADER") or "X-Webhook-Secret"}
  value   that {place}
If the settings allow no header, put ?secret=<the value> behind the URL instead.""")
    if console.agree("Show the value now, once, to copy it?", default=False):
        console.say(f"  {answers.text('WEBHOOK_SECRET')}")


def show_next(dotenv: Path, neighbours: Neighbours, console: Console) -> None:
    """Say what to do next."""
    name = command_name()
    chat = f" in https://t.me/{neighbours.bot_name}" if neighbours.bot_name else ""
    console.say(f"""
Next:
  {name} doctor              checks all of it, a line each with what to do
  {name} run                 starts; then send an order number{chat}
  {name} doctor --send-test  sends staff a message""")
    if dotenv.absolute() != Path(".env").absolute():
        console.say(f"They read .env in the folder where they are started; {dotenv} is another file.")


def say_written(dotenv: Path, kept: Path | None, console: Console) -> None:
    """Say where the settings are now."""
    before = f"; what was there before is in {kept}" if kept else ""
    console.say(f"Written to {dotenv}, which only this user can read{before}.")


def say_nothing_written() -> None:
    """Say that the files are as they were."""
    click.echo("\nNothing was written.", err=True)
