"""Staff's panel: one message whose pages replace each other, what to look at, the numbers, what is asked of them."""

import sqlite3
from functools import partial
from pathlib import Path

import pytest

from bot.simulators.telegram.faults import TelegramFault
from bot.simulators.telegram.state import ShownMessage
from bot.telegram.overview_pages import MOST_LINES
from bot.tracking.events import OrderSnapshot
from bot.tracking.model import OrderPk
from bot.transactions import alert_checks
from bot.transactions.alerting import Alert, start
from bot.words.limits import TEXT_UNITS
from tests.builders import HOST, contexts, service
from tests.message_keys import button_of, keys_in, says
from tests.telegram.bot_harness import ADMIN, ANA, BEN, STAFF, STAFF_GROUP, BotHarness, Talk, running_bot

HOSTILE = "A1-<b>&_.#" + "x" * 70
PAGES = {
    "button-panel-stuck": "stuck-none",
    "button-panel-today": "stats-heading",
    "button-panel-alerts": "open-none",
    "button-panel-settings": "panel-settings",
}


@pytest.fixture
def staff(harness: BotHarness) -> Talk:
    return harness.talk(STAFF)


@pytest.fixture
def admin(harness: BotHarness) -> Talk:
    return harness.talk(ADMIN)


def again(talk: Talk, message: ShownMessage) -> ShownMessage:
    """The message as it is now."""
    return next(one for one in talk.telegram.bot_messages(talk.id) if one.message_id == message.message_id)


def newest(talk: Talk) -> ShownMessage:
    return talk.telegram.bot_messages(talk.id)[-1]


# ── the panel itself ─────────────────────────────────────────────────────────


@pytest.mark.parametrize("command", ["/start", "/help"])
async def test_start_and_help_bring_the_same_panel_and_its_pages_replace_each_other_in_it(
    harness: BotHarness, command: str
) -> None:
    for place in (STAFF, STAFF_GROUP):
        talk = harness.talk(STAFF) if place > 0 else harness.group(STAFF_GROUP, STAFF)
        panel = await talk.asks(command, user_id=STAFF)
        assert keys_in(panel) == ["panel"]
        for button, key in PAGES.items():
            assert await talk.presses(button, user_id=STAFF) == ""
            assert says(newest(talk), key)
            assert await talk.presses("button-panel-home", user_id=STAFF) == ""
            assert says(newest(talk), "panel")
        assert newest(talk).message_id == panel.message_id


async def test_others_get_the_help_of_shoppers(ana: Talk) -> None:
    assert keys_in(await ana.asks("/help")) == ["help"]
    await ana.hears_nothing()


@pytest.mark.parametrize(
    "data", ["p:stuck", "p:day", "p:home", "p:alerts", "p:settings", "p:search", "p:write", "p:", "p:other"]
)
async def test_the_panel_is_for_staff_alone(harness: BotHarness, ana: Talk, data: str) -> None:
    message = await ana.asks("/start")
    assert says(await ana.presses_data(message, data), "toast-old")
    await ana.hears_nothing()
    assert harness.rows("SELECT * FROM audit") == []


async def test_a_page_that_there_is_no_longer_is_an_old_button(staff: Talk) -> None:
    panel = await staff.asks("/start")
    assert says(await staff.presses_data(panel, "p:of-another-version"), "toast-staff-old", named="no")
    assert says(panel, "panel")


async def test_who_may_only_look_has_no_button_to_write_and_cannot_press_one(
    harness: BotHarness, staff: Talk, admin: Talk
) -> None:
    panel = await staff.asks("/start")
    with pytest.raises(LookupError):
        button_of(panel, "button-panel-write")
    assert says(await staff.presses_data(panel, "p:write"), "staff-not-admin")
    assert button_of(await admin.asks("/start"), "button-panel-write")
    group = harness.group(STAFF_GROUP, BEN)
    await group.asks("/start", user_id=BEN)
    assert says(await group.presses("button-panel-write", user_id=BEN), "staff-not-admin")


async def test_settings_of_staff_lead_back_and_say_what_they_may(staff: Talk, admin: Talk) -> None:
    for talk, is_admin in ((staff, "no"), (admin, "yes")):
        page = await talk.asks("/settings")
        assert says(page, "panel-settings", admin=is_admin)
        await talk.presses("button-quiet-nights")
        await talk.presses("button-panel-home")
        assert says(page, "panel")


async def is_gone(talk: Talk, message: ShownMessage) -> None:
    await talk.telegram.wait_for(lambda: message.deleted)


# ── what is asked of staff ───────────────────────────────────────────────────


async def test_what_lasts_and_nobody_is_done_with_is_listed_with_the_order_that_it_is_about(
    harness: BotHarness, staff: Talk
) -> None:
    harness.put("A-1")
    await harness.talk(ANA).asks("A-1")
    order_pk = harness.database.reader.execute("SELECT id FROM orders").fetchone()[0]
    context = contexts(harness.clock, staff=(STAFF,)).current()

    def begin(connection: sqlite3.Connection) -> None:
        alert_checks.disk(connection, context, is_low=True, free=100)
        about = {"number": "A-1", "status": "PACKING", "why": "slow"}
        start(connection, Alert.STUCK, context, subject="1", lasts=True, order=OrderPk(order_pk), since=1.0, **about)

    panel = await staff.asks("/start")
    await harness.database.write(begin)
    await staff.presses("button-panel-alerts")
    page = again(staff, panel)
    assert says(page, "alert-disk-low", free=100)
    assert says(page, "alert-stuck", number="A-1")
    assert any("A-1" in one["text"] for row in page.buttons for one in row)
    await harness.database.write(partial(alert_checks.disk, context=context, is_low=False, free=900))
    await staff.presses_data(page, button_of(page, "button-refresh")["callback_data"])
    assert not says(again(staff, panel), "alert-disk-low", free=100)


@pytest.mark.parametrize("language", ["en", "es"])
async def test_a_number_that_answers_the_search_is_checked_and_not_followed(harness: BotHarness, language: str) -> None:
    staff = harness.talk(STAFF, language_code=language)
    harness.put("A-1")
    await staff.asks("/start")
    await staff.presses("button-panel-search")
    question = await staff.hears("panel-search", language=language)
    answer = await staff.asks("A-1", reply_to=question.message_id)
    assert says(answer, "check-heading", language=language, number="A-1")
    assert harness.follow_service.followed(STAFF) == []
    unclear = await staff.asks("the one of Ana", reply_to=question.message_id)
    assert says(unclear, "panel-search-unclear", language=language)


async def test_a_search_in_the_staffs_group_is_answered_there(harness: BotHarness) -> None:
    group = harness.group(STAFF_GROUP, BEN)
    harness.put("A-1")
    await group.asks("/start", user_id=BEN)
    await group.presses("button-panel-search", user_id=BEN)
    question = await group.hears("panel-search")
    assert says(await group.asks("A-1", reply_to=question.message_id, user_id=BEN), "check-heading", number="A-1")


async def test_what_answers_the_other_question_is_shown_before_it_goes_to_followers(
    harness: BotHarness, ana: Talk, admin: Talk
) -> None:
    harness.put("A-1")
    await ana.asks("A-1")
    await admin.asks("/start")
    await admin.presses("button-panel-write")
    question = await admin.hears("panel-write")
    confirm = await admin.asks("A-1 Your order leaves on Monday", reply_to=question.message_id)
    assert says(confirm, "tell-confirm", number="A-1", count=1)
    await ana.hears_nothing()
    await admin.presses("button-send")
    assert says(await ana.hears(), "note", text="Your order leaves on Monday")


async def test_of_a_note_without_number_or_words_the_rest_is_asked_for_and_what_was_given_is_kept(
    harness: BotHarness, ana: Talk, admin: Talk
) -> None:
    harness.put("A-1")
    await ana.asks("A-1")
    await admin.asks("/start")
    for begins in ("panel", "/tell", "/tell A-1", "/tell We are <closed> & sorry"):
        if begins == "panel":
            await admin.presses("button-panel-write")
            question = await admin.hears("panel-write")
        else:
            question = await admin.asks(begins)
        if says(question, "panel-write"):
            question = await admin.asks("A-1", reply_to=question.message_id)
        if says(question, "write-ask", number="A-1"):
            confirm = await admin.asks("We are <closed> & sorry", reply_to=question.message_id)
        else:
            assert says(await admin.asks("the one of Ana", reply_to=question.message_id), "panel-search-unclear")
            confirm = await admin.asks("A-1", reply_to=question.message_id)
        assert says(confirm, "tell-confirm", number="A-1", count=1), begins
        assert says(confirm, "note", text="We are <closed> & sorry")
        await is_gone(admin, question)
    await admin.presses("button-panel-write")
    question = await admin.hears("panel-write")
    without_number = await admin.asks("We are closed", reply_to=question.message_id)
    assert says(without_number, "write-number")
    assert says(await admin.asks("A-1", reply_to=without_number.message_id), "note", text="We are closed")
    await ana.hears_nothing()


async def test_of_questions_to_one_person_only_the_newest_is_left(harness: BotHarness, admin: Talk) -> None:
    harness.put("A-1")
    await admin.asks("/start")
    for _ in range(5):
        said = await admin.presses("button-panel-search")
    assert says(said, "toast-asked-already")
    search = await admin.hears("panel-search")
    await admin.presses("button-panel-write")
    write = await admin.hears("panel-write")
    await harness.telegram.wait_for(lambda: search.deleted)
    assert says(await admin.asks("A-1", reply_to=write.message_id), "who-nobody")
    assert not write.deleted  # it can be answered once more
    await admin.presses("button-panel-search")
    search = await admin.hears("panel-search")
    assert says(await admin.asks("A-1", reply_to=search.message_id), "check-heading")
    await harness.telegram.wait_for(lambda: search.deleted and write.deleted)


async def test_presses_in_quick_succession_are_each_answered_and_show_the_last_page(
    harness: BotHarness, staff: Talk
) -> None:
    panel = await staff.asks("/start")
    harness.telegram.fail(TelegramFault.SLOW, methods=["editMessageText"], times=1, seconds=0.3)
    pages = ["p:stuck", "p:day", "p:alerts", "p:home", "p:stuck", "p:day", "p:alerts", "p:settings"]
    pressed = [staff.telegram.user_presses(STAFF, panel.message_id, data, forged=True) for data in pages]
    for one in pressed:
        await staff.telegram.wait_for_answer(one)
    await harness.telegram.wait_for(lambda: says(panel, "panel-settings"))
    assert len(harness.telegram.calls_of("editMessageText")) <= 3


async def test_words_like_the_question_of_somebody_else_ask_nothing(harness: BotHarness, staff: Talk) -> None:
    harness.put("A-1")
    await staff.asks("/start")
    await staff.presses("button-panel-search")
    own = staff.says((await staff.hears()).text)
    await staff.hears()
    assert not says(await staff.asks("A-1", reply_to=own.message_id), "check-heading")


async def test_an_answer_of_one_who_may_no_longer_write_is_refused(harness: BotHarness, admin: Talk) -> None:
    group = harness.group(STAFF_GROUP, ADMIN, BEN)
    await group.asks("/start", user_id=ADMIN)
    await group.presses("button-panel-write", user_id=ADMIN)
    question = await group.hears("panel-write")
    answer = await group.asks("A-1 hello", reply_to=question.message_id, user_id=BEN)
    assert says(answer, "staff-not-admin")


# ── /stuck ───────────────────────────────────────────────────────────────────


async def test_an_order_that_does_not_move_is_stuck_and_others_are_not(
    harness: BotHarness, ana: Talk, staff: Talk
) -> None:
    harness.put("A-1")
    await ana.asks("A-1")
    assert says(await staff.asks("/stuck"), "stuck-none")
    harness.clock.advance(30 * 86_400)
    stuck = await staff.asks("/stuck")
    assert says(stuck, "stuck-section-slow", count=1)
    assert says(stuck, "stuck-slow", number="A-1", state="short-being-prepared", own="no")


async def test_each_line_is_a_button_that_shows_the_order_and_the_list_stays(
    harness: BotHarness, ana: Talk, staff: Talk
) -> None:
    for number in ("A-1", "A-2"):
        harness.put(number)
        await ana.asks(number)
    harness.clock.advance(30 * 86_400)
    stuck = await staff.asks("/stuck")
    for number in ("A-1", "A-2"):
        data = button_of(stuck, number)["callback_data"]
        assert await staff.presses_data(stuck, data) == ""
        assert says(await staff.hears(), "check-heading", number=number)
    assert says(stuck, "stuck-section-slow", count=2)
    assert says(await ana.presses_data(await ana.asks("/help"), data), "toast-old")


async def test_an_order_whose_package_has_a_trouble_again_and_again_is_stuck(harness: BotHarness, staff: Talk) -> None:
    harness.put("A-1", "ON_ROUTE")
    await harness.talk(ANA).asks("A-1")
    for shown in ("ON_ROUTE", "INCIDENT") * 3:
        harness.clock.advance(300)
        snapshot = OrderSnapshot(HOST, "A-1", "ON_ROUTE", (service(shown, "s1"),), ())
        await harness.recorder.apply_snapshot(snapshot, sent_at=harness.clock.now())
    assert says(await staff.asks("/stuck"), "stuck-in-turns", number="A-1", count=3)


@pytest.mark.parametrize(("shown", "key"), [("INCIDENT", "short-incident"), ("ON_HOLD", "short-hold")])
async def test_what_a_courier_reports_that_is_wrong_is_to_be_looked_at_as_long_as_it_lasts(
    harness: BotHarness, staff: Talk, shown: str, key: str
) -> None:
    async def report(number: str, status: str, *, order: str = "ON_ROUTE") -> None:
        snapshot = OrderSnapshot(HOST, number, order, (service(status, "s1"), service("ON_ROUTE", "s2")), ())
        await harness.recorder.apply_snapshot(snapshot, sent_at=harness.clock.now())

    for number in ("A-1", "A-2"):
        harness.put(number, "ON_ROUTE")
        await harness.talk(ANA).asks(number)
    for number in ("A-2", "A-1"):
        await report(number, shown)
        harness.clock.advance(600)
    page = await staff.asks("/stuck")
    assert says(page, "stuck-section-trouble", count=2)
    assert says(page, "stuck-trouble", number="A-1", what=key)
    assert page.text.index("A-2") < page.text.index("A-1")  # the longest first
    assert button_of(page, "A-1")
    await report("A-1", "ON_ROUTE")
    await report("A-2", shown, order="DELIVERED")
    assert says(await staff.asks("/stuck"), "stuck-none")


async def test_what_is_slow_and_has_a_problem_is_one_line(harness: BotHarness, staff: Talk) -> None:
    harness.put("A-1", "ON_ROUTE")
    await harness.talk(ANA).asks("A-1")
    snapshot = OrderSnapshot(HOST, "A-1", "ON_ROUTE", (service("INCIDENT", "s1"),), ())
    await harness.recorder.apply_snapshot(snapshot, sent_at=harness.clock.now())
    harness.clock.advance(30 * 86_400)
    page = await staff.asks("/stuck")
    assert says(page, "stuck-section-trouble", count=1)
    assert not says(page, "stuck-section-slow")


@pytest.mark.parametrize(
    ("status", "shown", "reported"),
    [
        ("ON_ROUTE", "DELIVERED", "short-delivered"),
        ("INVOICED", "DELIVERED", "short-delivered"),
        ("INVOICED", "ON_ROUTE", "short-on-its-way"),
        ("ON_ROUTE", "ON_ROUTE", None),
        ("WAITING_FOR_PICKUP", "DELIVERED", None),
    ],
)
async def test_an_order_that_stands_before_its_couriers_news_is_stuck_and_staff_see_both(
    harness: BotHarness, staff: Talk, status: str, shown: str, reported: str | None
) -> None:
    harness.put("A-1", status)
    await harness.talk(ANA).asks("A-1")
    snapshot = OrderSnapshot(HOST, "A-1", status, (service(shown, "s1"),), ())
    await harness.recorder.apply_snapshot(snapshot, sent_at=harness.clock.now())
    # what is on its way may be so for a while before the order says so; what has arrived is the end
    assert says(await staff.asks("/stuck"), "stuck-none") is (reported != "short-delivered")
    harness.clock.advance(2 * 3600)
    answer = await staff.asks("/stuck")
    if reported is None:
        assert says(answer, "stuck-none")
    else:
        assert says(answer, "stuck-section-courier", count=1)
        assert says(answer, "stuck-courier-ahead", number="A-1", reported=reported)
    # what lifts the order is told as its state, and staff see that line
    key = "check-apart-courier" if reported == "short-delivered" else "check-apart-shown"
    assert says(await staff.asks("/check A-1"), key) is (reported is not None)


@pytest.mark.parametrize(
    ("reason", "key"), [("can't parse <b>", "stuck-failed"), ("perhaps told: no answer", "stuck-perhaps")]
)
async def test_messages_that_were_not_delivered_are_a_section_of_their_own(
    harness: BotHarness, ana: Talk, staff: Talk, reason: str, key: str
) -> None:
    harness.put("A-1")
    await harness.shown(ana, "A-1")
    await harness.database.write(
        lambda connection: connection.execute("UPDATE outbox SET state = 'aside', reason = ?", (reason,))
    )
    stuck = await staff.asks("/stuck")
    assert says(stuck, "stuck-section-failed", count=1)
    assert says(stuck, key, number="A-1", count=1)
    assert button_of(stuck, "A-1")
    harness.clock.advance(86_401)
    assert not says(await staff.asks("/stuck"), "stuck-section-failed")


@pytest.mark.parametrize("many", [1, 2, 50])
async def test_the_list_fits_into_a_message_however_many_there_are(harness: BotHarness, staff: Talk, many: int) -> None:
    await harness.talk(ANA).asks("/privacy")
    for place in range(many):
        await harness.order_lookup.look_up(harness.put(f"{HOSTILE[:60]}-{place}"))
    follow = 'INSERT INTO subscriptions (chat_id, "order", made_at) SELECT ?, id, 0 FROM orders'
    await harness.database.write(lambda connection: connection.execute(follow, (ANA,)))
    harness.clock.advance(30 * 86_400)
    stuck = await staff.asks("/stuck")
    assert len(stuck.text.encode("utf-16-le")) // 2 <= TEXT_UNITS
    assert says(stuck, "stuck-section-slow", count=many)
    assert says(stuck, "stuck-more", count=many - MOST_LINES) is (many == 50)
    assert len(stuck.labels()) == min(many, MOST_LINES) + 2


# ── /stats ───────────────────────────────────────────────────────────────────


async def test_the_numbers_of_the_day_are_counted(harness: BotHarness, ana: Talk, staff: Talk) -> None:
    harness.put("A-1")
    await ana.asks("A-1")
    stats = await staff.asks("/stats")
    assert says(stats, "stats-followed", count=1)
    for name in ("orders", "told"):
        assert says(stats, "stats-row", name=f"stats-name-{name}", today=1, week=1)
    harness.clock.advance(86_400)
    await staff.presses("button-refresh")
    assert says(stats, "stats-row", name="stats-name-orders", today=0, week=1)


async def test_the_pauses_that_telegram_asks_for_show_in_the_numbers(harness: BotHarness, staff: Talk) -> None:
    refused = harness.telegram.fail(TelegramFault.TOO_MANY, chat_id=ANA, times=1, seconds=2)
    harness.talk(ANA).says("/privacy")
    await harness.telegram.wait_for(lambda: refused.hits == 1)
    stats = await staff.asks("/stats")
    assert says(stats, "stats-pauses", count=1)
    harness.clock.advance(3)  # else the answer that waits would hold up the end of the test


async def test_where_orders_are_kept_for_less_than_a_week_the_numbers_say_so(tmp_path: Path) -> None:
    async with running_bot(tmp_path, keep_days=3) as harness:
        assert says(await harness.talk(STAFF).asks("/stats"), "stats-kept", days=3)
    (tmp_path / "longer").mkdir()
    async with running_bot(tmp_path / "longer") as harness:
        assert not says(await harness.talk(STAFF).asks("/stats"), "stats-kept")
