"""Measure what understanding a message costs: its numbers and what is wanted, for 4,000 characters and for usual ones.

`python -m benchmarks.understanding`.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from aiogram.types import Update

from benchmarks.figures import Figure, run
from bot.understanding.reading import load_reader

CORPUS = Path(__file__).parents[1] / "tests" / "corpora" / "intents-handed.jsonl"
MESSAGES = 300
LONGEST = 4000  # characters
LONG_ONES = 200
ROUNDS = 5
WHY = (
    "a third is some 50 patterns of what numbers may be, over the 400 characters around them; a third some 900 features"
    " of the first 40 and last 20 words, hashed and added up in the interpreter; the rest is spelling the text plainly"
)


def _seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def _processor_seconds(actions: Sequence[Callable[[], object]]) -> list[float]:
    """Return what each takes on the processor: the median of rounds over all, as other work slows the processor too."""
    rounds = []
    for _ in range(ROUNDS):
        taken = []
        for action in actions:
            began = time.thread_time()
            action()
            taken.append(time.thread_time() - began)
        rounds.append(taken)
    return [statistics.median(of_one) for of_one in zip(*rounds, strict=True)]


def _texts() -> list[tuple[str, str]]:
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    return [(row["text"], row["language"]) for row in rows[:: len(rows) // MESSAGES]]


def _long_texts(texts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return texts of 4,000 characters, each made of other messages."""
    words = [text for text, _ in texts]
    made = []
    for number in range(LONG_ONES):
        first = number % len(words)
        made.append((" ".join(words[first:] + words[:first])[:LONGEST], texts[first][1]))
    return made


def measure() -> Iterator[Figure]:
    """Measure long messages one by one, and usual ones beside what parsing their update costs."""
    reader, texts = load_reader(), _texts()
    long = _long_texts(texts)
    for text, language in long[:10]:
        reader.understand(text, language)
    each = _processor_seconds([partial(reader.understand, text, language) for text, language in long])
    p99 = statistics.quantiles(each, n=100)[-1] * 1000
    detail = f"median {statistics.median(each) * 1000:.2f} ms over {len(each)} messages"
    yield Figure("understanding 4,000 characters, p99", p99, "ms", 5, 1, detail=detail, why=WHY)
    chat, sender = {"id": 1, "type": "private", "first_name": "Ana"}, {"id": 1, "is_bot": False, "first_name": "Ana"}
    updates = [
        {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": chat, "from": sender, "text": text}}
        for text, _ in texts
    ]
    understood, parsed = [], []
    for _ in range(ROUNDS):
        understood.append(_seconds(lambda: [reader.understand(text, language) for text, language in texts]))
        parsed.append(_seconds(lambda: [Update.model_validate(update) for update in updates]))
    usual, anyway = statistics.median(understood) / len(texts), statistics.median(parsed) / len(texts)
    detail = f"{usual * 1000:.2f} ms a message, parsing its update {anyway * 1000:.2f} ms"
    yield Figure("understanding a usual message, of parsing its update", usual / anyway, detail=detail)


if __name__ == "__main__":
    sys.exit(run(__doc__, measure))
