"""The Bot API's methods that show, change and remove messages, and that answer a pressed button."""

import itertools
from dataclasses import dataclass, field
from typing import Any

from bot.simulators.telegram.errors import Json, Notify, bad_request
from bot.simulators.telegram.keyboards import read_markup
from bot.simulators.telegram.parameters import Parameters
from bot.simulators.telegram.state import ShownMessage, World
from bot.simulators.telegram.text import CAPTION_LIMIT, Formatted, formatted

ANSWER_LIMIT = 200
UNMODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True)
class Press:
    """A pressed button that waits for its answer; `answers` holds what the bot said, in order."""

    id: str
    chat_id: int
    message_id: int
    data: str
    pressed_at: float
    answers: list[Json] = field(default_factory=list)


class Messages:
    """sendMessage and its like, on a world; `notify` hears of everything that becomes visible."""

    def __init__(self, world: World, notify: Notify, *, callback_timeout: float) -> None:
        self._world = world
        self._notify = notify
        self._timeout = callback_timeout
        self._files = itertools.count(1)
        self.presses: dict[str, Press] = {}

    def send_message(self, given: Parameters) -> Json:
        """sendMessage."""
        message = self._message(given, _text(given, "text"), given.text("text"))
        return self._show(message, given)

    def send_document(self, given: Parameters) -> Json:
        """sendDocument: a new file only, by multipart."""
        return self._send_file(given, "document")

    def send_photo(self, given: Parameters) -> Json:
        """sendPhoto: a new file only, by multipart."""
        return self._send_file(given, "photo")

    def send_chat_action(self, given: Parameters) -> bool:
        """sendChatAction: nothing stays of it."""
        self._world.writable(self._chat_id(given), given.integer("message_thread_id"))
        return True

    def edit_message_text(self, given: Parameters) -> Json:
        """editMessageText: what isn't given again is gone, the keyboard too."""
        text = _text(given, "text")
        message = self._own_message(given)
        if message.kind != "text":
            raise bad_request("there is no text in the message to edit")
        return self._change(message, text, given.text("text"), read_markup(given.values.get("reply_markup")))

    def edit_message_reply_markup(self, given: Parameters) -> Json:
        """editMessageReplyMarkup."""
        message = self._own_message(given)
        text = Formatted(message.text, message.entities)
        return self._change(message, text, message.html, read_markup(given.values.get("reply_markup")))

    def delete_message(self, given: Parameters) -> bool:
        """deleteMessage."""
        chat = self._chat_id(given)
        message = self._world.find(chat, given.integer("message_id"))
        self._world.writable(chat)
        if message is None:
            raise bad_request("message to delete not found")
        message.deleted = True
        self._notify("deleted", message)
        return True

    def answer_callback_query(self, given: Parameters) -> bool:
        """answerCallbackQuery."""
        text = given.text("text")
        if len(text) > ANSWER_LIMIT:
            raise bad_request("MESSAGE_TOO_LONG")
        press = self.presses.get(given.text("callback_query_id"))
        if press is None or self._world.clock.now() - press.pressed_at > self._timeout:
            raise bad_request(TOO_OLD)
        press.answers.append({"text": text, "show_alert": given.flag("show_alert"), "url": given.text("url")})
        self._notify("answered", {"press": press.id, "chat_id": press.chat_id, **press.answers[-1]})
        return True

    def _send_file(self, given: Parameters, kind: str) -> Json:
        upload = given.upload(kind)
        if upload is None or not upload.content:
            raise bad_request(f"there is no {kind} in the request")
        caption = given.text("caption")
        text = _text(given, "caption", limit=CAPTION_LIMIT) if caption else Formatted("")
        message = self._message(given, text, caption)
        number = next(self._files)
        known: Json = {
            "file_id": f"file-{number}",
            "file_unique_id": f"unique-{number}",
            "file_size": len(upload.content),
        }
        message.kind, message.file = kind, upload.content
        sizes = [known | {"width": 320, "height": 320}]
        message.content = {kind: sizes if kind == "photo" else known | {"file_name": upload.name}}
        return self._show(message, given)

    def _message(self, given: Parameters, text: Formatted, source: str) -> ShownMessage:
        return ShownMessage(
            chat_id=self._chat_id(given),
            message_id=0,
            sent_at=self._world.clock.wall(),
            from_bot=True,
            text=text.text,
            html=source,
            parse_mode=given.text("parse_mode") or None,
            entities=text.entities,
            markup=read_markup(given.values.get("reply_markup")),
            silent=given.flag("disable_notification"),
            thread_id=given.integer("message_thread_id"),
            preview_off=_preview_off(given),
            sender=self._world.bot,
        )

    def _show(self, message: ShownMessage, given: Parameters) -> Json:
        self._world.writable(message.chat_id, message.thread_id)
        message.reply_to = self._reply_to(message.chat_id, given)
        self._world.add(message)
        self._notify("shown", message)
        return self._world.message_json(message)

    def _reply_to(self, chat_id: int, given: Parameters) -> int | None:
        reply = given.structure("reply_parameters") or {}
        target = reply.get("message_id") or given.integer("reply_to_message_id")
        if target is None or self._world.find(chat_id, int(target)) is not None:
            return None if target is None else int(target)
        if reply.get("allow_sending_without_reply") or given.flag("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")

    def _own_message(self, given: Parameters) -> ShownMessage:
        chat_id = self._chat_id(given)
        self._world.writable(chat_id)
        message = self._world.find(chat_id, given.integer("message_id"))
        if message is None:
            raise bad_request("message to edit not found")
        if not message.from_bot:
            raise bad_request("message can't be edited")
        return message

    def _change(self, message: ShownMessage, text: Formatted, source: str, markup: Json | None) -> Json:
        same = (message.text, message.entities) == (text.text, text.entities)
        before = message.buttons
        if same and before == (markup or {}).get("inline_keyboard", []):
            raise bad_request(UNMODIFIED)
        message.change(self._world.clock.wall(), text, source, markup)
        self._notify("edited", message)
        return self._world.message_json(message)

    def _chat_id(self, given: Parameters) -> int:
        if not given.text("chat_id"):
            raise bad_request("chat_id is empty")
        chat_id = given.chat_id()
        if chat_id is None:
            raise bad_request("chat not found")
        return chat_id


def _text(given: Parameters, name: str, **limits: Any) -> Formatted:
    entities = given.structure("entities" if name == "text" else "caption_entities") or ()
    return formatted(given.text(name), given.text("parse_mode") or None, entities=entities, **limits)


def _preview_off(given: Parameters) -> bool:
    options = given.structure("link_preview_options") or {}
    return bool(options.get("is_disabled")) or given.flag("disable_web_page_preview")
