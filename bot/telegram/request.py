"""Who asks for something, where and as whom: what handlers need to know of a message or a press, in plain values."""

from dataclasses import dataclass, replace

from aiogram.enums import ChatType, ContentType
from aiogram.types import CallbackQuery, Chat, InaccessibleMessage, Message, Update, User

from bot.telegram.commands import Command, parse_command
from bot.telegram.gathering import storable
from bot.telegram.said import NOTHING_SAID, Said
from bot.transactions.follow import Requester

TELEGRAM_ITSELF = 777000  # in whose name a linked channel's posts come into the group that discusses them
GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})
CHAT_TYPES = frozenset({ChatType.PRIVATE, *GROUPS})
# What people send. All else is Telegram's own: somebody joined, a title changed, a kind of message of tomorrow.
SENT_BY_PEOPLE = frozenset(
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
class Roles:
    """Who is staff, and who of them may also resend and write to followers: ids of people and of groups."""

    staff: frozenset[int]
    admins: frozenset[int]

    def is_staff(self, chat_id: int, person: int, *, speaks_for_another: bool) -> bool:
        """Tell staff: in private a listed person; in a listed group whoever speaks, but no channel that posts there."""
        if chat_id > 0:
            return person in self.staff
        return chat_id in self.staff and not speaks_for_another

    def is_admin(self, chat_id: int, person: int) -> bool:
        """Tell admins among staff: the person is listed, or the whole group is."""
        return person in self.admins or chat_id in self.admins


@dataclass(frozen=True, slots=True)
class Request:
    """A message or a press as a handler sees it.

    `addressed_to_bot`: it was said to this bot in particular (in private, by its name, as a reply to it). `as_group`:
    it was said in the name of the group itself, which only its administrators can do. `said`: what is no command.
    """

    requester: Requester
    addressed_to_bot: bool
    is_staff: bool = False
    is_admin: bool = False
    as_group: bool = False
    command: Command | None = None
    said: Said = NOTHING_SAID
    locale: str = "en"

    @property
    def chat_id(self) -> int:
        """Where it was said."""
        return self.requester.chat_id

    @property
    def person(self) -> int:
        """Who said it."""
        return self.requester.person

    @property
    def in_group(self) -> bool:
        """Others read along."""
        return not self.requester.private

    def in_language(self, locale: str) -> "Request":
        """Return the same, to be answered in this language."""
        return replace(self, locale=locale)


def request_from(update: Update, me: User, roles: Roles) -> Request | None:
    """Return what a message or a press asks for; None where nobody spoke to the bot."""
    if update.message is not None:
        return _from_message(update.message, me, roles)
    if update.callback_query is not None:
        return _from_press(update.callback_query, roles)
    return None


def _from_message(message: Message, me: User, roles: Roles) -> Request | None:
    person, chat, sender_chat = message.from_user, message.chat, message.sender_chat
    if person is None or message.content_type not in SENT_BY_PEOPLE or not _is_audience(message):
        return None
    if person.is_bot and sender_chat is None:
        return None  # another bot; a channel or an anonymous administrator also writes in the name of one
    command = parse_command(_storable(message.text))
    if command is not None and command.bot not in {None, (me.username or "").lower()}:
        return None  # another bot's
    addressed = chat.type == ChatType.PRIVATE or (command is not None and command.bot is not None)
    addressed = addressed or _is_reply_to(message, me)
    if not addressed and command is None:
        return None
    as_group = sender_chat is not None and sender_chat.id == chat.id
    who = person.id if sender_chat is None else sender_chat.id
    is_staff = roles.is_staff(chat.id, who, speaks_for_another=sender_chat is not None and not as_group)
    return Request(
        requester=Requester(
            chat.id,
            who,
            chat.type,
            _storable(person.language_code),
            _thread_id(message),
            message.message_id,
            hidden=sender_chat is not None or person.id == TELEGRAM_ITSELF,
        ),
        addressed_to_bot=addressed,
        is_staff=is_staff,
        is_admin=is_staff and roles.is_admin(chat.id, who),
        as_group=as_group,
        command=command,
    )


def _is_audience(message: Message) -> bool:
    """Tell a chat of ours from a place where others would read the answer, or nobody asked.

    Not ours: a channel, its direct messages (all its administrators read them), what it forwards to its discussion, a
    chat that a person lends to a business's bot, a place where the bot is only a guest.
    """
    lent = message.business_connection_id or message.guest_query_id or message.guest_bot_caller_user
    elsewhere = lent or message.guest_bot_caller_chat or message.direct_messages_topic or message.is_automatic_forward
    return not elsewhere and _is_chat_of_ours(message.chat)


def _is_chat_of_ours(chat: Chat) -> bool:
    return chat.type in CHAT_TYPES and not chat.is_direct_messages


def _from_press(query: CallbackQuery, roles: Roles) -> Request | None:
    message = query.message
    if message is None or not _is_chat_of_ours(message.chat):
        return None
    chat, person = message.chat, query.from_user
    is_staff = roles.is_staff(chat.id, person.id, speaks_for_another=False)
    thread_id = None if isinstance(message, InaccessibleMessage) else _thread_id(message)
    return Request(
        requester=Requester(chat.id, person.id, chat.type, _storable(person.language_code), thread_id),
        addressed_to_bot=True,
        is_staff=is_staff,
        is_admin=is_staff and roles.is_admin(chat.id, person.id),
    )


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _thread_id(message: Message) -> int | None:
    """Return the topic; outside of topics Telegram gives replies a thread id too, which nothing can be sent to."""
    return message.message_thread_id if message.is_topic_message else None


def _is_reply_to(message: Message, me: User) -> bool:
    target = message.reply_to_message
    return target is not None and target.from_user is not None and target.from_user.id == me.id
