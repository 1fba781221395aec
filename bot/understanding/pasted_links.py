"""Read the orders in the addresses of pages that people paste: the shop's, and the bot's own start links. Pure."""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from bot.understanding.number_words import NUMBER_IN_LINKS, ORDER_IN_LINKS
from bot.understanding.order_forms import SIGNATURE, form_of, with_parts
from bot.understanding.other_forms import looks_like_a_bar_code
from bot.understanding.other_numbers import is_never_an_order

LONGEST_NUMBER = 80
MOST_UNQUOTED = 3  # a link in a link in a link
_SCHEME = r"(?:https?|tg)(?:://|%3a%2f%2f)"
LINK = re.compile(
    rf"(?:{_SCHEME}|www\.|(?<![\w.@/-])(?:[a-z0-9-]{{1,63}}\.){{1,4}}[a-z]{{2,24}}(?=[/?]))[^\s<>\"'`\x00]+",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|<[^<>\s]{1,200}@[^<>\s]{1,200}>")
_AROUND = ".,;:!?)]}*_~|>"
_OURS = re.compile(r"(?:t|telegram)\.(?:me|dog)\Z|resolve\Z", re.IGNORECASE)
_START_KEYS = frozenset({"start", "startapp", "startgroup"})
_CHATS = re.compile(r"whatsapp|wa\.me", re.IGNORECASE)
_COMMAND = re.compile(r"(?<!\S)/start(?:@\w+)?[ \t]+(\S+)")
_SIGNED = re.compile(rf"(?<![\w-])[A-Za-z0-9_-]{{1,42}}[A-Za-z0-9_-]{{{SIGNATURE}}}(?![\w-])")
_SHORT = re.compile(r"[0-9]{5,8}")
_OWN_WORD = re.compile(r"[A-Za-z]{1,12}[A-Za-z0-9]*(?:-[A-Za-z0-9]+)*-[0-9]{1,12}")
_WORD = re.compile(r"[A-Za-z0-9._#-]+")


@dataclass(frozen=True, slots=True)
class LinkedOrders:
    """What an address or a payload names, and where it stands in the text."""

    start: int
    end: int
    numbers: tuple[str, ...] = ()
    payloads: tuple[str, ...] = ()


def links_in(text: str) -> Iterator[LinkedOrders]:
    """Read each address of the text, each e-mail address (they name none) and each start payload."""
    for found in _EMAIL.finditer(text):
        yield LinkedOrders(*found.span())
    for found in _COMMAND.finditer(text):
        read = _of_payload(found[1], *found.span())
        if read.numbers or read.payloads:
            yield read
    for found in LINK.finditer(text):
        address = found[0].rstrip(_AROUND)
        yield read_link(address, found.start(), found.start() + len(address))
    for found in _SIGNED.finditer(text):
        if looks_signed(found[0]) and form_of(found[0][:-SIGNATURE]) is not None:
            yield _of_payload(found[0], *found.span())


def read_link(address: str, start: int = 0, end: int = 0) -> LinkedOrders:
    """Read the orders and start payloads that an address names."""
    for _ in range(MOST_UNQUOTED):
        address = unquote(address)
    numbers: dict[str, None] = {}
    payloads: dict[str, None] = {}
    for one in re.split(r"(?=(?:https?|tg)://)", address):
        named = _read_one(one)
        numbers.update(dict.fromkeys(named.numbers))
        payloads.update(dict.fromkeys(named.payloads))
    return LinkedOrders(start, end, tuple(numbers), tuple(payloads))


def looks_signed(payload: str) -> bool:
    """Return whether a payload ends like a signature: 22 signs with small and large letters, as no order id does."""
    tail = payload[-SIGNATURE:]
    return len(payload) > SIGNATURE and tail != tail.lower() and tail != tail.upper()


def _read_one(address: str) -> LinkedOrders:
    host, _, page = address.split("://", 1)[-1].partition("/")
    if "?" in host:  # tg://resolve?domain=…
        host, _, query = host.partition("?")
        page = f"?{query}/{page}"
    if _OURS.fullmatch(host):
        return _of_payload(_payload(page))
    numbers = tuple(one.number for one in with_parts(page))
    if numbers or _CHATS.search(host):
        return LinkedOrders(0, 0, numbers)
    return LinkedOrders(0, 0, tuple(_in_page(page)))


def _payload(page: str) -> str:
    pairs = [pair.partition("=") for pair in re.split(r"[?&#]", page)]
    return next((value.strip("/") for key, _, value in pairs if key.lower() in _START_KEYS), "")


def _of_payload(payload: str, start: int = 0, end: int = 0) -> LinkedOrders:
    """Tell which order a payload means: signed ones name it before their signature, as it is or in base64."""
    if looks_signed(payload):
        named = _named_before_signature(payload[:-SIGNATURE])
        return LinkedOrders(start, end, (named,) if named else (), (payload,))
    is_named = _is_named(payload) and not is_never_an_order(payload)
    return LinkedOrders(start, end, (payload,) if is_named else ())


def _named_before_signature(written: str) -> str | None:
    if written.startswith("_"):
        try:
            written = base64.urlsafe_b64decode(written[1:] + "=" * (-len(written[1:]) % 4)).decode()
        except (binascii.Error, ValueError):
            return None
    is_word = _WORD.fullmatch(written) is not None and any(map(str.isdigit, written))
    return written if is_word and len(written) <= LONGEST_NUMBER and not is_never_an_order(written) else None


def _in_page(page: str) -> Iterator[str]:
    """Give what stands where orders stand: behind a step or key of that name."""
    steps = [step.strip(_AROUND) for step in re.split(r"[/?&#=;]", page)]
    of_orders = any(step.lower() in ORDER_IN_LINKS for step in steps)
    for before, step in zip(["", *steps], steps, strict=False):
        key = before.lower()
        is_called = key in ORDER_IN_LINKS or (of_orders and key in NUMBER_IN_LINKS)
        if is_called and _is_named(step) and not is_never_an_order(step):
            yield step


def _is_named(word: str) -> bool:
    """Return whether a word where an order is named has the form of one: digits alone have as many as orders have."""
    if not _WORD.fullmatch(word) or len(word) > LONGEST_NUMBER:
        return False
    form = form_of(word)
    if form is not None and not form.part and form.body.isdigit():
        return not looks_like_a_bar_code(form.body)
    return form is not None or _SHORT.fullmatch(word) is not None or _OWN_WORD.fullmatch(word) is not None
