"""A card says at most once what the bot will do, whatever comes together on it."""

from itertools import product

import pytest

from bot.demo.samples import messages, order, subscription, told
from bot.tracking.lead import Lead, News
from bot.tracking.model import Level
from bot.tracking.statuses import TABLE
from bot.words.fluent.files import default_folder, family_of, list_languages
from bot.words.fluent.style import read_style
from bot.words.fluent.voice import Voice, seen
from tests.words.rendered import LANGUAGES, NAMED_STORE, UNNAMED_STORE

PACKAGED = list_languages(default_folder())
VOICES = {one: Voice(read_style([default_folder()], family_of(one, PACKAGED, PACKAGED))) for one in PACKAGED}
LEADS = (Lead(first=True), Lead(news={"S1": News.INCIDENT}), Lead(links=("S1",)), Lead(late=True))


@pytest.mark.parametrize("language", LANGUAGES)
class TestEveryCard:
    def test_of_the_samples_promises_once(self, language: str) -> None:
        for renderer in (NAMED_STORE, UNNAMED_STORE):
            for name, text in messages(renderer, language):
                assert len(VOICES[language].promises(seen(text.html))) <= 1, (name, text.html)

    @pytest.mark.parametrize("lead", LEADS, ids=["first", "trouble", "link", "late"])
    def test_in_every_state_promises_once(self, language: str, lead: Lead) -> None:
        troubles, links = (None, "ASSIGNED", "INCIDENT", "ON_HOLD", "DELIVERED", "RETURNED"), (0, 1, 2)
        levels = Level if lead.first else (Level.MAIN,)
        for level, status, trouble, count in product(levels, (*TABLE, "PACKED_BY_ROBOT"), troubles, links):
            one = order(status, links=count, packages=2, trouble=trouble)
            text = told(UNNAMED_STORE, language, one, follower=subscription(level=level), lead=lead)
            assert len(VOICES[language].promises(seen(text.html))) <= 1, (level, status, trouble, text.html)


def test_promises_are_heard() -> None:
    """So that the tests above don't pass because nothing is heard."""
    text = told(UNNAMED_STORE, "en", order("PACKING"), lead=Lead(first=True))
    assert len(VOICES["en"].promises(seen(text.html))) == 1
