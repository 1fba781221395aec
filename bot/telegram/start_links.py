"""The payload of a link that opens the bot, pressed or pasted: which order it means, and whether it is proven."""

from bot.people import links
from bot.telegram.config import TelegramConfig
from bot.telegram.follow_order import Wanted
from bot.understanding.numbers import leading_number


def wanted_by(payload: str, config: TelegramConfig, *, rest: str = "") -> Wanted | None:
    """Return what a payload is to follow; None if the link is not valid. `rest`: what follows it in the message."""
    linked = links.read(payload, config.link_secrets)
    if linked is not None:
        return Wanted(linked, verified=True)
    if links.looks_signed(payload) or config.by_link_only:
        return None
    number = leading_number(rest or payload)[0]
    return Wanted(number) if number is not None else None
