"""Commands as people type them, `/name@bot rest`, taken apart."""

import re
from dataclasses import dataclass

_COMMAND = re.compile(
    r"/(?P<name>[A-Za-z0-9_]{1,64})(?:@(?P<bot>[A-Za-z0-9_]{1,64}))?(?:\s+(?P<rest>.*))?\Z", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Command:
    """The name in small letters, the bot it is for (None: nobody in particular), and what follows."""

    name: str
    bot: str | None = None
    rest: str = ""

    @property
    def first(self) -> str:
        """The first word after the command, or nothing."""
        return self.rest.partition(" ")[0]


def parse_command(text: str | None) -> Command | None:
    """Return the command that a text is, or None."""
    found = _COMMAND.match((text or "").strip())
    if found is None:
        return None
    bot = found["bot"]
    rest = re.sub(r"\s+", " ", found["rest"] or "", count=1)
    return Command(found["name"].lower(), bot.lower() if bot else None, rest.strip())
