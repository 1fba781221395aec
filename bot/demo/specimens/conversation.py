"""A chat of the transcript: somebody does something, and the bot's real handlers answer it."""

import re
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any, cast

from bot.demo.specimens.said import words
from bot.demo.specimens.stand_ins import Followed, WrittenReplies
from bot.demo.specimens.turns import Scene, Turn
from bot.people.follow_result import FollowOutcome, FollowResult
from bot.process.clock import SystemClock
from bot.settings.hours import OpeningHours
from bot.telegram.albums import AnsweredAlbums
from bot.telegram.config import TelegramConfig
from bot.telegram.free_text import free_text
from bot.telegram.greetings import Greetings
from bot.telegram.handler_context import HandlerContext
from bot.telegram.keyboards import Rows
from bot.telegram.repeats import AnsweredPresses
from bot.telegram.request import Request, Roles
from bot.telegram.said import NOTHING_SAID, Said
from bot.tracking.model import Wall
from bot.transactions.follow import Requester
from bot.understanding.understood import Intent
from bot.words.fluent.catalog import Catalog
from bot.words.fluent.times import clock_time
from bot.words.messages.rendering import Renderer
from bot.words.store_info import StoreInfo
from bot.words.texts import ButtonKind, Text

START = Wall(1_789_983_660.0)  # 9:41 in the morning
NO_PART: Any = None  # a part of the bot that no handler here asks for
MESSAGE: Any = SimpleNamespace(message_id=1)  # handlers of commands read the request instead
_LISTED = re.compile("(?:^.*<code>[^<]*</code> – .*\n)+", re.MULTILINE)  # the lines of a list of orders
PRESS: Any = SimpleNamespace(message=MESSAGE, data="")


@dataclass(frozen=True, slots=True)
class Edition:
    """The transcript in one language, from one catalog."""

    catalog: Catalog
    language: str

    def renderer(self, store: StoreInfo) -> Renderer:
        """Return what words the messages of a store."""
        return Renderer(self.catalog, store, share_payload=lambda *_: "x")


class Conversation:
    """One scene. `by_link`: orders are followed by the store's own link only. `now` is wall time.

    `known`: what was done and answered in earlier scenes, which is left out here.
    """

    def __init__(
        self,
        edition: Edition,
        store: StoreInfo,
        title: str,
        *,
        group: bool = False,
        by_link: bool = False,
        staff: bool = False,
        backups: bool = True,
        keep_days: int = 30,
        known: set[tuple[str, str]] | None = None,
    ) -> None:
        self.edition, self.store, self.title = edition, store, title
        self.kind = "supergroup" if group else "private"
        self.renderer = edition.renderer(store)
        self.now = START
        self.turns: list[Turn] = []
        self.followed = Followed(self.kind)
        self.request = Request(
            Requester(-1 if group else 1, 1, self.kind),
            addressed_to_bot=True,
            is_staff=staff,
            is_admin=staff,
            as_group=group,
            locale=edition.language,
        )
        config = TelegramConfig(
            token="", api_url="", updates="polling", public_url=None, staff_ids=frozenset(), admins=frozenset(),
            link_secrets=("x" * 32,), by_link_only=by_link, keep_days=keep_days, makes_backups=backups,
        )  # fmt: skip
        self.context = _context(self, config)
        self._did = ""
        self._known = known

    @property
    def scene(self) -> Scene:
        """What has happened so far."""
        return Scene(f"{self.title} · {_about(self.store)}", tuple(self.turns))

    @property
    def language(self) -> str:
        """The language in which the bot speaks."""
        return self.edition.language

    @property
    def clock(self) -> str:
        """The time, as a phone shows it."""
        return clock_time(self.now, self.language, self.store.timezone, now=self.now)

    def plain(self, key: str, **values: object) -> str:
        """Return a button's label, or the words of a toast."""
        return self.renderer.plain(self.language, key, **values)

    # ── what a person does ───────────────────────────────────────────────────

    def types(self, text: str, work: Coroutine[Any, Any, object]) -> None:
        """Write a message, which this handler answers."""
        self.does(f"you: {text}", work)

    def presses(self, label: str, work: Coroutine[Any, Any, object]) -> None:
        """Press the button with this label, which this handler answers; the key that it returns is a toast."""
        self.does(f"you press [{label}]", work)

    def does(self, what: str, work: Coroutine[Any, Any, object]) -> None:
        """Do something that a handler answers."""
        self._did, before = what, len(self.turns)
        toast = _result(work)
        if isinstance(toast, str) and len(self.turns) > before:
            self.turns[before] = replace(self.turns[before], aside=self._toast(toast))
        elif isinstance(toast, str):
            self.toasts(toast)
        if self._known is not None:
            self._keep_new(before, self._known)

    def _keep_new(self, before: int, known: set[tuple[str, str]]) -> None:
        """Forget the newest answer if the same words had the same answer before, but for which orders it lists."""
        answers = {(one.did, one.aside + _gist(one.text)) for one in self.turns[before:]}
        if answers <= known:
            del self.turns[before:]
        known |= answers

    def asks(self, intent: Intent, text: str = "", **said: Any) -> None:
        """Ask in words for something, with numbers or without; `said`: what else is known of the message."""
        numbers = tuple(said.pop("numbers", ()))
        understood = replace(NOTHING_SAID.understood, intent=intent, numbers=numbers)
        self.says(f"you: {text or ' '.join([words(self.language, intent), *numbers])}", Said(understood, **said))

    def sends(self, *numbers: str, results: tuple[FollowResult | FollowOutcome, ...] = (), did: str = "") -> None:
        """Send order numbers, of which this becomes."""
        self.followed.results.extend(
            one if isinstance(one, FollowResult) else FollowResult(one, number)
            for one, number in zip(results, numbers, strict=False)
        )
        understood = replace(NOTHING_SAID.understood, numbers=numbers)
        self.says(did or f"you: {' '.join(numbers)}", Said(understood))

    def says(self, did: str, said: Said) -> None:
        """Send a message that is no command, of which this is understood."""
        self.does(did, free_text(MESSAGE, replace(self.request, said=said), self.context))

    def answered(self, did: str, key: str, *, buttons: Rows = (), **values: object) -> None:
        """Do what is answered with this message."""
        self.does(did, self.context.answer(self.request, key, buttons=buttons, **values))

    # ── what the bot does ────────────────────────────────────────────────────

    def turns_to(self, how: str, text: Text, *, toast: str = "") -> None:
        """Show a message that came so, or as the answer to what somebody has just done."""
        self.turns.append(Turn(f"{self._done()} {how}".strip(), text, self._toast(toast)))

    def remarks(self, what: str) -> None:
        """Say in a few words what the bot shows, where it was to be seen already."""
        self.turns.append(Turn(self._done(), aside=what))

    def toasts(self, key: str, did: str = "", **values: object) -> None:
        """Show words for a moment."""
        self.turns.append(Turn(did or self._done(), aside=self._toast(key, **values)))

    def _toast(self, key: str, **values: object) -> str:
        return f"toast: {self.plain(key, **values)}" if key else ""

    def _done(self) -> str:
        """Return what somebody has just done, once."""
        did, self._did = self._did, ""
        return did

    def minutes_later(self, minutes: float) -> None:
        """Let time go on."""
        self.now = Wall(self.now + minutes * 60)


def _result(work: Coroutine[Any, Any, object]) -> object:
    """Run a handler to its end: nothing that stands in for the use cases ever waits."""
    try:
        work.send(None)
    except StopIteration as end:
        return end.value
    raise RuntimeError("a handler of the transcript waits for something")


def _context(conversation: Conversation, config: TelegramConfig) -> HandlerContext:
    replies: Any = WrittenReplies(conversation)
    return HandlerContext(
        bot=NO_PART,
        me=cast("Any", SimpleNamespace(id=9, username="emercado_bot")),
        config=config,
        roles=Roles(frozenset(), frozenset()),
        follow_service=cast("Any", conversation.followed),
        card_service=NO_PART,
        staff_service=NO_PART,
        order_checks=NO_PART,
        albums=AnsweredAlbums(),
        renderer=conversation.renderer,
        greetings=Greetings(),
        replies=replies,
        follow_ups=NO_PART,
        pages=replies,
        answered=AnsweredPresses(),
        prompts=cast("Any", SimpleNamespace(is_asked=lambda *_, **__: False, note=lambda *_: None)),
        clock=SystemClock(),
    )


def _gist(text: Text | None) -> str:
    """Return what is said, whichever orders are listed in it."""
    if text is None:
        return ""
    words = _LISTED.sub("·\n", f"{text.html}\n")
    names = sorted({one.label for row in text.buttons for one in row if one.kind is not ButtonKind.CALLBACK})
    return f"{words}{names}"


def _about(store: StoreInfo) -> str:
    name = f"store “{store.name}”" if store.name else "store without a name"
    hours = OpeningHours(store.hours) if store.hours else "unknown"
    return f"{name}, hours {hours}, {'with' if store.contact_page else 'no'} page to contact it"
