"""Every alert has a message of its own in each language."""

from typing import Any

import pytest

from bot.tracking.model import Chat, Kind, Notice
from bot.transactions.alerts import Alert
from bot.words.callbacks import CallbackAction, CallbackData
from bot.words.fluent.catalog import Catalog
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from tests.builders import NOW

STAFF_CHAT = 4242
RENDERER = Renderer(Catalog(), StoreInfo())


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
@pytest.mark.parametrize("alert", list(Alert))
def test_every_alert_has_a_message_of_its_own(alert: Alert, language: str) -> None:
    args: dict[str, Any] = {"raw": "RAW", "number": "1001-01", "reason": "because", "courier": "Swift"}
    args |= {"verified": True, "since": NOW, "followers": 1, "good": 0, "missing": 1}
    notice = Notice(STAFF_CHAT, Kind.ALERT, NOW, payload={"alert": alert, "args": args})
    text = RENDERER.notice(notice, None, None, Chat(STAFF_CHAT, language=language), now=NOW).html
    other = Notice(STAFF_CHAT, Kind.ALERT, NOW, payload={"alert": "no-such", "args": args})
    fallback = RENDERER.notice(other, None, None, Chat(STAFF_CHAT, language=language), now=NOW).html
    assert text.splitlines()[1] != fallback.splitlines()[1]
    shown = {
        "unknown-status": ["RAW", "1001-01"],
        "backup-failed": ["because"],
        "other-account": ["RAW"],
        "aside": ["because", "1001-01"],
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
    assert all(value in text.html for value in ("<code>1001-01</code>", "3", "4", "5", "<tg-time"))
    [[button]] = text.buttons
    assert CallbackData.unpack(button.value) == CallbackData(CallbackAction.CHECK, "12")
