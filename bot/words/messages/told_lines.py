"""What followers were told of one order, for staff: a line for each event, with whom it has reached and why not."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.tracking.model import Keep, Kind, NoticeState, Priority, Wall
from bot.words.fluent.localizer import Localizer
from bot.words.html.escaping import Markup

MOST_EVENTS = 8
ONE_EVENT_SECONDS = 600.0  # messages of no stored event that say the same within this time are of one
MAYBE = "perhaps told"  # how the reason of a message begins whose outcome nobody learnt
_TROUBLES = {"INCIDENT": "short-incident", "ON_HOLD": "short-hold"}
_PACKAGE_ENDS = {"DELIVERED": "check-what-package-delivered", "RETURNED": "check-what-package-returned"}
_OTHER_KINDS = {
    Kind.NOTE: "check-what-note",
    Kind.NEVER_SEEN: "check-what-never-seen",
    Kind.ARCHIVED: "check-what-archived",
}
# what Telegram's reason says, in small letters, and the key of it in a few words; the first that fits
_WHY = (
    ("block", "check-why-blocked"),
    ("kick", "check-why-removed"),
    ("not a member", "check-why-removed"),
    ("removed", "check-why-removed"),
    ("left", "check-why-removed"),
    ("deactivated", "check-why-deleted"),
    ("not found", "check-why-deleted"),
    ("peer_id", "check-why-deleted"),
    ("right", "check-why-no-right"),
    ("restricted", "check-why-no-right"),
    ("forbidden", "check-why-no-right"),
)


@dataclass(frozen=True, slots=True)
class ToldRow:
    """So many messages of the outbox that are alike. `at` is wall time.

    `event`: the line of the history that they tell last; `service`: what a package has come to by that line. `paused`:
    why the chats can't be written to now.
    """

    at: Wall
    kind: Kind
    state: NoticeState
    chats: int
    status: str | None = None
    keep: frozenset[Keep] = frozenset()
    priority: Priority = Priority.NOTICE
    reason: str | None = None
    paused: str | None = None
    event: int | None = None
    service: str | None = None


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
    for event in events[:MOST_EVENTS]:
        clauses = Markup(", ".join(_clauses(localizer, event.rows)))
        yield localizer.html("check-event", clock=clock(event.first_at), what=event.what, clauses=clauses)
    if not events:
        yield localizer.html("check-nothing-told")
    if len(events) > MOST_EVENTS:
        yield localizer.html("check-earlier", count=len(events) - MOST_EVENTS)


def why(localizer: Localizer, reason: str | None) -> Markup:
    """Return in a few words why a chat can't be written to, from what Telegram has said."""
    said = (reason or "").lower()
    return localizer.html(next((key for part, key in _WHY if part in said), "check-why-other"))


def reasons(localizer: Localizer, counted: Iterable[tuple[str | None, int]]) -> Markup:
    """Return why so many chats can't be written to; with how many each where there are several reasons."""
    by_reason: dict[Markup, int] = {}
    for reason, count in counted:
        words = why(localizer, reason)
        by_reason[words] = by_reason.get(words, 0) + count
    if len(by_reason) == 1:
        return next(iter(by_reason))
    return Markup(", ".join(f"{count} × {words}" for words, count in by_reason.items()))


def _events(localizer: Localizer, rows: Iterable[ToldRow], current: str | None) -> list[_Event]:
    events: list[_Event] = []
    trouble: str | None = None  # what cards show besides the order's state, from the news of it to that of its end
    for row in sorted(rows, key=lambda one: one.at):
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
    sent = sum(one.chats for one in rows if one.state is NoticeState.SENT)
    maybe = [one for one in rows if one.state is NoticeState.FAILED and (one.reason or "").startswith(MAYBE)]
    refused = [one for one in rows if one.state is NoticeState.FAILED and one not in maybe]
    gone = [one for one in rows if one.state is NoticeState.CLOSED]
    if sent:
        yield localizer.html("check-to", count=sent)
    if gone:
        # what was closed with the others of its chat says no more than "gone"; the chat says why
        said = [(one.paused if (one.reason or "") == "gone" else one.reason, one.chats) for one in gone]
        count = sum(one.chats for one in gone)
        yield localizer.html("check-undelivered", count=count, why=reasons(localizer, said))
    if refused:
        words = localizer.html("check-why-refused")
        yield localizer.html("check-undelivered", count=sum(one.chats for one in refused), why=words)
    if maybe:
        yield localizer.html("check-maybe", count=sum(one.chats for one in maybe))
    waiting = sum(one.chats for one in rows if one.state in {NoticeState.OPEN, NoticeState.CLAIMED})
    if waiting:
        yield localizer.html("check-pending", count=waiting)
