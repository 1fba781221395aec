"""Check how a store's folder of words is laid out: `my-words/<language>/*.ftl`, named in LOCALES_OVERRIDE."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.words.fluent.files import list_languages
from bot.words.fluent.style import FILE_NAME as STYLE

EXAMPLES = "intents.txt"  # of what people say: a folder may hold nothing else
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def folder_problems(override: Path, packaged: Sequence[str]) -> Iterator[str]:
    """Yield what of the folder is never read, and where it should be. Raises OSError."""
    languages = list_languages(override)
    files = sorted(path.name for path in override.glob("*.ftl"))
    if files and tag_of(override.name, packaged) and not languages:
        yield f"{override}: is itself the folder of a language: set LOCALES_OVERRIDE to {override.parent}"
    elif files:
        yield f"{override / files[0]}: is in no language's folder: move it to {override / 'en' / files[0]}, or another"
    elif not languages:
        yield f"{override}: holds no folder of a language (it must look like {override.name}/en/words.ftl)"
    for language in languages:
        yield from _language_problems(override / language, packaged)


def _language_problems(place: Path, packaged: Sequence[str]) -> Iterator[str]:
    tag = tag_of(place.name, packaged)
    below = [one for one in list_languages(place) if any((place / one).glob("*.ftl"))]
    if tag != place.name:
        if below and not any(place.glob("*.ftl")):
            yield f"{place}: holds the languages: set LOCALES_OVERRIDE to {place}"
            return
        yield f"{place}: is no language, so nothing of it is used: " + (
            f"rename it to {tag}" if tag else "name it as “fr” or “fr-CA”"
        )
        return
    for one in below:
        yield f"{place / one}: is one level too deep, so nothing of it is used: move its files to {place}"
    is_used = any(place.glob("*.ftl")) or any((place / name).is_file() for name in (EXAMPLES, STYLE))
    if not is_used and not below:
        yield f"{place}: holds no messages (files must end in .ftl)"


def tag_of(name: str, packaged: Sequence[str]) -> str | None:
    """Return how the folder of a language must be called, ours as ours is; None of what is no language."""
    tag = name.replace("_", "-")
    if not _LANGUAGE.fullmatch(tag):
        return None
    return next((one for one in packaged if one.lower() == tag.lower()), tag)
