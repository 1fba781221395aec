"""Files and folders that belong to somebody else, also where the tests are run by root."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

import pytest

NOBODY = 65534
# root is asked for no right unless the rights that make it root are taken away
WITHOUT_ROOT = ("setpriv", "--inh-caps=-all", "--bounding-set=-all") if os.geteuid() == 0 and which("setpriv") else ()

permissions_bind = pytest.mark.skipif(os.geteuid() == 0 and not WITHOUT_ROOT, reason="root may do anything: no setpriv")


@contextmanager
def owned_by_another(*paths: Path, mode: int) -> Iterator[None]:
    """Somebody else owns these, and leaves us what `mode` says."""
    for one in paths:
        one.chmod(mode)
        if os.geteuid() == 0:
            os.chown(one, NOBODY, NOBODY)
    yield
    for one in paths:
        one.chmod(0o700)
