"""What this program was called by, so that usage lines and hints name a command that can be copied."""

import os
import shlex
import sys
from itertools import pairwise
from pathlib import Path

MODULE_NAME = "python -m bot"
CALLED_AS = "ONROUTE_CALLED_AS"  # set by a script that runs this program under a name of its own


def command_name() -> str:
    """Return `onroute`, `.venv/bin/python -m bot`, or what the script that called us is called by."""
    script = os.environ.get(CALLED_AS, "").strip()
    if script.isprintable() and script:
        return shlex.join(script.split())
    if _runs_as_module():
        return f"{shlex.quote(sys.orig_argv[0])} -m bot"
    called = Path(sys.argv[0])
    return called.stem if called.stem == "onroute" else MODULE_NAME


def _runs_as_module() -> bool:
    arguments = sys.orig_argv[1:]
    return bool(sys.orig_argv[0]) and any(pair == ("-m", "bot") for pair in pairwise(arguments))
