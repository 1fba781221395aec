"""Hold the state of the simulated Telegram: people, chats, topics, and every message with its history."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from bot.process.clock import Clock
from bot.simulators.telegram.errors import ApiError, Json, bad_request, forbidden, upgraded
from bot.simulators.telegram.html import utf16_length
from bot.simulators.telegram.keyboards import Rows, inline_rows
from bot.simulators.telegram.text import FormattedText

GROUP_ANONYMOUS_BOT: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


class BotStatus(StrEnum):
    """The bot's status in a chat, as chat member updates name it."""

    MEMBER = "member"
    ADMINISTRATOR = "administrator"
    RESTRICTED = "restricted"
    LEFT = "left"
    KICKED = "kicked"


@dataclass(slots=True)
class Person:
    """A Telegram user."""

    id: int
    first_name: str = "Ana"
    language_code: str | None = "en"
    username: str | None = None

    def as_user(self) -> Json:
        """Build the API's User."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        optional = {"language_code": self.language_code, "username": self.username}
        return user | {name: value for name, value in optional.items() if value is not None}


@dataclass(slots=True)
class SimulatedChat:
    """A chat of the bot. `kind` is private, group or supergroup; `topics` maps thread ids to "open" or "closed"."""

    id: int
    kind: str = "private"
    title: str = ""
    forum: bool = False
    bot_status: BotStatus = BotStatus.MEMBER
    members: dict[int, str] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    upgraded_to: int | None = None
    last_message_id: int = 0

    @property
    def has_topics(self) -> bool:
        """Whether a thread id is looked at: forums have topics, private chats could; other groups ignore it."""
        return self.forum or self.kind == "private"

    def as_chat(self, person: Person | None = None) -> Json:
        """Build the API's Chat."""
        chat: Json = {"id": self.id, "type": self.kind}
        if person is not None:
            return chat | {"first_name": person.first_name} | ({"username": person.username} if person.username else {})
        return chat | {"title": self.title} | ({"is_forum": True} if self.forum else {})


@dataclass(frozen=True, slots=True)
class Edit:
    """The content that a message got by an edit, at wall time `at`."""

    at: float
    text: str
    html: str
    buttons: Rows


@dataclass(slots=True)
class ShownMessage:
    """A message in a chat. `text` is the visible text, `html` what was sent; times are wall time in seconds.

    `kind` is text, document, photo, sticker and so on; the `text` of media is their caption. `content` holds the API's
    fields of media, `file` the bytes of a sent document or photo. `silent` is what it was sent with: an edit never
    rings. `sent_text` is the visible text before any edit.
    """

    chat_id: int
    message_id: int
    sent_at: float
    from_bot: bool
    text: str
    html: str = ""
    parse_mode: str | None = None
    kind: str = "text"
    entities: tuple[Json, ...] = ()
    markup: Json | None = None
    silent: bool = False
    thread_id: int | None = None
    reply_to: int | None = None
    quote: str | None = None
    preview_disabled: bool = False
    sender: Json = field(default_factory=dict)
    sender_chat: Json | None = None
    content: Json = field(default_factory=dict)
    file: bytes | None = None
    edits: list[Edit] = field(default_factory=list)
    deleted: bool = False
    sent_text: str = field(init=False)

    def __post_init__(self) -> None:
        self.sent_text = self.text

    @property
    def buttons(self) -> Rows:
        """The rows of the inline keyboard as in the API; empty without one."""
        return inline_rows(self.markup)

    def button(self, label: str) -> Json:
        """Return the first button whose text contains `label`. Raises LookupError."""
        for row in self.buttons:
            for button in row:
                if label in button["text"]:
                    return button
        raise LookupError(f"no button {label!r} under message {self.message_id}: {self.buttons}")

    def labels(self) -> list[str]:
        """List the texts of all buttons, row by row."""
        return [button["text"] for row in self.buttons for button in row]

    def as_dict(self) -> Json:
        """Return everything but the file as JSON values."""
        shown = asdict(self) | {"buttons": self.buttons}
        del shown["file"]
        return shown

    def change(self, at: float, text: FormattedText, html: str, markup: Json | None) -> None:
        """Edit the message: show the new content from now on."""
        self.text, self.entities, self.html, self.markup = text.text, text.entities, html, markup
        self.edits.append(Edit(at, text.text, html, self.buttons))


class TelegramState:
    """People, chats and messages, and the rules about who may write where."""

    def __init__(self, clock: Clock, bot: Json) -> None:
        self.clock = clock
        self.bot = bot
        self.people: dict[int, Person] = {}
        self.chats: dict[int, SimulatedChat] = {}
        self.messages: dict[int, dict[int, ShownMessage]] = {}

    def person(self, user_id: int, **changes: Any) -> Person:
        """Return a person, created if unknown; `changes` are attributes to set."""
        person = self.people.setdefault(user_id, Person(user_id))
        for name, value in changes.items():
            setattr(person, name, value)
        return person

    def private_chat(self, user_id: int) -> SimulatedChat:
        """Return a person's chat with the bot, created if there was none."""
        self.person(user_id)
        return self.chats.setdefault(user_id, SimulatedChat(user_id))

    def chat(self, chat_id: int) -> SimulatedChat:
        """Return a known chat. Raises ApiError as Telegram does for an unknown one."""
        if chat_id not in self.chats:
            raise bad_request("chat not found")
        return self.chats[chat_id]

    def chat_json(self, chat_id: int) -> Json:
        """Build the API's Chat."""
        return self.chats[chat_id].as_chat(self.people[chat_id] if chat_id > 0 else None)

    def writable_chat(self, chat_id: int, thread_id: int | None = None) -> SimulatedChat:
        """Return a chat that the bot may write in now. Raises ApiError with Telegram's reason if it may not."""
        chat = self.chat(chat_id)
        refusal = self._refusal(chat)
        if refusal is not None:
            raise refusal
        if thread_id is not None and chat.has_topics:
            _check_thread(chat, thread_id)
        return chat

    def _refusal(self, chat: SimulatedChat) -> ApiError | None:
        name = "supergroup chat" if chat.kind == "supergroup" else "group chat"
        if chat.upgraded_to is not None:
            return upgraded(chat.upgraded_to)
        match chat.bot_status:
            case BotStatus.KICKED:
                return forbidden("bot was blocked by the user" if chat.id > 0 else f"bot was kicked from the {name}")
            case BotStatus.LEFT:
                return forbidden(f"bot is not a member of the {name}")
            case BotStatus.RESTRICTED:
                return bad_request("not enough rights to send text messages to the chat")
        return None

    def add(self, message: ShownMessage) -> ShownMessage:
        """Add a message to its chat, with the next id there."""
        chat = self.chats[message.chat_id]
        chat.last_message_id += 1
        message.message_id = chat.last_message_id
        self.messages.setdefault(chat.id, {})[message.message_id] = message
        return message

    def find(self, chat_id: int, message_id: int | None) -> ShownMessage | None:
        """Return a message that exists and isn't deleted."""
        message = self.messages.get(chat_id, {}).get(message_id or 0)
        return message if message is not None and not message.deleted else None

    def in_chat(self, chat_id: int) -> Iterable[ShownMessage]:
        """Return all messages of a chat, deleted ones too, oldest first."""
        return self.messages.get(chat_id, {}).values()

    def message_json(self, message: ShownMessage, *, with_reply: bool = True) -> Json:
        """Build the API's Message."""
        shown: Json = {
            "message_id": message.message_id,
            "from": message.sender,
            "chat": self.chat_json(message.chat_id),
            "date": int(message.sent_at),
            **message.content,
        }
        if message.text:
            text = "text" if message.kind == "text" else "caption"
            entities = "entities" if message.kind == "text" else "caption_entities"
            shown |= {text: message.text} | ({entities: list(message.entities)} if message.entities else {})
        if message.thread_id is not None:
            shown |= {"message_thread_id": message.thread_id, "is_topic_message": True}
        optional = {"sender_chat": message.sender_chat, "reply_markup": message.markup}
        shown |= {
            name: value for name, value in optional.items() if value and (name != "reply_markup" or message.buttons)
        }
        if message.edits:
            shown["edit_date"] = int(message.edits[-1].at)
        target = self.find(message.chat_id, message.reply_to)
        if with_reply and target is not None:
            shown["reply_to_message"] = self.message_json(target, with_reply=False)
            if message.quote is not None:
                position = utf16_length(target.text.partition(message.quote)[0])
                shown["quote"] = {"text": message.quote, "position": position, "is_manual": True}
        return shown


def _check_thread(chat: SimulatedChat, thread_id: int) -> None:
    state = chat.topics.get(thread_id)
    if state is None:
        raise bad_request("message thread not found")
    if state == "closed" and chat.bot_status is not BotStatus.ADMINISTRATOR:
        raise bad_request("TOPIC_CLOSED")
