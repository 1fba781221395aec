"""What is wrong with a setting or with a source of settings, in words for whoever wrote it."""

import re
from dataclasses import dataclass

FILE_SUFFIX = "_FILE"


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """One thing that is wrong: the setting (or the file and line), what is wrong with it, and a line that is right.

    Of a whole file, the example is what to do instead. `source`: where the value comes from, if that isn't `.env`.
    """

    name: str
    message: str
    example: str
    source: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.says}. Example: {self.example}"

    @property
    def says(self) -> str:
        """What is wrong, and where it was read: somebody who looks into `.env` alone would not find it."""
        return f"{self.message} (from the {self.source})" if self.source else self.message

    @property
    def remedy(self) -> str:
        """What to do, as a sentence of its own."""
        return f"write it like this: {self.example}" if re.match(r"[A-Z_]+=", self.example) else self.example

    @property
    def setting(self) -> str:
        """The setting that the name stands for: NAME_FILE is about NAME."""
        return self.name.removesuffix(FILE_SUFFIX)
