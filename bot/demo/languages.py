"""Which languages the demo can speak: ours, and those of a store's own words."""

from pathlib import Path

from bot.words.fluent.files import default_folder, list_languages


def unknown_language(language: str, words: Path | None) -> str | None:
    """Return why a language can't be shown; None if it can. A region may be left out, or be another one."""
    known = {*list_languages(default_folder()), *(list_languages(words) if words else ())}
    if language.split("-", maxsplit=1)[0] in {one.split("-")[0] for one in known}:
        return None
    return f"there are no words in {language!r}, only in {', '.join(sorted(known))}"
