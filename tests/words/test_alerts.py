"""Every alert that there is has words of its own."""

from typing import Any

import pytest

from bot.tracking.model import Chat, Kind, Notice
from bot.transactions.alerts import Alert
from bot.words.fluent.catalog import Catalog
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from tests.builders import NOW

BOSS = 4242
RENDERER = Renderer(Catalog(), StoreInfo())


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
@pytest.mark.parametrize("alert", list(Alert))
def test_every_alert_has_its_own_words_in_each_language(alert: Alert, language: str) -> None:
    args: dict[str, Any] = {"raw": "RAW", "number": "1001-01", "reason": "because"}
    notice = Notice(BOSS, Kind.ALERT, NOW, payload={"alert": alert, "args": args})
    said = RENDERER.notice(notice, None, None, Chat(BOSS, language=language), now=NOW).html
    other = Notice(BOSS, Kind.ALERT, NOW, payload={"alert": "no-such", "args": args})
    unnamed = RENDERER.notice(other, None, None, Chat(BOSS, language=language), now=NOW).html
    assert said.splitlines()[1] != unnamed.splitlines()[1]
    shown = {"unknown-status": ["RAW", "1001-01"], "backup-failed": ["because"], "aside": ["because", "1001-01"]}
    assert all(value in said for value in shown.get(alert, []))
