"""What a handler needs to know of an update, in plain values: who asks, from where, with which command, as whom."""

import re
from dataclasses import dataclass, replace

from aiogram.enums import ChatType, ContentType
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, InaccessibleMessage, Message, TelegramObject, Update, User

from bot.transactions.follow import Asker

_COMMAND = re.compile(
    r"/(?P<name>[A-Za-z0-9_]{1,64})(?:@(?P<bot>[A-Za-z0-9_]{1,64}))?(?:\s+(?P<rest>.*))?\Z", re.DOTALL
)
GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})
TALK = frozenset({ChatType.PRIVATE, *GROUPS})
# What people send. All else is Telegram's own: somebody joined, a title changed, a kind of message of tomorrow.
SPOKEN = frozenset(
    {
        ContentType.TEXT,
        ContentType.ANIMATION,
        ContentType.AUDIO,
        ContentType.CHECKLIST,
        ContentType.CONTACT,
        ContentType.DICE,
        ContentType.DOCUMENT,
        ContentType.GAME,
        ContentType.LIVE_PHOTO,
        ContentType.LOCATION,
        ContentType.PAID_MEDIA,
        ContentType.PHOTO,
        ContentType.POLL,
        ContentType.RICH_MESSAGE,
        ContentType.STICKER,
        ContentType.STORY,
        ContentType.VENUE,
        ContentType.VIDEO,
        ContentType.VIDEO_NOTE,
        ContentType.VOICE,
    }
)


@dataclass(frozen=True, slots=True)
class Command:
    """`/name@bot rest`: the name in small letters, whom it is for (None: nobody in particular), what follows it."""

    name: str
    bot: str | None = None
    rest: str = ""

    @property
    def first(self) -> str:
        """The first word after the command, or nothing."""
        return self.rest.partition(" ")[0] if " " in self.rest else self.rest


@dataclass(frozen=True, slots=True)
class Roles:
    """Who is staff, and who of them may also resend and write to followers: ids of people and of groups."""

    staff: frozenset[int]
    admins: frozenset[int]

    def is_staff(self, chat_id: int, person: int, *, speaks_for_another: bool) -> bool:
        """In private a listed person; in a listed group whoever speaks there, but no channel that posts there."""
        if chat_id > 0:
            return person in self.staff
        return chat_id in self.staff and not speaks_for_another

    def is_admin(self, chat_id: int, person: int) -> bool:
        """Asked of staff only: the person is listed, or the whole group is."""
        return person in self.admins or chat_id in self.admins


@dataclass(frozen=True, slots=True)
class Turn:
    """One update as a handler sees it.

    `for_us`: it was said to this bot in particular (in private, by its name, as a reply to it). `group_admin`: it was
    said in the name of the group itself, which only its administrators can do. `said`: the text, or what is under a
    picture.
    """

    asker: Asker
    for_us: bool
    staff: bool = False
    admin: bool = False
    group_admin: bool = False
    command: Command | None = None
    said: str = ""
    locale: str = "en"

    @property
    def in_group(self) -> bool:
        """Others read along."""
        return not self.asker.private

    def with_locale(self, locale: str) -> "Turn":
        """The same in the chat's language."""
        return replace(self, locale=locale)


class Named(Filter):
    """The message is one of these commands."""

    def __init__(self, *names: str) -> None:
        self.names = frozenset(names)

    async def __call__(self, event: TelegramObject, turn: Turn) -> bool:
        """Asked by aiogram for each message."""
        return turn.command is not None and turn.command.name in self.names


class FromStaff(Filter):
    """Whoever acts here is staff."""

    async def __call__(self, event: TelegramObject, turn: Turn) -> bool:
        """Asked by aiogram for each message."""
        return turn.staff


def storable(text: str | None) -> str | None:
    """The text without lone surrogates: JSON can bring them, neither a database nor an answer can hold them."""
    return None if text is None else text.encode("utf-8", "ignore").decode()


def read_command(text: str | None) -> Command | None:
    """The command that a text is, or None."""
    found = _COMMAND.match((text or "").strip())
    if found is None:
        return None
    bot = found["bot"]
    rest = re.sub(r"\s+", " ", found["rest"] or "", count=1) if found["rest"] else ""
    return Command(found["name"].lower(), bot.lower() if bot else None, rest.strip())


def turn_of(update: Update, bot: User, roles: Roles) -> Turn | None:
    """The turn of a message or a press; None where nobody spoke to the bot."""
    if update.message is not None:
        return _of_message(update.message, bot, roles)
    if update.callback_query is not None:
        return _of_press(update.callback_query, roles)
    return None


def _of_message(message: Message, bot: User, roles: Roles) -> Turn | None:
    person, chat = message.from_user, message.chat
    as_the_group = message.sender_chat is not None and message.sender_chat.id == chat.id
    if message.content_type not in SPOKEN:
        return None
    if person is None or chat.type not in TALK or (person.is_bot and not as_the_group):
        return None
    command = read_command(storable(message.text))
    named = command is not None and command.bot is not None
    if named and command is not None and command.bot != (bot.username or "").lower():
        return None
    for_us = chat.type == ChatType.PRIVATE or named or _answers(message, bot)
    if not for_us and command is None:
        return None
    who = chat.id if as_the_group else person.id
    another = message.sender_chat is not None and not as_the_group
    staff = roles.is_staff(chat.id, who, speaks_for_another=another)
    return Turn(
        asker=Asker(chat.id, who, chat.type, storable(person.language_code), _thread(message), message.message_id),
        for_us=for_us,
        staff=staff,
        admin=staff and roles.is_admin(chat.id, who),
        group_admin=as_the_group,
        command=command,
        said=storable(message.text or message.caption) or "",
    )


def _of_press(query: CallbackQuery, roles: Roles) -> Turn | None:
    message = query.message
    if message is None:
        return None
    chat, person = message.chat, query.from_user
    staff = roles.is_staff(chat.id, person.id, speaks_for_another=False)
    thread = None if isinstance(message, InaccessibleMessage) else _thread(message)
    return Turn(
        asker=Asker(chat.id, person.id, chat.type, storable(person.language_code), thread),
        for_us=True,
        staff=staff,
        admin=staff and roles.is_admin(chat.id, person.id),
    )


def _thread(message: Message) -> int | None:
    """The topic; outside of topics Telegram gives replies a thread id too, which nothing can be sent to."""
    return message.message_thread_id if message.is_topic_message else None


def _answers(message: Message, bot: User) -> bool:
    target = message.reply_to_message
    return target is not None and target.from_user is not None and target.from_user.id == bot.id
