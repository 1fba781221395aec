"""Hold the conversation of `init` with answers at hand, while simulators stand in for Telegram and Pick and Pack."""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.init import main
from bot.init.console import Console
from bot.simulators.pickpack.simulator import PickPackSimulator
from bot.simulators.telegram.simulator import TelegramSimulator

ENGINEER = 7001
START = "then Enter"
MOST_LINES = 300
LINK = re.compile(r"https://t\.me/(\w+)\?start=([A-Za-z0-9_-]+)")
Reply = str | Callable[[], str]


class ScriptedConsole(Console):
    """Answers each question by the setting that its prompt begins with, in turn; Enter where nothing is left."""

    def __init__(self, replies: Mapping[str, list[Reply]]) -> None:
        self.replies = {name: list(own) for name, own in replies.items()}
        self.lines: list[str] = []
        self.hidden: list[str] = []

    @property
    def said(self) -> str:
        return "\n".join(self.lines)

    def say(self, text: str = "") -> None:
        self.lines.append(text)

    def ask(self, prompt: str, *, hidden: bool = False) -> str:
        self.lines.append(prompt)
        assert len(self.lines) < MOST_LINES, self.said  # a required answer that never comes
        if hidden:
            self.hidden.append(prompt.partition(" ")[0].rstrip(":"))
        name = next((one for one in self.replies if prompt.lower().startswith(one.lower())), None)
        reply = self.replies[name].pop(0) if name is not None and self.replies[name] else ""
        return reply if isinstance(reply, str) else reply()


@dataclass
class InitHarness:
    """Both simulators, and a folder for `.env`."""

    telegram: TelegramSimulator
    pickpack: PickPackSimulator
    folder: Path
    environ: dict[str, str] = field(default_factory=dict)
    console: ScriptedConsole = field(default_factory=lambda: ScriptedConsole({}))

    @property
    def dotenv(self) -> Path:
        return self.folder / ".env"

    def __post_init__(self) -> None:
        self.environ |= {
            "TELEGRAM_API_URL": self.telegram.api_url,
            "PICKPACK_TOKEN_URL": self.pickpack.token_url,
            "PICKPACK_TRACKING_URL": self.pickpack.tracking_url,
            "DATABASE_PATH": str(self.folder / "data" / "bot.db"),
            "HTTP_HOST": "127.0.0.1",
        }

    async def hold(self, replies: Mapping[str, list[Reply]] | None = None, **environ: str) -> str:
        """Run the conversation to its end, with the right token and key unless others are given; return all it said."""
        right: dict[str, list[Reply]] = {
            "BOT_TOKEN": [self.telegram.token],
            "PICKPACK_API_KEY": [self.pickpack.api_key],
        }
        self.console = ScriptedConsole(right | dict(replies or {}))
        code = await asyncio.to_thread(main, self.environ | environ, self.dotenv, self.console)
        assert code == 0, self.console.said
        return self.console.said

    def press_start(self, user_id: int = ENGINEER) -> Callable[[], str]:
        """Press START in the link that was shown last, then Enter."""
        loop = asyncio.get_running_loop()

        def press() -> str:
            code = LINK.findall(self.console.said)[-1][1]
            loop.call_soon_threadsafe(self.telegram.user_says, user_id, f"/start {code}")
            return ""

        return press

    def settings(self) -> dict[str, str]:
        """What `.env` sets, as a person reads it."""
        lines = [line for line in self.dotenv.read_text().splitlines() if line and not line.startswith("#")]
        return {name: value.strip("'") for name, _, value in (line.partition("=") for line in lines)}
