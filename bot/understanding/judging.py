"""Judge each thing in a text that may be an order's number by all that is around it: an order, a guess, or neither.

The passes go from what is certain to what is not; each sees only what those before have left.
"""

import re
from collections.abc import Sequence

from bot.understanding.confused import guesses_in
from bot.understanding.considered import LIST, SAME_LINE, Considered, Verdict, names
from bot.understanding.label_words import ORDER_KIND, WEAK
from bot.understanding.normalising import plain, without_tags
from bot.understanding.order_forms import OrderForm, in_groups, with_parts, without_part
from bot.understanding.other_forms import (
    Other,
    looks_like_a_bar_code,
    looks_like_a_phone,
    looks_like_a_time,
    others_in,
)
from bot.understanding.other_numbers import is_tax_number_or_card
from bot.understanding.short_numbers import judge_short_numbers, judge_words

_BULLET = re.compile(
    r"(?:(?<=\n)|\A)[ \t]*[-*•·>]+[ \t]+(?=\S)(?!0 ?[0-9](?![0-9]))"
    r"|(?:(?<=\n)|\A|(?<=[ ;,]))[ \t]*[0-9]{1,2}[.)][ \t]+(?=\S)"
)
# before each message of an exported chat: "[20/11/26, 18:32:07] Ana:", "20/11/2026 18:32 - Ana:"
_BUBBLE = re.compile(
    r"(?:(?<=\n)|\A)[ \t]*(?=[^\n:]{0,40}[0-9]{1,2}:[0-9]{2})(?=[^\n]{0,12}[0-9]{1,4}[/.-][0-9]{1,2})"
    r"[\[(]?[0-9][0-9/.,: -]{8,24}(?:[ap]\.? ?m\.?)?[\])]?[ ]?-?[ ][^\n:\d]{1,40}:(?=\s)",
    re.IGNORECASE,
)
_SHORT_GROUPS = re.compile(r"[0-9]{4} [0-9]{4}|[0-9]{2}(?: [0-9]{2}){3}")  # of an order, if it is called one
_BEHIND_PLUS = re.compile(r"(?:\A|[^0-9\x00])\+\Z|\A\+\Z")
_ENDLESS = re.compile(r"[^\W_]{90,}")  # longer than any number
_ITEM = re.compile(
    r"(?<![a-z0-9])(?:[0-9]+ ?x|x ?[0-9]+|[0-9]+ ?(?:un|uni|und|pz|pcs|cx)|sku|cod|qty|cant|qtd)(?![a-z0-9])|[$€£]"
)


def judge(text: str, *, certain: bool = False) -> list[Verdict]:
    """Judge all of a (normalised) text, in its order; `certain` if an order is known already."""
    if not any(map(str.isdigit, text)):
        return []
    text = without_tags(_ENDLESS.sub(lambda found: "\0" * len(found[0]), text))
    text = _BUBBLE.sub(lambda found: " " * len(found[0]), text)
    text = _BULLET.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    considered = Considered(text, plain(text), is_certain=certain)
    _whole_forms(considered)
    _confused(considered)
    _groups_alone(considered)
    _others(considered)
    _bare_forms(considered)
    judge_short_numbers(considered)
    judge_words(considered)
    return sorted(considered.verdicts, key=lambda one: one.start)


def _whole_forms(considered: Considered) -> None:
    for one in with_parts(considered.text):
        other = _whole_is_other(considered, one)
        considered.decide(one, order=other is None, reason=other or "has all of an order's form")


def _whole_is_other(considered: Considered, one: OrderForm) -> str | None:
    """Say what else something is that has all of an order's form: only a label of its own makes it so."""
    before, behind = considered.labels.before(one.start), considered.labels.behind(one.end, opened_only=True)
    if _BEHIND_PLUS.search(considered.text, max(0, one.start - 2), one.start) and one.body.isdigit():
        return "a phone behind its +"
    if is_tax_number_or_card(one.number):
        return "its form is a card's or a tax number's"
    for label in (behind, before if before is not None and before.is_own else None):
        if label is not None and label.kind not in WEAK and label.kind != ORDER_KIND:
            return f"called {label.word}"
    return None


def _confused(considered: Considered) -> None:
    for guess in guesses_in(considered.text):
        span = guess.start, guess.end
        if guess.has_part or names(considered.labels.before(guess.start)) or considered.is_alone(span):
            considered.take(Verdict(*span, guess.number, False, "letters for digits", is_guess=True))


def _groups_alone(considered: Considered) -> None:
    """Take thirteen digits in groups, with nothing else said: phones have groups too."""
    for one in in_groups(considered.text):
        if considered.is_alone(one.span) and not looks_like_a_phone(one.body):
            considered.decide(one, order=True, reason="thirteen digits, alone")


def _others(considered: Considered) -> None:
    others: list[Verdict] = []
    for one in others_in(considered.said):
        called = names(considered.labels.before(one.start))
        grouped = _grouped_at(considered, one) if called and one.kind in ("grouped", "sum") else None
        if grouped is not None:
            considered.decide(grouped, order=True, reason="thirteen digits that are called an order")
        elif not (called and (one.kind == "vehicle" or _SHORT_GROUPS.fullmatch(considered.said, *one.span))):
            others.append(Verdict(one.start, one.end, "", False, f"the form of {one.kind}"))
    considered.take_all(others)


def _grouped_at(considered: Considered, other: Other) -> OrderForm | None:
    return next((one for one in in_groups(considered.text) if one.start == other.start), None)


def _bare_forms(considered: Considered) -> None:
    """Judge thirteen digits, and the account's sequence, without a part: something else may look so."""
    is_known = considered.is_certain or any(one.is_order for one in considered.verdicts)
    accepted: list[tuple[int, int]] = []
    refused: list[tuple[int, int]] = []
    for one in without_part(considered.text):
        made = _makes_it_an_order(considered, one, accepted, refused)
        other = None if made else _bare_is_other(considered, one, refused, is_known=is_known)
        (refused if other else accepted).append(one.span)
        considered.decide(one, order=other is None, reason=other or made or "thirteen digits")


def _makes_it_an_order(
    considered: Considered, one: OrderForm, accepted: Sequence[tuple[int, int]], refused: Sequence[tuple[int, int]]
) -> str | None:
    before, behind = considered.labels.before(one.start), considered.labels.behind(one.end)
    corrected = considered.labels.behind(one.end, opened_only=True)
    if corrected is not None and not corrected.is_order and corrected.kind not in WEAK:
        return None  # "order X … no, sorry, that's my phone"
    column = considered.labels.column(one.start)
    is_called = before is not None and before.is_order and not (before.above and column is not None)
    if is_called or (behind is not None and behind.is_order):
        return "called an order"
    if column is not None:
        return "in a column of orders" if column == ORDER_KIND else None
    if considered.called_other(*one.span) or considered.follows(one.start, refused, SAME_LINE):
        return None
    if considered.follows(one.start, accepted, LIST):
        return "in a list with another"
    wholes = [(other.start, other.end) for other in considered.verdicts if other.is_order]
    is_beside = considered.follows(one.start, wholes, LIST) or considered.precedes(one.end, wholes, LIST)
    is_other = looks_like_a_phone(one.body) or looks_like_a_bar_code(one.body)
    return "in a list with another" if is_beside and not is_other else None


def _bare_is_other(
    considered: Considered, one: OrderForm, refused: Sequence[tuple[int, int]], *, is_known: bool
) -> str | None:
    called = considered.called_other(*one.span)
    if called is not None:
        return called
    if considered.follows(one.start, refused, SAME_LINE):
        return "in a list with something else"
    if is_known:
        return "without its part, and an order is known"
    if one.prefix or not one.body.isdigit():
        return None
    return _other_form(one.body, considered.line_around(*one.span), alone=considered.is_alone(one.span))


def _other_form(digits: str, line: str, *, alone: bool) -> str | None:
    """Say what else thirteen digits without a label are."""
    if looks_like_a_phone(digits):
        return "the form of a phone"
    if looks_like_a_bar_code(digits):
        return "the form of a bar code"
    if looks_like_a_time(digits) and not alone:
        return "the form of a time"
    return "in a line of a list of items" if _ITEM.search(line) else None
