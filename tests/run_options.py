"""How long tests run, and where files may lie that have nothing to do with the disk."""

import os
from pathlib import Path

LONG = os.environ.get("ONROUTE_LONG_TESTS") == "1"
_MEMORY = Path("/dev/shm")
# a folder in memory where there is one, else (None) where all temporary files are
IN_MEMORY = _MEMORY if _MEMORY.is_dir() else None
