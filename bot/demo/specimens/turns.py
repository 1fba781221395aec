"""What a transcript is made of: chapters of scenes, and in each what somebody did with what the bot then showed."""

from dataclasses import dataclass

from bot.words.texts import Text


@dataclass(frozen=True, slots=True)
class Turn:
    """`did`: what a person did, or how the message came; empty: it came right after the one before.

    `text`: the message; `aside`: a toast, or words that Telegram shows of the bot elsewhere.
    """

    did: str
    text: Text | None = None
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """One chat, from a beginning that its title tells."""

    title: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Scenes about one thing. `for_staff`: no shopper reads these messages."""

    title: str
    scenes: tuple[Scene, ...]
    for_staff: bool = False
