"""A note that nobody confirms is gone after a while."""

from bot.store import chats, drafts
from bot.store.drafts import Draft
from tests.builders import memory_store


def test_a_draft_is_its_chats_alone_and_for_a_while() -> None:
    with memory_store() as connection:
        chats.touch(connection, 7, now=1.0)
        draft = Draft("name", "A-1", "hello")
        drafts.put(connection, 7, draft, now=100.0)
        assert drafts.find(connection, 7, "name", since=99.0) == draft
        assert drafts.find(connection, 7, "name", since=100.0) is None
        assert drafts.find(connection, 8, "name", since=99.0) is None
        drafts.drop_old(connection, 99.0)
        assert drafts.find(connection, 7, "name", since=0.0) == draft
        drafts.drop_old(connection, 100.0)
        assert drafts.find(connection, 7, "name", since=0.0) is None
