"""All places of a message where something stands: its text, lists and tables in it, links behind words, buttons."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aiogram.types import (
    Checklist,
    ExternalReplyInfo,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    RichMessage,
    TextQuote,
)
from aiogram.types.base import TelegramObject

from bot.understanding.found import Link, links_of

# Of rich messages: what is shown as words. What else they hold (phones, cards, names of files) is shown beside as text.
RICH_BLOCKS_ON_LINES = frozenset({"blocks", "items", "cells", "summary", "caption", "credit", "buttons"})
RICH_WORDS = frozenset({"text", "expression", "alternative_text", "button"})


@dataclass(frozen=True, slots=True)
class Gathered:
    """What stands in a message, in lines, and the addresses that hide behind words and buttons."""

    text: str = ""
    links: tuple[Link, ...] = ()


def gather(message: Message) -> Gathered:
    """Gather what the message itself says; not what it answers, nor whose contact or place it is."""
    parts = [
        _written(message.text or message.caption, message.entities or message.caption_entities),
        *(_of_checklist(message.checklist) if message.checklist is not None else ()),
        *(_of_rich(message.rich_message) if message.rich_message is not None else ()),
        *_of_buttons(message.reply_markup),
    ]
    return _joined(parts)


def gather_quoted(message: Message) -> Gathered:
    """Gather what the message answers to: the part that it quotes, else the whole other message."""
    quote: TextQuote | None = message.quote
    if quote is not None and quote.text.strip():
        return _joined([_written(quote.text, quote.entities)])
    other: Message | None = message.reply_to_message
    if other is not None:
        return gather(other)
    elsewhere: ExternalReplyInfo | None = message.external_reply
    checklist = elsewhere.checklist if elsewhere is not None else None
    return _joined(list(_of_checklist(checklist))) if checklist is not None else Gathered()


def _written(text: str | None, entities: Iterable[MessageEntity] | None) -> Gathered:
    readable = storable(text or "")
    places = ({"type": one.type, "offset": one.offset, "length": one.length, "url": one.url} for one in entities or ())
    return Gathered(readable, links_of(readable, places))


def _of_checklist(checklist: Checklist) -> Iterator[Gathered]:
    yield _written(checklist.title, checklist.title_entities)
    for task in checklist.tasks:
        yield _written(task.text, task.text_entities)


def _of_buttons(markup: InlineKeyboardMarkup | None) -> Iterator[Gathered]:
    """Give the addresses of a forwarded message's buttons; what these are called is nobody's words."""
    for row in markup.inline_keyboard if markup is not None else ():
        for button in row:
            if button.url:
                yield Gathered("", (Link(storable(button.url), 0, 0),))


def _of_rich(message: RichMessage) -> Iterator[Gathered]:
    for block in message.blocks:
        yield from _lines_of(block)


def _lines_of(value: object) -> Iterator[Gathered]:
    """Each block, item and row of a table is a line of its own; the words of one stay together."""
    if isinstance(value, list | tuple):
        if value and all(isinstance(one, list | tuple) for one in value):  # the rows of a table
            for row in value:
                yield Gathered(" ".join(filter(None, (_words_of(cell)[0] for cell in row))), _links_in(row))
        else:
            for one in value:
                yield from _lines_of(one)
        return
    if not isinstance(value, TelegramObject):
        return
    text, links = _words_of(value)
    if text or links:
        yield Gathered(text, links)
    for name, inner in value:
        if name in RICH_BLOCKS_ON_LINES:
            yield from _lines_of(inner) if not _is_inline(inner) else iter([Gathered(*_words_of(inner))])


def _is_inline(value: object) -> bool:
    """Tell words (and what formats them) from blocks."""
    if isinstance(value, str):
        return True
    if isinstance(value, list | tuple):
        return bool(value) and any(isinstance(one, str) for one in value)
    return False


def _words_of(value: object) -> tuple[str, tuple[Link, ...]]:
    """Return the words of formatted text, whatever formats them, and the addresses behind them."""
    if isinstance(value, str):
        return storable(value), ()
    if isinstance(value, list | tuple):
        pieces = [_words_of(one) for one in value]
        return "".join(text for text, _ in pieces), tuple(link for _, links in pieces for link in links)
    if not isinstance(value, TelegramObject):
        return "", ()
    named = [(name, inner) for name, inner in value if inner is not None]
    pieces = [_words_of(inner) for name, inner in named if name in RICH_WORDS]
    links = tuple(Link(storable(inner), 0, 0) for name, inner in named if name == "url" and isinstance(inner, str))
    return "".join(text for text, _ in pieces), (*links, *(link for _, found in pieces for link in found))


def _links_in(cells: Iterable[object]) -> tuple[Link, ...]:
    return tuple(link for cell in cells for link in _words_of(cell)[1])


def _joined(parts: Iterable[Gathered]) -> Gathered:
    """Put the parts on lines of their own; what hides behind words moves along with them."""
    text, links = "", list[Link]()
    for part in parts:
        before = f"{text}\n" if text and part.text else text
        links += [Link(one.url, len(before) + one.start, len(before) + one.end) for one in part.links]
        text = before + part.text
    return Gathered(text, tuple(links))


def storable(text: str) -> str:
    """Return the text without lone surrogates: JSON can bring them, neither a database nor an answer can hold them."""
    return text.encode("utf-8", "ignore").decode()
