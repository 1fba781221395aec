"""Act as people in the simulated Telegram: write, send, press buttons, block the bot, run groups; all makes updates."""

import itertools
from typing import Any

from bot.simulators.telegram.errors import Json, Notify
from bot.simulators.telegram.html import utf16_length
from bot.simulators.telegram.messages import ButtonPress
from bot.simulators.telegram.profile import member_json
from bot.simulators.telegram.state import (
    GROUP_ANONYMOUS_BOT,
    BotStatus,
    Person,
    ShownMessage,
    SimulatedChat,
    TelegramState,
)
from bot.simulators.telegram.updates import UpdateQueue

FILE: Json = {"file_id": "sent-by-a-person", "file_unique_id": "sent"}
MEDIA: dict[str, Json] = {
    "sticker": {"sticker": FILE | {"type": "regular", "width": 512, "height": 512}},
    "voice": {"voice": FILE | {"duration": 3}},
    "contact": {"contact": {"phone_number": "+15550100", "first_name": "Ana"}},
    "photo": {"photo": [FILE | {"width": 320, "height": 320}]},
    "document": {"document": FILE | {"file_name": "receipt.pdf"}},
    "location": {"location": {"latitude": 41.39, "longitude": 2.17}},
    "dice": {"dice": {"emoji": "🎲", "value": 6}},
}
MEDIA["sticker"]["sticker"] |= {"is_animated": False, "is_video": False}


class UserActions:
    """Acts as people. `privacy_mode`: in groups the bot receives only commands, mentions and replies to it."""

    def __init__(
        self,
        state: TelegramState,
        updates: UpdateQueue,
        notify: Notify,
        presses: dict[str, ButtonPress],
    ) -> None:
        self.state = state
        self.updates = updates
        self._notify = notify
        self._presses = presses
        self.privacy_mode = True
        self._numbers = itertools.count(1)

    def add_user(self, user_id: int, **changes: Any) -> int:
        """Add a person and their chat with the bot; return its id. `changes`: first_name, language_code, username."""
        self.state.person(user_id, **changes)
        return self.state.private_chat(user_id).id

    def add_group(
        self, chat_id: int, title: str = "The group", *, forum: bool = False, kind: str = "supergroup"
    ) -> int:
        """Add a group that the bot is a member of (`kind` group or supergroup), without an update."""
        self.state.chats[chat_id] = SimulatedChat(chat_id, kind, title, forum=forum)
        return chat_id

    def add_member(self, chat_id: int, user_id: int, status: str = "member") -> None:
        """Set a person's status in a group: member, administrator, creator or left."""
        self.state.person(user_id)
        self.state.chats[chat_id].members[user_id] = status

    def set_topic(self, chat_id: int, thread_id: int, state: str | None = "open") -> None:
        """Open, close or (None) delete a topic of a forum."""
        topics = self.state.chats[chat_id].topics
        topics.pop(thread_id, None)
        if state is not None:
            topics[thread_id] = state

    def user_says(
        self,
        chat_id: int,
        text: str,
        *,
        user_id: int | None = None,
        language_code: str | None = None,
        thread_id: int | None = None,
        reply_to: int | None = None,
        anonymous: bool = False,
    ) -> ShownMessage:
        """Send a text as a person. `anonymous`: as the group itself, which its administrators can do."""
        sender = self._sender(chat_id, user_id, language_code)
        message = self._message(chat_id, sender, text, thread_id=thread_id, reply_to=reply_to)
        message.entities = _command_entity(text)
        if anonymous:
            message.sender, message.sender_chat = GROUP_ANONYMOUS_BOT, self.state.chat_json(chat_id)
        return self._deliver(message)

    def user_sends(
        self, chat_id: int, kind: str, *, caption: str = "", user_id: int | None = None, thread_id: int | None = None
    ) -> ShownMessage:
        """Send a sticker, voice, contact, photo, document, location or dice as a person."""
        message = self._message(chat_id, self._sender(chat_id, user_id, None), caption, thread_id=thread_id)
        message.kind, message.content = kind, MEDIA[kind]
        return self._deliver(message)

    def edit_user_message(self, chat_id: int, message_id: int, text: str) -> None:
        """Edit a person's message."""
        message = self.state.messages[chat_id][message_id]
        message.text, message.entities = text, _command_entity(text)
        update = self.state.message_json(message) | {"edit_date": int(self.state.clock.wall())}
        self._notify("edited", message)
        self.updates.push({"edited_message": update})

    def user_deletes(self, chat_id: int, message_id: int) -> None:
        """Delete a message, also one of the bot's, as a person; bots get no update about that."""
        self.state.messages[chat_id][message_id].deleted = True
        self._notify("deleted", self.state.messages[chat_id][message_id])

    def user_presses(
        self, chat_id: int, message_id: int, data: str, *, user_id: int | None = None, forged: bool = False
    ) -> ButtonPress:
        """Press a button as a person. Raises LookupError if there is no such button, unless the press is `forged`."""
        message = self.state.messages.get(chat_id, {}).get(message_id)
        exists = message is not None and any(b.get("callback_data") == data for row in message.buttons for b in row)
        if message is None or not (exists or forged):
            raise LookupError(f"message {message_id} of chat {chat_id} has no button with data {data!r}")
        press = ButtonPress(f"{next(self._numbers)}0000", chat_id, message_id, data, self.state.clock.now())
        self._presses[press.id] = press
        user = self._sender(chat_id, user_id, None).as_user()
        query: Json = {"id": press.id, "from": user, "chat_instance": str(chat_id), "data": data}
        self._notify("pressed", {"press": press.id, "chat_id": chat_id, "message_id": message_id, "data": data})
        self.updates.push({"callback_query": query | {"message": self.state.message_json(message)}})
        return press

    def change_bot_status(self, chat_id: int, status: BotStatus, *, by: int | None = None) -> None:
        """Change the bot's status in a chat, with an update: blocked is KICKED, unblocked MEMBER."""
        chat = self.state.chats[chat_id]
        before, chat.bot_status = chat.bot_status, status
        changed = {
            "chat": self.state.chat_json(chat_id),
            "from": self._sender(chat_id, by, None).as_user(),
            "date": int(self.state.clock.wall()),
            "old_chat_member": member_json(self.state.bot, before.value),
            "new_chat_member": member_json(self.state.bot, status.value),
        }
        self._notify("member", {"chat_id": chat_id, "status": status.value})
        self.updates.push({"my_chat_member": changed})

    def user_blocks(self, chat_id: int) -> None:
        """Block the bot as a person; in a group, remove it."""
        self.change_bot_status(chat_id, BotStatus.KICKED)

    def user_unblocks(self, chat_id: int) -> None:
        """Unblock the bot as a person; in a group, add it again."""
        self.change_bot_status(chat_id, BotStatus.MEMBER)

    def upgrade_group(self, chat_id: int, new_chat_id: int) -> None:
        """Turn a group into a supergroup with another id; service messages in both chats say so."""
        old = self.state.chats[chat_id]
        new = SimulatedChat(new_chat_id, "supergroup", old.title, members=dict(old.members))
        self.state.chats[new_chat_id] = new
        old.upgraded_to = new_chat_id
        for chat, content in (
            (chat_id, {"migrate_to_chat_id": new_chat_id}),
            (new_chat_id, {"migrate_from_chat_id": chat_id}),
        ):
            message = self._message(chat, self._sender(chat, None, None), "")
            message.kind, message.content = "service", content
            self._deliver(message)

    def _sender(self, chat_id: int, user_id: int | None, language_code: str | None) -> Person:
        if chat_id > 0:
            self.state.private_chat(chat_id)
        chosen = user_id or (chat_id if chat_id > 0 else next(iter(self.state.chats[chat_id].members), 1))
        person = self.state.person(chosen)
        if language_code is not None:
            person.language_code = language_code
        if chat_id < 0:
            self.state.chats[chat_id].members.setdefault(chosen, "member")
        return person

    def _message(
        self, chat_id: int, sender: Person, text: str, *, thread_id: int | None = None, reply_to: int | None = None
    ) -> ShownMessage:
        wall = self.state.clock.wall()
        message = ShownMessage(chat_id, 0, wall, False, text, html=text, thread_id=thread_id, reply_to=reply_to)
        message.sender = sender.as_user()
        return self.state.add(message)

    def _deliver(self, message: ShownMessage) -> ShownMessage:
        self._notify("said", message)
        if self._bot_receives(message):
            self.updates.push({"message": self.state.message_json(message)})
        return message

    def _bot_receives(self, message: ShownMessage) -> bool:
        chat = self.state.chats[message.chat_id]
        if chat.bot_status in (BotStatus.KICKED, BotStatus.LEFT):
            return False
        if chat.kind == "private" or not self.privacy_mode or chat.bot_status is BotStatus.ADMINISTRATOR:
            return True
        target = self.state.find(message.chat_id, message.reply_to)
        name = f"@{self.state.bot['username']}"
        first_word = message.text.partition(" ")[0]
        is_command_to_bot = first_word.startswith("/") and (
            "@" not in first_word or first_word.lower().endswith(name.lower())
        )
        mentioned = name.lower() in message.text.lower()
        return message.kind == "service" or is_command_to_bot or mentioned or (target is not None and target.from_bot)


def _command_entity(text: str) -> tuple[Json, ...]:
    first_word = text.split(maxsplit=1)[0] if text.strip() else ""
    if not text.startswith("/") or len(first_word) < 2:
        return ()
    return ({"type": "bot_command", "offset": 0, "length": utf16_length(first_word)},)
