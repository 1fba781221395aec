"""Understand what people write around a value: quotes that docker leaves, a comment, a placeholder of an example."""

import re
import unicodedata

CURLY_QUOTES = frozenset("“”„‘’‚«»")  # phones and word processors replace straight quotes with these
# in the order in which they are asked for
SECRETS = ("BOT_TOKEN", "PICKPACK_API_KEY", "WEBHOOK_SECRET", "LINK_SECRET")
# where a # may belong to the value: "Bodega #1"
WITH_HASHES = frozenset({"STORE_NAME", "PICKUP_PLACE", "PICKUP_ADDRESS", "ORDER_ID_PREFIXES"})
_QUOTED = re.compile(r"""(["'])(?P<inside>(?:(?!\1).)*)\1(?:\s+#.*)?""", re.DOTALL)
_COMMENT = re.compile(r"(?:^#\s|\s#).*", re.DOTALL)
_PLACEHOLDER = re.compile(r"<(?!https?:)[^<>]*>|\{\{.*\}\}|…|\.{2,}")
_SECRET_PLACEHOLDER = re.compile(
    r"(change|replace)[\s_-]?(me|this|it)\b.*|x{3,}|\*+|todo|tbd|fixme|dummy|none|null|undefined|"
    r"(your|my|tu|su|seu)[\s_-](\w+[\s_-]){0,3}(token|key|secret|clave|chave|segredo|secreto)([\s_-]here)?|"
    r"(token|key|secret)[\s_-]?here",
    re.IGNORECASE,
)
_UNFILLED = re.compile(r"\$\{\w+[^}]*\}|\$\(\w+\)")
_LONGEST_SHOWN = 40
_OWN_NAME = r"(?:(?:export|set|env|-)\s+)?{name}\s*[=:]"
# zero-width blanks and joiners, marks of direction, soft hyphens, byte order marks
COPIED_ALONG = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\ufeff")
INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp"})  # categories of Unicode


def strip(text: str) -> str:
    """Return the text without blanks around it, and without the signs that are copied along unseen."""
    return text.strip("".join(one for one in {*text} if one.isspace() or one in COPIED_ALONG))


def unwrap(setting: str, text: str) -> str:
    """Return the value without quotes around it and without a comment behind it, where these can be no part of it."""
    text = strip(text)
    if quoted := _QUOTED.fullmatch(text):
        return strip(quoted["inside"])
    return text if setting in WITH_HASHES else strip(_COMMENT.sub("", text))


def problem_of_text(setting: str, text: str) -> str | None:
    """Return why the text can be no value of any setting, or none of a secret's; None if it may be one."""
    if any("\ud800" <= one <= "\udfff" for one in text):  # Python turns bytes of the environment into these
        return "is not UTF-8: it comes in another encoding, probably Latin-1 (Windows-1252)"
    if text and text[0] in CURLY_QUOTES and text[-1] in CURLY_QUOTES:
        return "stands in curly quotes; write straight ones, or none"
    if wrong := _open_quote(setting, text) or _invisible(setting, text) or _own_name(setting, text):
        return wrong
    if _PLACEHOLDER.fullmatch(text) or (setting in SECRETS and _SECRET_PLACEHOLDER.fullmatch(text)):
        return "is still a placeholder of an example; write the real value in its place"
    if _UNFILLED.search(text):
        return "holds a ${…} that nothing has filled in; write the value itself"
    return None


def _open_quote(setting: str, text: str) -> str | None:
    """Return what is wrong with a quote that has no other; in a text for people only one at its beginning."""
    if text.startswith('"') and text.count('"') == 1:
        return "begins with a quote that is never closed; close it, or write none"
    ends = {text[:1], text[-1:]} & {'"', "'"}
    if setting not in WITH_HASHES and any(text.count(one) == 1 for one in ends):
        return "has a quote at one end only; write it at both, or none"
    return None


def begins_with_name(setting: str, text: str) -> bool:
    """Return whether the text is a whole line of a file, NAME=value or NAME: value, in the value's place."""
    return bool(re.match(_OWN_NAME.format(name=setting), text, re.IGNORECASE))


def _own_name(setting: str, text: str) -> str | None:
    return f"begins with {setting} itself; write the value alone" if begins_with_name(setting, text) else None


def _invisible(setting: str, text: str) -> str | None:
    """Return where a sign stands that nobody sees and that spoils the value; lists and names may hold wide blanks."""
    for place, one in enumerate(text, start=1):
        is_blank = one.isspace() and (setting not in SECRETS or one == " ")
        if setting not in WITH_HASHES and not is_blank and _is_invisible(one):
            return f"holds an invisible sign (U+{ord(one):04X}) at position {place}; take it out, or type it anew"
    return None


def _is_invisible(one: str) -> bool:
    return one.isspace() or unicodedata.category(one) in INVISIBLE


def shown(item: str) -> str:
    """Return a part of a value as a message may show it: in quotes, or empty if it may be a secret in a wrong place."""
    is_word = len(item) < 16 and not (len(item) > 7 and re.search(r"\d", item) and re.search(r"[A-Za-z]", item))
    return f" (“{item}”)" if is_word and item.isprintable() and item else ""


def may_be_shown(path: str) -> bool:
    """Return whether this looks like a path, and no part of it like a secret in the place of one."""
    parts = re.split(r"[/\\]", path)
    is_path = path[:1] in "/.~" or bool(shown(path))
    return path.isprintable() and is_path and not any(_is_like_a_secret(part) for part in parts)


def _is_like_a_secret(part: str) -> bool:
    is_mixed = re.fullmatch(r"(?=.*[0-9])(?=.*[A-Za-z])[0-9A-Za-z]{8,}", part)
    return bool(is_mixed) or len(part) > _LONGEST_SHOWN or ":" in part or "=" in part
