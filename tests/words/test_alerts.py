"""Every alert has a message of its own in each language."""

from typing import Any

import pytest

from bot.tracking.model import Chat, Kind, Notice
from bot.transactions.alerting import Alert
from bot.words.callbacks import CallbackAction, CallbackData
from bot.words.fluent.catalog import Catalog
from bot.words.fluent.localizer import Localizer
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from tests.builders import NOW
from tests.key_catalog import key_catalog
from tests.message_keys import says

STAFF_CHAT = 4242
RENDERER = Renderer(Catalog(), StoreInfo())


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
@pytest.mark.parametrize("alert", list(Alert))
def test_every_alert_has_a_message_of_its_own(alert: Alert, language: str) -> None:
    args: dict[str, Any] = {"raw": "RAW", "number": "1001-01", "reason": "because", "courier": "Swift"}
    args |= {"verified": True, "since": NOW, "followers": 1, "good": 0, "missing": 1, "time": NOW}
    args |= {"secret": True, "count": 5, "free": 20, "orders": 1, "delivered": 2, "stuck": 3, "undelivered": 4}
    args |= {"lost": 6, "status": "PICKING", "why": "slow"}
    notice = Notice(STAFF_CHAT, Kind.ALERT, NOW, payload={"alert": alert, "args": args})
    text = RENDERER.notice(notice, None, None, Chat(STAFF_CHAT, language=language), now=NOW).html
    other = Notice(STAFF_CHAT, Kind.ALERT, NOW, payload={"alert": "no-such", "args": args})
    fallback = RENDERER.notice(other, None, None, Chat(STAFF_CHAT, language=language), now=NOW).html
    assert text.splitlines()[1] != fallback.splitlines()[1]
    shown = {
        "unknown-status": ["RAW", "1001-01"],
        "backup-failed": ["because"],
        "other-account": ["RAW"],
        "aside": ["“because”", "1001-01"],
        "unreadable-link": ["RAW", "1001-01", "Swift"],
    }
    assert all(value in text for value in shown.get(alert, []))


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
@pytest.mark.parametrize("verified", [True, False])
def test_an_order_that_somebody_did_not_get_is_opened_by_a_button(language: str, verified: bool) -> None:
    args = {
        "number": "1001-01",
        "order": 12,
        "verified": verified,
        "since": NOW,
        "followers": 3,
        "good": 4,
        "missing": 5,
    }
    notice = Notice(STAFF_CHAT, Kind.ALERT, NOW, payload={"alert": "not-received", "args": args})
    text = RENDERER.notice(notice, None, None, Chat(STAFF_CHAT, language=language), now=NOW)
    assert all(value in text.html for value in ("<code>1001-01</code>", "3", "4", "5"))
    assert "<tg-time" not in text.html and "UTC" not in text.html  # a clock time in the zone of the store
    [[button]] = text.buttons
    assert CallbackData.unpack(button.value) == CallbackData(CallbackAction.CHECK, "12")


def rendered(kind: Kind, key: int | None, language: str = "en", **payload: Any) -> Any:
    notice = Notice(STAFF_CHAT, kind, NOW, payload={"alert": "disk-low", "args": {"free": 7}, **payload}, alert=key)
    return RENDERER.notice(notice, None, None, Chat(STAFF_CHAT, language=language), now=NOW)


def test_an_alert_can_be_muted_and_done_and_its_end_cannot() -> None:
    [[mute, done]] = rendered(Kind.ALERT, 3).buttons
    assert CallbackData.unpack(mute.value) == CallbackData(CallbackAction.MUTE_ALERT, "3")
    assert CallbackData.unpack(done.value) == CallbackData(CallbackAction.CLOSE_ALERT, "3")
    assert rendered(Kind.ALERT, None).buttons == ()


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
def test_a_done_alert_says_whose_work_it_was_whatever_they_are_called(language: str) -> None:
    text = rendered(Kind.ALERT_EDIT, 3, language, done_by="<b>Bea</b> & @all")
    assert text.buttons == ()
    assert "&lt;b&gt;Bea&lt;/b&gt; &amp; @all" in text.html.splitlines()[-1]
    nobody = rendered(Kind.ALERT_EDIT, 3, language, done_by="").html.splitlines()[-1]
    assert nobody and ":" not in nobody


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
def test_an_order_that_does_not_move_is_told_in_words_and_otherwise_where_its_courier_differs(language: str) -> None:
    args = {"number": "1001-01", "since": NOW, "status": "PICKING"}
    slow, courier = (
        rendered(Kind.ALERT, None, language, alert="stuck", args={**args, "why": why}).html
        for why in ("slow", "courier")
    )
    phrase = Localizer(Catalog(), StoreInfo(), language).status_phrase("PICKING")
    assert phrase in slow and phrase in courier
    assert "PICKING" not in slow and slow != courier


def test_a_digest_leads_to_what_does_not_move_where_something_does_not() -> None:
    args = {"time": NOW, "orders": 1, "delivered": 2, "missing": 0, "undelivered": 4, "lost": 6}
    for stuck, panels in ((0, []), (2, [CallbackData(CallbackAction.PANEL, "stuck")])):
        text = rendered(Kind.ALERT, None, alert="digest", args={**args, "stuck": stuck})
        assert [CallbackData.unpack(one.value) for row in text.buttons for one in row] == panels


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
def test_an_order_that_is_stuck_says_why(language: str) -> None:
    args = {"number": "1001-01", "order": 1, "status": "PICKING", "since": NOW, "reported": "DELIVERED", "times": 7}
    said = set()
    for why in ("slow", "courier", "not-found", "unconfirmed", "in-turns"):
        notice = Notice(STAFF_CHAT, Kind.ALERT, NOW, payload={"alert": Alert.STUCK, "args": {**args, "why": why}})
        said.add(RENDERER.notice(notice, None, None, Chat(STAFF_CHAT, language=language), now=NOW).html)
        before = {name: value for name, value in args.items() if name not in {"reported", "times"}}
        old = Notice(STAFF_CHAT, Kind.ALERT, NOW, payload={"alert": Alert.STUCK, "args": {**before, "why": why}})
        assert "1001-01" in RENDERER.notice(old, None, None, Chat(STAFF_CHAT, language=language), now=NOW).html
    assert len(said) == 5


@pytest.mark.parametrize(
    ("reason", "key"),
    [
        ("Forbidden: bot was blocked by the user", "check-why-blocked"),
        ("gone: Forbidden: bot was kicked from the supergroup chat", "check-why-removed"),
        ("Forbidden: user is deactivated", "check-why-deleted"),
        ("Bad Request: chat not found", "check-why-deleted"),
        ("Bad Request: message is too long", "check-why-too-long"),
        ("Bad Request: can't parse entities: unsupported start tag", "check-why-format"),
        ("Bad Request: BUTTON_DATA_INVALID", "check-why-button"),
        ("Bad Request: not enough rights to send text messages to the chat", "check-why-no-right"),
        ("Bad Request: message thread not found", "check-why-topic-gone"),
        ("the message is gone", "check-why-message-gone"),
        ("perhaps told: the connection was closed", "check-why-no-answer"),
        ("Bad Request: STRANGE_NEW_THING", "check-why-quoted"),
        ("", "check-why-other"),
        (None, "check-why-other"),
    ],
)
def test_the_reasons_of_telegram_are_said_in_plain_words(reason: str | None, key: str) -> None:
    keys = Renderer(key_catalog(), StoreInfo())
    assert says(keys.telegram_reasons("en", [(reason, 1)]), key)
    for language in ("es", "pt-BR"):
        words = RENDERER.telegram_reasons(language, [(reason, 1)])
        assert "Forbidden" not in words and "Bad Request" not in words
    if key == "check-why-quoted":
        assert "STRANGE_NEW_THING" in RENDERER.telegram_reasons("es", [(reason, 1)])


def test_a_failed_message_is_alerted_to_in_plain_words() -> None:
    args = {"number": "1001-01", "reason": "Forbidden: bot was blocked by the user"}
    notice = Notice(STAFF_CHAT, Kind.ALERT, NOW, payload={"alert": Alert.NOTICE_FAILED, "args": args})
    text = RENDERER.notice(notice, None, None, Chat(STAFF_CHAT, language="es"), now=NOW).html
    assert "bot bloqueado" in text and "Forbidden" not in text
