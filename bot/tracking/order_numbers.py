"""Decide whether two numbers may name one order: one may lack a seller's prefix, or the part behind it. Pure."""

import re

MIN_DIGITS = 5  # of an id that is known again inside another spelling of it
_PART = re.compile(r"-[0-9]{2}", re.ASCII)
_PARTS_BEHIND = re.compile(r"(?:-[0-9]{2})+\Z", re.ASCII)
_DIGITS = re.compile("[0-9]+", re.ASCII)


def is_same_order(returned: str, requested: str) -> bool:
    """Tell the order asked for, whose id may lack a prefix before a separator and a part behind it (`-01`).

    Both are folded. Fewer than five digits stand in too many ids; and without a separator `516095` stands in
    `1509750516095`.
    """
    if returned == requested:
        return True
    before, found, behind = returned.rpartition(requested)
    is_long_enough = sum(one.isdigit() for one in requested) >= MIN_DIGITS
    if not found or not is_long_enough or not (before or behind):
        return False
    has_prefix = not before or not before[-1].isalnum()
    return has_prefix and (not behind or _PART.fullmatch(behind) is not None)


def may_be_one(one: str, other: str) -> bool:
    """Return whether one of two different numbers may be the other with a prefix or a part."""
    first, second = one.casefold(), other.casefold()
    return first != second and (is_same_order(first, second) or is_same_order(second, first))


def core(number: str) -> str:
    """Return the last digits before any parts, which are the same with a prefix and without; empty if there is none.

    As few as any number of an order has: more of them may be the prefix's.
    """
    return "".join(_DIGITS.findall(_PARTS_BEHIND.sub("", number)))[-MIN_DIGITS:]
