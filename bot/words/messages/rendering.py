"""Render messages: from a notice, an order and a chat to HTML and buttons in the chat's language."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from babel.lists import format_list

from bot.tracking.card_content import CardContent, Page
from bot.tracking.deciding import effective_status
from bot.tracking.model import Chat, Kind, Notice, Order, Subscription, Ticks
from bot.words.fluent.catalog import Catalog
from bot.words.fluent.localizer import Localizer
from bot.words.fluent.times import babel_locale, time_tag
from bot.words.html.escaping import Markup, escape, fit_message
from bot.words.messages.alerts import alert_text, alert_values
from bot.words.messages.buttons import Rows, card_buttons, contact_buttons, map_buttons, track_buttons
from bot.words.messages.card import card_text, card_words, with_fingerprint
from bot.words.messages.card_context import CardContext
from bot.words.messages.card_memo import CardMemo
from bot.words.messages.card_phrase import told_phrase
from bot.words.messages.check_context import OrderCheck
from bot.words.messages.order_check import check_lines
from bot.words.messages.packages import open_packages
from bot.words.messages.past import folded_line
from bot.words.messages.sentences import headline_phrase
from bot.words.messages.staff_report import StaffReport, report_pages
from bot.words.messages.telegram_reasons import reasons
from bot.words.store_info import StoreInfo
from bot.words.texts import Text

SharePayload = Callable[[Order, Subscription], str | None]
_CARDS = frozenset({Kind.CARD, Kind.EDIT})
_ALERTS = frozenset({Kind.ALERT, Kind.ALERT_EDIT})
_DEFAULT_DAYS = 30
_NOBODYS = Chat(0)
_NOTE_UNITS = 2000  # of the longest note


def _share_nothing(_order: Order, _subscription: Subscription) -> None:
    """Return no payload: then there is no button to share an order."""


class Renderer:
    """Makes every text of the bot.

    `items_for` says who may see item names: `links` (who came by a signed link), `all` or `none`. `share_payload`: what
    a link that starts the bot carries, so that somebody else can follow the order too.
    """

    def __init__(
        self,
        catalog: Catalog,
        store: StoreInfo,
        *,
        items_for: str = "links",
        share_payload: SharePayload = _share_nothing,
    ) -> None:
        self._catalog = catalog
        self._store = store
        self._items_for = items_for
        self._share_payload = share_payload
        self._localizers: dict[str, Localizer] = {}
        self._cards = CardMemo(card_words)

    # ── languages ────────────────────────────────────────────────────────────

    def locale(self, chat: Chat) -> str:
        """Return a chat's language: the chosen one, else (in private only) Telegram's, else the default."""
        return self._catalog.choose(chat.language, chat.language_code if chat.kind == "private" else None)

    def locale_for(self, language_code: str | None) -> str:
        """Return the language for a person of whom only Telegram's code is known."""
        return self._catalog.choose(None, language_code)

    def languages(self) -> list[tuple[str, str]]:
        """Return every language with its own name, for a menu."""
        return self._catalog.available()

    @property
    def has_store_name(self) -> bool:
        """Whether the store has told its name."""
        return bool(self._store.name)

    @property
    def default_locale(self) -> str:
        """The language for people whose own has no translation."""
        return self._catalog.default

    # ── messages about orders ────────────────────────────────────────────────

    def notice(
        self,
        notice: Notice,
        order: Order | None,
        subscription: Subscription | None,
        chat: Chat,
        *,
        now: float,
        content: CardContent | None = None,
    ) -> Text:
        """Render a row of the outbox; `now` is wall time. `content`: of a card, an edit or a fold.

        Payloads: NEVER_SEEN, and any other without an order, `number`; ARCHIVED `days`; NOTE `text`; ALERT `alert` (its
        key without `alert-`) and `args` (a mapping; `order` in it is the key of the order that a button opens).
        """
        localizer = self._localizer(self.locale(chat))
        if notice.kind in _ALERTS:
            return alert_text(localizer, notice, now)
        if order is None or (effective_status(order) is None and notice.status is None and notice.kind in _CARDS):
            return _without_order(localizer, notice, order, subscription if chat.kind == "private" else None)
        context = CardContext(
            localizer, notice, order, subscription, chat, now, self._items_for, content or CardContent()
        )
        return self._about_order(context)

    def _about_order(self, context: CardContext) -> Text:
        kind, subscription = context.notice.kind, context.subscription
        if kind in _CARDS:
            shares = context.content.page is Page.MORE  # no other page has the button
            shared = self._share_payload(context.order, subscription) if shares and subscription else None
            return card_text(self._cards.words(context), card_buttons(context, shared))
        if kind is Kind.FOLD:
            return Text(fit_message(folded_line(context)))
        if kind is Kind.NAME:
            return Text(fit_message(context.html("name-ask")), asks=True)
        line = context.html(kind.value, **_payload_values(context.notice))
        return Text(fit_message(line), contact_buttons(context.localizer))

    # ── answers ──────────────────────────────────────────────────────────────

    def answer(self, locale: str, key: str, **values: object) -> Text:
        """Render the message `key` without buttons; values are as `Localizer.html` takes them."""
        return Text(fit_message(self._localizer(locale).html(key, **values)))

    def listing(
        self, locale: str, key: str, rows: Iterable[tuple[str, Mapping[str, object]]], **values: object
    ) -> Text:
        """Render the message `key` and a line for each row, which is a key with its values."""
        localizer = self._localizer(locale)
        lines = [localizer.html(key, **values), *(localizer.html(name, **dict(row)) for name, row in rows)]
        return Text(fit_message("\n".join(lines)))

    def with_lines(self, locale: str, text: Text, rows: Iterable[tuple[str, Mapping[str, object]]]) -> Text:
        """Return a text with a line for each row behind it."""
        localizer = self._localizer(locale)
        lines = [text.html, *(localizer.html(name, **dict(row)) for name, row in rows)]
        return replace(text, html=fit_message("\n".join(lines)))

    def sections(self, locale: str, sections: Iterable[Iterable[tuple[str, Mapping[str, object]]]]) -> Text:
        """Render a line for each row, and an empty line between two sections."""
        localizer = self._localizer(locale)
        parts = ["\n".join(localizer.html(name, **dict(row)) for name, row in rows) for rows in sections]
        return Text(fit_message("\n\n".join(filter(None, parts))))

    def plain(self, locale: str, key: str, **values: object) -> str:
        """Render the message `key` without tags: for buttons, toasts, command descriptions."""
        return self._localizer(locale).plain(key, **values)

    def quoted(self, text: str) -> Markup:
        """Return staff's own words as a quotation: the value of `text=` for an answer."""
        return Markup(f"<blockquote>{escape(text, _NOTE_UNITS, lines=True, links=True)}</blockquote>")

    def contact_buttons(self, locale: str) -> Rows:
        """Return the row of the button that leads to the store; no row if the store has no contact address."""
        return contact_buttons(self._localizer(locale))

    def track_buttons(self, locale: str, order: Order) -> Rows:
        """Return the rows of the buttons that lead to the couriers' pages; none before the order is on its way."""
        packages = open_packages(order, effective_status(order) or "")
        return track_buttons(self._localizer(locale), packages)

    def map_buttons(self, locale: str) -> Rows:
        """Return the row of the button that shows where every order is picked up; no row if the store has no map."""
        return map_buttons(self._localizer(locale))

    def order_name(self, locale: str, number: str, label: str | None = None) -> Markup:
        """Return what an order is called in a sentence: the value of `order=` for an answer."""
        return self._localizer(locale).order_name(number, label)

    def order_names(self, locale: str, numbers: Iterable[str]) -> Markup:
        """Return how several orders are listed in a sentence: the value of `orders=` for an answer."""
        localizer = self._localizer(locale)
        return Markup(", ".join(localizer.order_name(one) for one in numbers))

    def couriers(self, locale: str, names: Iterable[str]) -> Markup:
        """Return how several couriers are listed in a sentence: the value of `carrier=` for an answer."""
        return Markup(format_list([escape(name) for name in names], locale=babel_locale(locale)))

    def telegram_reasons(self, locale: str, counted: Iterable[tuple[str | None, int]]) -> Markup:
        """Return in a few words why so many messages, or chats, were not reached, from what Telegram says of them."""
        return reasons(self._localizer(locale), counted)

    def order_phrase(self, locale: str, order: Order, subscription: Subscription | None = None) -> Markup:
        """Return how an order stands in a few words ("on its way"), for lists and sentences: as its card's line 1."""
        shown = CardContent(lead=subscription.card_lead) if subscription else CardContent()
        notice, chat = Notice(_NOBODYS.chat_id, Kind.CARD, Ticks(0.0)), _NOBODYS
        localizer = self._localizer(locale)
        return headline_phrase(CardContext(localizer, notice, order, subscription, chat, 0.0, self._items_for, shown))

    def trouble_phrase(self, locale: str, status: str) -> Markup:
        """Return in a few words what a courier reports that is wrong; `status` is a shipment's."""
        return self._localizer(locale).html("short-incident" if status == "INCIDENT" else "short-hold")

    def moment(self, locale: str, wall: float) -> Markup:
        """Return a time of the past for a shopper: the value of `time=` for an answer."""
        return time_tag(wall, locale, self._store.timezone)

    def clock(self, locale: str, wall: float, *, now: float) -> Markup:
        """Return a time for staff, with the day before it unless that is today: the value of `time=`."""
        return self._localizer(locale).clock(wall, now=now)

    def duration(self, locale: str, seconds: float) -> Markup:
        """Return how long something lasted, as the value of an argument that is no duration by its name."""
        return self._localizer(locale).duration(seconds)

    def status_phrase(self, locale: str, status: str) -> Markup:
        """Return a status in a few words."""
        return self._localizer(locale).status_phrase(status)

    def alert_values(self, locale: str, values: Mapping[str, object], *, now: float) -> dict[str, object]:
        """Return what an alert's message names, in the words of staff."""
        return alert_values(self._localizer(locale), values, now)

    def told_phrase(self, locale: str, order: Order, told: Subscription) -> Markup:
        """Return what the newest card has said that has reached a chat, in a few words for staff."""
        return told_phrase(self._localizer(locale), order, told)

    def staff_report(self, report: StaffReport, locale: str, now: float) -> list[Text]:
        """Render the raw values of an order, and all that was told of it, page by page; `now` is wall time."""
        pages = report_pages(self._localizer(locale), report, now)
        return [Text(fit_message("\n".join(lines))) for lines in pages]

    def order_check(self, check: OrderCheck, locale: str, now: float) -> Text:
        """Render how an order stands for staff, at a glance; `now` is wall time."""
        return Text(fit_message("\n".join(check_lines(self._localizer(locale), check, now))))

    def _localizer(self, locale: str) -> Localizer:
        if locale not in self._localizers:
            self._localizers[locale] = Localizer(self._catalog, self._store, locale)
        return self._localizers[locale]


def _without_order(
    localizer: Localizer, notice: Notice, order: Order | None, subscription: Subscription | None
) -> Text:
    """Render a notice about an order of which only the number is known so far."""
    number = order.order_id if order else str(notice.payload.get("number", ""))
    label = subscription.label if subscription else None
    if notice.kind in _CARDS:
        line = localizer.html("not-there", number=number, label=label)
        return with_fingerprint(Text(fit_message(line), contact_buttons(localizer)), [line])
    key = "name-ask" if notice.kind is Kind.NAME else notice.kind.value
    line = localizer.html(key, number=number, label=label, **_payload_values(notice))
    asks = notice.kind is Kind.NAME
    return Text(fit_message(line), () if asks else contact_buttons(localizer), asks=asks)


def _payload_values(notice: Notice) -> dict[str, object]:
    days = notice.payload.get("days")
    is_count = isinstance(days, int) and not isinstance(days, bool)
    return {"text": str(notice.payload.get("text", "")), "days": days if is_count else _DEFAULT_DAYS}
