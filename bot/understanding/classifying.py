"""What somebody wants who wrote this: a store's own examples first, then what the model has learnt.

A wrong answer that speaks of an act nobody asked for (stopping, cancelling, deleting) does more harm than a question,
so those intents are only said when they are nearly certain; where nothing is probable enough, nothing is said.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from bot.understanding import linear_model
from bot.understanding.examples import Example, languages_with_examples, read_examples
from bot.understanding.features import Sentence, features, read_sentence
from bot.understanding.linear_model import LinearModel
from bot.understanding.own_examples import OwnExamples, own_examples
from bot.understanding.plain_words import plain, words_in
from bot.understanding.understood import Intent
from bot.understanding.vetoes import Vetoes, read_vetoes
from bot.understanding.word_lists import LANGUAGES, WordLists, read_word_lists

NOT_UNDERSTOOD = Intent.SMALLTALK_OR_UNKNOWN
LEAST = 0.16  # of probability, for any intent
LEAST_OF_HARMFUL = 0.4
LEAD_OF_HARMFUL = 3.0  # times as probable as the next one
HARMFUL = frozenset(
    {
        Intent.STOP_MESSAGES,
        Intent.CANCEL,
        Intent.PRIVACY_OR_DELETE_DATA,
        Intent.SETTINGS_OR_MUTE,
        Intent.LANGUAGE_CHANGE,
        Intent.THANKS,  # said to a complaint
    }
)
KNOWN_ENOUGH = 0.6  # share of known words from which a message is in the language that it is expected in
PLAINLY_OTHER = 0.3  # how much more of the words another language must know


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted; `sure` is False where it would be better to offer a choice."""

    intent: Intent
    sure: bool
    why: tuple[str, ...]


class IntentClassifier:
    """Classifies messages without their order numbers."""

    def __init__(
        self, model: LinearModel, lists: Mapping[str, WordLists], own: Mapping[str, OwnExamples] | None = None
    ) -> None:
        self._model = model
        self._lists = lists
        self._own = own or {}
        self._vetoes = {language: Vetoes(read_vetoes(language), lists[language].spellings) for language in LANGUAGES}

    def classify(self, text: str, language: str) -> Wish:
        """Return what the writer wants, in `language` unless the text is plainly in another one."""
        for own_language in (language, *sorted(self._own, key=lambda one: _base(one) != _base(language))):
            example = self._own[own_language].find(text) if own_language in self._own else None
            if example is not None:
                return Wish(example.intent, True, (f"like the store's example: {example.text}",))
        said = plain(text)
        spoken, sentence = self._sentence(text, said, language)
        if not sentence.words:
            return Wish(NOT_UNDERSTOOD, False, ("no word in it",))
        probabilities = self._model.probabilities(features(sentence))
        return _judged(probabilities, spoken, self._vetoes[spoken].on(said))

    def _sentence(self, text: str, said: str, language: str) -> tuple[str, Sentence]:
        """Read the text in its language: the expected one, unless another knows many more of its words."""
        expected = nearest(language) or LANGUAGES[0]
        words = {expected: words_in(said, self._lists[expected].spellings)}
        known = {expected: self._known_share(words[expected], expected)}
        if known[expected] < KNOWN_ENOUGH:
            words |= {one: words_in(said, self._lists[one].spellings) for one in LANGUAGES if one != expected}
            known = {one: self._known_share(some, one) for one, some in words.items()}
        best = max(known, key=lambda one: known[one])
        needed = PLAINLY_OTHER if language == expected else 0
        spoken = best if known[best] - known[expected] >= needed else expected
        return spoken, read_sentence(text, words[spoken], self._lists[spoken], self._model.vocabularies[spoken])

    def _known_share(self, written: Sequence[str], language: str) -> float:
        known = self._model.vocabularies[language].words
        words = [word for word in written if word.isalpha()]
        return sum(word in known for word in words) / len(words) if words else 1.0


def nearest(language: str) -> str | None:
    """Return which language that is understood another is, or is a region of: es-AR is read as es."""
    same = [one for one in LANGUAGES if _base(one) == _base(language)]
    return language if language in LANGUAGES else next(iter(same), None)


def _base(language: str) -> str:
    return language.split("-", maxsplit=1)[0]


def _judged(probabilities: Mapping[Intent, float], language: str, is_vetoed: Callable[[Intent], bool]) -> Wish:
    """Take the most probable intent that is not vetoed and probable enough for what it says, at most the second."""
    ranked = sorted(probabilities, key=lambda intent: -probabilities[intent])
    why = (f"read as {language}", *(f"{intent} {probabilities[intent]:.2f}" for intent in ranked[:3]))
    why = (*why, *(f"{intent} is not said" for intent in ranked[:3] if intent in HARMFUL and is_vetoed(intent)))
    first, second = islice((intent for intent in ranked if not (intent in HARMFUL and is_vetoed(intent))), 2)
    if _is_certain(first, probabilities[first], probabilities[second]):
        return Wish(first, first is not NOT_UNDERSTOOD, why)
    if second not in HARMFUL and probabilities[second] >= LEAST:
        return Wish(second, second is not NOT_UNDERSTOOD, (*why, f"{first} would need more"))
    return Wish(NOT_UNDERSTOOD, False, (*why, "nothing is probable enough"))


def _is_certain(intent: Intent, probability: float, next_best: float) -> bool:
    if intent in HARMFUL:
        return probability >= LEAST_OF_HARMFUL and probability >= LEAD_OF_HARMFUL * next_best
    return probability >= LEAST


def load_classifier(own_folder: Path | None = None) -> IntentClassifier:
    """Load the model, and the store's own examples if it has any."""
    model, lists = _packaged()
    return IntentClassifier(model, lists, own_examples(_read_own(own_folder), lists) if own_folder else None)


def _read_own(folder: Path) -> dict[str, list[Example]]:
    return {language: read_examples(folder, language) for language in languages_with_examples(folder)}


@cache
def _packaged() -> tuple[LinearModel, Mapping[str, WordLists]]:
    return linear_model.load(), {language: read_word_lists(language) for language in LANGUAGES}
