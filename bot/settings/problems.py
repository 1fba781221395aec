"""What is wrong with a setting or with a source of settings, in words for whoever wrote it."""

from dataclasses import dataclass

FILE_SUFFIX = "_FILE"


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """One thing that is wrong: the setting (or the file and line), what is wrong with it, and a line that is right."""

    name: str
    message: str
    example: str

    def __str__(self) -> str:
        return f"{self.name}: {self.message}. Example: {self.example}"

    @property
    def setting(self) -> str:
        """The setting that the name stands for: NAME_FILE is about NAME."""
        return self.name.removesuffix(FILE_SUFFIX)
