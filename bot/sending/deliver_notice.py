"""Delivers one notice's text to Telegram, and tries again at once without what Telegram refused."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.sending.outcome import Malformed, Outcome, SendOptions, Sent, TargetGone, corrected
from bot.tracking.model import Kind, Notice
from bot.words.texts import Text


class Transport(Protocol):
    """Calls Telegram: what the sender needs of the Telegram room."""

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
        """Send a new message."""

    async def edit(self, chat_id: int, message_id: int, text: Text, *, plain: bool = False) -> Outcome:
        """Change the text of one of the bot's messages."""

    async def remove_buttons(self, chat_id: int, message_id: int) -> Outcome:
        """Take the buttons of one of the bot's messages away."""


async def deliver(
    transport: Transport,
    notice: Notice,
    text: Text,
    on_topic_gone: Callable[[], Awaitable[None]],
    *,
    target: int | None = None,
) -> Outcome:
    """Call Telegram, and again as long as something that was refused can be left out.

    `target`: the message that becomes this text. `on_topic_gone` is called where the notice's topic turns out to be
    deleted.
    """
    options = SendOptions(notice.chat_id, notice.thread_id, notice.payload.get("reply_to"), silent=not notice.audible)
    outcome = await _call(transport, text, options, target)
    while (retry := corrected(outcome, options)) is not None:
        if isinstance(outcome, TargetGone) and target is not None:
            return outcome  # an edit has no other target
        if isinstance(outcome, TargetGone) and outcome.is_topic and options.thread_id is not None:
            await on_topic_gone()
        options = retry
        outcome = await _call(transport, text, options, target)
    if isinstance(outcome, Malformed) and notice.kind is Kind.FOLD and target is not None:
        return await transport.remove_buttons(notice.chat_id, target)
    return outcome


async def _call(transport: Transport, text: Text, options: SendOptions, target: int | None) -> Outcome:
    if target is not None:
        outcome = await transport.edit(options.chat_id, target, text, plain=options.plain)
        # an edit makes no message: the chat still shows the message that was edited
        return Sent(target) if isinstance(outcome, Sent) else outcome
    return await transport.send(
        options.chat_id,
        text,
        thread_id=options.thread_id,
        reply_to=options.reply_to,
        silent=options.silent,
        plain=options.plain,
    )
