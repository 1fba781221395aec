"""The transcript for reviewers: each message of the catalog, in each of its variants, is somewhere in it."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fluent.syntax import ast

from bot.demo.specimens.chapters import chapters
from bot.demo.specimens.conversation import Edition
from bot.demo.specimens.phone import printed, printed_differences
from bot.demo.specimens.turns import Chapter
from bot.words.fluent.catalog import Catalog
from bot.words.fluent.files import default_folder, entries, list_languages, read_files
from bot.words.fluent.times import babel_locale

LANGUAGES = list_languages(default_folder())
TRANSCRIPTS = Path(__file__).parents[2] / "docs" / "transcripts"


class RecordingCatalog(Catalog):
    """Remembers which messages were formatted, with which arguments."""

    def __init__(self) -> None:
        super().__init__()
        self.used: dict[str, list[dict[str, object]]] = {}

    def format(self, locale: str, key: str, **args: object) -> str:
        self.used.setdefault(key, []).append(args)
        return super().format(locale, key, **args)


@cache
def recorded(language: str) -> tuple[RecordingCatalog, list[Chapter]]:
    catalog = RecordingCatalog()
    return catalog, list(chapters(Edition(catalog, language)))


def shoppers(language: str) -> list[Chapter]:
    return [one for one in recorded(language)[1] if not one.for_staff]


def messages(language: str) -> dict[str, Any]:
    return {entry.id.name: entry for source in read_files(default_folder(), language) for entry in entries(source)}


def chosen(select: Any, args: dict[str, object], language: str) -> Any:
    value = args.get(select.selector.id.name)
    for variant in select.variants:
        name = variant.key.value if isinstance(variant.key, ast.NumberLiteral) else variant.key.name
        if name == str(value) or (isinstance(value, int) and name == babel_locale(language).plural_form(value)):
            return variant
    return next(variant for variant in select.variants if variant.default)


def variants(pattern: Any) -> Iterator[tuple[Any, Any]]:
    """Each selector of a message with each of its variants, those within variants too."""
    for element in pattern.elements:
        select = getattr(element, "expression", None)
        if isinstance(select, ast.SelectExpression):
            for variant in select.variants:
                yield select, variant
                yield from variants(variant.value)


def seen_variants(pattern: Any, args: dict[str, object], language: str) -> Iterator[Any]:
    for element in pattern.elements:
        select = getattr(element, "expression", None)
        if isinstance(select, ast.SelectExpression):
            variant = chosen(select, args, language)
            yield variant
            yield from seen_variants(variant.value, args, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_variant_of_every_message_is_in_the_transcript(language: str) -> None:
    catalog, _ = recorded(language)
    missing = []
    for key, entry in messages(language).items():
        if key not in catalog.used:
            missing.append(key)
            continue
        seen = {id(one) for args in catalog.used[key] for one in seen_variants(entry.value, args, language)}
        for select, variant in variants(entry.value):
            if id(variant) not in seen:
                name = getattr(variant.key, "name", None) or variant.key.value
                missing.append(f"{key}: ${select.selector.id.name} = {name}")
    assert not missing


def test_every_language_says_the_same_in_the_same_place() -> None:
    places = [
        [
            (chapter.title, scene.title, len(scene.turns))
            for chapter in recorded(language)[1]
            for scene in chapter.scenes
        ]
        for language in LANGUAGES
    ]
    assert places.count(places[0]) == len(places)


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
def test_the_printed_transcripts_are_those_of_now(language: str) -> None:
    """Otherwise: `make transcripts`."""
    printed_before = (TRANSCRIPTS / f"{language}.txt").read_text(encoding="utf-8")
    assert printed_before.split() == "\n".join(printed(shoppers(language), language=language)).split()


def test_the_printed_differences_of_a_region_are_those_of_now() -> None:
    """Otherwise: `make transcripts`."""
    printed_before = (TRANSCRIPTS / "es-AR.txt").read_text(encoding="utf-8")
    lines = printed_differences(shoppers("es-AR"), language="es-AR", parent="es", of_parent=shoppers("es"))
    assert printed_before.split() == "\n".join(lines).split()
