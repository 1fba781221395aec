"""`python -m bot understand`: print what the bot would understand of a text, for a person or as JSON."""

import codecs
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from bot.understanding.classifying import nearest
from bot.understanding.found import links_of
from bot.understanding.reading import MessageReader
from bot.understanding.understood import Understood
from bot.understanding.word_lists import LANGUAGES

MOST_BYTES = 1 << 20  # of one text or line: Telegram's longest message is far shorter


def report(understood: Understood) -> str:
    """Return what was understood in a few lines for people."""
    rows = (
        ("numbers", " ".join(understood.numbers) or "none"),
        ("guesses", " ".join(understood.guesses)),
        ("payloads", " ".join(understood.payloads)),
        ("intent", understood.intent),
        ("why", "; ".join(understood.why)),
    )
    return "\n".join(f"{name:<9}{value}" for name, value in rows if value)


def in_json(understood: Understood, identity: object = None) -> str:
    """Return what was understood as one JSON object."""
    answer: dict[str, object] = {} if identity is None else {"id": identity}
    answer |= {
        "numbers": understood.numbers,
        "guesses": understood.guesses,
        "payloads": understood.payloads,
        "intent": understood.intent,
        "why": understood.why,
    }
    return _dumped(answer)


def hints(language: str, *, is_typed: bool) -> Iterator[str]:
    """Say what whoever calls the command may not expect: a language that was not learnt, a wait for what is typed."""
    if nearest(language) is None:
        known = ", ".join(LANGUAGES)
        yield f"{language!r} is none of {known}: read as the one that knows most of the words, else {LANGUAGES[0]}"
    if is_typed:
        yield "reading standard input until Ctrl-D"


def read_text(source: BinaryIO) -> str:
    """Read a whole text, or as much of a huge one as counts. Raises UnicodeDecodeError."""
    data = source.read(MOST_BYTES)
    # the last sign of a text that is cut off may be cut too
    return codecs.getincrementaldecoder("utf-8")().decode(data, final=len(data) < MOST_BYTES)


def answer(source: BinaryIO, reader: MessageReader, language: str, *, lines: bool, as_json: bool) -> Iterator[str]:
    """Answer a whole text, or each of its lines by itself. Raises UnicodeDecodeError for a text that is not UTF-8."""
    if lines:
        yield from answers(source, reader, language)
    else:
        understood = reader.understand(read_text(source), language)
        yield in_json(understood) if as_json else report(understood)


def answers(lines: Iterable[bytes], reader: MessageReader, language: str) -> Iterator[str]:
    """Answer each line of JSON by one, in order; blank lines are skipped."""
    return (_answer(line, reader, language) for line in lines if line.strip())


def _answer(line: bytes, reader: MessageReader, language: str) -> str:
    identity: object = None
    try:
        row = json.loads(line.decode("utf-8"))
        if not isinstance(row, Mapping):
            return _error("the line is no JSON object", None)
        identity = row.get("id")
        text, spoken, entities = _fields(row, language)
        return in_json(reader.understand(text, spoken, links_of(text, entities)), identity)
    except UnicodeDecodeError:
        return _error("the line is not UTF-8", identity)
    except json.JSONDecodeError as error:
        return _error(f"the line is no JSON: {error.msg}, character {error.pos + 1}", identity)
    except RecursionError:
        return _error("the line is nested too deeply", identity)
    except _WrongFieldError as error:
        return _error(str(error), identity)


class _WrongFieldError(ValueError):
    """A field of a line that can't be used."""


def _fields(row: Mapping[str, object], language: str) -> tuple[str, str, list[Mapping[str, object]]]:
    text, spoken, entities = row.get("text"), row.get("language", language), row.get("entities", [])
    if not isinstance(text, str):
        raise _WrongFieldError("'text' must be a text")
    if not isinstance(spoken, str):
        raise _WrongFieldError("'language' must be a text, for example en, es or pt-BR")
    if not isinstance(entities, list):
        raise _WrongFieldError("'entities' must be a list")
    storable = text.encode("utf-8", errors="replace").decode(
        "utf-8"
    )  # JSON can hold half a sign, which no output takes
    return storable, spoken, [entity for entity in entities if isinstance(entity, Mapping)]


def _error(problem: str, identity: object) -> str:
    answer: dict[str, object] = {"error": problem} if identity is None else {"id": identity, "error": problem}
    return _dumped(answer)


def _dumped(answer: Mapping[str, object]) -> str:
    """Write JSON for people's eyes; half a sign, which JSON can hold and no output takes, stays escaped."""
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", errors="backslashreplace").decode("utf-8")
