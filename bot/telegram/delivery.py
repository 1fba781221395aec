"""Send and edit messages, and turn whatever became of a call into an `Outcome`: nowhere else is that decided."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Protocol, cast

from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    AiogramError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import (
    DeleteMessage,
    EditMessageReplyMarkup,
    EditMessageText,
    SendDocument,
    SendMessage,
    TelegramMethod,
)
from aiogram.types import BufferedInputFile, LinkPreviewOptions, Message, MessageId, ReplyParameters
from aiohttp import ClientError

from bot.sending.outcome import Gone, Malformed, Moved, NotSent, Outcome, RetryAfter, Sent, TargetGone, Unknown
from bot.telegram.reasons import TOKEN
from bot.telegram.reply_markup import keyboard, shares, under_new_message
from bot.telegram.session import NEVER_CONNECTED, AnswerPress
from bot.words.html.plain import plain_text
from bot.words.html.utf16 import utf16_prefix
from bot.words.limits import TOAST_UNITS
from bot.words.older_server import unknown_feature, without
from bot.words.texts import Text

CALL_SECONDS = 15.0
REASON_LENGTH = 300
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)  # the links of some carriers work once
TOKEN_REFUSED = "Telegram refuses BOT_TOKEN (401): it was revoked or belongs to another server"  # noqa: S105
TOKEN_UNKNOWN = "Telegram knows no such bot (404): check BOT_TOKEN and TELEGRAM_API_URL"  # noqa: S105

# Telegram's words in small letters, wherever they stand in a 400's description.
GONE = (
    "chat not found",
    "user not found",
    "user is deactivated",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "bot was kicked",
    "bot was blocked",
    "bot is not a member",
    "group chat was deactivated",
    "group chat was upgraded",  # and Telegram didn't say where to
    "peer_id_invalid",
    "input_user_deactivated",
    "user_is_blocked",
    "chat_write_forbidden",
    "chat_restricted",
    "chat_send_plain_forbidden",
    "chat_guest_send_forbidden",
    "chat_admin_required",
    "channel_private",
)
TARGETS: Mapping[str, str] = {
    "message to edit not found": "edit",
    "message can't be edited": "edit",
    "there is no text in the message to edit": "edit",
    "message_id_invalid": "edit",
    "message to be replied not found": "reply",
    "replied message not found": "reply",
    "reply message not found": "reply",
    "reply_message_id_invalid": "reply",
    "message thread not found": "thread",
    "topic_deleted": "thread",
    "topic_closed": "thread",
    "topic_id_invalid": "thread",
}
REOPENED = ("topic_closed",)  # gone for now only
NOTHING_TO_DO = ("message is not modified", "query is too old")


class Features(Protocol):
    """What the Bot API server is known to lack."""

    def lacking(self) -> frozenset[str]:
        """Return the tags and kinds of buttons that are left out of each message."""

    async def learn(self, feature: str) -> None:
        """Remember what was refused, and what the same message arrived without."""

    async def forget(self) -> None:
        """Try everything again: the server may be another one now."""


class ForgottenFeatures:
    """Remembers nothing: for a delivery of a few messages."""

    def lacking(self) -> frozenset[str]:
        """Leave nothing out."""
        return frozenset()

    async def learn(self, feature: str) -> None:
        """Find out anew with the next message."""

    async def forget(self) -> None:
        """Know nothing, as before."""


class Delivery:
    """Shows texts in chats. `timeout`: seconds that a call may take; pauses are waited for outside of it."""

    def __init__(self, bot: Bot, *, features: Features | None = None, timeout: float = CALL_SECONDS) -> None:
        self._bot = bot
        self._features = features or ForgottenFeatures()
        self._timeout = timeout

    async def send(
        self,
        chat_id: int,
        text: Text,
        *,
        thread_id: int | None = None,
        reply_to: int | None = None,
        silent: bool = False,
        plain: bool = False,
    ) -> Outcome:
        """Send a new message. `plain`: without tags and with buttons that can't be refused, after a Malformed."""
        username = await self._username(text)

        def method(shown: Text) -> SendMessage:
            return SendMessage(
                chat_id=chat_id,
                text=plain_text(shown) if plain else shown.html,
                parse_mode=None if plain else ParseMode.HTML,
                message_thread_id=thread_id,
                reply_parameters=None if reply_to is None else ReplyParameters(message_id=reply_to),
                disable_notification=silent,
                link_preview_options=NO_PREVIEW,
                reply_markup=under_new_message(shown, plain=plain, username=username),
            )

        return await self._call(method(text)) if plain else await self._show(text, method)

    async def edit(self, chat_id: int, message_id: int, text: Text, *, plain: bool = False) -> Outcome:
        """Let a message of the bot become `text`; buttons that aren't given again are gone."""
        username = await self._username(text)

        def method(shown: Text) -> EditMessageText:
            return EditMessageText(
                chat_id=chat_id,
                message_id=message_id,
                text=plain_text(shown) if plain else shown.html,
                parse_mode=None if plain else ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=keyboard(shown, plain=plain, username=username),
            )

        return await self._call(method(text), message_id) if plain else await self._show(text, method, message_id)

    async def remove_buttons(self, chat_id: int, message_id: int) -> Outcome:
        """Take the buttons of a message of the bot away; its text stays."""
        return await self._call(EditMessageReplyMarkup(chat_id=chat_id, message_id=message_id), message_id)

    async def delete(self, chat_id: int, message_id: int) -> Outcome:
        """Delete a message of the bot, which Telegram allows for two days."""
        return await self._call(DeleteMessage(chat_id=chat_id, message_id=message_id), message_id)

    async def document(
        self, chat_id: int, name: str, content: bytes, caption: Text, *, thread_id: int | None = None
    ) -> Outcome:
        """Send a file with a caption."""

        def method(shown: Text) -> SendDocument:
            return SendDocument(
                chat_id=chat_id,
                document=BufferedInputFile(content, name),
                caption=shown.html,
                parse_mode=ParseMode.HTML,
                message_thread_id=thread_id,
            )

        return await self._show(caption, method)

    async def answer(
        self, callback_id: str, said: str = "", *, chat_id: int | None = None, alert: bool = False
    ) -> Outcome:
        """End the wait of whoever pressed a button; `said` (TOAST_UNITS) is shown for a moment, or as an alert.

        `chat_id`: where it was pressed; Telegram isn't told, but its 429 counts for that chat.

        Too late for an answer counts as sent: there is nothing left to do.
        """
        method = AnswerPress(
            chat_id=chat_id,
            callback_query_id=callback_id,
            text=utf16_prefix(said, TOAST_UNITS) or None,
            show_alert=alert,
        )
        return await self._call(method)

    async def _username(self, text: Text) -> str | None:
        """Return the bot's own name, where the text needs it and Telegram has said it."""
        if not shares(text):
            return None
        try:
            async with asyncio.timeout(self._timeout):
                return (await self._bot.me()).username  # asked for once
        except (AiogramError, ClientError, OSError):  # a TimeoutError is an OSError
            return None

    async def _show(
        self, text: Text, method: Callable[[Text], TelegramMethod[Any]], message_id: int | None = None
    ) -> Outcome:
        """Show a text without what the server is known to lack; where it turns out to lack more, without that too."""
        lacking, found = set(self._features.lacking()), list[str]()
        while True:
            shown = without(text, lacking)
            outcome = await self._call(method(shown), message_id)
            feature = unknown_feature(outcome.reason, shown) if isinstance(outcome, Malformed) else None
            if feature is None:
                break
            lacking.add(feature)
            found.append(feature)
        if isinstance(outcome, Sent):
            for feature in found:
                await self._features.learn(feature)
        return outcome

    async def _call(self, method: TelegramMethod[Any], message_id: int | None = None) -> Outcome:
        try:
            shown = await self._bot(method, request_timeout=cast(int, self._timeout))  # a float does as well
        except (AiogramError, ClientError, OSError, UnicodeError) as error:  # aiogram lets some of the latter through
            if isinstance(error.__cause__, NEVER_CONNECTED):  # a server that is restarted may come back newer
                await self._features.forget()
            return self._outcome(error, message_id)
        return Sent(shown.message_id if isinstance(shown, Message | MessageId) else message_id)

    def _outcome(self, error: Exception, message_id: int | None) -> Outcome:
        reason = self._reason(error)
        match error:
            case TelegramRetryAfter():
                return RetryAfter(float(error.retry_after))
            case TelegramMigrateToChat():
                return Moved(error.migrate_to_chat_id)
            case TelegramBadRequest():
                return _bad_request(reason, message_id)
            case TelegramEntityTooLarge():  # to aiogram a kind of network error
                return Malformed(reason)
            case TelegramNetworkError():
                never_left = isinstance(error.__cause__, NEVER_CONNECTED)
                return NotSent(reason) if never_left else Unknown(reason)
        return _refusal(error, reason)

    def _reason(self, error: Exception) -> str:
        """Return Telegram's or aiohttp's words; aiohttp puts addresses into them, and the address holds the token."""
        described = error.message if isinstance(error, TelegramAPIError) else None
        said = described or type(error).__name__
        return TOKEN.sub("***", said.replace(self._bot.token, "***"))[:REASON_LENGTH]


def _refusal(error: Exception, reason: str) -> Outcome:
    match error:
        case TelegramUnauthorizedError():
            return NotSent(TOKEN_REFUSED)
        case TelegramNotFound():
            return NotSent(TOKEN_UNKNOWN)
        case TelegramServerError() | TelegramConflictError():
            return NotSent(reason)
        case TelegramForbiddenError():
            return Gone(reason)
        case TelegramAPIError() | UnicodeEncodeError():  # another 4xx, or a text that can't even be written down
            return Malformed(reason)
    return Unknown(reason)


def _bad_request(reason: str, message_id: int | None) -> Outcome:
    said = reason.lower()
    if any(words in said for words in NOTHING_TO_DO):
        return Sent(message_id)
    for words, what in TARGETS.items():
        if words in said:
            return TargetGone(what, for_good=words not in REOPENED)
    return Gone(reason) if any(words in said for words in GONE) else Malformed(reason)
