"""Measure what understanding a message costs, and loading what understands it.

`python -m benchmarks.understanding` prints both with their ratio to what each message costs anyway, parsing its update,
and to what starting costs anyway, importing what does that.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bot.understanding.classifying import load_classifier
from bot.understanding.reading import load_reader

CORPUS = Path(__file__).parents[1] / "tests" / "corpora" / "intents-handed.jsonl"
MESSAGES = 300
ROUNDS = 5


def _seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def _import_parser() -> None:
    import aiogram.types  # noqa: F401 - importing it is what is measured


def _load() -> None:
    load_reader()


def _texts() -> list[tuple[str, str]]:
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    return [(row["text"], row["language"]) for row in rows[:: len(rows) // MESSAGES]]


def _measure_messages() -> None:
    from aiogram.types import Update

    reader, texts = load_reader(), _texts()
    chat = {"id": 1, "type": "private", "first_name": "Ana"}
    sender = {"id": 1, "is_bot": False, "first_name": "Ana"}
    updates = [
        {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": chat, "from": sender, "text": text}}
        for text, _ in texts
    ]
    understood, parsed = [], []
    for _ in range(ROUNDS):
        understood.append(_seconds(lambda: [reader.understand(text, language) for text, language in texts]))
        parsed.append(_seconds(lambda: [Update.model_validate(update) for update in updates]))
    each, anyway = statistics.median(understood) / len(texts), statistics.median(parsed) / len(texts)
    print(f"understanding a message {each * 1000:.2f} ms, {each / anyway:.1f} times parsing its update")
    long = " ".join(text for text, _ in texts)[:6000]
    longest = max(_seconds(lambda: reader.understand(long, "en")) for _ in range(ROUNDS))
    classifier = load_classifier()
    wish = max(_seconds(lambda: classifier.classify(long, "en")) for _ in range(ROUNDS))
    print(f"what 6,000 signs want {wish * 1000:.1f} ms, {wish / anyway:.0f} times parsing an update")
    print(f"their numbers as well {longest * 1000:.1f} ms, {longest / anyway:.0f} times")


def main() -> int:
    """Print the costs and their ratios."""
    loading, importing = _seconds(_load), _seconds(_import_parser)
    print(f"loading {loading * 1000:.0f} ms, {loading / importing:.2f} of importing the parser of updates")
    _measure_messages()
    return 0


if __name__ == "__main__":
    sys.exit(main())
