"""What followers were told of one order, for staff: a line for each event, with whom it has reached and why not."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.tracking.model import Keep, Kind, NoticeState, Priority, Wall
from bot.words.fluent.localizer import Localizer
from bot.words.html.escaping import Markup
from bot.words.html.markup import visible_text
from bot.words.html.utf16 import utf16_length
from bot.words.messages.telegram_reasons import reasons

MOST_EVENTS = 8
MOST_UNITS = 1200  # of all lines, so that the card is never cut
ONE_EVENT_SECONDS = 600.0  # messages of no stored event that say the same within this time are of one
LONGEST_NOTE_SHOWN = 160  # characters
MAYBE = "perhaps told"  # how the reason of a message begins whose outcome nobody learnt
_TROUBLES = {"INCIDENT": "short-incident", "ON_HOLD": "short-hold"}
_PACKAGE_ENDS = {"DELIVERED": "check-what-package-delivered", "RETURNED": "check-what-package-returned"}
_OTHER_KINDS = {
    Kind.NEVER_SEEN: "check-what-never-seen",
    Kind.ARCHIVED: "check-what-archived",
}


class Found(StrEnum):
    """How news was found that no webhook has told; each is a value of `$webhook`."""

    WEBHOOK_MISSED = "missed"
    WEBHOOK_MAY_COME = "open"


@dataclass(frozen=True, slots=True)
class ToldRow:
    """Messages of the outbox that are alike. `at` is wall time, `chats` which chats they are for.

    `repeats`: how many messages more than chats; `place`: where the first of them stands among all that were made.
    `event`: the line of the history that they tell last; `service`: what a package has come to by that line; `found`:
    how we came to know, where no webhook told it. `text`: of a note. `paused`: why the chats can't be written to now.
    """

    at: Wall
    kind: Kind
    state: NoticeState
    chats: frozenset[int]
    status: str | None = None
    keep: frozenset[Keep] = frozenset()
    priority: Priority = Priority.NOTICE
    reason: str | None = None
    paused: str | None = None
    event: int | None = None
    service: str | None = None
    found: Found | None = None
    text: str = ""
    is_silent: bool = False
    repeats: int = 0
    place: int = 0


@dataclass(slots=True)
class _Event:
    what: Markup
    status: str | None
    event: int | None
    first_at: Wall
    last_at: Wall
    rows: list[ToldRow] = field(default_factory=list)

    def takes(self, what: Markup, row: ToldRow) -> bool:
        if (what, row.status, row.event) != (self.what, self.status, self.event):
            return False
        return row.event is not None or row.at - self.last_at <= ONE_EVENT_SECONDS

    def add(self, row: ToldRow) -> None:
        self.last_at = max(self.last_at, row.at)
        self.rows.append(row)


def told_lines(
    localizer: Localizer, rows: Iterable[ToldRow], clock: Callable[[float], Markup], *, current: str | None
) -> Iterator[Markup]:
    """Return a line for each event, the newest first. `current`: the order's status, which what waits will tell."""
    events = _events(localizer, rows, current)
    shown, units = 0, 0
    for event in events[:MOST_EVENTS]:
        clauses = Markup(", ".join(_clauses(localizer, event.rows)))
        line = localizer.html("check-event", clock=clock(event.first_at), what=event.what, clauses=clauses)
        units += utf16_length(visible_text(line))
        if shown and units > MOST_UNITS:
            break
        shown += 1
        yield line
    if not events:
        yield localizer.html("check-nothing-told")
    if len(events) > shown:
        yield localizer.html("check-earlier", count=len(events) - shown)


def _events(localizer: Localizer, rows: Iterable[ToldRow], current: str | None) -> list[_Event]:
    events: list[_Event] = []
    trouble: str | None = None  # what cards show besides the order's state, from the news of it to that of its end
    # within a second they go out in whatever order; they were made in that of the events
    for row in sorted(rows, key=lambda one: (int(one.at), one.place)):
        if row.event is not None:
            trouble = _TROUBLES.get(row.service or "")
        what = _what(localizer, row, current, trouble)
        event = next((one for one in reversed(events) if one.takes(what, row)), None)
        if event is None:
            event = _Event(what, row.status, row.event, row.at, row.at)
            events.append(event)
        event.add(row)
    return events[::-1]


def _what(localizer: Localizer, row: ToldRow, current: str | None, trouble: str | None) -> Markup:
    if row.kind is Kind.NOTE:
        text = " ".join(row.text.split())
        shown = text if len(text) <= LONGEST_NOTE_SHOWN else f"{text[:LONGEST_NOTE_SHOWN].rstrip()}…"
        return localizer.html("check-what-note", known=bool(shown), text=shown)
    if key := _what_key(row):
        return localizer.html(key)
    state = localizer.html(trouble) if trouble else localizer.status_phrase(row.status or current or "")
    if Keep.ANSWER not in row.keep:
        return state
    # an answer that waits its turn like any notice is what staff have sent again
    return localizer.html("check-what-asked" if row.priority is Priority.ANSWER else "check-what-again", what=state)


def _what_key(row: ToldRow) -> str | None:
    """Return the key of what was told, where that is something else than the order's state."""
    if Keep.REMINDER in row.keep:
        return "check-what-reminder"
    if Keep.LATE in row.keep:
        return "check-what-late"
    service = row.service or ""
    is_package = row.status not in {service, None}
    return _OTHER_KINDS.get(row.kind) or _TROUBLES.get(service) or (_PACKAGE_ENDS.get(service) if is_package else None)


def _clauses(localizer: Localizer, rows: Sequence[ToldRow]) -> Iterator[Markup]:
    maybe = [one for one in rows if one.state is NoticeState.FAILED and (one.reason or "").startswith(MAYBE)]
    refused = [one for one in rows if one.state is NoticeState.FAILED and one not in maybe]
    yield from _sent(localizer, [one for one in rows if one.state is NoticeState.SENT])
    yield from _gone(localizer, [one for one in rows if one.state is NoticeState.CLOSED])
    if refused:
        words = reasons(localizer, [(one.reason, len(one.chats)) for one in refused])
        yield localizer.html("check-undelivered", count=_chats(refused), why=words)
    if maybe:
        yield localizer.html("check-maybe", count=_chats(maybe))
    if waiting := [one for one in rows if one.state in {NoticeState.OPEN, NoticeState.CLAIMED}]:
        yield localizer.html("check-pending", count=_chats(waiting))
    if found := next((one.found for one in rows if one.found), None):
        yield localizer.html("check-found", webhook=found.value)


def _sent(localizer: Localizer, sent: Sequence[ToldRow]) -> Iterator[Markup]:
    chats, messages = _chats(sent), sum(len(one.chats) + one.repeats for one in sent)
    if chats:
        yield localizer.html("check-to", count=chats)
    if messages > chats:
        yield localizer.html("check-messages", count=messages)
    if silent := [one for one in sent if one.is_silent]:
        yield localizer.html("check-silent", all=len(silent) == len(sent), count=_chats(silent))


def _gone(localizer: Localizer, gone: Sequence[ToldRow]) -> Iterator[Markup]:
    # what was closed with the others of its chat says no more than "gone"; the chat says why
    said = [(one.paused if (one.reason or "") == "gone" else one.reason, len(one.chats)) for one in gone]
    if said:
        yield localizer.html("check-undelivered", count=_chats(gone), why=reasons(localizer, said))


def _chats(rows: Iterable[ToldRow]) -> int:
    return len(frozenset[int]().union(*(one.chats for one in rows)))
