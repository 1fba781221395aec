"""Count and cut text in UTF-16 code units, as Telegram counts it: an emoji is two of them, or more."""


def utf16_length(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_prefix(text: str, limit: int) -> str:
    """Return the beginning of a text, at most `limit` units long. No character is cut in half."""
    return text.encode("utf-16-le", "replace")[: max(0, limit) * 2].decode("utf-16-le", "ignore")
