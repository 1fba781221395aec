"""Find the line of a message that a mistake is on, not only the message's first."""

import re
from collections.abc import Iterator
from typing import Any

from fluent.syntax import ast, visitor

from bot.words.fluent.patterns import possible_texts
from bot.words.html.markup import MarkupError, visible_text

_FRAGMENT = re.compile(r"<.*>(?= )|&\S*|(?<=').(?=')")  # what a MarkupError quotes of the text


class _Variants(visitor.Visitor):
    """The variants of a message, the innermost last."""

    def __init__(self) -> None:
        self.found: list[Any] = []

    def visit_Variant(self, node: Any) -> None:  # noqa: N802 - fluent.syntax calls it so
        self.found.append(node)
        self.generic_visit(node)


def own_start(node: Any) -> int:
    """Return where an entry begins, behind the comment above it."""
    name = getattr(node, "id", None)
    return int((name or node).span.start)


def broken_at(junk: Any) -> int:
    """Return where the parser gave up."""
    return int(junk.annotations[0].span.start if junk.annotations else junk.span.start)


def find_fragment(node: Any, text: str, fragment: str) -> int:
    """Return where a part of an entry's source begins; where the entry does if the part is not found."""
    start = own_start(node)
    found = re.compile(re.escape(fragment) + r"(?![\w-])").search(text, start, node.span.end)
    return found.start() if found else start


def find_markup(node: Any, text: str, reason: str) -> int:
    """Return where markup is wrong for this reason: in the innermost variant that is wrong by itself, if one is."""
    variants = _Variants()
    variants.visit(node)
    wrong = (one for one in reversed(variants.found) if reason in _reasons(one.value))
    place = next(wrong, None)
    start, end = (place.value.span.start, place.value.span.end) if place else (own_start(node), node.span.end)
    quoted = _FRAGMENT.search(reason)
    at = text.find(quoted[0], start, end) if quoted else -1
    return at if at >= 0 else int(start)


def _reasons(pattern: ast.Pattern) -> Iterator[str]:
    for text in possible_texts(pattern):
        try:
            visible_text(text)
        except MarkupError as error:
            yield str(error)
