"""A trained model: how much each feature speaks for each intent, as small whole numbers, in three files of `model/`.

`weights.bin` has a column of bytes for each intent: one for each number that a feature's name is hashed to;
`words.json` the known words of each language; `model.json` the rest. `scripts/train_intents.py` writes them.
"""

import json
import math
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from bot.understanding.understood import Intent
from bot.understanding.vocabulary import Vocabulary

FOLDER = Path(__file__).with_name("model")
NOUGHT = 128  # the byte of a weight that says nothing: one below it speaks against the intent
REACH = 8.0  # the length of every message's features together, however many they are


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Sums up what the features of a message say; as sure as it has learnt to be."""

    intents: Sequence[Intent]
    bias: Sequence[float]
    step: float  # what one of the whole numbers is worth
    columns: Sequence[bytes]  # of weights: one for each intent
    vocabularies: Mapping[str, Vocabulary]
    fingerprint: str  # of all that it was made from

    def probabilities(self, features: Collection[str]) -> dict[Intent, float]:
        """Return how probable each intent is; they make 1."""
        buckets = len(self.columns[0])
        rows = [bucket_of(feature, buckets) for feature in features]
        worth = self.step * length_of_each(len(rows))
        scores = [bias + worth * found for bias, found in zip(self.bias, self._sums(rows), strict=True)]
        return dict(zip(self.intents, softmax(scores), strict=True))

    def _sums(self, rows: Sequence[int]) -> list[int]:
        if len(rows) < 2:
            return [sum(column[row] - NOUGHT for row in rows) for column in self.columns]
        taken = itemgetter(*rows)  # several at once, without a step of the interpreter for each
        return [sum(taken(column)) - NOUGHT * len(rows) for column in self.columns]


def bucket_of(feature: str, buckets: int) -> int:
    """Return the row of a feature: the same in every process and on every machine."""
    return zlib.crc32(feature.encode()) % buckets


def length_of_each(count: int) -> float:
    """Return what each feature of a message counts, so that long messages say no more than short ones."""
    return REACH / math.sqrt(count or 1)


def softmax(scores: Sequence[float]) -> list[float]:
    """Turn scores into probabilities."""
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def load(folder: Path = FOLDER) -> LinearModel:
    """Read a model."""
    known = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    words = json.loads((folder / "words.json").read_text(encoding="utf-8"))
    weights = zlib.decompress((folder / "weights.bin").read_bytes())
    buckets = len(weights) // len(known["intents"])
    return LinearModel(
        intents=[Intent(name) for name in known["intents"]],
        bias=known["bias"],
        step=known["step"],
        columns=[weights[at : at + buckets] for at in range(0, len(weights), buckets)],
        vocabularies={language: Vocabulary(some.split()) for language, some in words.items()},
        fingerprint=known["fingerprint"],
    )


def save(model: LinearModel, folder: Path) -> None:
    """Write a model."""
    folder.mkdir(exist_ok=True)
    known = {
        "fingerprint": model.fingerprint,
        "intents": list(model.intents),
        "bias": list(model.bias),
        "step": model.step,
    }
    words = {language: " ".join(sorted(one.words)) for language, one in model.vocabularies.items()}
    (folder / "model.json").write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    (folder / "words.json").write_text(json.dumps(words, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "weights.bin").write_bytes(zlib.compress(b"".join(model.columns), 9))
