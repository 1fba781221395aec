"""List the calls between store, service and Telegram for the page, with the time from a cause to its message."""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import islice

from bot.ingest.api_judgement import NOBODYS_ORDER
from bot.simulators.telegram.errors import Json
from bot.simulators.telegram.messages import NOT_MODIFIED
from bot.simulators.world import SimulatedWorld

MAX_CALLS = 60
MAX_CAUSES = 500
# calls that the service makes by itself, which the page leaves out
PROFILE = {f"{verb}my{text}" for verb in ("get", "set") for text in ("name", "description", "shortdescription")}
BACKGROUND = {"getupdates", "getme", "deletewebhook", "setmycommands", *PROFILE}


NOTHING_TO_DO = "ok, it shows that already"


@dataclass
class Causes:
    """Remembers when something happened that causes messages. Times are wall time, in seconds."""

    # a chat, or what a message shows: an order's number, a note
    _happened: deque[tuple[str | int, float]] = field(default_factory=lambda: deque(maxlen=MAX_CAUSES))
    _note: str = ""

    def add_order_change(self, order: str, at: float) -> None:
        """Record that the store has changed an order."""
        self._happened.append((order, at))

    def add_chat_input(self, chat: int, at: float) -> None:
        """Record that a person has written or pressed a button."""
        self._happened.append((chat, at))

    def add_staff_command(self, text: str, at: float) -> None:
        """Record a command of staff that is shown in others' chats: at once, or a note once they have confirmed it."""
        command, _, rest = text.partition(" ")
        order, _, note = rest.strip().partition(" ")
        if command == "/resend" and order:
            self._happened.append((order, at))
        elif command == "/tell":
            self._note = escape(note.strip(), quote=False)

    def add_staff_press(self, at: float) -> None:
        """Record that staff have pressed a button: it may send the note that they wrote last."""
        if self._note:
            self._happened.append((self._note, at))
        self._note = ""

    def seconds_since(self, chat: int, text: str, at: float) -> float | None:
        """Return the seconds from the newest cause to a message in a chat; None where no cause is known."""
        for cause, happened_at in reversed(self._happened):
            is_cause = cause == chat if isinstance(cause, int) else cause in text
            if is_cause and happened_at <= at:
                return round(at - happened_at, 2)
        return None


def newest_calls(world: SimulatedWorld, causes: Causes, names: dict[int, str]) -> list[Json]:
    """Return the newest calls, oldest first, as rows of the page."""
    rows = [*_webhooks(world), *_api_calls(world), *_telegram_calls(world, causes, names)]
    return sorted(rows, key=lambda row: float(row["at"]))[-MAX_CALLS:]


def _webhooks(world: SimulatedWorld) -> Iterator[Json]:
    for sent in islice(reversed(world.pickpack.webhooks), MAX_CALLS):
        event = json.loads(sent.body)
        outcome = "lost on purpose" if sent.lost else str(sent.status or "no answer")
        what = f"{event['orderId']}: {event['oldStatus']} → {event['newStatus']}"
        yield _row(sent.at, "webhook", what, outcome, sent.status == 200)


def _api_calls(world: SimulatedWorld) -> Iterator[Json]:
    shown = (call for call in reversed(world.pickpack.calls) if call.order_id != NOBODYS_ORDER)
    for call in islice(shown, MAX_CALLS):
        what = "a token" if call.order_id is None else f"asks for {call.order_id}"
        yield _row(call.at, "api", what, str(call.status or "no answer"), call.status == 200)


def _telegram_calls(world: SimulatedWorld, causes: Causes, names: dict[int, str]) -> Iterator[Json]:
    shown = (call for call in reversed(world.telegram.calls) if call.method.lower() not in BACKGROUND)
    for call in islice(shown, MAX_CALLS):
        what = call.method + (f" → {names[call.chat_id]}" if call.chat_id in names else "")
        outcome = NOTHING_TO_DO if NOT_MODIFIED in call.outcome else call.outcome
        row = _row(call.at, "telegram", what, outcome, outcome in {"ok", NOTHING_TO_DO})
        text = str(call.parameters.get("text", ""))
        after = causes.seconds_since(call.chat_id or 0, text, call.at + call.milliseconds / 1000) if text else None
        yield row | {"after": after}


def _row(at: float, kind: str, what: str, outcome: str, good: bool) -> Json:
    return {"at": at, "kind": kind, "what": what, "outcome": outcome, "good": good}
