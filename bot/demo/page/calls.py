"""The calls between the three, for the page: newest last, each message with its time from what caused it."""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from bot.simulators.telegram.errors import Json
from bot.simulators.world import SimulatedWorld

MOST = 60
MOST_CAUSES = 500
# what the service asks without anybody having said anything
BACKGROUND = {"getupdates", "getme", "deletewebhook", "setmycommands", "setmydescription", "setmyshortdescription"}


@dataclass
class Causes:
    """When things happened that messages may follow from. Times are wall time, in seconds."""

    _happened: deque[tuple[str | int, float]] = field(default_factory=lambda: deque(maxlen=MOST_CAUSES))

    def moved(self, order: str, at: float) -> None:
        """The store has changed an order."""
        self._happened.append((order, at))

    def said(self, chat: int, at: float) -> None:
        """Somebody has written, or pressed a button."""
        self._happened.append((chat, at))

    def after(self, chat: int, text: str, at: float) -> float | None:
        """Seconds from the newest cause to what was shown in a chat; None where none is known."""
        for what, happened in reversed(self._happened):
            concerned = what == chat if isinstance(what, int) else what in text
            if concerned and happened <= at:
                return round(at - happened, 2)
        return None


def newest(world: SimulatedWorld, causes: Causes, names: dict[int, str]) -> list[Json]:
    """The newest calls, oldest first: at (wall time), who calls whom, what, what became of it."""
    found = [*_webhooks(world), *_questions(world), *_messages(world, causes, names)]
    return sorted(found, key=lambda call: float(call["at"]))[-MOST:]


def _webhooks(world: SimulatedWorld) -> Iterator[Json]:
    for sent in islice(reversed(world.pickpack.webhooks), MOST):
        event = json.loads(sent.body)
        outcome = "lost on purpose" if sent.lost else str(sent.status or "no answer")
        what = f"{event['orderId']}: {event['oldStatus']} → {event['newStatus']}"
        yield _row(sent.at, "webhook", what, outcome, sent.status == 200)


def _questions(world: SimulatedWorld) -> Iterator[Json]:
    for call in islice(reversed(world.pickpack.calls), MOST):
        what = "a token" if call.order_id is None else f"asks for {call.order_id}"
        yield _row(call.at, "api", what, str(call.status or "no answer"), call.status == 200)


def _messages(world: SimulatedWorld, causes: Causes, names: dict[int, str]) -> Iterator[Json]:
    shown = (call for call in reversed(world.telegram.calls) if call.method.lower() not in BACKGROUND)
    for call in islice(shown, MOST):
        what = call.method + (f" → {names[call.chat_id]}" if call.chat_id in names else "")
        row = _row(call.at, "telegram", what, call.outcome, call.outcome == "ok")
        text = str(call.parameters.get("text", ""))
        after = causes.after(call.chat_id or 0, text, call.at + call.milliseconds / 1000) if text else None
        yield row | {"after": after}


def _row(at: float, kind: str, what: str, outcome: str, good: bool) -> Json:
    return {"at": at, "kind": kind, "what": what, "outcome": outcome, "good": good}
