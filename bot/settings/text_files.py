"""Read a small text file that people wrote; say in words why one can't be read, and in which encoding it is."""

import codecs
import errno
from pathlib import Path

from bot.process.file_access import describe_owner, first_hidden

MAX_FILE_BYTES = 65_536
_MARKS = {  # the longer ones first: UTF-32's begins with UTF-16's
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_UTF_16_SHARE = 0.4  # of the bytes at every other place are zero where the text is mostly ASCII


def explain_unreadable(path: Path, error: OSError) -> str:
    """Return why the file can't be opened, with its owner and rights if it is these."""
    if isinstance(error, FileNotFoundError):
        return "does not exist"
    if isinstance(error, IsADirectoryError):
        return "is a folder"  # docker makes one in the place of a file that is not there
    if error.errno != errno.EACCES:
        return f"can't be read ({error.strerror})"
    hidden = first_hidden(path)
    owner = describe_owner(hidden)
    return "can't be read (Permission denied)" + (f": {'it' if hidden == path else hidden} {owner}" if owner else "")


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
