"""Who writes to the bot as to a person is answered with what helps, and nothing is done that was not asked for."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.people.links import sign
from bot.telegram.answers import ASKED_BY_BUTTON
from bot.telegram.meant import Meant
from bot.telegram.past_questions import card_says_it, have_left, said_delivered
from bot.tracking.hours import ALWAYS_OPEN, every_day
from bot.tracking.model import Order, OrderPk, Shipment, Subscription, SubscriptionId
from bot.tracking.statuses import ON_ROUTE, WAITING_FOR_PICKUP
from bot.understanding.understood import Intent
from bot.words.store_info import StoreInfo
from tests.builders import service, snapshot_of
from tests.message_keys import Message, button_of, key_of, keys_in, says, values_of
from tests.telegram.bot_harness import ANA, BEN, LINK_SECRET, STAFF, BotHarness, Talk, running_bot

ONE, TWO, THREE = "1509750516095-01", "1509750516096-01", "1509750516097-01"
COURIER_PAGE = "https://courier.example.com/track/77"
CONTACT = StoreInfo("Corner Shop", hours=every_day(540, 1200), contact_url="https://shop.example.com/contact")
BY_THE_STORE = {
    Intent.DELIVERED_NOT_RECEIVED: "say-not-received",
    Intent.WRONG_MISSING_OR_DAMAGED: "say-wrong",
    Intent.CANCEL: "say-cancel",
    Intent.CHANGE_ADDRESS_OR_ORDER: "say-change",
    Intent.REFUND_OR_RETURN: "say-refund",
    Intent.PAYMENT_OR_INVOICE: "say-payment",
    Intent.COMPLAINT_OR_INSULT: "say-complaint",
    Intent.TALK_TO_HUMAN: "say-person",
    Intent.STORE_HOURS_OR_PLACE: "say-store-hours",
}
TROUBLE = (Intent.DELIVERED_NOT_RECEIVED, Intent.WRONG_MISSING_OR_DAMAGED, Intent.COMPLAINT_OR_INSULT)
ONLY_NAMED = (Intent.CANCEL, Intent.CHANGE_ADDRESS_OR_ORDER, Intent.REFUND_OR_RETURN)
FIRST_KEYS = {
    **BY_THE_STORE,
    Intent.GREETING: "say-greeting",
    Intent.WHERE_IS_IT: "how-to-begin",
    Intent.WHEN_ARRIVES: "say-when",
    Intent.PICKUP_QUESTION: "say-pickup",
    Intent.COURIER_QUESTION: "say-courier",
    Intent.STOP_MESSAGES: "stop-nothing",
    Intent.SETTINGS_OR_MUTE: "settings",
    Intent.THANKS: "thanked",
    Intent.HELP_OR_WHAT_IS_THIS: "say-help",
    Intent.LANGUAGE_CHANGE: "say-languages",
    Intent.PRIVACY_OR_DELETE_DATA: "say-privacy",
    Intent.SMALLTALK_OR_UNKNOWN: "say-unsure",
}
MUST_NOT_TYPE = ("not-a-number", "start", "group-hint", "order-usage", "guess-which")


def tagged(intent: Intent, rest: str = "please") -> str:
    return f"[{intent.value}] {rest}"


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[BotHarness]:
    """A bot whose store has a name, hours, and a page where a person answers."""
    async with running_bot(tmp_path / "shop", store=CONTACT) as harness:
        yield harness


def pages_of(message: Message) -> list[str]:
    return [button["url"] for row in message.buttons for button in row if "url" in button]


async def follow(harness: BotHarness, talk: Talk, *numbers: str, status: str = "PACKING") -> None:
    for number in numbers:
        await talk.asks(harness.put(number, status))


OF_THEIR_OWN = (Intent.STOP_MESSAGES, Intent.PRIVACY_OR_DELETE_DATA)

# ── each wish has its answer ─────────────────────────────────────────────────


@pytest.mark.parametrize("intent", Intent)
async def test_each_wish_has_an_answer_of_its_own_where_nothing_is_followed(ana: Talk, intent: Intent) -> None:
    assert key_of(await ana.asks(tagged(intent))) == FIRST_KEYS[intent]


@pytest.mark.parametrize("intent", Intent)
async def test_no_wish_changes_what_is_followed_and_none_looks_anything_up(
    harness: BotHarness, ana: Talk, intent: Intent
) -> None:
    await follow(harness, ana, ONE, TWO)
    asked = list(harness.order_lookup.asked)
    answer = await ana.asks(tagged(intent))
    assert len(answer.buttons) <= 4
    assert [order.order_id for _, order in harness.follow_service.followed(ANA)] == [ONE, TWO]
    assert harness.order_lookup.asked == asked
    assert harness.rows("SELECT level, language FROM chats WHERE level <> 'main' OR language IS NOT NULL") == []


@pytest.mark.parametrize("intent", BY_THE_STORE)
async def test_what_only_the_store_can_do_leads_there_by_a_button_or_says_whom_to_ask(
    harness: BotHarness, ana: Talk, shop: BotHarness, intent: Intent
) -> None:
    without = await ana.asks(tagged(intent))
    assert says(without, "way-to-store", contact="no")
    assert without.buttons == []
    there = await shop.talk(ANA).asks(tagged(intent))
    assert says(there, BY_THE_STORE[intent])
    assert says(there, "way-to-store", contact="yes")
    assert button_of(there, "button-contact")["url"] == CONTACT.contact_url


@pytest.mark.parametrize("intent", TROUBLE)
async def test_in_trouble_the_way_to_the_store_comes_before_how_the_order_stands(
    shop: BotHarness, intent: Intent
) -> None:
    ana = shop.talk(ANA)
    await follow(shop, ana, ONE)
    answer = await ana.asks(tagged(intent))
    assert keys_in(answer) == [BY_THE_STORE[intent], "way-to-store", "list-row"]
    assert says(answer, "list-row", number=ONE, state="short-being-prepared")


async def test_where_is_it_shows_the_one_order_or_a_choice(harness: BotHarness, ana: Talk) -> None:
    await follow(harness, ana, ONE)
    assert says(await ana.asks(tagged(Intent.WHERE_IS_IT)), "headline-being-prepared", order=ONE)
    await follow(harness, ana, TWO)
    answer = await ana.asks(tagged(Intent.WHERE_IS_IT))
    assert keys_in(answer) == ["say-which", "list-row", "list-row"]
    await ana.presses(TWO)
    assert says(await ana.hears(), "headline-being-prepared", order=TWO)


async def test_who_waits_for_a_number_only_is_shown_that(ana: Talk) -> None:
    await ana.asks(ONE)
    answer = await ana.asks(tagged(Intent.WHERE_IS_IT))
    assert keys_in(answer) == ["say-awaited"]
    assert values_of(answer, "say-awaited")["order"] == ONE
    moment = values_of(answer, "say-awaited")["time"]
    assert moment
    assert "UTC" not in moment  # a shopper reads the store's own time, as on a card
    await ana.presses("button-stop-looking")
    await ana.hears("stopped-awaiting")
    assert key_of(await ana.asks(tagged(Intent.WHERE_IS_IT))) == "how-to-begin"


async def test_a_number_that_is_awaited_stands_below_no_answer_about_what_is_followed(
    harness: BotHarness, ana: Talk
) -> None:
    await ana.asks(TWO)  # mistyped
    await follow(harness, ana, ONE)
    assert says(await ana.asks(tagged(Intent.WHERE_IS_IT)), "headline-being-prepared", order=ONE)
    for intent in (Intent.WHEN_ARRIVES, Intent.CANCEL, Intent.GREETING):
        assert "list-row-awaited" not in keys_in(await ana.asks(tagged(intent)))
    assert says(await ana.asks("/orders"), "list-row-awaited", number=TWO)
    assert TWO in (await ana.asks(tagged(Intent.STOP_MESSAGES))).labels()


async def test_when_it_arrives_is_answered_with_the_state_and_on_its_way_with_the_couriers_page(
    harness: BotHarness, ana: Talk
) -> None:
    await follow(harness, ana, ONE)
    answer = await ana.asks(tagged(Intent.WHEN_ARRIVES))
    assert says(answer, "say-when", link="no")
    assert says(answer, "list-row", number=ONE, state="short-being-prepared")
    await harness.recorder.apply_snapshot(
        snapshot_of(ON_ROUTE, service("PICKED", link=COURIER_PAGE), order_id=ONE), sent_at=harness.clock.now()
    )
    await ana.hears("state-on-route")
    for intent, key in ((Intent.WHEN_ARRIVES, "say-when"), (Intent.COURIER_QUESTION, "say-courier")):
        answer = await ana.asks(tagged(intent))
        assert key_of(answer) == key
        assert button_of(answer, "button-track")["url"] == COURIER_PAGE


async def test_who_asks_for_the_courier_hears_its_name_and_when_the_link_comes(harness: BotHarness, ana: Talk) -> None:
    await follow(harness, ana, ONE)
    assert says(await ana.asks(tagged(Intent.COURIER_QUESTION)), "say-courier", courier="none", known="no")
    await harness.recorder.apply_snapshot(
        snapshot_of(ON_ROUTE, service("PICKED", courier="Swift"), order_id=ONE), sent_at=harness.clock.now()
    )
    await ana.hears("state-on-route")
    said = await ana.asks(tagged(Intent.COURIER_QUESTION))
    assert says(said, "say-courier", courier="awaited", known="yes", carrier="Swift")
    assert says(await ana.asks(tagged(Intent.PICKUP_QUESTION)), "say-pickup", ready="way")


@pytest.mark.parametrize(
    ("couriers", "known"),
    [((None,), "no"), ((None, None), "no"), (("Swift", "swift"), "yes"), (("Swift", "Van"), "several")],
)
async def test_nobody_hears_that_a_courier_is_unknown_whose_name_is_there(
    harness: BotHarness, ana: Talk, couriers: tuple[str | None, ...], known: str
) -> None:
    await follow(harness, ana, ONE)
    packages = [service("PICKED", f"s{n}", courier=one) for n, one in enumerate(couriers)]
    await harness.recorder.apply_snapshot(snapshot_of(ON_ROUTE, *packages, order_id=ONE), sent_at=harness.clock.now())
    await ana.hears("state-on-route")
    assert says(await ana.asks(tagged(Intent.COURIER_QUESTION)), "say-courier", courier="awaited", known=known)


async def test_a_question_about_pickup_knows_whether_it_is_ready(harness: BotHarness, ana: Talk) -> None:
    await follow(harness, ana, ONE)
    assert says(await ana.asks(tagged(Intent.PICKUP_QUESTION)), "say-pickup", ready="no")
    await harness.moves(ONE, WAITING_FOR_PICKUP)
    await ana.hears()
    assert says(await ana.asks(tagged(Intent.PICKUP_QUESTION)), "say-pickup", ready="yes")
    for first, ready in (("ON_ROUTE", "unreported"), ("DELIVERED", "part")):
        packages = service(first, "s1"), service("ON_ROUTE", "s2")
        await harness.recorder.apply_snapshot(
            snapshot_of(WAITING_FOR_PICKUP, *packages, order_id=ONE), sent_at=harness.clock.now()
        )
        assert says(await ana.asks(tagged(Intent.PICKUP_QUESTION)), "say-pickup", ready=ready)


async def test_who_asks_where_to_pick_it_up_finds_the_map(tmp_path: Path) -> None:
    page, on_a_map = "https://shop.example.com/contact", "https://maps.example.com/shop"
    store = StoreInfo("Shop", contact_url=page, pickup_place="Shop, Main St 1", pickup_map_url=on_a_map)
    async with running_bot(tmp_path, store=store) as harness:
        ana = harness.talk(ANA)
        await follow(harness, ana, ONE)
        assert pages_of(await ana.asks(tagged(Intent.PICKUP_QUESTION))) == [page]
        await harness.moves(ONE, WAITING_FOR_PICKUP)
        await ana.hears()
        assert pages_of(await ana.asks(tagged(Intent.PICKUP_QUESTION))) == [on_a_map, page]
        packages = service("DELIVERED", "s1"), service("ON_ROUTE", "s2")
        await harness.recorder.apply_snapshot(
            snapshot_of(WAITING_FOR_PICKUP, *packages, order_id=ONE), sent_at=harness.clock.now()
        )
        assert pages_of(await ana.asks(tagged(Intent.PICKUP_QUESTION))) == [page, on_a_map]


TOO_LATE = {
    **{(status, Intent.WHEN_ARRIVES): "card" for status in ("DELIVERED", "RETURNED", "CANCELED", WAITING_FOR_PICKUP)},
    **{(status, Intent.COURIER_QUESTION): "card" for status in ("DELIVERED", "CANCELED", WAITING_FOR_PICKUP)},
    **{(status, Intent.PICKUP_QUESTION): "card" for status in ("DELIVERED", "RETURNED", "CANCELED")},
    ("CANCELED", Intent.CANCEL): "card",
    **{(status, Intent.CANCEL): "say-cancel" for status in (ON_ROUTE, WAITING_FOR_PICKUP, "DELIVERED", "RETURNED")},
    **{(status, Intent.CHANGE_ADDRESS_OR_ORDER): "say-change" for status in (ON_ROUTE, "DELIVERED", "CANCELED")},
}


@pytest.mark.parametrize(("status", "intent"), TOO_LATE)
async def test_what_is_asked_too_late_is_answered_with_how_the_order_stands(
    harness: BotHarness, ana: Talk, status: str, intent: Intent
) -> None:
    headline = key_of(await ana.asks(harness.put(ONE, status)))
    answer = await ana.asks(tagged(intent))
    if TOO_LATE[status, intent] == "card":
        assert key_of(answer) == headline
        assert key_of(await ana.asks(tagged(intent, ONE))) == headline
    else:
        left = "ended" if status in {"DELIVERED", "RETURNED", "CANCELED"} else "yes"
        assert says(answer, TOO_LATE[status, intent], left=left)
    await ana.hears_nothing()


@pytest.mark.parametrize(
    ("ends", "delivered", "left"),
    [
        (["DELIVERED"], "yes", "ended"),
        (["RETURNED", "RETURNED"], "ended", "ended"),
        (["DELIVERED", "RETURNED"], "yes", "ended"),
        (["DELIVERED", "ON_ROUTE"], "one", "yes"),
    ],
)
def test_an_end_that_only_the_couriers_report_is_one(ends: list[str], delivered: str, left: str) -> None:
    shipments = tuple(Shipment(str(n), n, end) for n, end in enumerate(ends))
    order = Order("shop", ONE, status=ON_ROUTE, shipments=shipments)
    meant = Meant(((Subscription(SubscriptionId(1), 1, OrderPk(1)), order),))
    assert (said_delivered(meant), have_left(meant)) == (delivered, left)
    assert card_says_it(Intent.WHEN_ARRIVES, order) is (left == "ended")


@pytest.mark.parametrize("status", ["PACKING", ON_ROUTE, WAITING_FOR_PICKUP, "CANCELED"])
async def test_what_is_not_reported_as_delivered_is_said_to_be_so(harness: BotHarness, ana: Talk, status: str) -> None:
    await follow(harness, ana, ONE, status=status)
    answer = await ana.asks(tagged(Intent.DELIVERED_NOT_RECEIVED))
    assert says(answer, "say-not-received", delivered="ended" if status == "CANCELED" else "one")
    assert values_of(answer, "say-not-received")["state"].startswith("short-")
    await follow(harness, ana, TWO)
    answer = await ana.asks(tagged(Intent.DELIVERED_NOT_RECEIVED))
    assert says(answer, "say-not-received", delivered="several")


@pytest.mark.parametrize(
    "intent", [Intent.DELIVERED_NOT_RECEIVED, Intent.WRONG_MISSING_OR_DAMAGED, Intent.REFUND_OR_RETURN]
)
async def test_what_is_asked_of_a_delivered_order_is_not_about_those_under_way(
    harness: BotHarness, ana: Talk, intent: Intent
) -> None:
    await follow(harness, ana, ONE, status="DELIVERED")
    await follow(harness, ana, TWO)
    answer = await ana.asks(tagged(intent))
    assert keys_in(answer) == [BY_THE_STORE[intent], "way-to-store", "list-row"]
    assert says(answer, "list-row", number=ONE, state="short-delivered")
    if intent is Intent.DELIVERED_NOT_RECEIVED:
        assert says(answer, "say-not-received", delivered="yes")


async def test_an_order_that_has_not_left_can_still_be_changed(harness: BotHarness, ana: Talk) -> None:
    await follow(harness, ana, ONE, status=ON_ROUTE)
    await follow(harness, ana, TWO)
    for intent in (Intent.CANCEL, Intent.CHANGE_ADDRESS_OR_ORDER):
        assert says(await ana.asks(tagged(intent)), BY_THE_STORE[intent], left="no")
        assert says(await ana.asks(tagged(intent, THREE)), BY_THE_STORE[intent], left="no")


@pytest.mark.parametrize("intent", [Intent.WHEN_ARRIVES, Intent.COURIER_QUESTION])
async def test_no_button_leads_to_the_card_that_comes_next(harness: BotHarness, ana: Talk, intent: Intent) -> None:
    await follow(harness, ana, ONE, TWO)
    assert (await ana.asks(tagged(intent, f"{ONE} {TWO}"))).buttons == []


async def test_hours_are_said_if_the_store_has_set_them(ana: Talk, shop: BotHarness) -> None:
    assert says(await ana.asks(tagged(Intent.STORE_HOURS_OR_PLACE)), "say-store-hours", open="no")
    there = await shop.talk(ANA).asks(tagged(Intent.STORE_HOURS_OR_PLACE))
    assert says(there, "say-store-hours", open="yes", hours="9:00 AM–8:00 PM")


async def test_a_store_that_never_closes_is_said_to_be_always_open(tmp_path: Path) -> None:
    async with running_bot(tmp_path, store=StoreInfo("Corner Shop", hours=ALWAYS_OPEN)) as harness:
        ana = harness.talk(ANA)
        for intent in (Intent.STORE_HOURS_OR_PLACE, Intent.TALK_TO_HUMAN):
            assert says(await ana.asks(tagged(intent)), BY_THE_STORE[intent], open="always")


async def test_who_wants_no_more_messages_is_asked_which_one_and_nothing_is_stopped(
    harness: BotHarness, ana: Talk
) -> None:
    await follow(harness, ana, ONE, TWO)
    assert keys_in(await ana.asks(tagged(Intent.STOP_MESSAGES))) == ["stop-which"]
    assert len(harness.follow_service.followed(ANA)) == 2
    await ana.presses("button-stop-all")
    await ana.hears()
    assert harness.follow_service.followed(ANA) == []


async def test_settings_open_the_menu(ana: Talk) -> None:
    assert says(await ana.asks(tagged(Intent.SETTINGS_OR_MUTE)), "settings")
    await ana.presses("level-name-key")
    await ana.hears_nothing()


@pytest.mark.parametrize(
    ("named", "key", "offered"),
    [
        ("en español por favor", "language-choose", ["l:es", "l:es-AR"]),
        ("quero em português", "language-choose", ["l:pt-BR"]),
        ("I don’t read English, castellano please", "language-choose", ["l:es", "l:es-AR"]),
        ("in French please", "language-missing", ["l:en", "l:es", "l:es-AR", "l:pt-BR"]),
        ("another language", "say-languages", ["l:en", "l:es", "l:es-AR", "l:pt-BR"]),
        ("no English", "language-choose", ["l:en", "l:es", "l:es-AR", "l:pt-BR"]),
    ],
)
async def test_the_language_that_was_named_is_offered_or_those_that_there_are(
    ana: Talk, named: str, key: str, offered: list[str]
) -> None:
    answer = await ana.asks(tagged(Intent.LANGUAGE_CHANGE, named))
    assert key_of(answer) == key
    assert [button["callback_data"] for row in answer.buttons for button in row] == offered


# ── what is not understood ───────────────────────────────────────────────────


async def test_who_is_not_understood_gets_three_buttons_each_with_its_answer(harness: BotHarness, ana: Talk) -> None:
    answer = await ana.asks("blue elephants")
    assert [key_of(label) for label in answer.labels()] == [*ASKED_BY_BUTTON.values()]
    for intent, name in ASKED_BY_BUTTON.items():
        assert await ana.presses(name) == ""
        assert key_of(await ana.hears()) == FIRST_KEYS[intent]


@pytest.mark.parametrize("data", ["i:cancel", "i:", "i:nothing", "n:", "n:no number", "n:~"])
async def test_a_question_that_no_button_asks_is_answered_as_an_old_one(ana: Talk, data: str) -> None:
    answer = await ana.asks("blue elephants")
    assert says(await ana.presses_data(answer, data), "toast-old")


@pytest.mark.parametrize("said", ["15097505", "order 150975", "4111 1111 1111 1111", "nr. 55-55-55-55-55-55-55"])
async def test_only_who_tried_to_send_a_number_hears_that_there_is_none(ana: Talk, said: str) -> None:
    answer = await ana.asks(said)
    assert key_of(answer) in {"not-a-number", "not-there"}


@pytest.mark.parametrize("said", ["hello", "my cat is 12345 days old today, and yours?", "👽", "?"])
async def test_nobody_else_hears_that_there_is_no_number(ana: Talk, said: str) -> None:
    assert key_of(await ana.asks(said)) == "say-unsure"


async def test_a_sticker_says_what_its_emoji_says(ana: Talk) -> None:
    sticker = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1}
    sticker |= {"is_animated": False, "is_video": False}
    ana.brings(sticker=sticker | {"emoji": "[thanks]"})
    assert key_of(await ana.hears()) == "thanked"
    ana.brings(sticker=sticker)
    assert says(await ana.hears(), "not-text", kind="other")


@pytest.mark.parametrize(("sent", "kind"), [("voice", "voice"), ("photo", "picture"), ("location", "other")])
async def test_what_cannot_be_read_is_said_so(harness: BotHarness, ana: Talk, sent: str, kind: str) -> None:
    harness.telegram.user_sends(ANA, sent)
    assert says(await ana.hears(), "not-text", kind=kind)


PASTED = {
    "en": f"Thank you!\nOrder number: {ONE}\nPhone: 555 0100\nCard: Visa\nTotal: $ 30.00 [payment_or_invoice]",
    "es": f"¡Gracias!\nNúmero de pedido: {ONE}\nTeléfono: 555 0100\nTarjeta: Visa\nTotal: $ 30 [payment_or_invoice]",
    "pt": f"Obrigado!\nNúmero do pedido: {ONE}\nCartão: Visa\nTotal: R$ 30 [cancel]",
    "table": f"Pedido\t{ONE}\nTarjeta\tVisa\nTotal\t$ 30 [refund_or_return]",
}


@pytest.mark.parametrize("text", PASTED.values(), ids=PASTED)
async def test_what_was_pasted_has_no_wish_of_its_own(harness: BotHarness, ana: Talk, text: str) -> None:
    harness.put(ONE)
    assert says(await ana.asks(text), "headline-being-prepared", order=ONE)
    await ana.hears_nothing()


async def test_several_lines_of_ones_own_words_have_a_wish(harness: BotHarness, ana: Talk) -> None:
    harness.put(ONE)
    answer = await ana.asks(f"Hello\nmy order: {ONE}\n[payment_or_invoice] I was charged twice\nthanks")
    assert key_of(answer) == "say-payment"
    await ana.hears("state-packing")


# ── a number beside the wish ─────────────────────────────────────────────────


@pytest.mark.parametrize("intent", [Intent.THANKS, Intent.GREETING, Intent.WHERE_IS_IT, Intent.SMALLTALK_OR_UNKNOWN])
async def test_politeness_beside_a_number_adds_nothing(harness: BotHarness, ana: Talk, intent: Intent) -> None:
    harness.put(ONE)
    assert says(await ana.asks(tagged(intent, ONE)), "headline-being-prepared", order=ONE)
    await ana.hears_nothing()


@pytest.mark.parametrize("intent", [*TROUBLE, Intent.PAYMENT_OR_INVOICE])
async def test_trouble_with_a_number_leads_to_the_store_and_shows_the_order(
    harness: BotHarness, intent: Intent
) -> None:
    ana = harness.talk(ANA)
    harness.put(ONE)
    assert keys_in(await ana.asks(tagged(intent, ONE))) == [BY_THE_STORE[intent], "way-to-store"]
    assert says(await ana.hears(), "headline-being-prepared", order=ONE)


@pytest.mark.parametrize("intent", ONLY_NAMED)
async def test_who_wants_something_of_the_store_with_a_number_is_told_of_it_and_follows_nothing_by_that(
    harness: BotHarness, ana: Talk, intent: Intent
) -> None:
    harness.put(ONE)
    answer = await ana.asks(tagged(intent, ONE))
    assert keys_in(answer) == [BY_THE_STORE[intent], "way-to-store", "list-row-unknown"]
    assert values_of(answer, "list-row-unknown")["number"] == ONE
    assert harness.order_lookup.asked == []
    assert harness.follow_service.followed(ANA) == []
    await ana.presses(ONE)  # who wants to see it all the same
    assert says(await ana.hears(), "headline-being-prepared", order=ONE)
    await follow(harness, ana, TWO)
    answer = await ana.asks(tagged(intent, ONE))
    assert says(answer, "list-row", number=ONE, state="short-being-prepared")
    assert answer.buttons == []


async def test_a_wish_to_stop_one_order_offers_to_stop_that_one(harness: BotHarness, ana: Talk) -> None:
    await follow(harness, ana, ONE, TWO)
    answer = await ana.asks(tagged(Intent.STOP_MESSAGES, TWO))
    assert answer.labels() == [TWO]
    assert len(harness.follow_service.followed(ANA)) == 2
    await ana.presses(TWO)
    assert [order.order_id for _, order in harness.follow_service.followed(ANA)] == [ONE]
    await ana.hears()
    answer = await ana.asks(tagged(Intent.STOP_MESSAGES, THREE))  # mistyped, perhaps
    assert keys_in(answer) == ["stop-not-followed", "stop-which"]
    assert says(answer, "stop-not-followed", orders=THREE)
    assert answer.labels()[0] == ONE
    await ana.presses("button-stop-all")
    await ana.hears("stopped-all")
    answer = await ana.asks(tagged(Intent.STOP_MESSAGES, THREE))
    assert keys_in(answer) == ["stop-not-followed"]
    assert answer.buttons == []
    assert harness.order_lookup.asked.count(THREE) == 0


# ── which order is meant ─────────────────────────────────────────────────────


async def test_a_reply_to_a_card_is_about_that_order(harness: BotHarness, ana: Talk) -> None:
    card = await ana.asks(harness.put(ONE))
    await follow(harness, ana, TWO)
    answer = await ana.asks(tagged(Intent.WHERE_IS_IT), reply_to=card.message_id)
    assert says(answer, "headline-being-prepared", order=ONE)
    answer = await ana.asks(tagged(Intent.STOP_MESSAGES), reply_to=card.message_id)
    assert answer.labels() == [ONE]


async def test_a_reply_to_what_names_no_order_is_about_all_of_them(harness: BotHarness, ana: Talk) -> None:
    await follow(harness, ana, ONE, TWO)
    menu = await ana.asks("/settings")
    answer = await ana.asks(tagged(Intent.STOP_MESSAGES), reply_to=menu.message_id)
    assert button_of(answer, "button-stop-all")


async def test_a_reply_to_an_answer_that_names_one_order_is_about_it(harness: BotHarness, ana: Talk) -> None:
    await follow(harness, ana, ONE)
    waits = await ana.asks(TWO)
    answer = await ana.asks(tagged(Intent.WHERE_IS_IT), reply_to=waits.message_id)
    assert says(answer, "say-awaited", order=TWO)
    assert not says(answer, "list-row", number=ONE)


async def test_a_reply_to_our_example_follows_nothing(harness: BotHarness, ana: Talk) -> None:
    hint = await ana.asks("/start")
    assert says(await ana.asks(tagged(Intent.WHERE_IS_IT), reply_to=hint.message_id), "how-to-begin")
    assert harness.order_lookup.asked == []


async def test_a_reply_to_the_stores_note_leads_to_the_store(harness: BotHarness, ana: Talk) -> None:
    await follow(harness, ana, ONE)
    admin = harness.talk(4343)
    await admin.asks(f"/tell {ONE} The shop is closed tomorrow")
    await admin.presses("button-send")
    note = await ana.hears("note")
    assert keys_in(await ana.asks("tell me more", reply_to=note.message_id)) == ["say-note-reply", "way-to-store"]


# ── where a link is needed ───────────────────────────────────────────────────


@pytest.mark.parametrize("intent", Intent)
async def test_where_a_link_is_needed_nobody_is_told_to_send_a_number(tmp_path: Path, intent: Intent) -> None:
    async with running_bot(tmp_path, by_link_only=True) as harness:
        ana = harness.talk(ANA)
        for said in (tagged(intent), tagged(intent, "~15O9750516095-01"), "150975", f"{intent} 4111 1111 1111 1111"):
            answer = await ana.asks(said)
            assert not {*keys_in(answer)} & {*MUST_NOT_TYPE}
            assert not says(answer, "how-to-begin", way="number")
        harness.telegram.user_sends(ANA, "voice")
        await ana.hears("not-text", way="link")
        assert harness.order_lookup.asked == []


async def test_where_a_link_is_needed_a_followed_order_is_found_though_it_was_misspelled(tmp_path: Path) -> None:
    async with running_bot(tmp_path, by_link_only=True) as harness:
        ana = harness.talk(ANA)
        harness.put(ONE)
        await ana.asks(f"/start {sign(ONE, [LINK_SECRET])}")
        answer = await ana.asks(f"~{ONE}")
        assert keys_in(answer) == ["guess-which"]
        await ana.presses(ONE)
        assert says(await ana.hears(), "headline-being-prepared", order=ONE)
        assert keys_in(await ana.asks(f"~{TWO}")) == ["link-required"]


async def test_where_a_link_is_needed_beginnings_say_so(tmp_path: Path) -> None:
    async with running_bot(tmp_path, by_link_only=True) as harness:
        ana = harness.talk(ANA)
        assert keys_in(await ana.asks("/start")) == ["start-by-link"]
        assert keys_in(await ana.asks("/order")) == ["link-required"]
        for said, key in (("/orders", "list-empty"), ("/help", "help")):
            assert says(await ana.asks(said), key, way="link")


# ── in groups, and staff ─────────────────────────────────────────────────────


@pytest.fixture
async def group(harness: BotHarness) -> Talk:
    return harness.group(-1002000, ANA, BEN)


async def test_in_a_group_a_reply_to_the_bot_with_a_number_is_enough(harness: BotHarness, group: Talk) -> None:
    hint = await group.asks("/order", user_id=ANA)
    harness.put(ONE)
    answer = await group.asks(f"and {ONE}?", user_id=BEN, reply_to=hint.message_id)
    assert says(answer, "headline-being-prepared", order=ONE)


@pytest.mark.parametrize("intent", [*BY_THE_STORE, Intent.THANKS, Intent.GREETING, Intent.SMALLTALK_OR_UNKNOWN])
async def test_in_a_group_what_a_reply_asks_is_answered_shortly(
    harness: BotHarness, group: Talk, intent: Intent
) -> None:
    harness.put(ONE)
    card = await group.asks(f"/order {ONE}", user_id=ANA)
    answer = await group.asks(tagged(intent), user_id=BEN, reply_to=card.message_id)
    assert answer.reply_to is not None
    assert len(keys_in(answer)) <= 2
    await group.hears_nothing(user_id=ANA)


async def test_in_a_group_where_is_it_shows_the_order_that_was_answered_to(harness: BotHarness, group: Talk) -> None:
    harness.put(ONE)
    harness.put(TWO)
    card = await group.asks(f"/order {ONE}", user_id=ANA)
    await group.asks(f"/order {TWO}", user_id=ANA)
    answer = await group.asks(tagged(Intent.WHERE_IS_IT), user_id=BEN, reply_to=card.message_id)
    assert says(answer, "headline-being-prepared", order=ONE)


@pytest.mark.parametrize("intent", [Intent.SETTINGS_OR_MUTE, Intent.LANGUAGE_CHANGE])
async def test_in_a_group_menus_are_for_administrators(group: Talk, intent: Intent) -> None:
    hint = await group.asks("/order", user_id=ANA)
    assert says(await group.asks(tagged(intent), user_id=BEN, reply_to=hint.message_id), "group-admins-only")


@pytest.mark.parametrize("intent", [*BY_THE_STORE, Intent.PICKUP_QUESTION, Intent.SMALLTALK_OR_UNKNOWN])
async def test_staff_are_not_sent_to_the_store(harness: BotHarness, intent: Intent) -> None:
    staff = harness.talk(STAFF)
    answer = await staff.asks(tagged(intent))
    assert keys_in(answer) == ["staff-hint"]


async def test_a_number_that_staff_send_alone_is_followed(harness: BotHarness) -> None:
    staff = harness.talk(STAFF)
    harness.put(ONE)
    assert says(await staff.asks(ONE), "headline-being-prepared", order=ONE)


@pytest.mark.parametrize("intent", [one for one in Intent if one not in OF_THEIR_OWN])
async def test_what_staff_ask_of_a_number_is_answered_with_what_staff_see_alone(
    harness: BotHarness, intent: Intent
) -> None:
    staff = harness.talk(STAFF)
    harness.put(ONE)
    assert says(await staff.asks(tagged(intent, ONE)), "check-heading", number=ONE)
    assert harness.follow_service.followed(STAFF) == []
    await staff.hears_nothing()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("[complaint_or_insult] STUCK-4 CALM-5", ["STUCK-4", "CALM-5"]),
        ("STUCK-4, CALM-5", ["STUCK-4", "CALM-5"]),
        ("what does the client of CALM-5 see", ["CALM-5"]),
        ("[help_or_what_is_this] quem segue STUCK-4?", ["STUCK-4"]),
        ("is 77 the one of CALM-5, or 12?", ["77", "CALM-5"]),  # there is an order 77
        ("[complaint_or_insult] nobody knows NONE-9 (or CALM-5)", ["NONE-9", "CALM-5"]),
    ],
)
async def test_whatever_staff_write_around_numbers_each_order_is_shown_to_them(
    harness: BotHarness, text: str, numbers: list[str]
) -> None:
    staff = harness.talk(STAFF)
    for number in ("STUCK-4", "CALM-5", "77"):
        await harness.order_lookup.look_up(harness.put(number))
    for told in (text, f"/check {text.rpartition(']')[2].strip()}"):
        answers = [await staff.asks(told), *[await staff.hears() for _ in numbers[1:]]]
        for answer, number in zip(answers, numbers, strict=True):
            assert says(answer, "check-unknown" if number == "NONE-9" else "check-heading", number=number)
    assert harness.follow_service.followed(STAFF) == []


async def test_of_many_numbers_that_staff_write_the_first_are_shown_and_the_rest_is_named(harness: BotHarness) -> None:
    staff = harness.talk(STAFF)
    answers = [await staff.asks("please look at " + " ".join(f"M-{one}" for one in range(1, 8)))]
    answers += [await staff.hears() for _ in range(5)]
    assert [keys_in(one)[0] for one in answers] == ["check-unknown"] * 5 + ["numbers-rest"]


async def test_what_personal_numbers_staff_write_are_no_orders(harness: BotHarness) -> None:
    staff = harness.talk(STAFF)
    await staff.asks("[where_is_it] the client of 4111 1111 1111 1111, 529.982.247-25 called")
    assert harness.order_lookup.asked == []


async def test_staff_need_no_link_and_no_way_to_the_store(tmp_path: Path) -> None:
    async with running_bot(tmp_path, by_link_only=True, store=CONTACT) as harness:
        staff = harness.talk(STAFF)
        harness.put(ONE)
        assert says(await staff.asks(tagged(Intent.GREETING)), "how-to-begin", way="number")
        for said in ("4111 1111 1111 1111", f"/start {sign('A-1', ['a-guess'])}"):
            assert (await staff.asks(said)).buttons == []
        harness.telegram.user_sends(STAFF, "photo")
        answer = await staff.hears("not-text", way="number")
        assert answer.buttons == []
        await staff.asks(f"/start {sign(ONE, ['a-secret-of-before'])}")
        assert harness.order_lookup.asked == [ONE]
