"""Every message about an order, in every language: true, complete, within limits, and never a raw status."""

import itertools
import re
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.demo.samples import LABEL, NUMBER, STORES, WHEN, answers, messages, order, subscription, told
from bot.simulators.telegram.text import parse_text
from bot.tracking.model import Chat, Item, Kind, Level, Notice, Order, Shipment
from bot.tracking.statuses import TABLE, is_further, look_up
from bot.words.fluent import emoji
from bot.words.fluent.catalog import Catalog
from bot.words.html.escaping import code
from bot.words.html.markup import visible_text
from bot.words.html.utf16 import utf16_length
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from bot.words.texts import ButtonKind, Text

LANGUAGES = [locale for locale, _ in Catalog().available()]
STATUSES = [*TABLE, "PACKED_BY_ROBOT"]
RAW = re.compile(r"\b[A-Z]+_[A-Z_]+\b|PACKED_BY_ROBOT")
LONGEST = {"en": 240}
KINDS = [Kind.ASSIGNED, Kind.INCIDENT, Kind.HOLD, Kind.SOLVED, Kind.PARCEL_DELIVERED, Kind.PARCEL_RETURNED, Kind.LINK]
CATALOG = Catalog()
RENDERERS = [Renderer(CATALOG, store) for store in STORES]
PLAIN, NAMED, _ = RENDERERS


def first_line(text: Text) -> str:
    return visible_text(text.html.split("\n")[0])


def without_names(text: Text) -> list[str]:
    """The lines of a message without the order's name and the time."""
    lines = visible_text(re.sub("<tg-time.*", "", text.html.replace(code(NUMBER), ""))).split("\n")
    return [line for line in lines if not re.fullmatch(r"\w+: ?", line)]


def assert_sendable(text: Text) -> None:
    seen = parse_text(text.html, "HTML")
    assert "url" not in {entity["type"] for entity in seen.entities}
    assert "{" not in text.html
    for row in text.buttons:
        for button in row:
            assert 0 < utf16_length(button.label) <= 20
            assert button.kind is not ButtonKind.CALLBACK or len(button.value.encode()) <= 64


def links_of(text: Text) -> list[str]:
    return [
        button.value
        for row in text.buttons
        for button in row
        if button.kind is ButtonKind.URL and "/t/" in button.value
    ]


# ── every combination ────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", STATUSES)
def test_every_state_in_every_circumstance(language: str, status: str) -> None:
    circumstances = itertools.product(RENDERERS, (None, LABEL), (0, 1, 2), (None, "INCIDENT", "ON_HOLD"), (False, True))
    for renderer, label, links, trouble, answer in circumstances:
        one = order(status, links=links, trouble=trouble, seen_at=WHEN, items=(Item("Leche <b>", 2),))
        text = told(renderer, language, one, label=label, answer=answer, payload={"stale_age": 90.0} if answer else {})
        assert_sendable(text)
        assert not RAW.search(visible_text(text.html))
        assert text.html.startswith(f"{emoji.of_status(status)} ")
        assert len(text.troubles) == (1 if trouble and links else 0)
        assert ("<code>" + NUMBER in first_line_html(text)) is (label is None)


def first_line_html(text: Text) -> str:
    return text.html.split("\n")[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("before", STATUSES)
def test_every_move_back(language: str, before: str) -> None:
    for status in STATUSES:
        if is_further(before, status):
            text = told(NAMED, language, order(status, links=1), back_from=before)
            assert_sendable(text)
            assert not RAW.search(visible_text(text.html))
            assert text.html.startswith(f"{emoji.of_status(status)} ")
            assert visible_text(PLAIN.status_phrase(language, before)) in visible_text(text.html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event(language: str) -> None:
    for renderer, kind, links, label in itertools.product(RENDERERS, KINDS, (0, 1, 2), (None, LABEL)):
        text = told(renderer, language, order("ON_ROUTE", links=links), kind=kind, shipment="S1", label=label)
        assert_sendable(text)
        assert not RAW.search(visible_text(text.html))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_states_open_alike(language: str) -> None:
    lines = [first_line(told(PLAIN, language, order(status))) for status in STATUSES]
    lines.append(first_line(told(PLAIN, language, order("DELIVERED", for_pickup=True))))
    lines.append(
        first_line(told(PLAIN, language, order("READY_FOR_SHIPPING", packages=1), kind=Kind.ASSIGNED, shipment="S1"))
    )
    without_emoji = [line.split(" ", 1)[1] for line in lines]
    assert len(set(without_emoji)) == len(lines)
    shorts = [PLAIN.status_phrase(language, status) for status in STATUSES]
    assert len(set(shorts)) == len(shorts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("renderer", RENDERERS[:2])
def test_lengths(language: str, renderer: Renderer) -> None:
    too_long = []
    for name, text in messages(renderer, language):
        lines = [line for line in without_names(text) if "track.example" not in line]
        if len(lines[0]) > (90 if name.startswith("back") else 60):
            too_long.append((name, len(lines[0]), lines[0]))
        if sum(map(len, lines)) > LONGEST.get(language, 320):
            too_long.append((name, sum(map(len, lines)), "\n".join(lines)))
    assert not too_long


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short(language: str) -> None:
    for name, text in messages(NAMED, language):
        for sentence in re.split(r"[.;]\s|\n", visible_text(text.html.replace(code(NUMBER), "X"))):
            assert len(sentence.split()) <= 22, (name, sentence)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer(language: str) -> None:
    for renderer in RENDERERS:
        for name, text in answers(renderer, language):
            parse_text(text.html, "HTML")
            assert "{" not in text.html, name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 2, 5, 20, 101])
def test_counts(language: str, count: int) -> None:
    for key, name in [("awaiting-limit", "count"), ("privacy", "days"), ("wait", "minutes"), ("stopped-all", "count")]:
        assert str(count) in PLAIN.answer(language, key, **{name: count}).html


@pytest.mark.parametrize("language", LANGUAGES)
def test_never_shouts_or_says_what_it_must_not(language: str) -> None:
    forbidden = ("!", "…", "unfortunately", "oops", "lamentablemente", "infelizmente", "puedes", "tienes")
    for _, text in (*messages(PLAIN, language), *answers(PLAIN, language)):
        low = visible_text(text.html).lower()
        assert not [word for word in forbidden if word in low]


# ── what is shown, and what is not ───────────────────────────────────────────


class TestLinks:
    @pytest.mark.parametrize("status", [one for one in TABLE if is_further("ON_ROUTE", one)])
    def test_never_before_it_is_on_its_way(self, status: str) -> None:
        text = told(NAMED, "en", order(status, links=2))
        assert text.links == ()
        assert links_of(text) == []
        assert "track.example" not in text.html

    def test_one_is_a_button_and_its_host_is_code(self) -> None:
        text = told(PLAIN, "en", order("ON_ROUTE", links=1))
        assert links_of(text) == ["https://track.example1.com/t/1"]
        assert text.buttons[0][0].label == "Track package"
        assert "<code>track.example1.com</code>" in text.html
        assert text.links == (("S1", "https://track.example1.com/t/1"),)

    def test_two_are_named_by_package_and_courier(self) -> None:
        text = told(PLAIN, "en", order("ON_ROUTE", links=2))
        assert [row[0].label for row in text.buttons[:2]] == ["Package 1: amazon", "Package 2: Óscar En…"]
        assert "Follow package 2 of 2 with Óscar Envíos" in text.html

    def test_will_appear_here_where_there_is_none_yet(self) -> None:
        for one in (order("ON_ROUTE"), order("ON_ROUTE", packages=1)):
            assert "The tracking link will appear in this message." in told(PLAIN, "en", one).html
        assert "The tracking links will appear" in told(PLAIN, "en", order("ON_ROUTE", packages=2)).html

    def test_of_the_other_package_will_appear(self) -> None:
        text = told(PLAIN, "en", order("ON_ROUTE", links=1, packages=2))
        assert "The link of package 2 of 2, with Óscar Envíos, will appear in this message." in text.html

    def test_an_address_that_is_not_public_is_no_link(self) -> None:
        shipment = Shipment("S1", 1, "ON_ROUTE", link="http://localhost:3000/track")
        text = told(PLAIN, "en", Order("shop", NUMBER, id=1, status="ON_ROUTE", shipments=(shipment,)))
        assert text.links == ()
        assert "will appear" in text.html

    def test_a_package_at_its_end_counts_but_has_no_link(self) -> None:
        shipments = (
            Shipment("A", 1, "DELIVERED", courier="amazon", link="https://a.com/t/1"),
            Shipment("B", 2, "ON_ROUTE", link="https://b.com/t/2"),
        )
        text = told(PLAIN, "en", Order("shop", NUMBER, id=1, status="ON_ROUTE", shipments=shipments))
        assert text.links == (("B", "https://b.com/t/2"),)
        assert "package 2 of 2" in text.html

    def test_an_edit_is_the_state_with_the_links_of_now(self) -> None:
        one = order("ON_ROUTE", links=1)
        assert told(PLAIN, "en", one, kind=Kind.EDIT) == told(PLAIN, "en", one)

    def test_many_packages_still_fit(self) -> None:
        text = told(PLAIN, "en", order("ON_ROUTE", links=90))
        assert_sendable(text)
        assert len(text.links) == len(links_of(text)) == 20


class TestTime:
    def test_since_where_a_webhook_told_it(self) -> None:
        assert 'Since: <tg-time unix="1790000000" format="wdt">' in told(PLAIN, "en", order("PACKING")).html

    def test_seen_where_only_a_get_showed_it(self) -> None:
        assert "Seen: <tg-time" in told(PLAIN, "en", order("PACKING", since=None, seen_at=WHEN)).html

    def test_none_of_a_status_that_a_shipment_lifted(self) -> None:
        assert "<tg-time" not in told(PLAIN, "en", order("PACKING", links=1), status="ON_ROUTE").html

    def test_names_the_stores_zone_for_old_apps(self) -> None:
        renderer = Renderer(CATALOG, StoreInfo(timezone=ZoneInfo("America/Lima")))
        assert "9:13\u202fAM (Lima)</tg-time>" in told(renderer, "en", order("PACKING")).html.replace(" AM", "\u202fAM")

    def test_how_old_the_knowledge_is(self) -> None:
        text = told(PLAIN, "en", order("PACKING"), answer=True, payload={"stale_age": 600})
        assert f'Last checked: <tg-time unix="{int(WHEN + 300)}"' in text.html

    @pytest.mark.parametrize("odd", [-5.0, 1e300, 0.0])
    def test_odd_times_break_nothing(self, odd: float) -> None:
        assert_sendable(told(PLAIN, "en", order("PACKING", since=odd)))


class TestItems:
    def items(self, *, items_for: str, verified: bool, kind: str = "private") -> str:
        renderer = Renderer(CATALOG, STORES[0], items_for=items_for)
        one = order("ON_ROUTE", items=tuple(Item(f"Milk {n}", 1.5) for n in range(8)))
        notice = Notice(1, Kind.STATE, 0.0, order=1, status="ON_ROUTE")
        chat = Chat(1, kind, language="en")
        return renderer.notice(notice, one, subscription(verified=verified), chat, now=WHEN).html

    @pytest.mark.parametrize(
        ("items_for", "verified", "kind", "seen"),
        [
            ("links", True, "private", True),
            ("links", False, "private", False),
            ("all", False, "private", True),
            ("none", True, "private", False),
            ("all", True, "group", False),
        ],
    )
    def test_only_for_whom_they_are(self, items_for: str, verified: bool, kind: str, seen: bool) -> None:
        assert ("Milk" in self.items(items_for=items_for, verified=verified, kind=kind)) is seen

    def test_name_a_few_and_count_the_rest(self) -> None:
        text = self.items(items_for="all", verified=True)
        assert "Items: 1.5 × Milk 0, 1.5 × Milk 1" in text
        assert "and 3 more" in text


class TestButtons:
    def test_copy_contact_refresh_and_stop(self) -> None:
        rows = told(NAMED, "en", order("PACKING")).buttons
        assert [[button.label for button in row] for row in rows] == [
            ["Copy number", "Contact the store"],
            ["Refresh", "Stop following"],
        ]
        assert rows[0][0].value == NUMBER
        assert [button.value for button in rows[1]] == ["r:7", "s:7"]

    def test_contact_only_with_a_public_address(self) -> None:
        renderer = Renderer(CATALOG, StoreInfo(contact_url="https://shop.com/ask"))
        assert told(renderer, "en", order("PACKING")).buttons[0][1].value == "https://shop.com/ask"
        renderer = Renderer(CATALOG, StoreInfo(contact_url="http://localhost/ask"))
        assert len(told(renderer, "en", order("PACKING")).buttons[0]) == 1

    def test_nothing_to_stop_at_the_end(self) -> None:
        values = [button.value for row in told(PLAIN, "en", order("DELIVERED")).buttons for button in row]
        assert values == [NUMBER]


class TestWords:
    def test_picked_up_after_it_was_ready_for_pickup(self) -> None:
        assert "picked up" in told(PLAIN, "en", order("DELIVERED", for_pickup=True)).html
        assert "picked up" in told(PLAIN, "en", order("DELIVERED", previous="WAITING_FOR_PICKUP")).html
        assert "picked up" not in told(PLAIN, "en", order("DELIVERED", previous="ON_ROUTE")).html

    def test_an_answer_says_what_will_be_told(self) -> None:
        assert "every step" in told(PLAIN, "en", order("PACKING"), answer=True).html
        assert "every step" not in told(PLAIN, "en", order("PACKING")).html
        assert "every step" not in told(PLAIN, "en", order("DELIVERED"), answer=True).html

    @pytest.mark.parametrize("level", list(Level))
    def test_each_level_has_its_promise(self, level: Level) -> None:
        notice = Notice(1, Kind.STATE, 0.0, order=1, status="PACKING", answer=True)
        text = PLAIN.notice(notice, order("PACKING"), subscription(level=level), Chat(1, language="en"), now=WHEN)
        assert "We’ll tell you here" in text.html

    def test_the_number_is_there_for_the_counter(self) -> None:
        assert NUMBER in told(PLAIN, "en", order("WAITING_FOR_PICKUP"), label=LABEL).html

    def test_hostile_names_stay_text(self) -> None:
        shipment = Shipment("S1", 1, "ON_ROUTE", courier='<a href="x">evil.com</a>\u202e', link="https://a.com/t/1")
        one = Order("shop", NUMBER, id=1, status="ON_ROUTE", shipments=(shipment,))
        text = told(PLAIN, "en", one, label="@admin <script>")
        assert_sendable(text)
        assert "<a" not in text.html
        assert "“<code>@admin &lt;script&gt;</code>”" in text.html

    def test_an_unknown_order_is_told_as_not_seen_yet(self) -> None:
        notice = Notice(1, Kind.STATE, 0.0, answer=True, payload={"number": NUMBER})
        text = PLAIN.notice(notice, None, None, Chat(1, language="en"), now=WHEN)
        assert text == PLAIN.notice(notice, Order("shop", NUMBER), None, Chat(1, language="en"), now=WHEN)
        assert "we don’t see this number yet" in text.html

    def test_a_solved_trouble_is_named_as_what_it_was(self) -> None:
        one = order("ON_ROUTE", links=1)
        assert "problem solved" in told(PLAIN, "en", one, kind=Kind.SOLVED, shipment="S1").html
        goes_on = told(PLAIN, "en", one, kind=Kind.SOLVED, shipment="S1", payload={"was_hold": 1})
        assert "the delivery goes on" in goes_on.html
        assert goes_on.troubles == (("S1", "solved"),)


class TestOtherNotices:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("kind", [Kind.NEVER_SEEN, Kind.ARCHIVED, Kind.REMINDER, Kind.LATE, Kind.NOTE])
    def test_can_be_sent(self, language: str, kind: Kind) -> None:
        payload: dict[str, Any] = {
            "text": "a <b>\n\n\n\nsee https://shop.com " + "&" * 9000,
            "days": 1,
            "number": NUMBER,
        }
        text = told(PLAIN, language, order("WAITING_FOR_PICKUP"), kind=kind, payload=payload)
        parse_text(text.html, "HTML")
        assert NUMBER in first_line(text)

    def test_a_number_that_was_never_seen(self) -> None:
        notice = Notice(1, Kind.NEVER_SEEN, 0.0, payload={"number": NUMBER})
        text = PLAIN.notice(notice, None, None, Chat(1, language="en"), now=WHEN)
        assert text.html.startswith(f"ℹ️ Order <code>{NUMBER}</code>: we still don’t see this number")

    def test_an_alert(self) -> None:
        payload = {"alert": "unknown-status", "args": {"raw": "ROBOT<1>", "number": NUMBER}}
        text = PLAIN.notice(Notice(1, Kind.ALERT, 0.0, payload=payload), None, None, Chat(1), now=WHEN)
        assert "<code>ROBOT&lt;1&gt;</code>" in text.html

    @pytest.mark.parametrize(
        "payload", [{"alert": "no-such"}, {"alert": "unknown-status"}, {}, {"alert": "x", "args": 3}]
    )
    def test_an_alert_without_words_of_its_own_is_still_heard(self, payload: dict[str, Any]) -> None:
        text = PLAIN.notice(Notice(1, Kind.ALERT, 0.0, payload=payload), None, None, Chat(1), now=WHEN)
        assert "Something needs a look" in text.html


def test_a_group_never_speaks_its_members_language() -> None:
    assert PLAIN.locale(Chat(-1, "supergroup", language_code="es")) == "en"
    assert PLAIN.locale(Chat(-1, "supergroup", language="es")) == "es"
    assert PLAIN.locale(Chat(1, "private", language_code="es-419")) == "es"


def test_a_list() -> None:
    rows = [("list-row-labelled", {"number": NUMBER, "label": LABEL, "status": "ON_ROUTE"})]
    text = PLAIN.listing("en", "list-heading", rows)
    assert text.html.endswith(f"“mamá’s &lt;gift&gt;” <code>{NUMBER}</code> – on its way")


def test_plain_text_has_neither_tags_nor_escapes() -> None:
    renderer = Renderer(CATALOG, STORES[2])
    assert renderer.plain("en", "bot-short-description") == "Follow your orders at Écolo & Fils."


def test_every_stage_has_its_emoji() -> None:
    assert {emoji.of_status(status) for status in STATUSES} <= {*emoji.OF_STAGE.values()}
    assert look_up("x").stage in emoji.OF_STAGE
    assert STORES[0].timezone is UTC


def test_the_button_to_the_store_is_there_only_where_it_named_an_address() -> None:
    there = Renderer(Catalog(), StoreInfo(contact_url="https://shop.example.com/contact"))
    assert [button.label for row in there.contact_buttons("es") for button in row] == ["Contactar la tienda"]
    assert Renderer(Catalog(), StoreInfo()).contact_buttons("es") == ()
