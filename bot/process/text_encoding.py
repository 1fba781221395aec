"""Tell in which encoding a text is that is not in UTF-8, and decode one that is."""

import codecs

_MARKS = {  # the longer ones first: UTF-32's begins with UTF-16's
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_UTF_16_SHARE = 0.4  # of the bytes at every other place are zero where the text is mostly ASCII


def find_encoding(content: bytes) -> str | None:
    """Return the encoding of a text that is not in UTF-8 ("" of what is no text at all); None if it may be UTF-8."""
    for mark, name in _MARKS.items():
        if content.startswith(mark):
            return name
    if b"\0" in content:
        shares = {name: content[at::2].count(0) * 2 / len(content) for at, name in ((1, "UTF-16LE"), (0, "UTF-16BE"))}
        name = max(shares, key=lambda one: shares[one])
        return name if shares[name] > _UTF_16_SHARE else ""
    return None


def decode(content: bytes) -> str:
    """Decode UTF-8, with or without a byte order mark. Raises ValueError that names another encoding."""
    encoding = find_encoding(content)
    if encoding == "":
        raise ValueError("holds zero bytes, so that it is no text")
    if encoding:
        raise ValueError(f"is {encoding} text, as Windows writes it, not UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"is not UTF-8 in line {line}, but probably {guess_one_byte(content)}") from None


def guess_one_byte(content: bytes) -> str:
    """Return what an encoding of one byte a letter is called: Latin-1 leaves 0x80 to 0x9F to no letter."""
    return "Windows-1252" if any(0x80 <= byte <= 0x9F for byte in content) else "Latin-1 (Windows-1252)"
