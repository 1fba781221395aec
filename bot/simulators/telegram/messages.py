"""Implement the Bot API's methods that send, edit and delete messages, and that answer a pressed button."""

import itertools
from dataclasses import dataclass, field
from typing import Any

from bot.simulators.telegram.errors import Json, Notify, bad_request
from bot.simulators.telegram.keyboards import check_place, inline_rows, read_markup, read_new_markup
from bot.simulators.telegram.parameters import Parameters
from bot.simulators.telegram.replies import Reply, read_reply
from bot.simulators.telegram.state import ShownMessage, TelegramState
from bot.simulators.telegram.text import MAX_CAPTION_LENGTH, FormattedText, parse_text

MAX_ANSWER_LENGTH = 200
CALLBACK_TIMEOUT = 60.0  # seconds for which a pressed button can be answered
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True)
class ButtonPress:
    """A pressed button; `answers` holds the bot's answers to it, in order."""

    id: str
    chat_id: int
    message_id: int
    data: str
    pressed_at: float
    answers: list[Json] = field(default_factory=list)


class MessageMethods:
    """Implements sendMessage and similar methods; `notify` is called for everything that becomes visible in a chat."""

    def __init__(self, state: TelegramState, notify: Notify) -> None:
        self._state = state
        self._notify = notify
        self._files = itertools.count(1)
        self.presses: dict[str, ButtonPress] = {}

    def send_message(self, parameters: Parameters) -> Json:
        """Handle sendMessage."""
        message = self._message(parameters, _text(parameters, "text"), parameters.text("text"))
        return self._show(message, parameters)

    def send_document(self, parameters: Parameters) -> Json:
        """Handle sendDocument: a new file only, by multipart."""
        return self._send_file(parameters, "document")

    def send_photo(self, parameters: Parameters) -> Json:
        """Handle sendPhoto: a new file only, by multipart."""
        return self._send_file(parameters, "photo")

    def send_chat_action(self, parameters: Parameters) -> bool:
        """Handle sendChatAction: it leaves no trace."""
        self._state.writable_chat(self._chat_id(parameters), parameters.integer("message_thread_id"))
        return True

    def edit_message_text(self, parameters: Parameters) -> Json:
        """Handle editMessageText: a keyboard that isn't sent again is removed."""
        text, markup = _text(parameters, "text"), read_new_markup(parameters.values.get("reply_markup"))
        message = self._own_message(parameters)
        if message.kind != "text":
            raise bad_request("there is no text in the message to edit")
        return self._change(message, text, parameters.text("text"), markup)

    def edit_message_reply_markup(self, parameters: Parameters) -> Json:
        """Handle editMessageReplyMarkup."""
        markup = read_new_markup(parameters.values.get("reply_markup"))
        message = self._own_message(parameters)
        return self._change(message, FormattedText(message.text, message.entities), message.html, markup)

    def delete_message(self, parameters: Parameters) -> bool:
        """Handle deleteMessage."""
        chat = self._chat_id(parameters)
        message = self._state.find(chat, parameters.integer("message_id"))
        self._state.writable_chat(chat)
        if message is None:
            raise bad_request("message to delete not found")
        message.deleted = True
        self._notify("deleted", message)
        return True

    def answer_callback_query(self, parameters: Parameters) -> bool:
        """Handle answerCallbackQuery."""
        text = parameters.text("text")
        if len(text) > MAX_ANSWER_LENGTH:
            raise bad_request("MESSAGE_TOO_LONG")
        press = self.presses.get(parameters.text("callback_query_id"))
        if press is None or self._state.clock.now() - press.pressed_at > CALLBACK_TIMEOUT:
            raise bad_request(TOO_OLD)
        press.answers.append({"text": text, "show_alert": parameters.flag("show_alert"), "url": parameters.text("url")})
        self._notify("answered", {"press": press.id, "chat_id": press.chat_id, **press.answers[-1]})
        return True

    def _send_file(self, parameters: Parameters, kind: str) -> Json:
        upload = parameters.upload(kind)
        if upload is None or not upload.content:
            raise bad_request(f"there is no {kind} in the request")
        caption = parameters.text("caption")
        text = _text(parameters, "caption", limit=MAX_CAPTION_LENGTH) if caption else FormattedText("")
        message = self._message(parameters, text, caption)
        number = next(self._files)
        known: Json = {
            "file_id": f"file-{number}",
            "file_unique_id": f"unique-{number}",
            "file_size": len(upload.content),
        }
        message.kind, message.file = kind, upload.content
        sizes = [known | {"width": 320, "height": 320}]
        message.content = {kind: sizes if kind == "photo" else known | {"file_name": upload.name}}
        return self._show(message, parameters)

    def _message(self, parameters: Parameters, text: FormattedText, source: str) -> ShownMessage:
        return ShownMessage(
            chat_id=self._chat_id(parameters),
            message_id=0,
            sent_at=self._state.clock.wall(),
            from_bot=True,
            text=text.text,
            html=source,
            parse_mode=parameters.text("parse_mode") or None,
            entities=text.entities,
            markup=read_markup(parameters.values.get("reply_markup")),
            silent=parameters.flag("disable_notification"),
            thread_id=parameters.integer("message_thread_id"),
            preview_disabled=_disables_preview(parameters),
            sender=self._state.bot,
        )

    def _show(self, message: ShownMessage, parameters: Parameters) -> Json:
        chat = self._state.writable_chat(message.chat_id, message.thread_id)
        check_place(message.markup, is_private=chat.kind == "private")
        message.thread_id = message.thread_id if chat.has_topics else None
        if (reply := read_reply(self._state, message.chat_id, parameters)) is not None:
            _answer(message, reply)
        self._state.add(message)
        self._notify("shown", message)
        return self._state.message_json(message)

    def _own_message(self, parameters: Parameters) -> ShownMessage:
        chat_id = self._chat_id(parameters)
        self._state.writable_chat(chat_id)
        message = self._state.find(chat_id, parameters.integer("message_id"))
        if message is None:
            raise bad_request("message to edit not found")
        if not message.from_bot:
            raise bad_request("message can't be edited")
        return message

    def _change(self, message: ShownMessage, text: FormattedText, source: str, markup: Json | None) -> Json:
        check_place(markup, is_private=message.chat_id > 0)
        same_text = (message.text, message.entities) == (text.text, text.entities)
        if same_text and message.buttons == inline_rows(markup):
            raise bad_request(NOT_MODIFIED)
        message.change(self._state.clock.wall(), text, source, markup)
        self._notify("edited", message)
        return self._state.message_json(message)

    def _chat_id(self, parameters: Parameters) -> int:
        if not parameters.text("chat_id"):
            raise bad_request("chat_id is empty")
        chat_id = parameters.chat_id()
        if chat_id is None:
            raise bad_request("chat not found")
        return chat_id


def _text(parameters: Parameters, name: str, **limits: Any) -> FormattedText:
    entities = parameters.json_value("entities" if name == "text" else "caption_entities") or ()
    return parse_text(parameters.text(name), parameters.text("parse_mode") or None, entities=entities, **limits)


def _answer(message: ShownMessage, reply: Reply) -> None:
    """Make a message a reply: it is in the topic of what it answers. One to another chat only names that."""
    if reply.target.chat_id == message.chat_id:
        message.reply_to, message.quote = reply.target.message_id, reply.quote
        message.thread_id = message.thread_id or reply.target.thread_id


def _disables_preview(parameters: Parameters) -> bool:
    options = parameters.json_value("link_preview_options") or {}
    return bool(options.get("is_disabled")) or parameters.flag("disable_web_page_preview")
