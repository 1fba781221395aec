"""What somebody said to the bot in words, understood: all that is kept of such a message until it is answered."""

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from aiogram.enums import ContentType
from aiogram.types import Message, User
from pydantic import TypeAdapter

from bot.telegram.gathering import Gathered, gather, gather_quoted
from bot.understanding.found import Link
from bot.understanding.language_names import languages_named
from bot.understanding.mentioned import NOTHING_MENTIONED, Mentioned, mentioned
from bot.understanding.normalising import normalised
from bot.understanding.understood import Intent, Understood
from bot.words.example import EXAMPLE

log = logging.getLogger(__name__)

Understand = Callable[[str, str, Iterable[Link]], Understood]

LONGEST_OWN_WORDS = 400  # longer texts with a number are pasted: what they say is somebody else's wish
_LABELLED_LINES = 3
_LABELLED_LINE = re.compile(r"^\W*[^\W\d_][^:：\t\n|]{0,30}(?:[:：](?!//)|\t|\|)[ \t]*\S", re.MULTILINE)
_FEW_WORDS = 3
_SEVERAL_DIGITS = re.compile(r"(?:\d[\s.\-]?){4}")
_NOTHING = Understood((), (), (), Intent.SMALLTALK_OR_UNKNOWN, ())
# in which an order that the other message names is not meant
_ABOUT_NO_ORDER = frozenset(
    {
        Intent.THANKS,
        Intent.GREETING,
        Intent.HELP_OR_WHAT_IS_THIS,
        Intent.LANGUAGE_CHANGE,
        Intent.SETTINGS_OR_MUTE,
        Intent.PRIVACY_OR_DELETE_DATA,
        Intent.STORE_HOURS_OR_PLACE,
    }
)


class SaidKind(StrEnum):
    """What kind of message it was; of all but words nothing is understood."""

    WORDS = "words"
    VOICE = "voice"
    PICTURE = "picture"
    OTHER = "other"


_KINDS = {
    ContentType.VOICE: SaidKind.VOICE,
    ContentType.AUDIO: SaidKind.VOICE,
    ContentType.VIDEO_NOTE: SaidKind.VOICE,
    ContentType.CONTACT: SaidKind.OTHER,
    ContentType.LOCATION: SaidKind.OTHER,
    ContentType.VENUE: SaidKind.OTHER,
    ContentType.POLL: SaidKind.OTHER,
    ContentType.DICE: SaidKind.OTHER,
    ContentType.GAME: SaidKind.OTHER,
    ContentType.STICKER: SaidKind.OTHER,  # without an emoji
}


@dataclass(frozen=True, slots=True)
class Said:
    """A message without its words.

    `tried_number`: it is little else than digits that are no order's. `languages`: those that it names. `reply_to`: the
    message of ours that it answers, and `cited` the numbers in that one. `album`: Telegram's id of what was sent
    together, a message each. `name`: what an order is called from now on, as we have asked for that; empty: no name.
    `example`: our own example of a number stands in it. `mentioned`: what may be numbers, of staff's words.
    """

    understood: Understood = _NOTHING
    kind: SaidKind = SaidKind.WORDS
    tried_number: bool = False
    languages: tuple[str, ...] = ()
    reply_to: int | None = None
    cited: tuple[str, ...] = ()
    album: str | None = None
    name: str | None = None
    example: bool = False
    mentioned: Mentioned = NOTHING_MENTIONED

    @property
    def names_orders(self) -> bool:
        """Something in it may be an order."""
        return bool(self.understood.numbers or self.understood.guesses or self.understood.payloads)


NOTHING_SAID = Said()
KEPT = TypeAdapter(Said)


def said_in(message: Message, me: User, language: str, understand: Understand) -> Said:
    """Understand a message in the chat's language; a failure of that is logged without any of its words."""
    try:
        return replace(_said_in(message, me, language, understand), album=message.media_group_id)
    except Exception as error:  # the outer edge: it is answered all the same; a traceback might hold its words
        log.error("A message could not be understood: %s", type(error).__name__)
        return NOTHING_SAID


def _said_in(message: Message, me: User, language: str, understand: Understand) -> Said:
    own = gather(message)
    if message.sticker is not None:
        own = Gathered(message.sticker.emoji or "")
    if not own.text.strip() and not own.links:
        return Said(kind=_KINDS.get(ContentType(message.content_type), SaidKind.PICTURE))
    understood = replace(understand(own.text, language, own.links), why=())  # reasons may repeat what was written
    if message.forward_origin is not None or (understood.numbers and _looks_pasted(own.text)):
        understood = replace(understood, intent=Intent.SMALLTALK_OR_UNKNOWN)  # somebody else's words
    said = Said(
        understood,
        tried_number=_tried_number(own.text, understood),
        languages=languages_named(own.text),
        example=holds_example(own.text),
        mentioned=mentioned(own.text),
    )
    return said if said.names_orders else _with_quoted(said, message, me, language, understand)


def holds_example(text: str) -> bool:
    """Tell whether our own example of a number stands in a text: a tap has copied it."""
    return EXAMPLE in normalised(text)


def _with_quoted(said: Said, message: Message, me: User, language: str, understand: Understand) -> Said:
    """Add what the answered message names: of ours only what it is about, of others' what is to be looked up."""
    quoted = gather_quoted(message)
    if said.understood.intent in _ABOUT_NO_ORDER or not (quoted.text or quoted.links or message.reply_to_message):
        return said
    there = understand(quoted.text, language, quoted.links)
    other = message.reply_to_message
    if other is not None and other.from_user is not None and other.from_user.id == me.id:
        return replace(said, reply_to=other.message_id, cited=there.numbers)
    numbers = replace(said.understood, numbers=there.numbers, guesses=there.guesses, payloads=there.payloads)
    return replace(said, understood=numbers)


def _looks_pasted(text: str) -> bool:
    """Tell an e-mail or a table that was pasted from what somebody wrote: it is long, or lines are labels and values.

    An e-mail's labels (the card, the total) would be read as a wish.
    """
    return len(text) > LONGEST_OWN_WORDS or len(_LABELLED_LINE.findall(text)) >= _LABELLED_LINES


def _tried_number(text: str, understood: Understood) -> bool:
    """Tell who plainly tried to send a number from who asks something that happens to hold digits."""
    if understood.numbers or understood.guesses or understood.payloads:
        return False
    words = re.findall(r"[^\W\d_]+", text)
    return len(words) <= _FEW_WORDS and _SEVERAL_DIGITS.search(text) is not None
