"""The outer edge of a command: what is printed when something unexpected ends it, and the last of its output."""

import logging
import os
import sys
import traceback
from pathlib import Path

import click


def flush_output() -> None:
    """Flush, or discard output that can't be written: the interpreter would try again at exit and complain."""
    try:
        click.echo(nl=False)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def report_unexpected(error: Exception) -> None:
    """Print the kind of error and its place, not its message, which may hold a secret; the log redacts that."""
    if logging.getLogger().handlers:
        logging.getLogger("bot").critical("an unexpected error", exc_info=error)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}, line {frame.lineno}"
    click.echo(f"Unexpected error: {type(error).__name__} in {place}.", err=True)
