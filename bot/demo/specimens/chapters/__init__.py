"""The chapters of the transcript, in the order of an order's life."""

from collections.abc import Callable, Iterable, Iterator

from bot.demo.specimens.chapters import (
    delivery,
    errors,
    first_minute,
    numbers,
    packages,
    pickup,
    profile,
    questions,
    settings,
    staff,
    turns_back,
)
from bot.demo.specimens.conversation import Edition
from bot.demo.specimens.turns import Chapter, Scene

_CHAPTERS: dict[str, Callable[[Edition], Iterable[Scene]]] = {
    "The first minute": first_minute.scenes,
    "A number is sent": numbers.scenes,
    "An order that is brought": delivery.scenes,
    "An order that is picked up": pickup.scenes,
    "Several packages": packages.scenes,
    "Trouble, and what no longer holds": turns_back.scenes,
    "Questions in words": questions.scenes,
    "Orders, names, settings, what is stored": settings.scenes,
    "When something goes wrong": errors.scenes,
    "What Telegram shows of the bot": profile.scenes,
    "For the store’s staff": staff.scenes,
}


def chapters(edition: Edition) -> Iterator[Chapter]:
    """Return all chapters in one language."""
    for title, scenes in _CHAPTERS.items():
        yield Chapter(title, tuple(scenes(edition)), for_staff=scenes is staff.scenes)
