"""What happens, as lines of text: who said what, what the chats show, how long after the event that caused it."""

import time
from collections.abc import Callable, Mapping

from bot.simulators.telegram.errors import Json
from bot.simulators.telegram.simulator import TelegramEvent

NAME_WIDTH = 9
INDENT = " " * (9 + NAME_WIDTH + 3)


class Transcript:
    """Writes a line for everything that people would see. `chats` are names by chat id.

    `event` is to be called when something happens that messages may follow; times are counted from there.
    """

    def __init__(self, write: Callable[[str], None], chats: Mapping[int, str]) -> None:
        self._write = write
        self._chats = chats
        self._began = self._event_at = time.monotonic()

    def begin(self) -> None:
        """Time counts from here."""
        self._began = self._event_at = time.monotonic()

    def event(self, who: str, what: str) -> None:
        """Something happens at the store or to the machinery."""
        self._event_at = time.monotonic()
        self.remark(who, what)

    def remark(self, who: str, what: str) -> None:
        """Something worth a line that no message follows from."""
        self._lines(who, what)

    def note(self, text: str) -> None:
        """A line for those who read along."""
        self._write(f"\n── {text}")

    def hear(self, event: TelegramEvent) -> None:
        """Takes what the simulated Telegram tells its subscribers."""
        name = self._chats.get(event.data.get("chat_id") or 0)
        if name is None:
            return
        match event.kind:
            case "said":
                self.event(name, f"▷ {event.data['text']}")
            case "pressed":
                self.event(name, f"▷ presses {event.data['data']}")
            case "shown" | "edited":
                self._lines(name, *self._message(event))
            case "answered" if event.data["text"]:
                self._lines(name, f"◁ ({event.data['text']})")
            case "member":
                self.event(name, "blocks the bot" if event.data["status"] == "kicked" else "unblocks the bot")

    def _message(self, event: TelegramEvent) -> list[str]:
        after = time.monotonic() - self._event_at
        marks = ["silent"] if event.kind == "shown" and event.data["silent"] else []
        marks += ["edited"] if event.kind == "edited" else []
        first = f"◁ after {after:.2f} s" + "".join(f", {mark}" for mark in marks)
        rows = (" ".join(_button(button) for button in row) for row in event.data["buttons"])
        return [first, *event.data["text"].splitlines(), *rows]

    def _lines(self, who: str, first: str, *rest: str) -> None:
        self._write(f"{time.monotonic() - self._began:6.1f} s  {who:<{NAME_WIDTH}} {first}")
        for line in rest:
            self._write(f"{INDENT}{line}")


def _button(button: Json) -> str:
    return f"[{button['text']} → {button['url']}]" if "url" in button else f"[{button['text']}]"
