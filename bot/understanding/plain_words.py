"""Turn what somebody typed into plain words: small letters, no accents, chat abbreviations written out. Pure.

People in a hurry leave out accents, stretch letters ("holaaa"), shorten words ("q", "pls") and put emoji for words.
All of them are to read like the same sentence typed with care.
"""

import re
import unicodedata
from collections.abc import Mapping

LONGEST = 600  # signs: of a longer text the beginning and the end are read, which say what is wanted
END = 200
NUMBER = "#"  # stands for any digits
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'"})
_FACES = {"<3": "❤", ":)": "🙂", ":-)": "🙂", ":d": "😀", "xd": "😂", ";)": "🙂", ":(": "😞", ":-(": "😞", ":'(": "😢"}
_FACE = re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, _FACES))})(?=\s|[.,!?]|\Z)")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_LAUGH = re.compile(r"\b(?:(?:ja|je|ji|ha|he|hi|ah|aj|rs){2,}[a-z]?|k{3,}|lo+l|lmf?ao)\b")
# English: "can't" is "can not", "where's" is "where is"
_ENGLISH = (
    (re.compile(r"\bcan't\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"(?<=[a-z])n't\b"), " not"),
    (re.compile(r"(?<=[a-z])'m\b"), " am"),
    (re.compile(r"(?<=[a-z])'re\b"), " are"),
    (re.compile(r"(?<=[a-z])'ve\b"), " have"),
    (re.compile(r"(?<=[a-z])'ll\b"), " will"),
    (re.compile(r"(?<=[a-z])'d\b"), " would"),
    (re.compile(r"(?<=[a-z])'s\b"), " is"),
)
# a word, a group of digits, or one emoji
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[\u2190-\u2bff\U0001f000-\U0001faff]")
_SAYS_NOTHING = re.compile("[\ufe0e\ufe0f\u200b-\u200f\u2060\U0001f3fb-\U0001f3ff]")  # joiners and skin tones


def plain(text: str) -> str:
    """Return the text in small letters and without accents; links and laughter each become one word."""
    text = unicodedata.normalize("NFKC", beginning_and_end(text)).casefold().translate(_APOSTROPHES)
    text = _LINK.sub(" link ", _SAYS_NOTHING.sub("", text))
    text = _FACE.sub(lambda face: _FACES[face[0]], text)
    for short, written_out in _ENGLISH:
        text = short.sub(written_out, text)
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return _LAUGH.sub("haha", bare)


def beginning_and_end(text: str, times: int = 1) -> str:
    """Return what is read of a long text; `times` as much of it where something is still to be left out."""
    return text if len(text) <= LONGEST * times else f"{text[: (LONGEST - END) * times]} {text[-END * times :]}"


def words_of(text: str, spellings: Mapping[str, str]) -> list[str]:
    """Return the words and emoji of a text in order, digits as `#`, abbreviations written out."""
    return words_in(plain(text), spellings)


def words_in(said: str, spellings: Mapping[str, str]) -> list[str]:
    """Return the words of a text that is `plain` already."""
    found: list[str] = []
    for token in _TOKEN.findall(said):
        found += spellings.get(token, NUMBER if token.isdigit() else token).split()
    return found
