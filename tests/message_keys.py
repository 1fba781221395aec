"""What a message says, read from texts of the key catalog: which keys, in which language, with which variables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.words.html.markup import visible_text
from bot.words.texts import Text
from tests.key_catalog import CLOSES, ENGLISH, OPENS, PARTS


class Message(Protocol):
    """What a chat shows."""

    text: str

    @property
    def buttons(self) -> Sequence[Sequence[Mapping[str, Any]]]: ...


Texts = str | Text | Message


@dataclass(frozen=True)
class KeyedMessage:
    """One message of the catalog. `values` are its variables as people see them, without any tags.

    A variable that is a message itself (`state`, or an order's label) holds its key, and its variables join in:
    `order` is `order-label` and `label` is what the shopper called it.
    """

    key: str
    language: str
    values: dict[str, str] = field(default_factory=dict)

    def has(self, **values: object) -> bool:
        """Whether all of these are among its variables."""
        return all(self.values.get(name) == str(value) for name, value in values.items())


def said_in(text: Texts) -> list[KeyedMessage]:
    """The messages of a text in their order; whatever else is in it is left out."""
    return [_read(one) for one in _messages(_plain(text))]


def keys_in(text: Texts) -> list[str]:
    """The keys of a text in their order: the first says what happened, the others are lines below it."""
    return [one.key for one in said_in(text)]


def key_of(text: Texts) -> str:
    """The key of a text's first message; empty where it has none."""
    return next(iter(keys_in(text)), "")


def says(text: Texts, key: str, /, *, language: str = ENGLISH, **values: object) -> bool:
    """Whether this message is somewhere in the text, with these variables among its own."""
    return any(one.key == key and one.language == language and one.has(**values) for one in said_in(text))


def values_of(text: Texts, key: str) -> dict[str, str]:
    """The variables of this key's first message. Raises LookupError."""
    found = next((one.values for one in said_in(text) if one.key == key), None)
    if found is None:
        raise LookupError(f"no {key} in {_plain(text)!r}")
    return found


def button_of(message: Message, name: str) -> Mapping[str, Any]:
    """The first button with this key, label or callback data. Raises LookupError."""
    for row in message.buttons:
        for button in row:
            if name in (key_of(button["text"]), button["text"], button.get("callback_data")):
                return button
    raise LookupError(f"no button {name!r}: {message.buttons}")


def _plain(text: Texts) -> str:
    if isinstance(text, str):
        return text
    return visible_text(text.html) if isinstance(text, Text) else text.text


def _messages(text: str) -> Iterator[str]:
    """The outermost messages, without their brackets."""
    depth = begin = 0
    for place, sign in enumerate(text):
        if sign == OPENS:
            begin = begin if depth else place + 1
            depth += 1
        elif sign == CLOSES and depth:
            depth -= 1
            if not depth:
                yield text[begin:place]


def _read(message: str) -> KeyedMessage:
    head, *variables = _parts(message)
    language, _, key = head.rpartition(":")
    values: dict[str, str] = {}
    for variable in variables:
        name, _, value = variable.partition("=")
        if list(_messages(value)) == [value[1:-1]]:
            inner = _read(value[1:-1])
            values = {**inner.values, **values, name: inner.key}
        else:
            values[name] = value
    return KeyedMessage(key, language or ENGLISH, values)


def _parts(message: str) -> list[str]:
    """The key and `name=value` of each variable; those of a message within stay together."""
    parts, depth = [""], 0
    for sign in message:
        depth += (sign == OPENS) - (sign == CLOSES)
        if sign == PARTS and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts
