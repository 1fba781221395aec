"""What followers were told of one order, for staff: a line for each event, with whom it has reached and why not."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
ONE_LINE_SECONDS = 120.0  # messages that say the same are on one line within this time: when was somebody told last?
LONGEST_NOTE_SHOWN = 160  # characters
MAYBE = "perhaps told"  # how the reason of a message begins whose outcome nobody learnt
_TROUBLES = {"INCIDENT": "short-incident", "ON_HOLD": "short-hold"}
_PACKAGE_ENDS = {"DELIVERED": "check-what-package-delivered", "RETURNED": "check-what-package-returned"}
_OTHER_KINDS = {
    Kind.NEVER_SEEN: "check-what-never-seen",
    Kind.ARCHIVED: "check-what-archived",
}

Clock = Callable[[float], Markup]


class Found(StrEnum):
    """How news was found that no webhook has told; each is a value of `$webhook`."""

    WEBHOOK_MISSED = "missed"
    WEBHOOK_MAY_COME = "open"


@dataclass(frozen=True, slots=True)
class ToldRow:
    """Messages of the outbox that are alike. `at` is wall time, `chats` which chats they are for.

    `last_at`: of the last of them, where there are several. `repeats`: how many messages more than chats; `place`:
    where the first of them stands among all that were made. `event`: the line of the history that they tell last;
    `package`, `service_before`, `service`: by that line, a package (its key), what it was, and what it has come to;
    `found`: how we came to know, where no webhook told it. `text`, `author`: of a note. `paused`: why the chats can't
    be written to now. `waits_until`: when they go out at the earliest, and `is_held`: as Telegram asked us to wait;
    `was_tried`: Telegram has not taken them so far.
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
    package: str | None = None
    service: str | None = None
    service_before: str | None = None
    found: Found | None = None
    text: str = ""
    author: str | None = None
    is_silent: bool = False
    repeats: int = 0
    place: int = 0
    last_at: Wall | None = None
    waits_until: Wall | None = None
    is_held: bool = False
    was_tried: bool = False


@dataclass(slots=True)
class _Event:
    what: Markup
    status: str | None
    event: int | None
    first_at: Wall
    last_at: Wall
    rows: list[ToldRow] = field(default_factory=list)

    def takes(self, what: Markup, row: ToldRow) -> bool:
        is_alike = (what, row.status, row.event) == (self.what, self.status, self.event)
        return is_alike and row.at - self.first_at <= ONE_LINE_SECONDS

    def add(self, row: ToldRow) -> None:
        self.last_at = max(self.last_at, row.at, row.last_at or row.at)
        self.rows.append(row)


def told_lines(localizer: Localizer, rows: Iterable[ToldRow], clock: Clock, *, current: str | None) -> Iterator[Markup]:
    """Return the newest lines, and how many there are besides. `current`: see `event_lines`."""
    lines = event_lines(localizer, rows, clock, current=current)
    shown = first_that_fit(lines[:MOST_EVENTS], MOST_UNITS)
    yield from shown or [localizer.html("check-nothing-told")]
    if len(lines) > len(shown):
        yield localizer.html("check-earlier", count=len(lines) - len(shown))


def event_lines(localizer: Localizer, rows: Iterable[ToldRow], clock: Clock, *, current: str | None) -> list[Markup]:
    """Return a line for each event, the newest first. `current`: the order's status, which what waits will tell."""

    def line(event: _Event) -> Markup:
        clauses = Markup(", ".join(_clauses(localizer, event.rows, clock)))
        return localizer.html("check-event", clock=_span(localizer, event, clock), what=event.what, clauses=clauses)

    return [line(event) for event in _events(localizer, rows, current)]


def first_that_fit(lines: Sequence[Markup], units: int) -> Sequence[Markup]:
    """Return the first lines that have so much room, and at least one."""
    for count, line in enumerate(lines):
        units -= utf16_length(visible_text(line)) + 1
        if units < 0 and count:
            return lines[:count]
    return lines


def _span(localizer: Localizer, event: _Event, clock: Clock) -> Markup:
    first, last = clock(event.first_at), clock(event.last_at)
    return first if first == last else localizer.html("check-span", first=first, last=last)


def _events(localizer: Localizer, rows: Iterable[ToldRow], current: str | None) -> list[_Event]:
    events: list[_Event] = []
    # what cards show besides the order's state, by package: from the news of it to that of its end
    troubles: dict[str | None, str] = {}
    # within a second they go out in whatever order; they were made in that of the events
    for row in sorted(rows, key=lambda one: (int(one.at), one.place)):
        if row.event is not None:
            _note_trouble(troubles, row)
        what = _what(localizer, row, current, _worst(troubles))
        event = next((one for one in reversed(events) if one.takes(what, row)), None)
        if event is None:
            event = _Event(what, row.status, row.event, row.at, row.at)
            events.append(event)
        event.add(row)
    return events[::-1]


def _note_trouble(troubles: dict[str | None, str], row: ToldRow) -> None:
    if row.service is None:
        troubles.clear()
    elif row.service in _TROUBLES:
        troubles[row.package] = _TROUBLES[row.service]
    else:
        troubles.pop(row.package, None)


def _worst(troubles: Mapping[str | None, str]) -> str | None:
    return next((key for key in _TROUBLES.values() if key in troubles.values()), None)


def _what(localizer: Localizer, row: ToldRow, current: str | None, trouble: str | None) -> Markup:
    if row.kind is Kind.NOTE:
        text = " ".join(row.text.split())
        shown = text if len(text) <= LONGEST_NOTE_SHOWN else f"{text[:LONGEST_NOTE_SHOWN].rstrip()}…"
        values = {"named": bool(row.author), "author": row.author or ""}
        return localizer.html("check-what-note", known=bool(shown), text=shown, **values)
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
    if key := _OTHER_KINDS.get(row.kind) or _TROUBLES.get(service):
        return key
    if service in _PACKAGE_ENDS:
        return None if row.status in {service, None} else _PACKAGE_ENDS[service]
    return "check-what-solved" if row.service_before in _TROUBLES else None


def _clauses(localizer: Localizer, rows: Sequence[ToldRow], clock: Clock) -> Iterator[Markup]:
    maybe = [one for one in rows if one.state is NoticeState.FAILED and (one.reason or "").startswith(MAYBE)]
    refused = [one for one in rows if one.state is NoticeState.FAILED and one not in maybe]
    yield from _sent(localizer, [one for one in rows if one.state is NoticeState.SENT])
    yield from _gone(localizer, [one for one in rows if one.state is NoticeState.CLOSED])
    if refused:
        words = reasons(localizer, [(one.reason, len(one.chats)) for one in refused])
        yield localizer.html("check-undelivered", count=_chats(refused), why=words)
    if maybe:
        yield localizer.html("check-maybe", count=_chats(maybe))
    yield from _waiting(localizer, [one for one in rows if one.state in {NoticeState.OPEN, NoticeState.CLAIMED}], clock)
    if found := next((one.found for one in rows if one.found), None):
        yield localizer.html("check-found", webhook=found.value)


def _sent(localizer: Localizer, sent: Sequence[ToldRow]) -> Iterator[Markup]:
    chats, messages = _chats(sent), sum(len(one.chats) + one.repeats for one in sent)
    if messages > chats:
        yield localizer.html("check-messages", count=chats, messages=messages)
    elif chats:
        yield localizer.html("check-to", count=chats)
    if silent := [one for one in sent if one.is_silent]:
        yield localizer.html("check-silent", all=len(silent) == len(sent), count=_chats(silent))


def _waiting(localizer: Localizer, waiting: Sequence[ToldRow], clock: Clock) -> Iterator[Markup]:
    """Say what is still to be sent, and why it is not yet, where that is known."""
    for until, is_held, was_tried in sorted(set(map(_wait_of, waiting))):
        count = _chats(one for one in waiting if _wait_of(one) == (until, is_held, was_tried))
        if is_held or (until and not was_tried):
            yield localizer.html("check-pending-until", count=count, held=is_held, clock=clock(until))
        else:
            yield localizer.html("check-pending-tried" if was_tried else "check-pending", count=count)


def _wait_of(row: ToldRow) -> tuple[float, bool, bool]:
    return row.waits_until or 0.0, row.is_held, row.was_tried


def _gone(localizer: Localizer, gone: Sequence[ToldRow]) -> Iterator[Markup]:
    # what was closed with the others of its chat says no more than "gone"; the chat says why
    said = [(one.paused if (one.reason or "") == "gone" else one.reason, len(one.chats)) for one in gone]
    if said:
        yield localizer.html("check-undelivered", count=_chats(gone), why=reasons(localizer, said))


def _chats(rows: Iterable[ToldRow]) -> int:
    return len(frozenset[int]().union(*(one.chats for one in rows)))
