"""Write what happens as lines of text: who said what, what the chats show, and how long after its cause."""

import time
from collections.abc import Callable, Mapping

from bot.simulators.telegram.errors import Json
from bot.simulators.telegram.simulator import TelegramEvent

NAME_WIDTH = 9
INDENT = " " * (9 + NAME_WIDTH + 3)


class Transcript:
    """Writes a line for everything that people would see. `chats` are names by chat id.

    Call `event` when something happens that causes messages: their times are counted from there.
    """

    def __init__(self, write: Callable[[str], None], chats: Mapping[int, str]) -> None:
        self._write = write
        self._chats = chats
        self._started_at = self._event_at = time.monotonic()

    def start_clock(self) -> None:
        """Count all times from now on."""
        self._started_at = self._event_at = time.monotonic()

    def event(self, who: str, what: str) -> None:
        """Write a line about something that messages may follow."""
        self._event_at = time.monotonic()
        self.remark(who, what)

    def remark(self, who: str, what: str) -> None:
        """Write a line about something that causes no message."""
        self._write_lines(who, what)

    def note(self, text: str) -> None:
        """Write a line of explanation."""
        self._write(f"\n── {text}")

    def on_event(self, event: TelegramEvent) -> None:
        """Write what an event of the simulated Telegram shows; to be subscribed to its events."""
        name = self._chats.get(event.data.get("chat_id") or 0)
        if name is None:
            return
        match event.kind:
            case "said":
                self.event(name, f"▷ {event.data['text']}")
            case "pressed":
                self.event(name, f"▷ presses {event.data['data']}")
            case "shown" | "edited":
                self._write_lines(name, *self._message_lines(event))
            case "answered" if event.data["text"]:
                self._write_lines(name, f"◁ ({event.data['text']})")
            case "member":
                self.event(name, "blocks the bot" if event.data["status"] == "kicked" else "unblocks the bot")

    def _message_lines(self, event: TelegramEvent) -> list[str]:
        seconds = time.monotonic() - self._event_at
        marks = ["silent"] if event.kind == "shown" and event.data["silent"] else []
        marks += ["edited"] if event.kind == "edited" else []
        first = f"◁ after {seconds:.2f} s" + "".join(f", {mark}" for mark in marks)
        rows = (" ".join(_button(button) for button in row) for row in event.data["buttons"])
        return [first, *event.data["text"].splitlines(), *rows]

    def _write_lines(self, who: str, first: str, *rest: str) -> None:
        self._write(f"{time.monotonic() - self._started_at:6.1f} s  {who:<{NAME_WIDTH}} {first}")
        for line in rest:
            self._write(f"{INDENT}{line}")


def _button(button: Json) -> str:
    return f"[{button['text']} → {button['url']}]" if "url" in button else f"[{button['text']}]"
