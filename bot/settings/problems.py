"""What is wrong with a setting or with a source of settings, in words for whoever wrote it."""

import re
from dataclasses import dataclass

FILE_SUFFIX = "_FILE"


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """One thing that is wrong: the setting (or the file and line), what is wrong with it, and a line that is right.

    Of a whole file, the example is what to do instead.
    """

    name: str
    message: str
    example: str

    def __str__(self) -> str:
        return f"{self.name}: {self.message}. Example: {self.example}"

    @property
    def remedy(self) -> str:
        """What to do, as a sentence of its own."""
        return f"write it like this: {self.example}" if re.match(r"[A-Z_]+=", self.example) else self.example

    @property
    def setting(self) -> str:
        """The setting that the name stands for: NAME_FILE is about NAME."""
        return self.name.removesuffix(FILE_SUFFIX)
