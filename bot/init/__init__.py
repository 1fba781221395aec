"""Run `python -m bot init`: ask for the settings, try them at once, make the secrets, and write `.env`."""

from collections.abc import Mapping
from pathlib import Path

import click

from bot.init import env_file
from bot.init.answers import read_answers
from bot.init.closing import (
    say_nothing_written,
    say_written,
    show_changes,
    show_next,
    show_webhook,
    show_what_is_wrong,
)
from bot.init.console import Console
from bot.init.conversation import converse
from bot.init.neighbours import Neighbours

INTRODUCTION = """\
This asks about ten questions and writes {file}. Enter takes what stands in [brackets], a single - leaves an optional
setting out, and Ctrl-C ends it with nothing written."""
DECLINED = 1


def main(environ: Mapping[str, str], dotenv: Path, console: Console | None = None) -> int:
    """Hold the conversation and write the file; return the exit code. Raises click's exceptions."""
    console = console or Console()
    before = env_file.read_text(dotenv)
    answers = read_answers(environ, dotenv)
    neighbours = Neighbours(answers, console)
    console.say(INTRODUCTION.format(file=dotenv))
    try:
        converse(answers, neighbours, console)
        text = env_file.merge(before, answers.changes())
        show_changes(answers, console)
        if not console.agree(f"Write this to {dotenv}?", default=True):
            say_nothing_written()
            return DECLINED
    except (click.Abort, KeyboardInterrupt):
        say_nothing_written()
        raise
    say_written(dotenv, env_file.write(dotenv, text, before=before), console)
    show_what_is_wrong(answers, dotenv, console)
    show_webhook(answers, dotenv, text, console)
    show_next(dotenv, neighbours, console)
    return 0
