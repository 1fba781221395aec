"""However somebody types it, it reads like the same words."""

import pytest

from bot.understanding.plain_words import LONGEST, words_of
from bot.understanding.vocabulary import Vocabulary
from bot.understanding.word_lists import LANGUAGES, read_word_lists


def test_of_a_very_long_text_the_beginning_and_the_end_are_read() -> None:
    words = words_of(f"first {'between ' * 800}last", {})
    assert (words[0], words[-1], len(words) < LONGEST / 5) == ("first", "last", True)


@pytest.mark.parametrize(
    ("language", "typed", "read"),
    [
        ("en", "I can’t, it's LATE!", "i can not it is late"),
        ("en", "wheres my order", "where is my order"),
        ("en", "u r late, pls", "you are late please"),
        ("en", "lol hahaha 😂", "haha haha 😂"),
        ("en", "see https://shop.example/x?y=1 now", "see link now"),
        ("en", "by 6 or 18:30", "by # or # #"),
        ("es", "¿Dónde está?", "donde esta"),
        ("es", "q onda, xfa", "que onda por favor"),
        ("pt-BR", "vc ñ vem?", "voce nao vem"),
        ("pt-BR", "kkkkk pq", "haha por que"),
        ("en", "👍🏽 ❤️", "👍 ❤"),
        ("en", "ｏｋ", "ok"),
        ("en", "thanks :) <3", "thanks 🙂 ❤"),
        ("en", "... !!", ""),
    ],
)
def test_words(language: str, typed: str, read: str) -> None:
    assert " ".join(words_of(typed, read_word_lists(language).spellings)) == read


def test_of_a_long_text_the_beginning_counts() -> None:
    assert len(" ".join(words_of("word " * 10_000, {}))) <= LONGEST


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("order", "order"),
        ("orrder", "order"),
        ("oder", "oder"),  # short: another letter is mostly another word
        ("pakcage", "package"),
        ("hellooooo", "hello"),
        ("coool", "cool"),
        ("zzzzz", "zzzzz"),
        ("#", "#"),
        ("😀", "😀"),
    ],
)
def test_a_misspelt_word_is_the_known_one(typed: str, meant: str) -> None:
    assert Vocabulary(["order", "package", "hello", "cool"]).mended(typed) == meant


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_lists_name_the_same_concepts_in_every_language(language: str) -> None:
    def concepts(one: str) -> set[str]:
        return {concept for some in read_word_lists(one).concepts.values() for concept in some}

    assert concepts(language) == concepts("en")
