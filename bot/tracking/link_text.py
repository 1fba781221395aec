"""Find what may be meant as a link in whatever couriers' systems type: HTML, sentences, JSON, broken lines. Pure.

What is found is text that reads like a web address, cut where it ends; whether it may be shown is decided elsewhere.
"""

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

_JSON_ESCAPE = re.compile(r"\\{1,8}(?:u([0-9a-fA-F]{4})|([/\"'&]))")
_LINE_ESCAPE = re.compile(r"\\[nrt](?![a-zA-Z0-9])|\\{1,4}[nrt](?=https?:|www\.)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos|nbsp|colon|sol);")
# blanks in `{{ tracking number }}` are no end of the link
_TEMPLATE_BLANKS = re.compile(r"(\{\{?)\s{0,5}([\w.$-]*)(?:\s{1,5}([\w.$-]+))?\s{0,5}(\}\}?)")
_SCHEME = re.compile(r"(https?)\s*:\s*[/\\]+\s*", re.IGNORECASE)
_SCHEME_WITHOUT_COLON = re.compile(r"\s*(https?)[;.]?//", re.IGNORECASE)
_BLANK_AFTER_HOST = re.compile(r"(//[^\s/?#]+)\s+(?=[/?#])")
_ENCODED_BLANKS = re.compile(r"(?:%20|%0[9ADad]){1,40}\Z")
_REPEATED_SCHEME = re.compile(r"(?:https?:/+)+(?=https?://)", re.IGNORECASE)
_OTHER_SCHEME = re.compile(
    r"\s*(?:javascript|data|vbscript|file|ftps?|tg|intent|mailto|tel|sms|blob|wss?|about)\s*:", re.IGNORECASE
)
_START = re.compile(r"https?://|(?<![\w@./\\-])www\.(?=\w)|(?<![^\s\"'(<\[=])//(?=[\w-]+\.)", re.IGNORECASE)
_SECOND_LINK = re.compile(
    r"[\s,;|]{1,40}(?=https?://|www\.)|(?<=[\w/])(?=https?://)(?<![=/?&#:]/)(?<!/)", re.IGNORECASE
)
_CLOSERS = {
    '"': '"', "'": "'", "`": "`", "(": ")", "[": "]", "<": ">", "{": "}", "«": "»", "“": "”", "„": "“", "‘": "’",
    "*": "*", "‹": "›", "『": "』", "「": "」", "【": "】", "《": "》", "〈": "〉", "（": "）", "［": "］",
}  # fmt: skip
_PAIRS = {")": "(", "]": "[", "}": "{"}
_NEVER_IN_A_LINK = re.compile(r"[\"<>`«»“”„‘’‹›『』「」【】《》〈〉（）［］]|\[/")
_QUOTED_VALUE = re.compile(r"(?<=[/=])(?:[\"“”„]([\w /.-]{0,60})[\"“”]|[«‹「『【`‘]([\w /.-]{0,60})[»›」』】`’])")
_TAG_OR_PLACEHOLDER = re.compile(r"<%?=?\s*([\w.-]+)\s*%?>")
_TAGS = frozenset(
    {"a", "b", "br", "p", "i", "u", "s", "em", "li", "ul", "td", "tr", "div", "span", "strong", "font", "hr"}
)
_TRAILING = ".,;:!?#…'*。，；：！？、"
_URL_SYNTAX = re.compile(r"[/?&=#%]")
_HOST_LIKE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/|$)", re.IGNORECASE)
_NUMBER = re.compile(r"[\w.-]*\d[\w.-]*")
_LETTERS_OF_A_NUMBER = re.compile("[A-Z]{1,3}")
_GROUP_OF_DIGITS = re.compile("[0-9]{2,4}")
_FURTHER_QUERY = re.compile(r"[/?&]|.*[?&][\w-]+=")
# what is said about a link after it: signs alone, times, dates, counts, `guia:1`, thanks
_ASIDE = re.compile(
    r"[^\w]*|#.*|[^\W\d]+:.*|\d{1,2}(?:hs?|hrs|am|pm|x|kg|st|nd|rd|th)|\d+[%€$ºª]|\d{1,2}[:h]\d{2}"
    r"|\d{1,4}[/.]\d{1,2}(?:[/.]\d{2,4})?|[a-z]{1,3}/[a-z]{1,3}|ok(?:ay)?|gracias|thanks?|please|obrigad[oa]|merci",
    re.IGNORECASE,
)
_MOST_LINKS = 20  # in a text
_MOST_WORDS = 40  # in a link
_UNDERWAY = "/?&=-_%#"  # a line that ends with one of these is not where a link ends


def links_in(raw: str) -> Iterator[str]:
    """Yield each text that reads like a web address, in order, with its scheme and on one line."""
    text = _decoded(raw)
    if _OTHER_SCHEME.match(text):
        return
    if not _START.search(text) and re.search("%3a%2f%2f", text, re.IGNORECASE):
        text = _decoded(unquote(text))
    position = 0
    for _ in range(_MOST_LINKS):
        start = _START.search(text, position)
        if start is None:
            return
        found = _cut(text, start.start())
        position = max(start.end(), start.start() + len(found))
        yield _completed(found)


def _decoded(raw: str) -> str:
    """Undo the escapes of JSON and HTML, also twice over; each turn makes the text shorter."""
    text, before = raw.strip(), ""
    while text != before:
        before = text
        text = _LINE_ESCAPE.sub("\n", text)
        text = _JSON_ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], text)
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    text = _TEMPLATE_BLANKS.sub(lambda found: "".join(filter(None, found.groups())), text)
    text = _SCHEME.sub(lambda found: f"{found[1].lower()}://", text)
    if missing := _SCHEME_WITHOUT_COLON.match(text):
        text = f"{missing[1].lower()}://{text[missing.end() :]}"
    return _REPEATED_SCHEME.sub("", _BLANK_AFTER_HOST.sub(r"\1", text)).strip()


def _completed(link: str) -> str:
    link = re.sub(r"\s*[\r\n\t]+\s*", "", link)
    link = re.sub(r"\s", "%20", link)
    if link[:2] == "//":
        return f"https:{link}"
    return link if link[:4].lower() == "http" else f"https://{link}"


def _cut(text: str, start: int) -> str:
    """Return the link that begins at `start`: up to its closing quote or bracket, or as far as it reads like one."""
    opener = text[start - 1] if start else ""
    closer = _closer_at(text, start, opener) if opener in _CLOSERS else None
    if closer is not None:
        link = text[start:closer]
        return _shortened(_as_far_as_it_goes(link.partition("|")[0] if opener in "<[" else link))
    words = _as_far_as_it_goes(text[start:]) if not text[:start].strip() else text[start:].split(maxsplit=1)[0]
    return _shortened(words)


def _closer_at(text: str, start: int, opener: str) -> int | None:
    """Return where the quote or bracket before the link is closed."""
    closer, depth = _CLOSERS[opener], 0
    if closer not in _PAIRS:
        place = text.find(closer, start)
        return place if place >= 0 else None
    for sign in re.compile(f"[{re.escape(opener + closer)}]").finditer(text, start):
        if sign[0] == closer and depth == 0:
            return sign.start()
        depth += 1 if sign[0] == opener else -1
    return None


def _shortened(link: str) -> str:
    """Cut where a second link, a quote, a tag or a bracket that was never opened shows the end."""
    link = _QUOTED_VALUE.sub(_unquoted, link)
    if second := _SECOND_LINK.search(link, 8):
        link = link[: second.start()]
    if sign := _NEVER_IN_A_LINK.search(link):
        tag = _TAG_OR_PLACEHOLDER.match(link, sign.start())
        if tag and tag[1].lower() not in _TAGS:
            return link[: tag.end()]  # `…/<id>`: kept, so that it is seen to be none
        link = link[: sign.start()]
    opened: list[str] = []
    for place, sign_here in enumerate(link):
        if sign_here in "([{":
            opened.append(sign_here)
        elif sign_here in _PAIRS and (not opened or opened.pop() != _PAIRS[sign_here]):
            link = link[:place]
            break
    return _ENCODED_BLANKS.sub("", link.strip().rstrip(_TRAILING))


def _unquoted(value: re.Match[str]) -> str:
    """Return what was quoted inside of a link; `{}`, so that it is seen to be none, unless it may be a number."""
    inner = (value[1] or value[2] or "").strip()
    return inner if re.search(r"\d", inner) else "{}"


def _as_far_as_it_goes(text: str) -> str:
    """Return a link at the beginning of a text, with the blanks and line breaks that were typed into it.

    What follows a blank belongs to it if it looks like a part of an address, and not if it reads like a sentence.
    """
    first, *rest = re.split(r"(\s+)", text)
    parts = list(zip(rest[::2], rest[1::2], strict=True))[:_MOST_WORDS]
    address = first
    if "/" not in first[8:] and "?" not in first:
        return first  # no host has a blank in it
    while parts:
        taken = _continuing(address, parts)
        if taken == 0:
            break
        address += "".join(blank + word for blank, word in parts[:taken])
        parts = parts[taken:]
    return address


def _continuing(address: str, parts: list[tuple[str, str]]) -> int:
    """Return how many of the next words belong to the link.

    Once its last piece names a parcel (it holds a digit) a plain word is none of it: rather a short link than another.
    """
    blank, word = parts[0]
    words = [word for _, word in parts]
    if _ends_the_link(word) or _NEVER_IN_A_LINK.search(address):
        return 0
    if re.search(r"[\r\n\t]", blank):
        return int(_continues_on_the_next_line(address, words))
    piece = re.split("[/?&=#]", address)[-1]
    names_it = re.search(r"\d|^[A-Z]{4,}$", piece) is not None
    is_value = address[: len(address) - len(piece)].endswith("=")
    if _looks_like_a_part(piece, words, names_it=names_it, is_value=is_value):
        return 1
    if names_it:
        return 0
    if len(words) == 1:
        return int((word.islower() or "?" in address or "[" in piece) and word[-1] not in _TRAILING)
    further = next((at for at, one in enumerate(words) if _URL_SYNTAX.search(one)), 0)
    before = words[: further + 1]
    return len(before) if further and not any(map(_ends_the_link, before)) else 0


def _continues_on_the_next_line(address: str, words: list[str]) -> bool:
    """Return whether a line break or a tab fell into an address: after a slash or the like, or within a word."""
    if address[-1] in _UNDERWAY:
        return len(words) == 1 or re.search(r"[\d/?&=#%]", words[0]) is not None
    is_one_word = address[-1].islower() and words[0][0].islower()
    return is_one_word and (len(words) == 1 or _URL_SYNTAX.search(words[0]) is not None)


def _looks_like_a_part(piece: str, words: list[str], *, names_it: bool, is_value: bool) -> bool:
    """Return whether the first word is a piece of an address or of a number: `page/1`, `123`, `BR` after `AB 123`.

    A number alone is a part only of a number that was typed in groups; after a whole one it is another.
    """
    word = words[0]
    if _URL_SYNTAX.search(word.rstrip(_TRAILING)):
        return not names_it or _FURTHER_QUERY.match(word) is not None
    is_in_groups = " " in piece
    if _NUMBER.fullmatch(word):
        return is_in_groups or _begins_groups(piece, words, is_value=is_value)
    return is_in_groups and _is_group(word)


def _begins_groups(piece: str, words: list[str], *, is_value: bool) -> bool:
    """Return whether a number goes on in groups: nothing before it, its letters (`AB 123`), or `1234 5678`."""
    if not piece or _LETTERS_OF_A_NUMBER.fullmatch(piece):
        return True
    return is_value and all(map(_GROUP_OF_DIGITS.fullmatch, (piece, *words)))


def _is_group(word: str) -> bool:
    return _NUMBER.fullmatch(word) is not None or re.fullmatch("[A-Z]{2}", word) is not None


def _ends_the_link(word: str) -> bool:
    """Return whether a word can't be inside of a link: another one, an aside, the end of a clause."""
    return (
        _START.match(word) is not None
        or _HOST_LIKE.match(word) is not None
        or _ASIDE.fullmatch(word.rstrip(_TRAILING)) is not None
        or word[0] in "([<-–—|•*\"'«“:;,."
        or word[-1] in ",:;"
    )
