"""Notice, order and chat become a message: HTML and buttons as data, in the chat's language."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.tracking.deciding import effective
from bot.tracking.model import Chat, Kind, Notice, Order, Subscription
from bot.words.fluent.catalog import BUILT_IN, Catalog
from bot.words.fluent.voice import StoreWords, Voice
from bot.words.html.escaping import Markup, fit
from bot.words.messages import cards, reports, scenes
from bot.words.messages.reports import StaffReport
from bot.words.messages.scenes import Scene
from bot.words.texts import Button, Text

__all__ = ["Renderer", "StaffReport", "StoreWords"]

_STATES = frozenset({Kind.STATE, Kind.EDIT})
_EVENTS = frozenset(
    {Kind.ASSIGNED, Kind.INCIDENT, Kind.HOLD, Kind.SOLVED, Kind.PARCEL_DELIVERED, Kind.PARCEL_RETURNED, Kind.LINK}
)


class Renderer:
    """Makes every text of the bot. `items_for`: links (who came by a signed link), all, or none may see item names."""

    def __init__(self, catalog: Catalog, store: StoreWords, *, items_for: str = "links") -> None:
        self._catalog = catalog
        self._store = store
        self._items_for = items_for

    def locale(self, chat: Chat) -> str:
        """A chat's language: the chosen one, else (in private only) Telegram's, else the default."""
        return self._catalog.choose(chat.language, chat.language_code if chat.kind == "private" else None)

    def locale_for(self, language_code: str | None) -> str:
        """The language of somebody of whom only Telegram's code is known."""
        return self._catalog.choose(None, language_code)

    def notice(
        self, notice: Notice, order: Order | None, subscription: Subscription | None, chat: Chat, *, now: float
    ) -> Text:
        """The message for an outbox row; `now` is wall time.

        Payloads: STATE and EDIT may hold `stale_age` (seconds); NEVER_SEEN, and any other without an order, `number`;
        ARCHIVED `days`; NOTE `text`; ALERT `alert` (its key without `alert-`) and `args` (a mapping).
        """
        voice = self._voice(self.locale(chat))
        if notice.kind is Kind.ALERT:
            return _alert(voice, notice.payload)
        if order is None or (effective(order) is None and notice.status is None and notice.kind in _STATES):
            return _without_order(voice, notice, order, subscription)
        return _about_order(Scene(voice, notice, order, subscription, chat, now, self._items_for))

    def card(self, order: Order, subscription: Subscription, chat: Chat, *, now: float, age: float | None) -> Text:
        """The order's card as it is now; `age` in seconds where what is known may be old."""
        payload = {} if age is None else {"stale_age": age}
        state = effective(order)
        notice = Notice(chat.chat_id, Kind.EDIT, due_at=now, order=order.id, status=state, payload=payload)
        return self.notice(notice, order, subscription, chat, now=now)

    def languages(self) -> list[tuple[str, str]]:
        """Every language with its own name, for a menu."""
        return self._catalog.available()

    @property
    def default_locale(self) -> str:
        """The language for those whose own has no translation."""
        return self._catalog.default

    def answer(self, locale: str, key: str, **values: object) -> Text:
        """The answer `key` of chat.ftl or staff.ftl, without buttons; values as `Voice.line` takes them."""
        return Text(fit(self._voice(locale).line(key, **values)))

    def listing(
        self, locale: str, key: str, rows: Iterable[tuple[str, Mapping[str, object]]], **values: object
    ) -> Text:
        """An answer followed by rows, each a key with its values: for lists of orders, followers, troubles."""
        voice = self._voice(locale)
        lines = [voice.line(key, **values), *(voice.line(name, **dict(row)) for name, row in rows)]
        return Text(fit("\n".join(lines)))

    def plain(self, locale: str, key: str, **values: object) -> str:
        """Text without tags: buttons, toasts, command descriptions, the bot's own description."""
        return self._voice(locale).plain(key, **values)

    def contact(self, locale: str) -> tuple[tuple[Button, ...], ...]:
        """The row of the button to the store; none where it named no address."""
        return cards.contact_rows(self._voice(locale))

    def name(self, locale: str, number: str, label: str | None = None) -> Markup:
        """How an order is called in a sentence: for `order=` of an answer."""
        return self._voice(locale).order(number, label)

    def short(self, locale: str, status: str, *, for_pickup: bool = False) -> Markup:
        """The short phrase of a status ("on its way"), for lists."""
        return self._voice(locale).short(status, collected=for_pickup)

    def raw_check(self, report: StaffReport, locale: str) -> Text:
        """What staff see of an order: raw statuses, couriers, links, what was heard, asked and told."""
        return Text(fit("\n".join(reports.lines(self._voice(locale), report))))

    def _voice(self, locale: str) -> Voice:
        return Voice(self._catalog, self._store, locale)


def _about_order(scene: Scene) -> Text:
    kind = scene.notice.kind
    if kind in _STATES:
        return _with_links(scene, scenes.state_lines(scene))
    if kind in _EVENTS:
        return _with_links(scene, scenes.event_lines(scene))
    payload = scene.notice.payload
    line = scene.say(kind.value, text=str(payload.get("text", "")), days=_whole(payload.get("days"), 30))
    return Text(fit(line), cards.rows(scene.voice, scene.order, _kept(scene), status=scene.status, shown=()))


def _kept(scene: Scene) -> Subscription | None:
    """An archived order has nothing to refresh or stop any more."""
    return None if scene.notice.kind is Kind.ARCHIVED else scene.subscription


def _with_links(scene: Scene, lines: list[Markup]) -> Text:
    shown = scenes.shown_packages(scene)
    return Text(
        fit("\n".join(lines)),
        cards.rows(scene.voice, scene.order, scene.subscription, status=scene.status, shown=shown),
        cards.links_of(shown),
        _troubles(scene, shown),
    )


def _troubles(scene: Scene, shown: list[cards.Package]) -> tuple[tuple[str, str], ...]:
    notice = scene.notice
    if notice.kind in _STATES:
        return cards.troubles_of(shown)
    told = notice.kind in {Kind.INCIDENT, Kind.HOLD, Kind.SOLVED} and notice.shipment
    return ((notice.shipment, notice.kind.value),) if told and notice.shipment else ()


def _without_order(voice: Voice, notice: Notice, order: Order | None, subscription: Subscription | None) -> Text:
    """Nothing is known of the order (yet), so there is only its number to speak of."""
    number = order.order_id if order else str(notice.payload.get("number", ""))
    key = "not-there" if notice.kind in _STATES else notice.kind.value
    values: dict[str, Any] = {"number": number, "label": subscription.label if subscription else None}
    values |= {"text": str(notice.payload.get("text", "")), "days": _whole(notice.payload.get("days"), 30)}
    return Text(fit(voice.line(key, **values)), cards.contact_rows(voice))


def _alert(voice: Voice, payload: Mapping[str, Any]) -> Text:
    alert, args = str(payload.get("alert", "")), payload.get("args")
    values = dict(args) if isinstance(args, Mapping) else {}
    key = f"alert-{alert}"
    if not voice.catalog.has(key):
        key, values = "alert-other", {"raw": alert}
    line = voice.line(key, **{str(name): value for name, value in values.items()})
    if line == BUILT_IN:  # an alert whose arguments don't suit its text must still be heard
        line = voice.line("alert-other", raw=f"{alert} {dict(values)}")
    return Text(fit(line))


def _whole(value: object, otherwise: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise
